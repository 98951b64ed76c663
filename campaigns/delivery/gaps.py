"""What is put into a compiled message for each recipient, by name.

`FIELDS` are filled in every message. `MAKERS` are for what depends on the content: a maker is asked once for a content
whether, and how, its gaps of one kind are filled. Its kinds:

`link`   asked for every Link of the content, with its number; fills the gap “link:3”, which stands in `href` and in the
         text part in place of that address. Whatever the filler gives is escaped like any value; "" leaves the address.
`pixel`  asked once; fills a gap before the end of the HTML's body with markup, which is written as it is.

A maker that gives None leaves no gap: nothing is lost in speed where nothing is tracked.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import cart_goods, unsubscribing
from campaigns.delivery import headers
from campaigns.footer_links import LINKS, FooterLink
from campaigns.models import Content

NOTHING: Mapping[str, Any] = {}


class Addressee(NamedTuple):
    """What of a delivery goes into the message."""

    delivery: int
    email: str
    full_name: str
    attributes: Mapping[str, Any] = NOTHING
    # Opens and clicks of theirs may be noted.
    is_tracked: bool = False


Filler = Callable[[Addressee], str]
Maker = Callable[[Content, int], Filler | None]


class Gap(NamedTuple):
    """Where a value goes, and how it is written there."""

    field: str
    fallback: str
    encode: Callable[[str], bytes]


def own_url(link: FooterLink) -> Filler:
    return lambda addressee: link.url(addressee.delivery)


FIELDS: dict[str, Filler] = {
    "full_name": lambda addressee: headers.one_line(addressee.full_name),
    "email": lambda addressee: headers.one_line(addressee.email),
    cart_goods.CART_HTML: lambda addressee: cart_goods.html_of(addressee.attributes),
    cart_goods.CART_TEXT: lambda addressee: cart_goods.text_of(addressee.attributes),
    "unsubscribe_url": lambda addressee: unsubscribing.url(addressee.delivery),
    **{link.field: own_url(link) for link in LINKS},
}
MAKERS: dict[str, Maker] = {}


def filler_of(field: str) -> Filler:
    """How a merge field is filled; whatever is not ours is a field of the owner's own."""
    return FIELDS.get(field) or (lambda addressee: written(addressee.attributes.get(field)))


def made(kind: str, content: Content, number: int = 0) -> Filler | None:
    maker = MAKERS.get(kind)
    return maker(content, number) if maker else None


def written(value: Any) -> str:
    """An attribute as people read it, in the active language."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = headers.one_line(str(value))
    try:
        return date_format(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text
