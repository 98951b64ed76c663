"""People in the Wagtail admin: users and groups. Superusers edit; managers look, block and unblock."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.users.views import groups as wagtail_groups
from wagtail.users.views import users as wagtail_users
from wagtail.users.views.users import UserColumn, UserFilterSet

from accounts.admin_forms import UserCreationForm, UserEditForm
from accounts.admin_views import BlockView, DeleteView, InspectView, UnblockView
from accounts.blocking import may_block
from accounts.models import User

PEOPLE_MENU = "register_people_menu_item"


def standing(user: User) -> str:
    """May this person log in, in one word."""
    if user.is_blocked:
        return str(_("Blocked"))
    return str(_("Active") if user.is_active else _("Switched off"))


class PeopleFilterSet(UserFilterSet):
    blocked = django_filters.BooleanFilter(
        field_name="blocked_at",
        lookup_expr="isnull",
        exclude=True,
        label=_("Blocked"),
        widget=wagtail_users.BooleanRadioSelect,
    )
    date_joined = django_filters.DateFromToRangeFilter(label=_("Joined"), widget=wagtail_users.DateRangePickerWidget)


class IndexView(wagtail_users.IndexView):
    template_name = "wagtailadmin/generic/index.html"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(UserColumn)(
                "email", label=_("E-mail"), sort_key="email", get_url=self.get_title_url
            ),
            Column("name", label=_("Full name"), accessor="get_full_name", sort_key="name"),
            Column("groups", label=_("Groups"), accessor=roles),
            StatusTagColumn("standing", label=_("Standing"), accessor=standing, primary=is_welcome),
            DateColumn("last_login", label=_("Last log-in"), sort_key="last_login"),
            DateColumn("date_joined", label=_("Joined"), sort_key="date_joined"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups")

    def get_title_url(self, user: User) -> str | None:
        return self.get_edit_url(user) or self.get_inspect_url(user)

    def get_list_more_buttons(self, instance: User) -> list[Any]:
        return super().get_list_more_buttons(instance) + blocking_buttons(instance, self.request.user)


def roles(user: User) -> str:
    names = [group.name for group in user.groups.all()]
    return ", ".join([str(_("Administrator"))] * user.is_superuser + sorted(names))


def is_welcome(user: User) -> bool:
    return user.is_active and not user.is_blocked


def blocking_buttons(user: User, by: Any) -> list[Button]:
    """Block or unblock, for those who may."""
    if not may_block(user=user, by=by):
        return []
    verb, label, icon = ("unblock", _("Unblock"), "check") if user.is_blocked else ("block", _("Block"), "lock")
    return [Button(label, url=reverse(f"wagtailusers_users:{verb}", args=[user.pk]), icon_name=icon, priority=25)]


class UserViewSet(wagtail_users.UserViewSet):
    menu_hook = PEOPLE_MENU
    menu_label = _("Users")
    index_view_class = IndexView
    delete_view_class = DeleteView
    inspect_view_class = InspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    filterset_class = PeopleFilterSet
    inspect_view_fields = [
        "email",
        "first_name",
        "last_name",
        "phone",
        "language",
        "time_zone",
        "groups",
        "is_superuser",
        "is_active",
        "blocked_at",
        "blocked_reason",
        "last_login",
        "date_joined",
    ]
    template_prefix = "wagtailusers/users/"

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        common = self.get_common_view_kwargs()
        views: dict[str, Callable[..., Any]] = {
            verb: self.construct_view(view, **common) for verb, view in (("block", BlockView), ("unblock", UnblockView))
        }
        return super().get_urlpatterns() + [path(f"{verb}/<int:pk>/", view, name=verb) for verb, view in views.items()]


class GroupViewSet(wagtail_groups.GroupViewSet):
    menu_hook = PEOPLE_MENU


class PeopleGroup(ViewSetGroup):
    """The menu only: Wagtail's own hook registers the viewsets above."""

    menu_label = _("People")
    menu_name = "people"
    menu_icon = "group"
    menu_order = 500
    submenu_hook = PEOPLE_MENU
