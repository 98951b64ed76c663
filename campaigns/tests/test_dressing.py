"""What every message gets just before it goes out."""

from collections.abc import Iterator
from typing import Any

import dkim as verifier
import pytest

from campaigns import dkim, dkim_keys, return_path
from campaigns.delivery.dressing import DressingTransport
from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble
from campaigns.delivery.outbox import OutboxTransport
from campaigns.models import SendingDomain

pytestmark = pytest.mark.django_db
CONTENT = b"From: Shop <shop@example.com>\r\nTo: jo@example.net\r\nSubject: News\r\n\r\nHello\r\n"


class Wire(OutboxTransport):
    """Remembers what it was given."""

    def transmit(self, envelopes: Iterator[Envelope], begin: Any) -> Iterator[tuple[Envelope, Reply]]:
        for envelope in envelopes:
            yield envelope, Reply(250, "")


def sent(tmp_path: Any, sender: str = "shop@example.com") -> Envelope:
    transport = DressingTransport(Wire(tmp_path))
    transport.open()
    ((envelope, _reply),) = transport.transmit(iter([Envelope(7, sender, "jo@example.net", CONTENT)]), print)
    return envelope


def test_without_settings_a_message_goes_out_as_it_is(tmp_path: Any) -> None:
    assert sent(tmp_path) == Envelope(7, "shop@example.com", "jo@example.net", CONTENT)


def test_bounces_come_back_to_an_address_of_the_delivery_s_own(settings: Any, tmp_path: Any) -> None:
    settings.MAILINGS_BOUNCE_ADDRESS = "bounce@example.com"
    assert sent(tmp_path).sender == f"bounce+{return_path.token(7)}@example.com"


def test_mail_of_a_domain_with_a_key_is_signed_for_that_domain(tmp_path: Any) -> None:
    pem = dkim.new_key()
    SendingDomain.objects.create(domain="example.com", selector="v1", private_key=dkim_keys.sealed(pem))
    record = dkim.record_of(pem).encode()
    assert verifier.verify(sent(tmp_path).content, dnsfunc=lambda name, timeout=5: record)
    assert sent(tmp_path, "shop@other.example").content == CONTENT


def test_a_lost_key_of_the_sites_own_domain_holds_everything_back(settings: Any, tmp_path: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Shop <shop@example.com>"
    SendingDomain.objects.create(domain="example.com", private_key="nonsense")
    with pytest.raises(ServerTrouble, match="example.com"):
        sent(tmp_path)


def test_a_lost_key_of_another_domain_holds_nobody_elses_mail(settings: Any, tmp_path: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "shop@site.example"
    SendingDomain.objects.create(domain="example.com", private_key="nonsense")
    assert sent(tmp_path, "shop@site.example").content == CONTENT
