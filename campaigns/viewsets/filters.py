"""Filters of the admin's lists; their choices show no more than the user may see."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from accounts.models import User
from campaigns.models import Attempt, Delivery, Mailing, Message, Recipient, Run
from campaigns.policies import VIEW_ALL, visible_rows


def visible_mailings(request: HttpRequest) -> QuerySet[Any]:
    return visible_rows(request.user, Mailing).select_related("message")


def owners_of(model: Any) -> QuerySet[User]:
    return User.objects.filter(Exists(model.objects.filter(owner=OuterRef("pk"))))


class OwnerFilterSet(WagtailFilterSet):
    """A filter by owner, for those who see more than one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        if not (user.is_superuser or user.has_perm(VIEW_ALL)):
            self.filters.pop("owner", None)


class MailingFilterSet(OwnerFilterSet):
    disabled = django_filters.BooleanFilter(
        field_name="disabled_at", lookup_expr="isnull", exclude=True, label=_("Stopped by a manager")
    )
    owner = django_filters.ModelChoiceFilter(queryset=lambda request: owners_of(Mailing), label=_("Owner"))

    class Meta:
        model = Mailing
        fields = ["status", "periodicity"]


class MessageFilterSet(OwnerFilterSet):
    owner = django_filters.ModelChoiceFilter(queryset=lambda request: owners_of(Message), label=_("Owner"))
    updated_at = django_filters.DateFromToRangeFilter(label=_("Changed"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields: list[str] = []


class RecipientFilterSet(OwnerFilterSet):
    owner = django_filters.ModelChoiceFilter(queryset=lambda request: owners_of(Recipient), label=_("Owner"))

    class Meta:
        model = Recipient
        fields = ["state", "consent_basis"]


class RunFilterSet(WagtailFilterSet):
    mailing = django_filters.ModelChoiceFilter(queryset=visible_mailings, label=_("Mailing"))
    opened_at = django_filters.DateFromToRangeFilter(label=_("Opened"), widget=DateRangePickerWidget)

    class Meta:
        model = Run
        fields = ["status"]


class DeliveryFilterSet(WagtailFilterSet):
    mailing = django_filters.ModelChoiceFilter(field_name="run__mailing", queryset=visible_mailings, label=_("Mailing"))

    class Meta:
        model = Delivery
        fields = ["status"]


class AttemptFilterSet(WagtailFilterSet):
    mailing = django_filters.ModelChoiceFilter(
        field_name="delivery__run__mailing", queryset=visible_mailings, label=_("Mailing")
    )
    at = django_filters.DateFromToRangeFilter(label=_("At"), widget=DateRangePickerWidget)

    class Meta:
        model = Attempt
        fields = ["status"]
