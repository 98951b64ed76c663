"""DKIM keys lie sealed in the database, survive a change of SECRET_KEY, and are said to be lost when they are."""

from typing import Any

import pytest
from django.urls import reverse

from campaigns import dkim, dkim_keys, senders, sending_domains
from campaigns.models import Mailing, SenderAddress, SendingDomain
from campaigns.tests.factories import MailingFactory
from campaigns.tests.worlds import logged_in, manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(settings: Any) -> SendingDomain:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "first", []
    settings.DEFAULT_FROM_EMAIL = "Shop <shop@site.example>"
    made = SendingDomain.objects.create(domain="example.com")
    sending_domains.make_key(domain=made)
    return made


def test_nothing_in_the_database_signs(row: SendingDomain) -> None:
    stored = SendingDomain.objects.get().private_key
    assert "PRIVATE KEY" not in stored
    with pytest.raises(ValueError):
        dkim.signer_of("example.com", "v1", stored)
    assert dkim_keys.signer_of(row).domain == "example.com"


def test_a_former_secret_key_opens_it_and_the_check_seals_it_anew(row: SendingDomain, settings: Any) -> None:
    pem, before = dkim_keys.opened(row.private_key), row.private_key
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert dkim_keys.opened(row.private_key) == pem
    assert dkim_keys.seal_anew(row) is True
    assert dkim_keys.seal_anew(row) is False
    settings.SECRET_KEY_FALLBACKS = []
    row.refresh_from_db()
    assert row.private_key != before
    assert dkim_keys.opened(row.private_key) == pem


def mailing_from(domain: str) -> Mailing:
    mailing: Mailing = MailingFactory()
    address = SenderAddress.objects.create(
        owner=mailing.owner, email=f"news@{domain}", verified_at=mailing.created_at, is_default=True
    )
    assert senders.default_of(mailing.owner) == address
    return mailing


def test_a_lost_key_is_said_and_mailings_come_from_the_site_meanwhile(row: SendingDomain, settings: Any) -> None:
    mailing = mailing_from("example.com")
    assert senders.sender_of(mailing).from_email == "news@example.com"
    settings.SECRET_KEY = "lost"
    sender = senders.sender_of(mailing)
    assert (sender.from_email, sender.reply_to) == ("shop@site.example", "news@example.com")
    assert "cannot be read" in senders.trouble_with("news@example.com")
    client = logged_in(manager())
    assert "cannot be read" in client.get(reverse("sending_domains:inspect", args=[row.pk])).content.decode()
    assert sending_domains.check_key(row)["state"] == sending_domains.LOST
    sending_domains.make_key(domain=row)
    assert senders.sender_of(mailing).from_email == "news@example.com"


def test_no_page_and_no_answer_shows_the_key(row: SendingDomain) -> None:
    client, pem = logged_in(manager()), dkim_keys.opened(row.private_key)
    for name, args in (("index", []), ("inspect", [row.pk]), ("key", [row.pk])):
        text = client.get(reverse(f"sending_domains:{name}", args=args)).content.decode()
        assert row.private_key not in text
        assert pem.splitlines()[1] not in text
