"""Opens and clicks: noted of those who agreed, told apart from programs, leading nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns import owners, tracking
from campaigns.models import Delivery, Link
from campaigns.tests.factories import ContentFactory, DeliveryFactory, LinkFactory

pytestmark = pytest.mark.django_db

READER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def agreed(*, notes: bool = True, agrees: bool = True, minutes: int = 60) -> Delivery:
    """A delivery sent so many minutes ago, its message with four links, the last one to the shop."""
    delivery = DeliveryFactory(status="sent", finished_at=timezone.now() - timedelta(minutes=minutes))
    delivery.content = ContentFactory(run=delivery.run)
    delivery.save()
    for number in (1, 2, 3):
        LinkFactory(content=delivery.content, number=number, url=f"https://elsewhere.example/{number}?a=1&b=2")
    LinkFactory(content=delivery.content, number=4, url=f"{settings.SITE_URL}/shop/?page=2#top")
    if agrees:
        type(delivery.recipient).objects.filter(pk=delivery.recipient_id).update(tracking_agreed_at=timezone.now())
    wish = owners.settings_of(delivery.run.mailing.owner)
    wish.notes_opens = wish.notes_clicks = notes
    wish.save()
    return delivery


def follow(delivery: Delivery, number: int = 1, *, agent: str = READER, method: str = "get", **headers: Any) -> Any:
    token = tracking.token(delivery.pk, number)
    return getattr(Client(), method)(f"/t/c/{token}/", headers={"user-agent": agent, **headers})


def look(delivery: Delivery, agent: str = READER) -> Any:
    token = tracking.token(delivery.pk, tracking.PIXEL)
    return Client().get(f"/t/o/{token}.gif", headers={"user-agent": agent})


def clicked(delivery: Delivery) -> tuple[int, int, list[bool]]:
    """The run's count, the links' counts, and of each event whether it was a machine's."""
    delivery.run.refresh_from_db()
    links = sum(Link.objects.values_list("clicks", flat=True))
    return delivery.run.clicked, links, list(delivery.events.order_by("pk").values_list("by_machine", flat=True))


def test_a_click_is_noted_and_leads_to_the_stored_address(django_assert_max_num_queries: Any) -> None:
    delivery = agreed()
    with django_assert_max_num_queries(20):
        response = follow(delivery, 2)
    assert (response.status_code, response["Location"]) == (302, "https://elsewhere.example/2?a=1&b=2")
    assert "no-store" in response["Cache-Control"]
    assert clicked(delivery) == (1, 1, [False])
    assert not response.cookies


@pytest.mark.parametrize(("notes", "agrees"), [(False, True), (True, False)])
def test_nobody_is_noted_who_has_not_agreed_or_was_not_asked(notes: bool, agrees: bool) -> None:
    delivery = agreed(notes=notes, agrees=agrees)
    response = follow(delivery, 4)
    assert response.status_code == 302
    assert look(delivery).status_code == 200
    assert (delivery.events.count(), len(response.cookies)) == (0, 0)


@pytest.mark.parametrize(
    "token", ["x", "é", "A" * 32, "A" * 5000, pytest.param(tracking.token(1, 1)[:-2] + "AA", id="forged")]
)
def test_a_token_that_is_not_ours_leads_nowhere(token: str) -> None:
    agreed()
    assert Client().get(f"/t/c/{token}/").status_code == 404
    assert Client().get(f"/t/o/{token}.gif").status_code == 200


def test_a_message_of_a_stopped_mailing_still_leads_on() -> None:
    delivery = agreed()
    mailing = delivery.run.mailing
    mailing.disabled_at = timezone.now()
    mailing.save()
    assert follow(delivery).status_code == 302


def test_the_shop_is_told_the_campaign_and_no_person() -> None:
    delivery = agreed()
    mailing = delivery.run.mailing_id
    assert follow(delivery, 4)["Location"] == (
        f"{settings.SITE_URL}/shop/?page=2&utm_source=newsletter&utm_medium=email&utm_campaign=mailing-{mailing}#top"
    )
    assert tracking.marked("https://elsewhere.example/", mailing=1) == "https://elsewhere.example/"


@pytest.mark.parametrize(
    ("agent", "method", "headers"),
    [
        ("Barracuda Sentinel (EE)", "get", {}),
        ("", "get", {}),
        (READER, "head", {}),
        (READER, "get", {"sec-purpose": "prefetch;prerender"}),
    ],
)
def test_scanners_are_kept_and_not_counted(agent: str, method: str, headers: dict[str, str]) -> None:
    delivery = agreed()
    assert follow(delivery, agent=agent, method=method, **headers).status_code == 302
    assert clicked(delivery) == (0, 0, [True])


def test_a_click_within_seconds_of_the_delivery_is_a_machines() -> None:
    delivery = agreed(minutes=0)
    follow(delivery)
    assert clicked(delivery) == (0, 0, [True])


def test_many_links_in_a_moment_take_back_what_was_counted() -> None:
    delivery = agreed()
    follow(delivery, 1)
    follow(delivery, 2)
    assert clicked(delivery) == (1, 2, [False, False])
    follow(delivery, 3)
    assert clicked(delivery) == (0, 0, [True, True, True])
    delivery.refresh_from_db()
    assert delivery.clicked_at is None
    Delivery.objects.get(pk=delivery.pk).events.update(at=timezone.now() - timedelta(hours=1))
    follow(delivery, 1)
    assert clicked(delivery) == (1, 1, [True, True, True, False])


def test_the_same_link_again_and_again_is_one_click() -> None:
    delivery = agreed()
    for _again in range(3):
        follow(delivery)
    assert clicked(delivery) == (1, 1, [False])


def test_an_open_is_noted_and_a_proxy_is_not_counted() -> None:
    delivery = agreed()
    for agent in ("Mozilla/5.0", "Mozilla/5.0 (Windows NT 5.1) Firefox/11.0 (via ggpht.com GoogleImageProxy)"):
        assert look(delivery, agent)["Content-Type"] == "image/gif"
    delivery.run.refresh_from_db()
    assert (delivery.run.opened, delivery.events.count()) == (0, 1)
    look(delivery)
    delivery.run.refresh_from_db()
    assert delivery.run.opened == 1
