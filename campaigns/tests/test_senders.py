"""In whose name an owner's mailings go out."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from campaigns import senders
from campaigns.errors import CampaignError
from campaigns.models import SenderAddress, SendingDomain
from campaigns.tests.factories import MailingFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


def verified(user: Any, email: str = "ann@firm.example", **fields: Any) -> SenderAddress:
    return senders.verify(token=link_of(senders.add_sender(owner=user, email=email, **fields)))


def link_of(sender: SenderAddress) -> str:
    mail = OutgoingMail.objects.filter(to=sender.email).latest("pk")
    found = re.search(r"/campaigns/senders/verify/([^/\s]+)/", mail.text)
    assert found
    return found[1]


def test_without_an_address_the_site_writes_in_the_owner_s_name(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Vitrina <shop@example.com>"
    mailing = MailingFactory(owner__first_name="Ann", owner__last_name="Owner", owner__email="ann@example.org")
    assert senders.sender_of(mailing) == ("Ann Owner", "shop@example.com", "ann@example.org")


def test_a_verified_address_stands_in_from() -> None:
    user = owner(first_name="Ann", last_name="Owner")
    mailing = MailingFactory(owner=user)
    sender = verified(user, name="Ann’s News")
    assert senders.sender_of(mailing) == ("Ann’s News", "ann@firm.example", "ann@firm.example")
    other = verified(user, "ben@firm.example")
    mailing.sender = other
    assert senders.sender_of(mailing).from_email == "ben@firm.example"
    assert senders.default_of(user) == sender


def test_an_address_that_has_not_answered_is_not_used() -> None:
    user = owner()
    mailing = MailingFactory(owner=user, sender=senders.add_sender(owner=user, email="ann@firm.example"))
    assert senders.sender_of(mailing).from_email != "ann@firm.example"


def test_a_free_mailbox_gets_the_answers_and_does_not_stand_in_from() -> None:
    user = owner()
    mailing = MailingFactory(owner=user)
    verified(user, "ann@gmail.com")
    found = senders.sender_of(mailing)
    assert (found.from_email.endswith("gmail.com"), found.reply_to) == (False, "ann@gmail.com")
    assert "gmail.com" in senders.trouble_with("ann@gmail.com")
    assert not SendingDomain.objects.exists()


@pytest.mark.parametrize(
    ("policy", "dkim", "may"),
    [
        ("reject", "missing", False),
        ("quarantine", "wrong", False),
        ("reject", "right", True),
        ("none", "missing", True),
    ],
)
def test_a_domain_that_forbids_our_mail_does_not_stand_in_from(policy: str, dkim: str, may: bool) -> None:
    user = owner()
    mailing = MailingFactory(owner=user)
    verified(user)
    SendingDomain.objects.update(findings={"dmarc": {"state": "right", "policy": policy}, "dkim": {"state": dkim}})
    assert (senders.sender_of(mailing).from_email == "ann@firm.example") == may


def test_a_look_at_the_link_verifies_nothing_and_the_button_does() -> None:
    sender = senders.add_sender(owner=owner(), email="ann@firm.example")
    path = f"/campaigns/senders/verify/{link_of(sender)}/"
    look = Client().get(path)
    sender.refresh_from_db()
    assert (look.status_code, sender.verified_at) == (200, None)
    assert Client().post(path).status_code == 200
    sender.refresh_from_db()
    assert sender.verified_at is not None and sender.is_default


def test_a_link_of_a_deleted_address_or_of_nobody_is_refused() -> None:
    sender = senders.add_sender(owner=owner(), email="ann@firm.example")
    token = link_of(sender)
    senders.delete_sender(sender=sender)
    for refused in (token, "nonsense"):
        assert Client().post(f"/campaigns/senders/verify/{refused}/").status_code == 404


def test_a_mailbox_is_not_asked_too_often() -> None:
    sender = senders.add_sender(owner=owner(), email="ann@firm.example")
    senders.ask(sender=sender)
    with pytest.raises(CampaignError):
        senders.ask(sender=sender)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize(
    "email", ["nobody", "a b@firm.example", "x\r\nBcc: y@firm.example", "a\0@firm.example", "", "яна@firm.example"]
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        senders.add_sender(owner=owner(), email=email)
    assert not OutgoingMail.objects.exists()


def test_the_page_shows_adds_and_deletes_the_owner_s_own() -> None:
    user = owner()
    client = logged_in(user)
    assert client.post(url("sender_add"), {"email": "ann@firm.example", "name": "Ann"}).status_code == 302
    sender = SenderAddress.objects.get()
    assert sender.email in client.get(url("settings")).content.decode()
    again = client.post(url("sender_add"), {"email": "ANN@firm.example"})
    assert (again.status_code, SenderAddress.objects.count()) == (422, 1)
    stranger = logged_in(owner())
    assert stranger.post(url("sender_delete", sender.pk)).status_code == 404
    assert sender.email not in stranger.get(url("settings")).content.decode()
    client.post(url("sender_delete", sender.pk))
    assert not SenderAddress.objects.exists()


def test_settings_are_the_owner_s_and_the_quota_is_not() -> None:
    user = owner()
    client = logged_in(user)
    values = {"postal_address": "1 Main Street", "notes_clicks": "on", "daily_quota": "1000000"}
    assert client.post(url("settings"), values).status_code == 302
    row = user.campaign_settings
    assert (row.postal_address, row.notes_clicks, row.notes_opens, row.daily_quota) == (
        "1 Main Street",
        True,
        False,
        None,
    )


def test_the_page_asks_the_database_no_more_often_for_more_addresses(django_assert_max_num_queries: Any) -> None:
    user = owner()
    client = logged_in(user)
    for number in range(8):
        SenderAddress.objects.create(owner=user, email=f"a{number}@d{number}.example")
    client.get(url("settings"))
    with django_assert_max_num_queries(16):
        client.get(url("settings"))


def test_the_api_does_the_same() -> None:
    user = owner()
    client = logged_in(user)
    api = {"content_type": "application/json"}
    assert (
        client.patch("/api/v1/mailing-settings", {"advertiser": "Firm Ltd"}, **api).json()["advertiser"] == "Firm Ltd"
    )
    made = client.post("/api/v1/senders", {"email": "ann@firm.example"}, **api)
    assert (made.status_code, made.json()["verified_at"], made.json()["default"]) == (201, None, False)
    path = f"/api/v1/senders/{made.json()['id']}"
    assert client.post(f"{path}/default", **api).status_code == 409
    assert logged_in(owner()).delete(path).status_code == 404
    senders.verify(token=link_of(SenderAddress.objects.get()))
    assert client.get("/api/v1/senders").json()["items"][0]["default"] is True
    assert client.delete(path).status_code == 204
