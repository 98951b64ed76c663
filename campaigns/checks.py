"""What to look at before a message goes out. Findings never stop anybody: they are shown, the owner decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns import block_rendering, merge, occasion_fields
from campaigns.automations.values import FIELDS as TRIGGER_FIELDS
from campaigns.contents import addresses_in
from campaigns.models import Message, OwnerSettings, Recipient, Step
from campaigns.owners import is_shop
from campaigns.rendering import Rendered, fields_of, merge_text, rendered

# Beyond it Gmail cuts the message off, and with it the way out.
LARGEST = 102 * 1024
FEW_LETTERS = 6
# Always there, or the recipient's by definition.
NEVER_EMPTY = {"email", "unsubscribe_url"}
# What answers for every address that nothing else answers for.
PAGES = "wagtail_serve"


@dataclass(frozen=True)
class Finding:
    """`level` is "error" for what readers will stumble over, "warning" for what they may."""

    level: str
    code: str
    text: str


def check(message: Message, recipients: QuerySet[Recipient] | None = None) -> list[Finding]:
    """The message as it would go out now; to these recipients, else to all of its owner's that may be written to."""
    words = rendered(message)
    if recipients is None:
        recipients = Recipient.objects.filter(owner=message.owner_id).mailable()  # type: ignore[attr-defined]
    return [
        *subject(words),
        *fields(message, words, recipients),
        *links(words),
        *pictures(words),
        *coupons(message),
        *size(words),
        *sender(message, words),
    ]


def subject(words: Rendered) -> Iterator[Finding]:
    letters = [letter for letter in words.subject if letter.isalpha()]
    if not words.subject.strip():
        yield Finding("error", "subject_empty", _("The message has no subject."))
    elif len(letters) >= FEW_LETTERS and all(
        letter.isupper() for letter in letters if letter.lower() != letter.upper()
    ):
        yield Finding("warning", "subject_capitals", _("A subject in capitals looks like spam."))
    if not words.preheader.strip():
        text = _("There is no preview line: mail programs will show the first words of the message.")
        yield Finding("warning", "preheader_empty", text)


def fields(message: Message, words: Rendered, recipients: QuerySet[Recipient]) -> Iterator[Finding]:
    """Merge fields without a fallback, and for how many recipients there is nothing to put in."""
    known = set(fields_of(message.owner))
    for name in merge.unknown_fields(merge_text(message), known):
        text = _("There is no merge field “%(name)s”.") % {"name": name}
        yield Finding("error", "field_unknown", text)
    yield from occasions(message, words)
    names = known - NEVER_EMPTY - set(occasion_fields.OF_THE_SHOP)
    pieces = merge.split(f"{words.subject}\n{words.preheader}\n{words.text}", names)
    bare = {piece[0] for piece in pieces if isinstance(piece, tuple) and not piece[1]}
    for name in sorted(bare):
        count = without(name, recipients).count()
        if count:
            text = ngettext(
                "“%(name)s” is empty for %(count)d recipient, and has no fallback.",
                "“%(name)s” is empty for %(count)d recipients, and has no fallback.",
                count,
            )
            yield Finding("warning", "field_empty", text % {"name": name, "count": count})


def occasions(message: Message, words: Rendered) -> Iterator[Finding]:
    """What only a series knows, in a message that no such series sends."""
    used = merge.used_fields(words.subject + words.preheader + words.text) & set(occasion_fields.OF_THE_SHOP)
    steps = Step.objects.filter(message=message.pk).values_list("automation__trigger", flat=True)
    known = {name for trigger in steps for name in TRIGGER_FIELDS[trigger]}
    for name in sorted(used - known):
        text = _("“%(name)s” stays empty unless a series sends this message that knows it.")
        yield Finding("warning", "field_of_series", text % {"name": name})


def without(name: str, recipients: QuerySet[Recipient]) -> QuerySet[Recipient]:
    if name == "full_name":
        return recipients.filter(full_name="")
    value = Coalesce(KeyTextTransform(name, "attributes"), Value(""), output_field=TextField())
    return recipients.annotate(merge_value=value).filter(merge_value="")


def links(words: Rendered) -> Iterator[Finding]:
    """By their form; those to this site by whether there is such a page. Others: `campaigns.link_checks`."""
    looked = Looked.at(words.html)
    if looked.dead_links:
        text = ngettext(
            "%(count)d link leads nowhere: an address begins with https://, mailto: or tel:.",
            "%(count)d links lead nowhere: an address begins with https://, mailto: or tel:.",
            looked.dead_links,
        )
        yield Finding("error", "link_empty", text % {"count": looked.dead_links})
    for url in addresses_in(words.html, words.text):
        if is_broken(url):
            yield Finding("error", "link_broken", _("This link does not work: %(url)s") % {"url": url[:200]})


def is_broken(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return True
    host = parts.hostname or ""
    if is_own(url):
        return not leads_somewhere(parts.path or "/")
    return not host or any(mark in url for mark in ' <>"{}|\\^`') or ("." not in host and host != "localhost")


def is_own(url: str) -> bool:
    """Whether it is an address of this site."""
    try:
        parts, own = urlsplit(url), urlsplit(settings.SITE_URL)
        return (parts.hostname, parts.port) == (own.hostname, own.port)
    except ValueError:
        return False


def leads_somewhere(path: str) -> bool:
    """Whether this site has a page there, as far as addresses tell: routes below a page are taken for granted."""
    language = get_language_from_path(path)
    with translation.override(language or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    steps = [step for step in path.split("/") if step and step != language]
    return match.url_name != PAGES or not steps or Page.objects.live().filter(slug__in=steps[-2:]).exists()


def pictures(words: Rendered) -> Iterator[Finding]:
    missing = Looked.at(words.html).pictures_without_words
    if missing:
        text = ngettext(
            "%(count)d picture has no words for those who do not see it.",
            "%(count)d pictures have no words for those who do not see them.",
            missing,
        )
        yield Finding("warning", "alt_missing", text % {"count": missing})


def coupons(message: Message) -> Iterator[Finding]:
    """Those that readers would not be shown, as the shop does not take them now."""
    for block in message.blocks if message.kind == Message.Kind.BLOCKS else ():
        if block.block_type == "coupon" and not block_rendering.coupon(block.value, message)["code"]:
            text = _("The coupon “%(code)s” does not hold: nobody will see it.")
            yield Finding("error", "coupon_gone", text % {"code": block.value["code"]})


def size(words: Rendered) -> Iterator[Finding]:
    kilobytes = -(-len(words.html.encode(errors="replace")) // 1024)
    if kilobytes * 1024 > LARGEST:
        text = _("The message has %(size)d kB; Gmail cuts off what is beyond 102 kB.") % {"size": kilobytes}
        yield Finding("warning", "too_large", text)


def sender(message: Message, words: Rendered) -> Iterator[Finding]:
    if "unsubscribe_url" not in words.html or "unsubscribe_url" not in words.text:
        yield Finding("error", "no_way_out", _("The link to unsubscribe is missing."))
    said = OwnerSettings.objects.filter(owner=message.owner_id).first()
    if not (said and said.postal_address.strip()) and not is_shop(message.owner):
        text = _("Your postal address is missing: the law asks for it under advertising.")
        yield Finding("warning", "no_postal_address", text)


class Looked(HTMLParser):
    """Counts what a reader would miss."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.dead_links = self.pictures_without_words = 0

    @classmethod
    def at(cls, html: str) -> "Looked":
        looked = cls()
        looked.feed(html)
        looked.close()
        return looked

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and not (given.get("href") or "").strip():
            self.dead_links += 1
        if tag == "img" and not (given.get("alt") or "").strip():
            self.pictures_without_words += 1
