"""Who may see and change which rows, for the Wagtail admin and the API.

Superusers change everything; campaign owners their own rows; whoever has `view_all` looks at everybody's. Runs,
deliveries and attempts are written by the engine: nobody changes them, superusers neither.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from campaigns.models import Attempt, Delivery, Mailing, Message, Recipient, Run

VIEW_ALL = "campaigns.view_all"
CHANGES = {"add", "change", "delete"}


def visible_rows(user: Any, model: type[Model]) -> QuerySet[Any]:
    """What the user may look at."""
    manager: Any = model._default_manager
    return manager.all() if user.is_superuser or user.has_perm(VIEW_ALL) else manager.owned_by(user)


def changeable_rows(user: Any, model: type[Model]) -> QuerySet[Any]:
    """What the user may change or delete."""
    manager: Any = model._default_manager
    return manager.all() if user.is_superuser else manager.owned_by(user)


class OwnRowsPolicy(ModelPermissionPolicy):
    """The model's permissions, which reach as far as the rows above."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return not getattr(user, "is_blocked", False) and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Model) -> bool:
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        held = [action for action in actions if self.user_has_permission(user, action)]
        if not held:
            return self.model._default_manager.none()
        if set(held) <= CHANGES:
            return changeable_rows(user, self.model)
        return visible_rows(user, self.model)

    def users_with_any_permission_for_instance(self, actions: Any, instance: Model) -> QuerySet[Any]:
        users = get_user_model()._default_manager.filter(blocked_at=None, is_active=True)
        return users.filter(Q(is_superuser=True) | Q(pk=self.owner_id(instance)))

    def owner_id(self, instance: Any) -> int:
        return instance.owner_id


class JournalPolicy(OwnRowsPolicy):
    """Looking, nothing else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def owner_id(self, instance: Any) -> int:
        rows = self.model._default_manager.filter(pk=instance.pk)
        path = {Run: "mailing__owner", Delivery: "run__mailing__owner", Attempt: "delivery__run__mailing__owner"}
        return rows.values_list(path[self.model], flat=True)[0]


def register() -> None:
    """To be called before Wagtail asks for the first time."""
    for model in (Mailing, Message, Recipient):
        register_permission_policy(model, OwnRowsPolicy(model))
    for journal in (Run, Delivery, Attempt):
        register_permission_policy(journal, JournalPolicy(journal))
