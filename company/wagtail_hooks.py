"""Registers the terms of sale in the Wagtail admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from company.viewsets import TermsViewSet


@hooks.register("register_admin_viewset")
def register_terms() -> ViewSet:
    return TermsViewSet()
