"""What owners write: storing it, looking at it as a recipient does, and trying it out on oneself."""

from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns import cart_goods, merge, occasion_fields, occasion_samples, viewing
from campaigns.characters import storable
from campaigns.delivery.gaps import written
from campaigns.errors import CampaignError
from campaigns.footer_links import LINKS
from campaigns.models import Message, Recipient, RecipientField, SenderAddress
from campaigns.owners import is_shop
from campaigns.rendering import fields_of, rendered
from campaigns.senders import sender_for
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
    """The whole mail as one recipient reads it; `html` is a document of its own, cleaned, for a frame."""

    subject: str
    html: str
    text: str


def create_message(
    *, owner: User, subject: str, body: str = "", preheader: str = "", kind: str = Message.Kind.PLAIN
) -> Message:
    """Raises ValidationError, by field."""
    return save(Message(owner=owner, kind=kind), subject=subject, body=body, preheader=preheader)


def change_message(*, message: Message, subject: str, body: str = "", preheader: str | None = None) -> Message:
    """Runs that are open go on with the text that was frozen; later ones take the new one."""
    preheader = message.preheader if preheader is None else preheader
    return save(message, subject=subject, body=body, preheader=preheader)


def save(message: Message, *, subject: str, body: str, preheader: str) -> Message:
    message.subject, message.body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    message.preheader = " ".join(preheader.split())
    errors, fields = {}, fields_of(message.owner)
    for name in ("subject", "preheader", "body"):
        text = getattr(message, name)
        if not storable(text):
            errors[name] = _("There are characters here that can’t be stored.")
        elif unknown := merge.unknown_fields(text, fields):
            known = ", ".join(fields)
            errors[name] = _("There is no merge field “%(name)s”; there are: %(known)s.") % {
                "name": unknown[0],
                "known": known,
            }
    if errors:
        raise ValidationError(errors)
    if not message.body and message.kind == Message.Kind.PLAIN:
        raise ValidationError({"body": _("The message has no text.")})
    message.clean_fields(exclude=["owner", "blocks"])
    message.save()
    return message


def delete_message(*, message: Message) -> None:
    try:
        message.delete()
    except ProtectedError as error:
        raise CampaignError(_("Mailings use this message; it can’t be deleted.")) from error


def merge_fields(owner: User) -> list[MergeField]:
    """What this owner may write into a message, with what it stands for."""
    labels = dict(RecipientField.objects.filter(owner=owner).values_list("key", "label"))
    return [
        MergeField(
            str(TOKENS.get(name, f"{{{{ {name} }}}}")),
            str(DESCRIPTIONS.get(name) or occasion_fields.OF_THE_SHOP.get(name) or labels[name]),
        )
        for name in fields_of(owner)
    ]


def preview(*, message: Message, recipient: Recipient | None = None) -> Preview:
    """As `recipient`, or an invented one, would read it."""
    with translation.override(message.owner.language):
        values = values_for(message, recipient)
    words = rendered(message)
    return Preview(
        subject=merge.fill(words.subject, values),
        html=viewing.filled(words.html, values),
        text=merge.fill(words.text, values),
    )


def values_for(message: Message, recipient: Recipient | None) -> dict[str, str]:
    """What stands for the merge fields; the links below it lead nowhere, so that looking unsubscribes nobody."""
    attributes = recipient.attributes if recipient else {}
    return {
        **{link.field: settings.SITE_URL + link.path.replace("{token}", "preview") for link in LINKS},
        **dict.fromkeys(cart_goods.NAMES, ""),
        **{name: written(attributes.get(name)) for name in fields_of(message.owner)},
        **(occasion_samples.sample() if is_shop(message.owner) else {}),
        "full_name": recipient.full_name if recipient else _("Jo Reader"),
        "email": recipient.email if recipient else "jo@example.com",
        "unsubscribe_url": f"{settings.SITE_URL}/u/preview/",
    }


def send_test(
    *, message: Message, to: User, recipient: Recipient | None = None, sender: SenderAddress | None = None
) -> bool:
    """Mail the message to its owner, from the sender that a mailing would use. False when that has just been done."""
    if not cache.add(f"campaigns-test:{to.pk}:{message.pk}", 1, TEST_PAUSE_SECONDS):
        return False
    with translation.override(message.owner.language):
        values = values_for(message, recipient)
    words = rendered(message)
    who = sender_for(message.owner, sender)
    subject = _("[Test] %(subject)s") % {"subject": merge.fill(words.subject, values)}
    enqueue(
        kind="campaign_test",
        to=to.email,
        subject=subject[:255],
        text=merge.fill(words.text, values),
        html=viewing.filled(words.html, values),
        from_email=formataddr((who.from_name, who.from_email))[:255],
        reference=f"message-{message.pk}",
        headers={"Reply-To": who.reply_to},
    )
    return True
