"""Filters of the admin's lists; their choices show no more than the user may see."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from accounts.models import User
from campaigns import pausing
from campaigns.models import Attempt, Delivery, DeliveryEvent, Mailing, Message, Recipient, Run
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
    created_at = django_filters.DateFromToRangeFilter(label=_("Created"), widget=DateRangePickerWidget)
    auto_paused = django_filters.BooleanFilter(
        field_name="paused_for", method="by_itself", label=_("Paused by the site")
    )
    disabled = django_filters.BooleanFilter(
        field_name="disabled_at", lookup_expr="isnull", exclude=True, label=_("Stopped by a manager")
    )
    owner = django_filters.ModelChoiceFilter(queryset=lambda request: owners_of(Mailing), label=_("Owner"))

    class Meta:
        model = Mailing
        fields = ["status", "periodicity"]

    def by_itself(self, rows: QuerySet[Mailing], name: str, value: bool) -> QuerySet[Mailing]:
        by_figures = Q(paused_for__startswith=pausing.BOUNCES) | Q(paused_for__startswith=pausing.COMPLAINTS)
        paused = Q(by_figures, status=Mailing.Status.PAUSED)
        return rows.filter(paused if value else ~paused)


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


class MailingNumberFilter(django_filters.ModelChoiceFilter):
    """A mailing by its number: a list of all of them would be longer than the page."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Number of the mailing"))
        super().__init__(queryset=visible_mailings, widget=forms.NumberInput, **kwargs)


class JournalFilterSet(OwnerFilterSet):
    """What every list of the engine's rows is narrowed by.

    `run_path` leads to the run. Runs are looked up first: told the very runs, the database finds a small owner's few
    rows among a million by their index, where a join has it read them all.
    """

    run_path: ClassVar[str] = ""

    owner = django_filters.ModelChoiceFilter(
        field_name="mailing__owner", queryset=lambda request: owners_of(Mailing), method="of_runs", label=_("Owner")
    )
    mailing = MailingNumberFilter(field_name="mailing", method="of_runs")

    def of_runs(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        if not self.run_path:
            return rows.filter(**{name: value})
        runs = Run.objects.order_by().filter(**{name: value}).values_list("pk", flat=True)
        return rows.filter(**{f"{self.run_path}__in": list(runs)})


def kind_filter() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        field_name="mailing__kind", choices=Mailing.Kind.choices, method="of_runs", label=_("Kind")
    )


def with_errors(rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    """Rows whose reply code is of the chosen hundred."""
    first = int(value) * 100
    return rows.filter(**{f"{name}__gte": first, f"{name}__lt": first + 100})


def code_filter(name: str) -> django_filters.ChoiceFilter:
    choices = [("2", _("2xx: taken")), ("4", _("4xx: later")), ("5", _("5xx: refused"))]
    return django_filters.ChoiceFilter(field_name=name, choices=choices, method=with_errors, label=_("Server’s answer"))


OUTCOMES = [
    ("failed", _("Failed")),
    ("in_doubt", _("In doubt")),
    ("bounced", _("Bounced")),
    ("complained", _("Complained")),
    ("unsubscribed", _("Unsubscribed")),
]


class RunFilterSet(JournalFilterSet):
    kind = kind_filter()
    outcome = django_filters.ChoiceFilter(choices=OUTCOMES, method="having", label=_("Has some that"))
    opened_at = django_filters.DateFromToRangeFilter(label=_("Opened"), widget=DateRangePickerWidget)

    class Meta:
        model = Run
        fields = ["status"]

    def having(self, rows: QuerySet[Run], name: str, value: str) -> QuerySet[Run]:
        return rows.filter(**{f"{value}__gt": 0})


class DeliveryFilterSet(JournalFilterSet):
    run_path = "run"
    kind = kind_filter()
    answer = code_filter("last_code")
    last_code = django_filters.NumberFilter(label=_("Reply code"))
    outcome = django_filters.ChoiceFilter(choices=OUTCOMES[2:], method="having", label=_("What followed"))
    finished_at = django_filters.DateFromToRangeFilter(label=_("Finished"), widget=DateRangePickerWidget)

    class Meta:
        model = Delivery
        fields = ["status"]

    def having(self, rows: QuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        return rows.filter(**{f"{value}_at__isnull": False})


class AttemptFilterSet(JournalFilterSet):
    run_path = "delivery__run"
    answer = code_filter("code")
    code = django_filters.NumberFilter(label=_("Reply code"))
    at = django_filters.DateFromToRangeFilter(label=_("At"), widget=DateRangePickerWidget)

    class Meta:
        model = Attempt
        fields = ["status"]


class EventFilterSet(JournalFilterSet):
    run_path = "delivery__run"
    at = django_filters.DateFromToRangeFilter(label=_("At"), widget=DateRangePickerWidget)

    class Meta:
        model = DeliveryEvent
        fields = ["kind", "by_machine"]
