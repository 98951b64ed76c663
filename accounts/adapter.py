"""Where allauth meets this house: its mail goes through the mail queue, blocked people stay outside."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User, normalise_email
from notifications.outgoing import queue_message


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_blocked": _("This account is blocked. Please write to us if you think that this is a mistake."),
        "account_off": _("This account is switched off. Please write to us if you want to use it again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render as allauth does and queue the message instead of waiting for a mail server."""
        request = current.request
        common = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, common | context)
        user = context.get("user")
        reference = f"user:{user.pk}" if isinstance(user, models.Model) and user.pk else ""
        queue_message(message, kind=template_prefix.rsplit("/", 1)[-1], reference=reference)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """allauth has texts only: those without HTML of ours get their text in our frame."""
        message = super().render_mail(template_prefix, email, context, headers)
        if not message.alternatives:
            # What stands below the dashes is the text's own footer.
            inner = {"subject": message.subject, "body": str(message.body).partition("\n--\n")[0]}
            html = render_to_string("account/email/wrapped_message.html", inner)
            message.attach_alternative(html, "text/html")
        return message

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """As allauth does, but a right password for a blocked account is answered with the reason, at the form."""
        user = super().authenticate(request, **credentials)
        if user is not None and user.is_blocked:
            raise self.validation_error("account_blocked")
        if user is not None and not user.is_active:
            raise self.validation_error("account_off")
        return user

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The ways in that need no password (GitHub, a link in a mail) end here for a blocked account."""
        if user.is_blocked:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def clean_email(self, email: str) -> str:
        return normalise_email(super().clean_email(email))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """New people are written to in the language in which they signed up."""
        user.language = translation.get_language() or user.language
        return super().save_user(request, user, form, commit=commit)
