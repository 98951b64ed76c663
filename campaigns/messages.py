"""What owners write: storing it, looking at it as a recipient does, and trying it out on oneself."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns import markup, merge
from campaigns.delivery.compiled import dressed, sender_address
from campaigns.errors import CampaignError
from campaigns.models import Message, Recipient
from campaigns.recipients import storable
from notifications.outgoing import enqueue

# A double click sends one test, not two.
TEST_PAUSE_SECONDS = 5

DESCRIPTIONS = {
    "full_name": gettext_lazy("the recipient’s name; after the bar stands what is said when there is none"),
    "email": gettext_lazy("the recipient’s address"),
    "unsubscribe_url": gettext_lazy("the link by which the recipient leaves your list"),
}
TOKENS = {"full_name": gettext_lazy("{{ full_name|reader }}")}


@dataclass(frozen=True)
class MergeField:
    token: str
    description: str


@dataclass(frozen=True)
class Preview:
    """The message as one recipient reads it; `html` is cleaned."""

    subject: str
    html: SafeString


def create_message(*, owner: User, subject: str, body: str) -> Message:
    """Raises ValidationError, by field."""
    return save(Message(owner=owner), subject=subject, body=body)


def change_message(*, message: Message, subject: str, body: str) -> Message:
    """Runs that are open go on with the text that was frozen; later ones take the new one."""
    return save(message, subject=subject, body=body)


def save(message: Message, *, subject: str, body: str) -> Message:
    message.subject, message.body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    errors = {}
    for name, text in (("subject", message.subject), ("body", message.body)):
        if not storable(text):
            errors[name] = _("There are characters here that can’t be stored.")
        elif unknown := merge.unknown_fields(text):
            known = ", ".join(merge.FIELDS)
            errors[name] = _("There is no merge field “%(name)s”; there are: %(known)s.") % {
                "name": unknown[0],
                "known": known,
            }
    if errors:
        raise ValidationError(errors)
    message.clean_fields(exclude=["owner"])
    message.save()
    return message


def delete_message(*, message: Message) -> None:
    try:
        message.delete()
    except ProtectedError as error:
        raise CampaignError(_("Mailings use this message; it can’t be deleted.")) from error


def merge_fields() -> list[MergeField]:
    """What may be written into a message, with what it stands for."""
    return [
        MergeField(str(TOKENS.get(name, f"{{{{ {name} }}}}")), str(DESCRIPTIONS.get(name, name)))
        for name in merge.FIELDS
    ]


def preview(*, message: Message, recipient: Recipient | None = None) -> Preview:
    """As `recipient`, or an invented one, would read it."""
    values = values_for(recipient)
    html = merge.fill(markup.to_html(message.body), values, encode=escape)
    return Preview(merge.fill(message.subject, values), mark_safe(html))  # noqa: S308 - cleaned, values escaped


def values_for(recipient: Recipient | None) -> dict[str, str]:
    """What stands for the merge fields; the way out leads nowhere, so that looking unsubscribes nobody."""
    return {
        "full_name": recipient.full_name if recipient else _("Jo Reader"),
        "email": recipient.email if recipient else "jo@example.com",
        "unsubscribe_url": f"{settings.SITE_URL}/u/preview/",
    }


def send_test(*, message: Message, to: User, recipient: Recipient | None = None) -> bool:
    """Mail the message, dressed as a run's, to its owner. False when that has just been done."""
    if not cache.add(f"campaigns-test:{to.pk}:{message.pk}", 1, TEST_PAUSE_SECONDS):
        return False
    values = values_for(recipient)
    texts = dressed(message.subject, message.body, language=to.language)
    subject = _("[Test] %(subject)s") % {"subject": merge.fill(texts.subject, values)}
    enqueue(
        kind="campaign_test",
        to=to.email,
        subject=subject[:255],
        text=merge.fill(texts.text, values),
        html=merge.fill(texts.html, values, encode=escape),
        from_email=sender_address(),
        reference=f"message-{message.pk}",
        headers={},
    )
    return True
