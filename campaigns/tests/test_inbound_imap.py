"""Bounces fetched by IMAP: each is written down once, and marked as read only afterwards."""

from typing import Any

import pytest

from campaigns.errors import CampaignError
from campaigns.inbound import mailboxes
from campaigns.models import Delivery, DeliveryEvent, InboundReport
from campaigns.tests.factories import DeliveryFactory
from campaigns.tests.imap_server import Mailbox, mailbox
from campaigns.tests.returned_mails import arf, dsn

pytestmark = pytest.mark.django_db
LETTER = b"From: jo@example.net\r\nSubject: A question\r\n\r\nDo you deliver on Sundays?\r\n"


@pytest.fixture(autouse=True)
def _bounce_address(settings: Any) -> None:
    settings.MAILINGS_BOUNCE_ADDRESS = "bounce@mail.example.com"


@pytest.fixture
def delivery() -> Delivery:
    return DeliveryFactory(status="sent")


def read(server: Mailbox, settings: Any) -> dict[str, int]:
    settings.MAILINGS_INBOX_URL = server.url
    return dict(mailboxes.read_bounces())


def events() -> list[str]:
    return sorted(DeliveryEvent.objects.values_list("kind", flat=True))


def test_reports_are_read_once_and_other_mail_is_left_to_people(delivery: Delivery, settings: Any) -> None:
    with mailbox(dsn(delivery), arf(DeliveryFactory(status="sent")), LETTER) as server:
        assert read(server, settings) == {"bounced": 1, "complained": 1, "unknown": 1}
        assert server.flags() == [{r"\Seen"}, {r"\Seen"}, {mailboxes.LOOKED_AT}]
        assert read(server, settings) == {}
    assert events() == ["bounced", "complained"]


def test_a_connection_that_is_lost_in_the_middle_of_a_mail_loses_nothing(delivery: Delivery, settings: Any) -> None:
    with mailbox(dsn(delivery)) as server:
        server.drops_at = "FETCH"
        with pytest.raises(CampaignError, match="cannot be read"):
            read(server, settings)
        assert (events(), InboundReport.objects.count(), server.flags()) == ([], 0, [set()])
        server.drops_at = ""
        assert read(server, settings) == {"bounced": 1}
    assert events() == ["bounced"]


def test_what_was_written_down_but_not_marked_counts_once(delivery: Delivery, settings: Any) -> None:
    """As after a kill between the two: it is read again, and known."""
    with mailbox(dsn(delivery), arf(DeliveryFactory(status="sent"))) as server:
        server.drops_at = "STORE"
        with pytest.raises(CampaignError, match="cannot be read"):
            read(server, settings)
        assert (events(), server.flags()) == (["bounced"], [set(), set()])
        server.drops_at = ""
        assert read(server, settings) == {"bounced": 1, "complained": 1}
    assert events() == ["bounced", "complained"]
    delivery.run.refresh_from_db()
    assert delivery.run.bounced == 1


def test_a_server_that_keeps_no_keywords_makes_nothing_count_twice(delivery: Delivery, settings: Any) -> None:
    with mailbox(dsn(delivery), LETTER) as server:
        server.refuses = "STORE"
        for _again in range(2):
            assert read(server, settings) == {"bounced": 1, "unknown": 1}
    assert (events(), InboundReport.objects.count()) == (["bounced"], 2)


def test_of_a_large_mail_only_the_beginning_is_fetched(delivery: Delivery, settings: Any) -> None:
    with mailbox(dsn(delivery) + b"x" * 3_000_000) as server:
        assert read(server, settings) == {"bounced": 1}
        assert any(f"<0.{mailboxes.READ_BYTES}>" in command for command in server.commands)


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ({"path": "/Nowhere"}, "no such folder"),
        ({"password": "wrong"}, "wrong password"),
        ({"greeting": "* BYE closed for tonight"}, "closed for tonight"),
        ({"refuses": "SEARCH"}, "not here"),
    ],
    ids=["folder", "password", "bye", "search"],
)
def test_a_mailbox_that_does_not_open_says_why(trouble: dict[str, str], why: str, settings: Any) -> None:
    with mailbox(LETTER) as server:
        url = server.url.replace("/INBOX", trouble.get("path", "/INBOX"))
        settings.MAILINGS_INBOX_URL = url.replace("a%20word", trouble.get("password", "a%20word"))
        server.greeting = trouble.get("greeting", server.greeting)
        server.refuses = trouble.get("refuses", "")
        with pytest.raises(CampaignError, match=why):
            mailboxes.read_bounces()
        assert server.flags() == [set()]
