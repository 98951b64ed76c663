"""Pages that stand on their own, and the menus around every page."""

from home.models.navigation import Navigation
from home.models.pages import HomePage, StandardPage

__all__ = ["HomePage", "Navigation", "StandardPage"]
