"""What managers see of a message: with one recipient's own values, in a frame that can do nothing."""

import pytest
from django.urls import reverse

from campaigns.models import Message
from campaigns.tests.factories import ContentFactory, DeliveryFactory, MessageFactory, RecipientFactory
from campaigns.tests.worlds import logged_in, manager, owner, staff_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    return MessageFactory(owner=owner(), subject="News for {{ full_name|reader }}")  # type: ignore[no-any-return]


def test_a_manager_reads_a_message_as_one_recipient(message: Message) -> None:
    client = logged_in(manager())
    person = RecipientFactory(owner=message.owner, full_name="Ann <b>Lee</b>", email="Ann@example.net")
    address = reverse("campaign_messages:preview", args=[message.pk])
    assert "News for Jo Reader" in client.get(address).content.decode()
    answer = client.post(address, {"email": " ann@EXAMPLE.net "})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?as={person.pk}")
    page = client.get(answer["Location"]).content.decode()
    assert 'sandbox=""' in page
    letter = client.get(f"{reverse('campaign_messages:letter', args=[message.pk])}?as={person.pk}")
    assert "Hello Ann &lt;b&gt;Lee" in letter.content.decode()
    assert "sandbox" in letter["Content-Security-Policy"]
    assert "script" not in letter["Content-Security-Policy"]


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "foreign"])
def test_nobody_elses_recipient_is_put_in(message: Message, number: str) -> None:
    foreign = RecipientFactory()
    wanted = str(foreign.pk) if number == "foreign" else number
    for name in ("preview", "letter"):
        address = reverse(f"campaign_messages:{name}", args=[message.pk])
        assert logged_in(manager()).get(f"{address}?as={wanted}").status_code == 404
    answer = logged_in(manager()).post(
        reverse("campaign_messages:preview", args=[message.pk]), {"email": foreign.email}
    )
    assert "has no such recipient" in answer.content.decode()


def test_a_delivery_shows_what_its_recipient_gets() -> None:
    content = ContentFactory(html="<p>Hello {{ full_name }} <a href='{{ unsubscribe_url }}'>out</a></p>")
    delivery = DeliveryFactory(run=content.run, content=content, full_name="Ann")
    address = reverse("campaign_deliveries:letter", args=[delivery.pk])
    response = logged_in(manager()).get(address)
    assert "Hello Ann" in response.content.decode()
    assert "sandbox" in response["Content-Security-Policy"]
    assert logged_in(staff_owner()).get(address).status_code == 404
    inspect = logged_in(manager()).get(reverse("campaign_deliveries:inspect", args=[delivery.pk])).content.decode()
    assert address in inspect


def test_another_owner_previews_nothing_of_it(message: Message) -> None:
    for name in ("preview", "letter"):
        address = reverse(f"campaign_messages:{name}", args=[message.pk])
        assert logged_in(staff_owner()).get(address).status_code == 404
        assert logged_in(owner()).get(address).status_code in (302, 403, 404)
