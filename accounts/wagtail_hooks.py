"""What the Wagtail admin learns about people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts.deletion import delete_user
from accounts.errors import AccountError
from accounts.models import User
from accounts.viewsets import PeopleGroup


@hooks.register("register_admin_viewset")
def register_people_group() -> PeopleGroup:
    return PeopleGroup()


@hooks.register("register_permissions")
def register_permissions() -> Any:
    return Permission.objects.filter(content_type__app_label="accounts", codename__in=["view_user", "block_user"])


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("accounts.block", _("Block"), _("Blocked"))
    actions.register_action("accounts.unblock", _("Unblock"), _("Unblocked"))


@hooks.register("before_bulk_action")
def delete_people_by_the_verb(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Bulk deletion would go round the rule that accounts which own things stay."""
    if action_type != "delete" or action.model is not User or request.method != "POST":
        return None
    for user in objects:
        try:
            delete_user(user=user, by=request.user)  # type: ignore[arg-type]
        except AccountError as error:
            messages.error(request, str(error))
    return redirect("wagtailusers_users:index")
