"""Bounces, delays and complaints that come back by mail."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from campaigns import return_path
from campaigns.delivery.compiled import message_id
from campaigns.inbound.reading import take
from campaigns.models import Delivery, DeliveryEvent, InboundReport, Recipient, Suppression
from campaigns.tests.factories import DeliveryFactory
from campaigns.tests.returned_mails import arf, dsn, in_words, to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bounce_address(settings: Any) -> None:
    settings.MAILINGS_BOUNCE_ADDRESS = "bounce@mail.example.com"


@pytest.fixture
def delivery() -> Delivery:
    return DeliveryFactory(status="sent")


def test_a_return_path_leads_back_to_its_delivery_in_any_case(delivery: Delivery) -> None:
    address = to(delivery)
    assert address.startswith("bounce+") and address.endswith("@mail.example.com")
    assert return_path.delivery_of_address(address.upper()) == delivery


@pytest.mark.parametrize("forged", ["bounce+aaaa@mail.example.com", "bounce@mail.example.com", "", "é+x@y", "a+b+c@d"])
def test_a_return_path_that_we_did_not_make_leads_nowhere(forged: str) -> None:
    assert return_path.delivery_of_address(forged) is None


def test_a_token_of_another_delivery_is_not_made_by_counting(delivery: Delivery) -> None:
    other = DeliveryFactory()
    token = return_path.token(other.pk)
    assert return_path.delivery_of_token(return_path.token(delivery.pk)[:9] + token[9:]) in (None, other)
    # Not the last letter: base32 leaves some of its bits unused.
    assert return_path.delivery_of_token(token[:-2] + ("a" if token[-2] != "a" else "b") + token[-1]) is None


def test_without_a_mailbox_the_sender_itself_is_the_return_path(settings: Any) -> None:
    settings.MAILINGS_BOUNCE_ADDRESS = ""
    assert return_path.address(delivery=1, sender="shop@example.com") == "shop@example.com"


def test_a_bounce_counts_once_however_often_it_is_read(delivery: Delivery) -> None:
    assert [take(dsn(delivery)), take(dsn(delivery))] == ["bounced", "bounced"]
    delivery.refresh_from_db()
    delivery.run.refresh_from_db()
    assert (delivery.run.bounced, delivery.bounced_at is not None) == (1, True)
    assert (Recipient.objects.get().state, Suppression.objects.get().reason) == ("bounced", "bounced")
    assert "no such user" in DeliveryEvent.objects.get().details
    assert InboundReport.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "diagnosis", "is_suppressed"),
    [
        ("5.1.1", "", True),
        ("5.0.0", "smtp; 550 5.1.10 recipient not found", True),
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", False),
        ("5.7.1", "smtp; 550 5.7.1 looks like spam", False),
        ("4.4.7", "smtp; delivery time expired", False),
    ],
)
def test_only_a_wrong_address_is_suppressed(
    delivery: Delivery, status: str, diagnosis: str, is_suppressed: bool
) -> None:
    assert take(dsn(delivery, status=status, diagnosis=diagnosis)) == "bounced"
    assert Suppression.objects.exists() == is_suppressed


def test_a_delay_is_noted_and_suppresses_nobody(delivery: Delivery) -> None:
    assert take(dsn(delivery, action="delayed", status="4.4.1")) == "deferred"
    delivery.run.refresh_from_db()
    assert (delivery.run.bounced, Suppression.objects.exists()) == (0, False)


def test_a_complaint_is_counted_and_ends_it(delivery: Delivery) -> None:
    assert take(arf(delivery)) == "complained"
    delivery.run.refresh_from_db()
    assert (delivery.run.complained, Recipient.objects.get().state) == (1, "complained")


def test_a_report_that_it_is_no_spam_complains_of_nothing(delivery: Delivery) -> None:
    assert take(arf(delivery, kind="not-spam")) == "no report"
    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize(
    ("text", "subject", "kind", "is_suppressed"),
    [
        ("Sorry, no mailbox here by that name. (#5.1.1)", "failure notice", "bounced", True),
        ("550 Unknown user", "Undeliverable", "bounced", True),
        ("The user's mailbox is over quota (#5.2.2)", "failure notice", "bounced", False),
        ("451 try later", "Warning: message delayed", "deferred", False),
        ("Your mail from host 5.9.1.2 could not be delivered.", "Returned mail", "bounced", True),
    ],
)
def test_an_old_server_s_words_are_known_by_the_return_path(
    delivery: Delivery, text: str, subject: str, kind: str, is_suppressed: bool
) -> None:
    assert take(in_words(delivery, text, subject=subject)) == kind
    assert Suppression.objects.exists() == is_suppressed


def test_an_absence_note_is_no_bounce(delivery: Delivery) -> None:
    note = b"Auto-Submitted: auto-replied\n" + in_words(delivery, "I am on holiday.", sender="jo@example.net")
    assert take(note) == "no report"
    assert not DeliveryEvent.objects.exists()


def test_without_a_return_path_our_message_id_tells(delivery: Delivery, settings: Any) -> None:
    settings.MAILINGS_BOUNCE_ADDRESS = ""
    own = message_id(delivery.run_id, delivery.pk, "example.com")
    returned = dsn(delivery) + f"\nMessage-ID: {own}\n".encode()
    assert take(returned) == "bounced"
    forged = own.replace(".", ".9", 1)
    assert take(dsn(delivery) + f"\nMessage-ID: {forged}\n".encode()) == "unknown"


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\x00\xff" * 1000,
        b"Subject: x" + b"\r\n" * 5 + b"y" * 10_000_000,
        b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n\xff\n--b',
        b"Content-Type: text/plain; charset=nonsense\nFrom: \xff\n\n\xff",
        b"Content-Type: message/rfc822\n\n" * 300,
    ],
)
def test_broken_and_enormous_mail_is_left_with_a_note(mail: bytes) -> None:
    assert take(mail) == "unknown"
    assert InboundReport.objects.get().kind == "unknown"


def test_a_maildir_is_read_and_other_mail_left_for_people(delivery: Delivery, settings: Any, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.bounce").write_bytes(dsn(delivery))
    (tmp_path / "new" / "2.letter").write_bytes(b"From: jo@example.net\n\nHello?\n")
    settings.MAILINGS_INBOX_URL = f"maildir://{tmp_path}"
    call_command("read_bounces")
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.bounce:2,S", "2.letter:2,"]
    assert list(InboundReport.objects.order_by("kind").values_list("kind", flat=True)) == ["bounced", "unknown"]


@pytest.mark.parametrize("url", ["", "maildir:///nowhere/at/all", "pop3://host/", "imap://u:p@127.0.0.1:1/INBOX"])
def test_a_mailbox_that_cannot_be_read_is_said(settings: Any, url: str) -> None:
    settings.MAILINGS_INBOX_URL = url
    with pytest.raises(CommandError):
        call_command("read_bounces")
