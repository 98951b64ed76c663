"""Places in the site's frame that apps fill: account tabs and header links, registered in `ready()`."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class MenuItem:
    """A link: `url_name` is reversed when it is shown; `permission` hides it from those without it."""

    order: int
    label: str | Promise
    url_name: str
    icon: str = ""
    permission: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name)


registry: dict[str, list[MenuItem]] = {}


def register(menu: str, item: MenuItem) -> None:
    """Add the item to `menu`: "account" (tabs of /account/) or "workspace" (links for those who work here)."""
    items = registry.setdefault(menu, [])
    if item not in items:
        items.append(item)
        items.sort(key=lambda entry: entry.order)


def items(menu: str, user: object) -> list[MenuItem]:
    """The items of `menu` that `user` may see."""
    has_perm = getattr(user, "has_perm", lambda permission: False)
    return [item for item in registry.get(menu, []) if not item.permission or has_perm(item.permission)]
