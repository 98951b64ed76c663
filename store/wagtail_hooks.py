"""Registers the shop in the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from store.choosers import brand_chooser, category_chooser, product_chooser
from store.viewsets import StoreViewSetGroup
from store.viewsets.home_panels import panels_for
from store.viewsets.low_stock import LowStockView
from store.viewsets.product_bulk import ArchiveProducts, DeleteProducts, PublishProducts


@hooks.register("register_admin_viewset")
def register_store() -> list[ViewSet | ViewSetGroup]:
    return [StoreViewSetGroup(), product_chooser, category_chooser, brand_chooser]


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Our own signs, drawn in `templates/store/icons/`."""
    return [*icons, "store/icons/store.svg", "store/icons/box.svg", "store/icons/shelves.svg"]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """What Wagtail does not offer by itself when a group is edited."""
    names = ["process_order", "refund_order", "process_return", "view_sales", "moderate_review"]
    return Permission.objects.filter(content_type__app_label="store", codename__in=names)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("store.order", _("Change an order"), _("Order changed"))
    actions.register_action("store.bulk_edit", _("Bulk edit"), _("Bulk edit started"))
    actions.register_action("store.import", _("Import products"), _("Import started"))
    actions.register_action("store.archive", _("Archive"), _("Archived"))
    actions.register_action("store.unarchive", _("Take out of the archive"), _("Taken out of the archive"))
    actions.register_action("store.refund", _("Refund"), _("Refund asked for"))
    actions.register_action("store.phone_order", _("Take an order for a customer"), _("Order taken for a customer"))
    actions.register_action("store.webhook_again", _("Process a webhook event again"), _("Event processed again"))
    actions.register_action("store.customer_note", _("Write a note on a customer"), _("Note written"))
    actions.register_action("store.customer_note_deleted", _("Delete a note on a customer"), _("Note deleted"))
    actions.register_action("store.hook", _("Handle a webhook"), _("Webhook handled"))
    actions.register_action("store.review", _("Decide about a review"), _("Review decided"))
    actions.register_action("store.export", _("Export orders or customers"), _("Exported"))


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/backoffice.css"))


@hooks.register("insert_global_admin_js")
def admin_scripts() -> SafeString:
    scripts = [[static("js/bulk.js")], [static("js/phone_order.js")]]
    return format_html_join("", '<script src="{}" defer></script>', scripts)


@hooks.register("construct_homepage_panels")
def add_shop_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))


@hooks.register("register_admin_urls")
def register_low_stock() -> list[URLPattern]:
    return [
        path("store/low-stock/", LowStockView.as_view(), name="store_low_stock"),
        path("store/low-stock/results/", LowStockView.as_view(results_only=True), name="store_low_stock_results"),
    ]


class LowStockMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("store.view_stock")


@hooks.register("register_reports_menu_item")
def low_stock_menu_item() -> MenuItem:
    return LowStockMenuItem(_("What runs low"), reverse("store_low_stock"), icon_name="warning", order=700)


hooks.register("register_bulk_action", PublishProducts)
hooks.register("register_bulk_action", ArchiveProducts)
# After Wagtail's own deletion of snippets, in whose place it comes.
hooks.register("register_bulk_action", DeleteProducts, order=100)
