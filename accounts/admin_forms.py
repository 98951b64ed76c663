"""Forms of the Wagtail admin for people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from accounts.blocking import MAX_REASON
from accounts.emails import vouch_for_email
from accounts.models import User, normalise_email


class PersonFields(forms.Form):
    """Names may stay empty; the e-mail is the log-in, and whoever types it here vouches for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = False

    def clean_email(self) -> str:
        email = normalise_email(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():  # type: ignore[attr-defined]
            raise forms.ValidationError(_("This e-mail is already in use."))
        return email

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)  # type: ignore[misc]
        if commit and ("email" in self.changed_data or not user.emailaddress_set.exists()):  # type: ignore[attr-defined]
            vouch_for_email(user=user)
        return user


class UserCreationForm(PersonFields, WagtailUserCreationForm):
    pass


class UserEditForm(PersonFields, WagtailUserEditForm):
    pass


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        help_text=_("Kept in the history; the blocked person does not see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class UnblockForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=MAX_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
