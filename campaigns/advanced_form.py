"""What the form of a mailing has under *Advanced*."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.advanced import COLUMNS, LETTERS, MAX_HOURS, MAX_SHARE, ROWS, Advanced
from campaigns.models import Mailing, Message, Segment, SenderAddress, Tag, Topic

CHECKS = forms.CheckboxSelectMultiple
RIVALS = tuple(f"rival_{letter.lower()}" for letter in LETTERS[1:])
DAYS = [(number + 1, name) for number, name in WEEKDAYS.items()]
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def several(label: Any, model: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(label=label, queryset=model.objects.none(), required=False, widget=CHECKS)


def one(label: Any, model: Any, empty: Any, help_text: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, queryset=model.objects.none(), required=False, empty_label=empty, help_text=help_text
    )


class AdvancedFields(forms.Form):
    """Everything that a mailing can do without; `for_owner` fills in what there is to choose."""

    segments = several(gettext_lazy("Segments"), Segment)
    tags = several(gettext_lazy("Tags"), Tag)
    excluded_segments = several(gettext_lazy("Not to these segments"), Segment)
    excluded_tags = several(gettext_lazy("Not to people with these tags"), Tag)
    topic = one(
        gettext_lazy("Topic"),
        Topic,
        gettext_lazy("None"),
        gettext_lazy("Whoever does not want to read about it is left out."),
    )
    sender = one(gettext_lazy("Sender"), SenderAddress, gettext_lazy("The site’s address; replies come to you"))
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"), choices=DAYS, coerce=int, required=False, widget=CHECKS
    )
    month_day = forms.IntegerField(
        label=gettext_lazy("Day of the month"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("In a month that is shorter it goes out on the last day."),
    )
    own_clocks = forms.BooleanField(
        label=gettext_lazy("By the recipient’s clock"),
        required=False,
        help_text=gettext_lazy(
            "Everybody gets it at this hour of their own time zone; where it is not known, of yours."
        ),
    )
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), required=False, widget=CLOCK)
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), required=False, widget=CLOCK)
    hourly_limit = forms.IntegerField(label=gettext_lazy("Messages an hour, at most"), required=False, min_value=1)
    rival_b = one(gettext_lazy("Message B"), Message, gettext_lazy("No test"))
    rival_c = one(gettext_lazy("Message C"), Message, "–")
    rival_d = one(gettext_lazy("Message D"), Message, "–")
    test_share = forms.IntegerField(
        label=gettext_lazy("Share of the test, %"), required=False, min_value=1, max_value=MAX_SHARE, initial=20
    )
    test_metric = forms.ChoiceField(
        label=gettext_lazy("The winner has most"), choices=Mailing.Metric.choices, required=False
    )
    test_hours = forms.IntegerField(
        label=gettext_lazy("Hours until the winner"), required=False, min_value=1, max_value=MAX_HOURS, initial=24
    )
    mark = forms.CharField(
        label=gettext_lazy("Advertising mark"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("For example the erid that the law asks for."),
    )

    def for_owner(self, owner: User) -> None:
        rows = {Segment: ("segments", "excluded_segments"), Tag: ("tags", "excluded_tags"), Topic: ("topic",)}
        for model, names in {**rows, Message: RIVALS}.items():
            for name in names:
                self.offer(name, model.objects.filter(owner=owner))
        self.offer("sender", SenderAddress.objects.filter(owner=owner, verified_at__isnull=False))

    def offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = rows

    def advanced(self) -> Advanced:
        values = self.cleaned_data
        rivals = tuple(values[name] for name in RIVALS if values.get(name))
        test: dict[str, Any] = {"rivals": rivals, "test_share": (values["test_share"] or 20) if rivals else None}
        rows: dict[str, Any] = {name: tuple(values[name]) for name in ROWS}
        plain = {name: values[name] for name in COLUMNS if name not in ("test_share", "test_metric", "test_hours")}
        return Advanced(
            **plain,
            **rows,
            **test,
            weekdays=tuple(values["weekdays"]),
            test_metric=values["test_metric"] or Mailing.Metric.CLICKS,
            test_hours=values["test_hours"] or 24,
        )

    @property
    def advanced_is_used(self) -> bool:
        """Whether the folded part should stand open: something is filled in there, or wrong."""
        usual = {"segments", "tags", "test_share", "test_metric", "test_hours"}
        return any(
            name in self.errors or (name not in usual and self[name].value() not in (None, "", [], False))
            for name in AdvancedFields.base_fields
        )

    @staticmethod
    def advanced_initial(advanced: Advanced) -> dict[str, Any]:
        names = [name for name in COLUMNS if name != "test_share" or advanced.test_share]
        rivals = dict(zip(RIVALS, advanced.rivals, strict=False))
        return {
            **{name: getattr(advanced, name) for name in names},
            **{name: [row.pk for row in getattr(advanced, name)] for name in ROWS},
            **rivals,
            "weekdays": list(advanced.weekdays),
        }
