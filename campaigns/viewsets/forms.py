"""The workspace's forms as the Wagtail admin needs them: with an owner, and for rows of others."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.models import User
from campaigns import mailings, messages, recipients
from campaigns.forms import MailingForm, MessageForm, RecipientForm
from campaigns.models import Mailing, Message, Recipient
from company.models import Company


class OwnedForm(forms.Form):
    """What is made belongs to whoever makes it; superusers may make it for the shop's own owner instead."""

    instance: Any

    def prepare(self, user: User, instance: Any) -> None:
        self.user, self.instance = user, instance
        self.candidates = [instance.owner] if instance else possible_owners(user)
        if len(self.candidates) > 1:
            choices = [(owner.pk, owner.email) for owner in self.candidates]
            self.fields["owner"] = forms.TypedChoiceField(label=gettext_lazy("Owner"), choices=choices, coerce=int)
            self.order_fields(["owner"])

    def chosen_owner(self) -> User:
        pk = self.cleaned_data.get("owner")
        return next((owner for owner in self.candidates if owner.pk == pk), self.candidates[0])

    def save(self) -> Any:
        """Call the verb. Raises CampaignError or ValidationError."""
        raise NotImplementedError


def possible_owners(user: User) -> list[User]:
    """The user; for superusers the owner of the shop's own mailings as well."""
    if not user.is_superuser:
        return [user]
    shop = Company.objects.exclude(system_owner=None).exclude(system_owner=user).select_related("system_owner")
    return [user, *{company.system_owner for company in shop if company.system_owner}]


class AdminRecipientForm(RecipientForm, OwnedForm):
    def __init__(self, *args: Any, user: User, instance: Recipient | None = None, **kwargs: Any) -> None:
        if instance:
            kwargs["initial"] = self.initial_of(instance)
        super().__init__(*args, **kwargs)
        self.prepare(user, instance)

    def entry(self) -> recipients.Entry:
        return recipients.Entry(**{name: self.cleaned_data[name] for name in RecipientForm.field_order})

    def save(self) -> Recipient:
        if self.instance:
            return recipients.change_recipient(recipient=self.instance, entry=self.entry())
        return recipients.add_recipient(owner=self.chosen_owner(), entry=self.entry())


class AdminMessageForm(MessageForm, OwnedForm):
    def __init__(self, *args: Any, user: User, instance: Message | None = None, **kwargs: Any) -> None:
        if instance:
            kwargs["initial"] = {name: getattr(instance, name) for name in ("subject", "preheader", "body")}
            kwargs["kind"] = instance.kind
        super().__init__(*args, **kwargs)
        self.prepare(user, instance)
        tokens = ", ".join(field.token for field in messages.merge_fields(instance.owner if instance else user))
        self.fields["body" if "body" in self.fields else "subject"].help_text = _(
            "Plain text or simple HTML. Merge fields: %(fields)s"
        ) % {"fields": tokens}

    def save(self) -> Message:
        written = {name: self.cleaned_data[name] for name in MessageForm.base_fields if name in self.fields}
        if self.instance:
            return messages.change_message(message=self.instance, **written)
        return messages.create_message(owner=self.chosen_owner(), **written)


class AdminMailingForm(MailingForm, OwnedForm):
    def __init__(self, *args: Any, user: User, instance: Mailing | None = None, **kwargs: Any) -> None:
        if instance:
            kwargs["initial"] = self.initial_of(instance)
        super().__init__(*args, owner=instance.owner if instance else user, **kwargs)
        self.prepare(user, instance)
        for name in ("start", "end"):
            self.fields[name].widget = AdminDateTimeInput()
        field = self.fields["message"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Message.objects.filter(owner__in=self.candidates)

    def clean(self) -> dict[str, Any]:
        self.owner = self.chosen_owner()
        values = super().clean()
        message = values.get("message")
        if message and message.owner_id != self.owner.pk:
            self.add_error("message", _("This message is not in the owner’s list."))
        return values

    def save(self) -> Mailing:
        if self.instance:
            return mailings.change_mailing(mailing=self.instance, **self.verb_arguments())
        return mailings.schedule_mailing(owner=self.owner, **self.verb_arguments())
