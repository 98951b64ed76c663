"""A message as a page: what a recipient got, and what one would get."""

from collections.abc import Mapping
from html import unescape

from django.utils.html import conditional_escape

from campaigns import merge
from campaigns.delivery.gaps import Addressee, filler_of
from campaigns.models import Delivery, Message
from campaigns.rendering import Rendered, rendered


def as_sent(delivery: Delivery) -> str:
    """The HTML that this recipient got, without anything that tells on them."""
    addressee = Addressee(delivery.pk, delivery.email, delivery.full_name, delivery.attributes)
    words = words_of(delivery)
    return filled(words.html, {name: filler_of(name)(addressee) for name in merge.used_fields(words.html)})


def words_of(delivery: Delivery) -> Rendered:
    """What was frozen; a run from before that kept its words itself."""
    content = delivery.content
    if content is not None:
        return Rendered(content.subject, content.preheader, content.html, content.text)
    run = delivery.run
    return rendered(Message(owner=run.mailing.owner, subject=run.subject, body=run.body), mark=run.mailing.mark)


def filled(html: str, values: Mapping[str, str]) -> str:
    return merge.fill(html, values, encode=conditional_escape, decode=unescape)
