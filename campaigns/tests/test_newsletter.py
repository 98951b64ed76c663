"""The shop's newsletter: from a tick to the list and back, and which topics people want."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import consents
from accounts.models import Consent, User
from accounts.tests.factories import UserFactory
from campaigns import unsubscribing
from campaigns.models import Recipient, Topic, TopicChoice
from campaigns.tests.factories import DeliveryFactory, RecipientFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner, shop_owner
from notifications.models import OutgoingMail
from store.models import Order
from store.tests.shopping import CUSTOMER, parcel, variant

pytestmark = pytest.mark.django_db
State = Recipient.State


@pytest.fixture
def shop(settings: Any) -> User:
    # The way of payment that needs nobody's key.
    settings.DEBUG = True
    cache.clear()
    return shop_owner()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def confirm_by_mail() -> None:
    """As the person does who opens the link and presses the button."""
    mail = OutgoingMail.objects.filter(kind="opt_in").latest("pk")
    path = re.search(r"/newsletter/confirm/[^\s\"]+", mail.text)
    assert path is not None
    assert Client().post(path[0]).status_code == 200


def test_the_box_in_the_account_subscribes_its_confirmed_address_at_once(shop: User, committed: Any) -> None:
    person = UserFactory(email="ann@example.com")
    with committed():
        logged_in(person).post(url("newsletter"), {"newsletter": "1"})
    recipient = Recipient.objects.get(owner=shop)
    assert (recipient.state, recipient.consent_basis) == (State.ACTIVE, Recipient.Consent.OPT_IN)
    assert recipient.consent_wording is not None
    assert "newsletter" in recipient.consent_wording.text
    assert not OutgoingMail.objects.filter(kind="opt_in").exists()
    with committed():
        logged_in(person).post(url("newsletter"), {})
    recipient.refresh_from_db()
    assert recipient.state == State.UNSUBSCRIBED
    with committed():
        logged_in(person).post(url("newsletter"), {"newsletter": "1"})
    recipient.refresh_from_db()
    assert recipient.state == State.ACTIVE


def test_an_address_that_nobody_has_proved_is_asked_first(shop: User, committed: Any) -> None:
    person = UserFactory(email="ann@example.com", confirmed=False)
    with committed():
        page = logged_in(person).post(url("newsletter"), {"newsletter": "1"}, follow=True).content.decode()
    assert "One thing is missing" in page
    assert Recipient.objects.get(owner=shop).state == State.UNCONFIRMED
    with committed():
        confirm_by_mail()
    assert Recipient.objects.get(owner=shop).state == State.ACTIVE


def test_the_form_in_the_footer_asks_the_mailbox_and_notes_the_consent(shop: User, committed: Any) -> None:
    footer = Client().get("/newsletter/").content.decode()
    assert 'action="/newsletter/"' in footer
    path = "/newsletter/"
    assert Client().post(path, {"email": "ann@example.com"}).status_code == 422
    assert Client().post(path, {"email": "no address", "agreed": "1"}).status_code == 422
    assert not OutgoingMail.objects.exists()
    with committed():
        assert Client().post(path, {"email": "ann@example.com", "agreed": "1"}).status_code == 200
        assert not Consent.objects.exists()
        confirm_by_mail()
    assert consents.is_given(email="ann@example.com", purpose="newsletter")
    assert Recipient.objects.get(owner=shop).state == State.ACTIVE
    assert OutgoingMail.objects.filter(kind="opt_in").count() == 1


def test_a_site_without_a_newsletter_offers_none() -> None:
    assert "newsletter-form" not in Client().get("/terms/").content.decode()
    assert Client().post("/newsletter/", {"email": "ann@example.com", "agreed": "1"}).status_code == 404


@pytest.mark.parametrize(("ticked", "mails"), [({}, 0), ({"newsletter": "on"}, 1)])
def test_the_box_at_the_checkout_is_unticked_and_apart_from_buying(
    shop: User, committed: Any, ticked: dict[str, str], mails: int
) -> None:
    parcel()
    variant(stock=9)
    client = Client()
    client.post("/cart/add/", {"sku": "A", "quantity": "1"})
    client.post("/cart/delivery/", {"country": "LV"})
    page = client.get("/checkout/").content.decode()
    box = re.search(r'<input[^>]*name="newsletter"[^>]*>', page)
    assert box is not None
    assert "checked" not in box[0]
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    form = {**CUSTOMER.as_dict(), "token": token[1], "shipping_method": "post", "payment": "test", **ticked}
    with committed():
        client.post("/checkout/", form)
    assert Order.objects.count() == 1
    assert Consent.objects.filter(source="checkout").count() == mails
    assert OutgoingMail.objects.filter(kind="opt_in", to=CUSTOMER.email).count() == mails


def test_unsubscribing_by_link_withdraws_the_consent(shop: User, committed: Any) -> None:
    person = UserFactory(email="ann@example.com")
    with committed():
        logged_in(person).post(url("newsletter"), {"newsletter": "1"})
    recipient = Recipient.objects.get(owner=shop)
    delivery = DeliveryFactory(run__mailing__owner=shop, recipient=recipient)
    with committed():
        Client().post(f"/u/{unsubscribing.token(delivery.pk)}/")
    assert not consents.is_given(email="ann@example.com", purpose="newsletter")
    assert "unsubscribed in a mail" in logged_in(person).get(url("newsletter")).content.decode()


def test_leaving_another_owner_s_list_leaves_the_newsletter_alone(shop: User, committed: Any) -> None:
    consents.give(email="ann@example.com", purpose="newsletter", text="Yes", source="test")
    delivery = DeliveryFactory(recipient__email="ann@example.com")
    with committed():
        Client().post(f"/u/{unsubscribing.token(delivery.pk)}/")
    assert consents.is_given(email="ann@example.com", purpose="newsletter")


def test_tracking_is_agreed_to_and_taken_back(shop: User, committed: Any) -> None:
    person = UserFactory(email="ann@example.com")
    client = logged_in(person)
    with committed():
        client.post(url("newsletter"), {"newsletter": "1"})
    assert Recipient.objects.get(owner=shop).tracking_agreed_at is None
    with committed():
        client.post(url("newsletter"), {"newsletter": "1", "tracking": "1"})
    assert Recipient.objects.get(owner=shop).tracking_agreed_at is not None
    with committed():
        client.post(url("newsletter"), {"newsletter": "1"})
    recipient = Recipient.objects.get(owner=shop)
    assert (recipient.tracking_agreed_at, recipient.state) == (None, State.ACTIVE)


def preference_path() -> tuple[str, Recipient, Topic, Topic]:
    delivery = DeliveryFactory()
    writer = delivery.run.mailing.owner
    Recipient.objects.update(owner=writer)
    recipient = Recipient.objects.get()
    shoes = Topic.objects.create(owner=writer, name="Shoes")
    hats = Topic.objects.create(owner=writer, name="Hats")
    Topic.objects.create(owner=owner(), name="Somebody else's")
    Topic.objects.create(owner=writer, name="Secret", is_public=False)
    return f"/u/{unsubscribing.token(delivery.pk)}/", recipient, shoes, hats


def test_a_look_at_the_preferences_changes_nothing_and_a_choice_does() -> None:
    path, recipient, shoes, hats = preference_path()
    page = Client().get(f"{path}preferences/").content.decode()
    assert "Shoes" in page and "Hats" in page
    assert "Somebody else" not in page and "Secret" not in page
    assert not TopicChoice.objects.exists()
    Client(enforce_csrf_checks=True).post(f"{path}preferences/", {"topic": [str(hats.pk)]})
    assert set(TopicChoice.objects.values_list("topic", "wanted")) == {(shoes.pk, False), (hats.pk, True)}


def test_one_click_refuses_one_topic() -> None:
    path, recipient, shoes, _hats = preference_path()
    assert Client().get(f"{path}topics/{shoes.pk}/").status_code == 200
    assert not TopicChoice.objects.exists()
    assert Client(enforce_csrf_checks=True).post(f"{path}topics/{shoes.pk}/").status_code == 200
    assert TopicChoice.objects.get().wanted is False
    foreign = Topic.objects.get(name="Somebody else's")
    assert Client().post(f"{path}topics/{foreign.pk}/").status_code == 404
    assert Client().get("/u/nonsense/preferences/").status_code == 404


def test_topics_are_made_and_changed_by_their_owner_only() -> None:
    user = owner()
    client = logged_in(user)
    client.post(url("topic_create"), {"name": "Shoes", "is_public": "on", "position": "1"})
    topic = Topic.objects.get()
    assert client.post(url("topic_create"), {"name": "Shoes", "position": "2"}).status_code == 422
    client.post(url("topic_edit", topic.pk), {"name": "Boots", "position": "0"})
    topic.refresh_from_db()
    assert (topic.name, topic.is_public) == ("Boots", False)
    assert "Boots" in client.get(url("topic_list")).content.decode()
    assert logged_in(owner()).get(url("topic_edit", topic.pk)).status_code == 404
    client.post(url("topic_delete", topic.pk))
    assert not Topic.objects.exists()


def test_topics_in_the_account_are_those_of_the_shop(shop: User, committed: Any) -> None:
    person = UserFactory(email="ann@example.com")
    RecipientFactory(owner=shop, email="ann@example.com")
    shoes = Topic.objects.create(owner=shop, name="Shoes")
    client = logged_in(person)
    assert "Shoes" in client.get(url("newsletter")).content.decode()
    client.post(url("newsletter"), {"newsletter": "1", "topics": "1"})
    assert TopicChoice.objects.get().topic == shoes
    assert TopicChoice.objects.get().wanted is False
