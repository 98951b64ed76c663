"""allauth's forms in our wording: labels stand above the fields, so no placeholder repeats them."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class Quiet:
    """Without placeholders; an address is called e-mail everywhere."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in ("login", "email"):
                field.label = _("E-mail")
                field.widget.attrs["autocomplete"] = "email"


class LoginForm(Quiet, forms.LoginForm):
    pass


class SignupForm(Quiet, forms.SignupForm):
    pass


class AddEmailForm(Quiet, forms.AddEmailForm):
    pass


class ChangePasswordForm(Quiet, forms.ChangePasswordForm):
    pass


class SetPasswordForm(Quiet, forms.SetPasswordForm):
    pass


class ResetPasswordForm(Quiet, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Quiet, forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Quiet, forms.ReauthenticateForm):
    pass
