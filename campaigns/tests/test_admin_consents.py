"""What managers tell a person who asks, and what is done on request."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts import consents
from campaigns import engagement, held
from campaigns.errors import CampaignError
from campaigns.models import ConsentWording, DeliveryEvent, Recipient
from campaigns.suppression import is_suppressed
from campaigns.tests.factories import DeliveryFactory, RecipientFactory
from campaigns.tests.worlds import logged_in, manager, owner, staff_owner, superuser

pytestmark = pytest.mark.django_db
ANN = "ann@example.com"


@pytest.fixture
def person() -> Recipient:
    """Ann, in two lists, who has left one of them."""
    words = ConsentWording.of("Send me the news of the orchard")
    proof: dict[str, Any] = {"consent_wording": words, "consent_ip": "192.0.2.7", "consent_source": "fair, stand 4"}
    delivery = DeliveryFactory(recipient__email="Ann@Example.com", run__subject="Apples", status="sent")
    RecipientFactory(email=ANN, consented_at=timezone.now(), **proof)
    engagement.note(delivery=delivery, kind=DeliveryEvent.Kind.UNSUBSCRIBED)
    consents.give(email=ANN, purpose="newsletter", text="The shop may write to me", source="checkout", ip="192.0.2.8")
    return Recipient.objects.get(pk=delivery.recipient_id)


def post(client: Any, name: str, **data: str) -> Any:
    return client.post(reverse(f"campaign_consents:{name}"), {"email": ANN, **data})


def test_everything_over_all_owners_is_shown(person: Recipient) -> None:
    page = post(logged_in(manager()), "index").content.decode()
    for text in (
        "news of the orchard",
        "192.0.2.7",
        "fair, stand 4",
        "The shop may write to me",
        "192.0.2.8",
        "Apples",
    ):
        assert text in page
    assert all(owner.email in page for owner in (person.owner, Recipient.objects.exclude(pk=person.pk).get().owner))
    assert "Unsubscribed" in page
    nothing = logged_in(manager()).post(reverse("campaign_consents:index"), {"email": "nobody@example.com"})
    assert "Nothing is held" in nothing.content.decode()


def test_the_export_holds_it_all_for_one_person(person: Recipient) -> None:
    RecipientFactory(email="other@example.com", full_name="Somebody Else")
    response = post(logged_in(manager()), "export")
    assert "attachment" in response["Content-Disposition"]
    found = json.loads(response.content)
    assert [row["words"] for row in found["lists"]] == ["", "Send me the news of the orchard"]
    assert found["withdrawals"][0]["kind"] == "unsubscribed"
    assert found["consents"][0]["ip"] == "192.0.2.8"
    assert [row["subject"] for row in found["messages"]] == ["Apples"]
    assert "Somebody Else" not in response.content.decode()


def test_on_request_nobody_writes_any_more(person: Recipient) -> None:
    client = logged_in(manager())
    assert b"confirmed" in post(client, "stop").content
    assert post(client, "stop", confirmed="1", reason=" ").status_code == 200
    assert post(client, "stop", confirmed="1", reason="Request 12").status_code == 302
    assert is_suppressed(owner_id=owner().pk, email=ANN)
    assert set(Recipient.objects.values_list("state", flat=True)) == {"unsubscribed"}
    assert not consents.is_given(email=ANN, purpose="newsletter")
    entry = ModelLogEntry.objects.get(action="campaigns.stop_person")
    assert (entry.data["reason"], "example.com" in entry.label) == ("Request 12", False)


def test_an_administrator_deletes_from_all_lists_and_no_import_brings_the_person_back(person: Recipient) -> None:
    assert post(logged_in(manager()), "forget", confirmed="1", reason="Request 13").status_code in (302, 403)
    assert Recipient.objects.count() == 2
    assert post(logged_in(superuser()), "forget", confirmed="1", reason="Request 13").status_code == 302
    assert not Recipient.objects.exists()
    assert is_suppressed(owner_id=person.owner_id, email=ANN)
    assert ModelLogEntry.objects.get(action="campaigns.forget_person").data == {"reason": "Request 13", "lists": 2}


@pytest.mark.parametrize("name", ["index", "export", "stop", "forget"])
def test_owners_look_at_nobodys_consents(person: Recipient, name: str) -> None:
    assert post(logged_in(staff_owner()), name, confirmed="1", reason="x").status_code in (302, 403)
    assert post(logged_in(owner()), name, confirmed="1", reason="x").status_code in (302, 403)
    assert Recipient.objects.count() == 2
    with pytest.raises(CampaignError):
        held.about(email=ANN, by=owner())


def test_what_is_no_address_is_refused_in_words(person: Recipient) -> None:
    client = logged_in(manager())
    assert "error" in client.post(reverse("campaign_consents:index"), {"email": "x\0y"}).content.decode()
    assert client.post(reverse("campaign_consents:export"), {"email": "nonsense"}).status_code == 404
