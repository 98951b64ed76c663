"""From a message as its owner wrote it to the words that are frozen: HTML and text with their footer."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from campaigns import block_rendering, cart_goods, markup, merge, occasion_fields, owners
from campaigns.footer_links import NAMES
from campaigns.footers import footer_of
from campaigns.message_blocks import texts_in
from campaigns.models import Message, RecipientField


@dataclass(frozen=True)
class Rendered:
    """A message in full, merge fields not yet filled. Whatever stands in double braces is a field."""

    subject: str
    preheader: str
    html: str
    text: str


def fields_of(owner: User | int) -> list[str]:
    """The names of the merge fields that this owner may use."""
    own = RecipientField.objects.filter(owner=owner).values_list("key", flat=True)
    shop = owners.shop_owner()
    is_shop = shop is not None and shop.pk == (owner if isinstance(owner, int) else owner.pk)
    known = [*merge.FIELDS, *(occasion_fields.OF_THE_SHOP if is_shop else ())]
    return [*known, *(key for key in own if key not in known)]


def merge_text(message: Message) -> str:
    """Everything in which merge fields may stand."""
    blocks = texts_in([dict(row) for row in message.blocks.raw_data]) if message.kind == Message.Kind.BLOCKS else []
    return "\n".join([message.subject, message.preheader, message.body, *blocks])


def rendered(message: Message, *, mark: str = "") -> Rendered:
    """In the owner's language, with a way out at the end unless the words have one. `mark`: the advertising's."""
    owner = message.owner
    with translation.override(owner.language):
        context = {
            "subject": message.subject,
            "preheader": message.preheader,
            "footer": footer_of(owner, mark=mark),
            "unsubscribe": "" if "unsubscribe_url" in message.body else "{{ unsubscribe_url }}",
        }
        html, text = dressed(message, context)
    fields = fields_of(owner)
    everywhere = [*fields, *NAMES, *cart_goods.NAMES]
    return Rendered(
        subject=merge.defused(message.subject, fields),
        preheader=merge.defused(message.preheader, fields),
        html=merge.defused(html, everywhere),
        text=merge.defused(text, everywhere),
    )


def dressed(message: Message, context: dict[str, Any]) -> tuple[str, str]:
    """HTML and text."""
    if message.kind == Message.Kind.BLOCKS:
        return block_rendering.html_and_text(message, context)
    context |= {"html": markup.to_html(message.body), "text": markup.to_text(message.body)}
    return (
        render_to_string("campaigns/mail/message.html", context),
        render_to_string("campaigns/mail/message.txt", context),
    )
