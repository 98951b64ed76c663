"""What somebody fills in to get an owner's mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns import addresses, own_fields
from campaigns.models import OptInForm, RecipientField

CHECK = {"class": "form-check-input"}


class OwnField(forms.Field):
    """One of the owner's fields; its own reader says what fits."""

    def __init__(self, field: RecipientField, **kwargs: Any) -> None:
        kinds = RecipientField.Kind
        types = {kinds.DATE: "date"}
        widget: forms.Widget = forms.TextInput(attrs={"type": types[kinds(field.kind)]} if field.kind in types else {})
        if field.kind == kinds.NUMBER:
            widget = forms.TextInput(attrs={"inputmode": "decimal"})
        if field.kind == kinds.YES_NO:
            widget = forms.Select(choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))])
        super().__init__(label=field.label, required=False, widget=widget, **kwargs)
        self.own = field

    def clean(self, value: Any) -> Any:
        return own_fields.read_value(self.own, value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return value


def own_name(key: str) -> str:
    """The name of an own field's control: apart from the other names of the form."""
    return f"own_{key}"


class JoinForm(forms.Form):
    """A sign-up form as its owner has set it up."""

    email = forms.CharField(
        label=_("Your e-mail"),
        max_length=addresses.MAX_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, form: OptInForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_keys: list[str] = []
        if form.asks_name:
            widget = forms.TextInput(attrs={"autocomplete": "name"})
            self.fields["full_name"] = forms.CharField(
                label=_("Your name"), max_length=200, required=False, widget=widget
            )
        for own in RecipientField.objects.owned_by(form.owner).filter(key__in=form.fields):
            self.fields[own_name(own.key)] = OwnField(own)
            self.own_keys.append(own.key)
        self.fields["agree"] = forms.BooleanField(label=form.consent_text, widget=forms.CheckboxInput(attrs=CHECK))
        if form.asks_tracking:
            self.fields["tracking"] = forms.BooleanField(
                label=_("You may note whether I open the messages and what I click on."),
                required=False,
                widget=forms.CheckboxInput(attrs=CHECK),
            )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        addresses.validate(email)
        return email

    @property
    def is_from_a_robot(self) -> bool:
        """People don't see this field, and leave it empty."""
        return bool(self.data.get("website"))

    def arguments(self) -> dict[str, Any]:
        """For `opt_in.ask`."""
        values = self.cleaned_data
        own = {key: values.get(own_name(key)) for key in self.own_keys}
        return {
            "email": values["email"],
            "full_name": values.get("full_name", ""),
            "tracking": bool(values.get("tracking")),
            "attributes": {key: value for key, value in own.items() if value is not None},
        }
