"""Freezing what is sent: a run's messages, word for word, and the links in them."""

import re
from html import unescape

from django.db import transaction

from campaigns.block_rendering import coupons_in
from campaigns.models import Content, CouponOffer, Link, Message, Rival, Run
from campaigns.rendering import Rendered, rendered

HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"', re.IGNORECASE)
WRITTEN = re.compile(r"https?://[^\s<>\"')\]]+")
# What ends a sentence does not belong to an address.
ENDS = ".,;:!?…"


def freeze(*, run: Run, message: Message, rival: Rival | None = None) -> Content:
    """The message as this run sends it. Whoever comes second gets what the first has frozen."""
    same = Content.objects.filter(run=run, rival=rival)
    if found := same.first():
        return found
    return store(run=run, message=message, rival=rival, words=rendered(message, mark=run.mailing.mark))


def of_run(run: Run) -> Content:
    """The content of a delivery that was given none: the run's own words, as it froze them itself."""
    found = Content.objects.filter(run=run, rival=None).first()
    if found:
        return found
    written = Message(owner=run.mailing.owner, subject=run.subject, body=run.body)
    return store(run=run, message=None, rival=None, words=rendered(written, mark=run.mailing.mark))


def store(*, run: Run, message: Message | None, rival: Rival | None, words: Rendered) -> Content:
    """Under the run's lock: NULLs in UNIQUE (run, rival) are never the same."""
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        content, is_new = Content.objects.get_or_create(
            run=run,
            rival=rival,
            defaults={
                "message": message,
                "subject": words.subject[:255],
                "preheader": words.preheader,
                "html": words.html,
                "text": words.text,
            },
        )
        if is_new:
            numbered = enumerate(addresses_in(words.html, words.text), start=1)
            Link.objects.bulk_create(Link(content=content, number=number, url=url) for number, url in numbered)
            codes = coupons_in(message) if message else ()
            CouponOffer.objects.bulk_create(CouponOffer(content=content, code=code) for code in codes)
    return content


def addresses_in(html: str, text: str) -> list[str]:
    """Each http(s) address once, in order of appearance. Those with merge fields in them differ by recipient."""
    in_html = [unescape(match[1]).strip() for match in HREF.finditer(html)]
    in_text = [match[0].rstrip(ENDS) for match in WRITTEN.finditer(text)]
    found = dict.fromkeys([*in_html, *in_text])
    return [url for url in found if url.lower().startswith(("http://", "https://")) and "{{" not in url]
