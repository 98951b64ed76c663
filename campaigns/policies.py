"""Who may see and change which rows, for the Wagtail admin and the API.

Superusers change everything; campaign owners their own rows; whoever has `view_all` looks at everybody's. Runs,
deliveries and attempts are written by the engine: nobody changes them, superusers neither.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from campaigns.models import (
    AbuseReport,
    Attempt,
    Automation,
    Bucket,
    ConsentWording,
    Content,
    Delivery,
    DeliveryEvent,
    InboundReport,
    Mailing,
    Message,
    OptInForm,
    OwnerSettings,
    Recipient,
    RecipientField,
    Run,
    Segment,
    SenderAddress,
    Suppression,
    Tag,
    Topic,
)

VIEW_ALL = "campaigns.view_all"
CHANGES = {"add", "change", "delete"}

# The way from a row to its owner.
OWNER_PATHS: dict[type[Model], str] = {
    **dict.fromkeys((Mailing, Message, Recipient, OwnerSettings, Automation), "owner"),
    **dict.fromkeys((Segment, Tag, RecipientField, Topic, OptInForm, SenderAddress), "owner"),
    Run: "mailing__owner",
    Content: "run__mailing__owner",
    Delivery: "run__mailing__owner",
    Attempt: "delivery__run__mailing__owner",
    DeliveryEvent: "delivery__run__mailing__owner",
}
# Everybody's or nobody's: for those who see all.
COMMON = (AbuseReport, Bucket, ConsentWording, InboundReport, Suppression)


def sees_all(user: Any) -> bool:
    return bool(user.is_superuser or user.has_perm(VIEW_ALL))


def owned_rows(user: Any, model: type[Model]) -> QuerySet[Any]:
    rows = model._default_manager.all()
    return rows.filter(**{OWNER_PATHS[model]: user}) if model in OWNER_PATHS else rows.none()


def visible_rows(user: Any, model: type[Model]) -> QuerySet[Any]:
    """What the user may look at."""
    return model._default_manager.all() if sees_all(user) else owned_rows(user, model)


def changeable_rows(user: Any, model: type[Model]) -> QuerySet[Any]:
    """What the user may change or delete. An automation's hidden mailings are changed by their automation only."""
    rows = model._default_manager.all() if user.is_superuser else owned_rows(user, model)
    return rows.filter(kind=Mailing.Kind.REGULAR) if model is Mailing else rows


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

    def owner_id(self, instance: Any) -> int | None:
        return instance.owner_id  # type: ignore[no-any-return]


class JournalPolicy(OwnRowsPolicy):
    """Looking, nothing else: what the engine writes, and what is changed in the workspace only."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def owner_id(self, instance: Any) -> int | None:
        path = OWNER_PATHS.get(self.model)
        if path is None:
            return None
        rows = self.model._default_manager.filter(pk=instance.pk)
        return rows.values_list(path, flat=True)[0]  # type: ignore[no-any-return]


def register() -> None:
    """To be called before Wagtail asks for the first time."""
    for model in (Mailing, Message, Recipient):
        register_permission_policy(model, OwnRowsPolicy(model))
    for journal in {*OWNER_PATHS, *COMMON} - {Mailing, Message, Recipient}:
        register_permission_policy(journal, JournalPolicy(journal))
