"""The terms of sale in the Wagtail admin: new versions are added, old ones stay as they were."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from company.models import TermsVersion


class OnceWrittenPolicy(ModelPermissionPolicy):
    """Somebody may have accepted it: a version is added, and then neither changed nor deleted."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action in ("add", "view") and super().user_has_permission(user, action)


register_permission_policy(TermsVersion, OnceWrittenPolicy(TermsVersion))


class TermsViewSet(ModelViewSet):
    model = TermsVersion
    name = "company_terms"
    url_prefix = "company/terms"
    icon = "doc-full"
    menu_label = _("Terms of sale")
    menu_order = 900
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_fields = ["version", "valid_from", "text_en", "text_ru"]
    list_display = ["version", DateColumn("valid_from", label=_("Valid from"), sort_key="valid_from")]
    search_backend_name = None
    search_fields = ("version",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("version"), FieldPanel("valid_from")]),
            FieldPanel("text_en"),
            FieldPanel("text_ru"),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        gone = ("edit", "delete")
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [pattern for pattern in patterns if pattern.name not in gone]
