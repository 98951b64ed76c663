"""What campaign owners fill in. The forms check what was typed; the verbs decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns import addresses
from campaigns.advanced import Advanced
from campaigns.advanced_form import AdvancedFields
from campaigns.models import Mailing, Message, Recipient
from campaigns.recipients import Entry

CHECK = {"class": "form-check-input"}
LOCAL_TIME = "%Y-%m-%dT%H:%M"


def show_errors(form: forms.BaseForm, error: Exception) -> None:
    """Put a verb's error beside its fields; what belongs to no field of this form stands above it."""
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))


class ConsentFields(forms.Form):
    """On what ground these people are written to."""

    consent_basis = forms.ChoiceField(
        label=gettext_lazy("What allows you to write to them?"),
        choices=[
            (Recipient.Consent.OPT_IN, gettext_lazy("They asked for it (opt-in)")),
            (Recipient.Consent.CUSTOMER, gettext_lazy("They are my customers")),
            (Recipient.Consent.NONE, gettext_lazy("Nothing yet: keep them unconfirmed, they get no mail")),
        ],
        widget=forms.RadioSelect(attrs=CHECK),
    )
    consent_source = forms.CharField(
        label=gettext_lazy("Where the consent comes from"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: form on our site, 2026; you may be asked to prove it."),
    )


class RecipientForm(ConsentFields):
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=addresses.MAX_LENGTH,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200, required=False)
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    field_order = ["email", "full_name", "comment", "consent_basis", "consent_source"]

    def entry(self) -> Entry:
        return Entry(**self.cleaned_data)

    @staticmethod
    def initial_of(recipient: Recipient) -> dict[str, Any]:
        return {name: getattr(recipient, name) for name in RecipientForm.field_order}


class MessageForm(forms.Form):
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=255, widget=forms.TextInput(attrs={"data-merge-target": ""})
    )
    preheader = forms.CharField(
        label=gettext_lazy("Preview line"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("What mail programs show beside the subject."),
        widget=forms.TextInput(attrs={"data-merge-target": ""}),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "data-merge-target": ""}),
    )

    def __init__(self, *args: Any, kind: str = Message.Kind.PLAIN, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Message.Kind.BLOCKS:
            del self.fields["body"]


class MailingForm(AdvancedFields):
    """The five fields, and what is folded away; times are in the active time zone, the owner's."""

    ALL, CHOSEN = "all", "chosen"

    message = forms.ModelChoiceField(
        label=gettext_lazy("Message"), queryset=Message.objects.none(), empty_label=gettext_lazy("Choose a message")
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Recipients"),
        choices=[(ALL, gettext_lazy("All in my list")), (CHOSEN, gettext_lazy("Only those whom I choose"))],
        initial=ALL,
        widget=forms.RadioSelect(attrs=CHECK),
    )
    addresses = forms.CharField(
        label=gettext_lazy("Their addresses"),
        required=False,
        help_text=gettext_lazy("One per line; they have to be in your list."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "data-addresses": ""}),
    )
    start = forms.DateTimeField(
        label=gettext_lazy("Start"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        help_text=gettext_lazy("A start in the past means now."),
    )
    end = forms.DateTimeField(
        label=gettext_lazy("End"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        help_text=gettext_lazy("Nothing goes out from then on, finished or not."),
    )
    periodicity = forms.ChoiceField(label=gettext_lazy("Periodicity"), choices=Mailing.Periodicity.choices)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        # Now, in the active time zone, unless somebody knows better.
        now = timezone.localtime().replace(second=0, microsecond=0)
        kwargs["initial"] = {"start": now, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.owner = owner
        field = self.fields["message"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Message.objects.owned_by(owner)
        self.for_owner(owner)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["recipients"] = None
        if values.get("audience") == self.CHOSEN:
            others = bool(values.get("segments") or values.get("tags"))
            values["recipients"] = self.chosen(values.get("addresses", ""), or_others=others)
        else:
            values["segments"], values["tags"] = [], []
        return values

    def chosen(self, typed: str, *, or_others: bool) -> list[int]:
        """Ids of the recipients with the typed addresses; those that are not in the list are named."""
        wanted: dict[str, str] = {}
        for address in typed.replace(",", "\n").replace(";", "\n").split():
            wanted.setdefault(addresses.normalise(address), address)
        if not wanted:
            if not or_others:
                self.add_error("addresses", _("Choose at least one recipient, a segment or a tag."))
            return []
        found: dict[str, int] = {}
        norms = list(wanted)
        for first in range(0, len(norms), 5000):
            rows = Recipient.objects.owned_by(self.owner).filter(email_norm__in=norms[first : first + 5000])
            found.update(rows.values_list("email_norm", "pk"))
        missing = [address for norm, address in wanted.items() if norm not in found]
        if missing:
            self.add_error("addresses", _("Not in your list: %(names)s") % {"names": ", ".join(missing[:20])})
        return list(found.values())

    def verb_arguments(self) -> dict[str, Any]:
        values = self.cleaned_data
        names = ("message", "recipients", "start", "end", "periodicity")
        plan = {name: values[name] for name in names}
        return {**plan, "time_zone": self.owner.time_zone, "advanced": self.advanced()}

    @classmethod
    def initial_of(cls, mailing: Mailing) -> dict[str, Any]:
        chosen = [] if mailing.all_recipients else mailing.recipients.order_by("pk").values_list("email", flat=True)
        return {
            "message": mailing.message_id,
            "audience": cls.ALL if mailing.all_recipients else cls.CHOSEN,
            "addresses": "\n".join(chosen),
            "start": mailing.start,
            "end": mailing.end,
            "periodicity": mailing.periodicity,
            **cls.advanced_initial(Advanced.of(mailing)),
        }

    @classmethod
    def initial_of_copy(cls, mailing: Mailing) -> dict[str, Any]:
        """The same, to be sent anew: from now on, without an end."""
        return {name: value for name, value in cls.initial_of(mailing).items() if name not in ("start", "end")}


def calendar_of(data: Any) -> dict[str, Any]:
    """What `planning.dates` takes, out of a half-filled form; nothing where it makes no sense yet."""
    moments = {}
    for name in ("start", "end"):
        try:
            moments[name] = forms.DateTimeField(required=False).clean(data.get(name, ""))
        except ValidationError:
            moments[name] = None
    periodicity = str(data.get("periodicity", ""))
    day = str(data.get("month_day", ""))
    return {
        **moments,
        "periodicity": periodicity if periodicity in Mailing.Periodicity.values else "once",
        "weekdays": [int(number) for number in data.getlist("weekdays") if number in tuple("1234567")],
        "month_day": int(day) if day in map(str, range(1, 32)) else None,
    }
