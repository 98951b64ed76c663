"""Freezing what is sent, and filling what is frozen."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from campaigns import contents, runs
from campaigns.delivery import claims, slices
from campaigns.delivery.compiled import compile_content
from campaigns.delivery.gaps import MAKERS, Addressee, Filler
from campaigns.delivery.journal import Journal
from campaigns.models import Content, Delivery, RecipientField, Rival, Run
from campaigns.tests.factories import DeliveryFactory, MailingFactory, MessageFactory, RecipientFactory, RunFactory

pytestmark = pytest.mark.django_db


def parts(content: Content, **addressee: object) -> tuple[str, str]:
    """Text and HTML as a reader's program shows them."""
    given = {"delivery": 1, "email": "jo@example.net", "full_name": "Jo"} | addressee
    data = compile_content(content).envelope(Addressee(**given)).content  # type: ignore[arg-type]
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    message = message_from_bytes(data, policy=policy.default)
    text, html = message.iter_parts()  # type: ignore[attr-defined]
    return text.get_content(), html.get_content()


def frozen(**message: str) -> Content:
    run = RunFactory(**{f"mailing__message__{name}": value for name, value in message.items()})
    return contents.freeze(run=run, message=run.mailing.message)


@pytest.fixture
def tracked() -> Iterator[None]:
    """Somebody who follows the second link of every content, for those whose number is even, and opens."""

    def links(content: Content, number: int) -> Filler | None:
        if number != 2:
            return None
        return lambda addressee: "" if addressee.delivery % 2 else f"https://shop.example/c/{content.pk}/{number}?a&b"

    before = dict(MAKERS)
    MAKERS["link"] = links
    MAKERS["pixel"] = lambda content, number: lambda addressee: '<img src="https://shop.example/o/" alt="">'
    yield
    MAKERS.update(before)


def test_what_was_frozen_stays_whatever_becomes_of_the_message() -> None:
    content = frozen(body="First words")
    content.message.body = "Second thoughts"
    content.message.save()
    again = contents.freeze(run=content.run, message=content.message)
    assert again == content
    assert "First words" in again.text
    assert Content.objects.count() == 1


def test_each_rival_has_its_own_content() -> None:
    run = RunFactory()
    other = MessageFactory(owner=run.mailing.owner, subject="The other")
    rival = Rival.objects.create(mailing=run.mailing, message=other, letter="B")
    for _time in range(2):
        contents.freeze(run=run, message=run.mailing.message)
        contents.freeze(run=run, message=other, rival=rival)
    assert [content.subject for content in run.contents.all()] == ["News of the week", "The other"]


def test_an_opened_run_gives_its_deliveries_what_it_froze() -> None:
    mailing = MailingFactory()
    RecipientFactory(owner=mailing.owner, attributes={"town": "Riga"})
    (run,) = runs.open_due_runs()
    delivery = run.deliveries.get()
    assert delivery.content == run.contents.get()
    assert delivery.attributes == {"town": "Riga"}


def test_links_are_numbered_in_order_and_the_way_out_is_none_of_them() -> None:
    content = frozen(
        body='<p><a href="https://b.example/?x=1&amp;y=2">b</a> <a href="https://a.example/">a</a>'
        '<a href="https://a.example/">again</a> <a href="mailto:x@a.example">m</a>'
        '<a href="{{ unsubscribe_url }}">out</a> <a href="https://a.example/?n={{ full_name }}">own</a></p>'
    )
    found = list(content.links.values_list("number", "url"))
    assert found == [(1, "https://b.example/?x=1&y=2"), (2, "https://a.example/")]


def test_own_fields_are_filled_as_people_read_them() -> None:
    run = RunFactory(mailing__message__body="{{ town|your town }}, {{ paid }}, {{ since }}, {{ score|none }}")
    for key in ("town", "paid", "since", "score"):
        RecipientField.objects.create(owner=run.mailing.owner, key=key, label=key)
    content = contents.freeze(run=run, message=run.mailing.message)
    text, html = parts(content, attributes={"town": "<Riga>", "paid": True, "since": "2026-02-01", "score": 7})
    assert "<Riga>, yes, 1 February 2026, 7" in text
    assert "&lt;Riga&gt;, yes, 1 February 2026, 7" in html
    assert "your town, , , none" in parts(content)[0]


def test_a_fallback_is_escaped_once() -> None:
    text, html = parts(frozen(body="Hello {{ full_name|Tom & Co }}"), full_name="")
    assert "Hello Tom & Co" in text
    assert "Hello Tom &amp; Co" in html


@pytest.mark.usefixtures("tracked")
def test_links_and_pixel_can_be_filled_for_each_recipient() -> None:
    content = frozen(body="See https://a.example/ and https://b.example/x, then go.")
    text, html = parts(content, delivery=2)
    assert f"See https://a.example/ and https://shop.example/c/{content.pk}/2?a&b, then go." in text
    assert f'href="https://shop.example/c/{content.pk}/2?a&amp;b"' in html
    assert 'href="https://a.example/"' in html
    assert html.count('<img src="https://shop.example/o/" alt="">') == 1
    text, html = parts(content, delivery=3)
    assert "https://b.example/x, then go." in text
    assert 'href="https://b.example/x"' in html


def test_the_rest_of_a_test_waits_for_its_winner() -> None:
    waiting = DeliveryFactory()
    run = waiting.run
    assert slices.due_runs() == [run]
    Run.objects.filter(pk=run.pk).update(decide_at=run.occurrence)
    run.refresh_from_db()
    assert slices.due_runs() == []
    claim = claims.take(Journal.create(), in_slot=False)
    assert claim is not None
    assert claims.claim_batch(claim, run) == []
    Delivery.objects.update(content=contents.freeze(run=run, message=run.mailing.message))
    assert slices.due_runs() == [run]
    assert [held.content for held in claims.claim_batch(claim, run)] == [run.contents.get().pk]


def test_every_delivery_goes_out_with_its_own_content(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_URL, settings.OUTBOX_DIR = "outbox://", tmp_path
    run = RunFactory()
    other = MessageFactory(owner=run.mailing.owner, subject="The other")
    rival = Rival.objects.create(mailing=run.mailing, message=other, letter="B")
    first = contents.freeze(run=run, message=run.mailing.message)
    second = contents.freeze(run=run, message=other, rival=rival)
    for content in (first, second, None):
        DeliveryFactory(run=run, content=content)
    slices.run_slice(seconds=60)
    mails = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in tmp_path.glob("*.eml"))
    assert sorted(mail["Subject"] for mail in mails) == ["News of the week", "News of the week", "The other"]
