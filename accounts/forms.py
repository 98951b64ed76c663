"""Forms of the account pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import normalise_phone
from accounts.profile import PROFILE_FIELDS
from accounts.time_zones import time_zone_choices


class ProfileForm(forms.ModelForm):
    """What people say about themselves; `accounts.profile.update_profile` stores it."""

    class Meta:
        model = User
        fields = PROFILE_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=self.time_zones,
            help_text=_("Mailings and their reports use it."),
        )
        self.fields["language"].help_text = _("For the pages and for the mails that we send you.")
        for name, autocomplete in {"first_name": "given-name", "last_name": "family-name", "phone": "tel"}.items():
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        self.fields["phone"].widget.input_type = "tel"

    def time_zones(self) -> list[tuple[str, object]]:
        """The choices, and the stored zone when it is one of the aliases that are not offered."""
        choices = time_zone_choices()
        stored = self.instance.time_zone
        offered = {"UTC"} | {name for _region, group in choices[1:] for name, _place in group}  # type: ignore[attr-defined]
        return choices if stored in offered else [(stored, stored), *choices]

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])
