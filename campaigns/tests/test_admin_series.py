"""Series in the admin and the overseeing API: managers look, stop and let go; nobody else does."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from campaigns import abuse, automations
from campaigns.automations import sending
from campaigns.models import AbuseReport, Automation, Delivery
from campaigns.tests.factories import DeliveryFactory, RunFactory
from campaigns.tests.series import reader, series, tick
from campaigns.tests.worlds import logged_in, manager, owner, shop_owner
from notifications.models import Notice, OutgoingMail

pytestmark = pytest.mark.django_db
INDEX = "campaign_automations:index"


@pytest.fixture
def user() -> User:
    return shop_owner(language="ru")


@pytest.fixture
def automation(user: User) -> Automation:
    return series(user, "subscribed", (0, {}), (1440, {"bought": "no"}))


def page(name: str, *args: Any, **query: str) -> str:
    response = logged_in(manager()).get(reverse(f"campaign_automations:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_tells_owner_state_enrolled_and_sent(user: User, automation: Automation) -> None:
    reader(user, consented_at=timezone.now())
    tick()
    automation.steps.first().mailing.runs.update(sent=7)  # type: ignore[union-attr]
    text = page("index")
    assert user.email in text
    assert "Somebody subscribed" in text
    assert ">7<" in "".join(text.split())


@pytest.mark.parametrize(("state", "shown"), [("on", True), ("off", False), ("paused", False), ("disabled", False)])
def test_the_list_is_narrowed_by_state_and_owner(automation: Automation, state: str, shown: bool) -> None:
    address = reverse("campaign_automations:inspect", args=[automation.pk])
    assert (address in page("index", state=state)) is shown
    other = series(owner(), "subscribed")
    assert address not in page("index", owner=str(other.owner_id))
    assert address in page("index", owner=str(automation.owner_id))


def test_the_list_asks_the_same_number_of_questions_for_many(
    automation: Automation, django_assert_max_num_queries: Any
) -> None:
    client = logged_in(manager())
    client.get(reverse(INDEX))
    for _number in range(10):
        series(owner(), "subscribed")
    with django_assert_max_num_queries(25):
        client.get(reverse(INDEX))


def test_one_series_shows_steps_conditions_and_figures(automation: Automation) -> None:
    text = page("inspect", automation.pk)
    assert "Letter 1" in text
    assert "After 1 day" in text
    assert "only if nothing was bought since" in text
    assert reverse("campaign_messages:preview", args=[automation.steps.first().message_id]) in text  # type: ignore[union-attr]


def test_a_manager_stops_a_series_its_owner_is_told_and_it_goes_on_again(user: User, automation: Automation) -> None:
    client, boss = logged_in(manager()), manager()
    disable = reverse("campaign_automations:disable", args=[automation.pk])
    assert client.post(disable, {"reason": " "}).status_code == 200
    automation.refresh_from_db()
    assert automation.disabled_at is None
    assert client.post(disable, {"reason": "Слишком часто"}).status_code == 302
    automation.refresh_from_db()
    assert automation.disabled_reason == "Слишком часто"
    mail = OutgoingMail.objects.get(kind="series_disabled")
    assert (mail.to, "Слишком часто" in mail.text, "Слишком часто" in mail.html) == (user.email, True, True)
    assert f"/campaigns/series/{automation.pk}/" in mail.text
    assert "Слишком часто" in Notice.objects.get(user=user).text
    assert ModelLogEntry.objects.get(action="campaigns.disable").data == {"reason": "Слишком часто"}
    assert "Слишком часто" in page("history", automation.pk)
    client.post(disable, {"reason": "twice"})
    automation.refresh_from_db()
    assert automation.disabled_reason == "Слишком часто"
    client = logged_in(boss)
    assert client.post(reverse("campaign_automations:enable", args=[automation.pk])).status_code == 302
    automation.refresh_from_db()
    assert automation.disabled_at is None
    assert OutgoingMail.objects.filter(kind="series_enabled").count() == 1


def test_the_api_tells_the_owner_too_once(automation: Automation) -> None:
    client = logged_in(manager())
    for _call in range(2):
        response = client.post(
            f"/api/v1/automations/{automation.pk}/disable", {"reason": "Loud"}, content_type="application/json"
        )
        assert (response.status_code, response.json()["disabled_reason"]) == (200, "Loud")
    assert OutgoingMail.objects.filter(kind="series_disabled").count() == 1


def test_a_report_about_one_message_stops_the_whole_series(automation: Automation) -> None:
    first = automation.steps.first()
    assert first is not None
    delivery: Delivery = DeliveryFactory(run=RunFactory(mailing=sending.mailing_of(first)))
    report = AbuseReport.objects.create(mailing=delivery.run.mailing, delivery=delivery, reason="fraud")
    abuse.stop_mailing(report=report, by=manager(), reason="Not asked for")
    automation.refresh_from_db()
    assert automation.disabled_reason == "Not asked for"
    assert all(mailing.is_disabled for mailing in automations.switching.hidden_mailings(automation))
    assert OutgoingMail.objects.filter(kind="series_disabled").count() == 1


@pytest.mark.parametrize("who", [owner], ids=["another-owner"])
def test_another_owner_sees_nothing_of_it(automation: Automation, who: Any) -> None:
    other = logged_in(who(is_staff=True))
    for name in ("inspect", "disable", "enable", "history"):
        address = reverse(f"campaign_automations:{name}", args=[automation.pk])
        assert other.get(address).status_code in (302, 403, 404), name
        assert other.post(address, {"reason": "x"}).status_code in (302, 403, 404, 405), name
    automation.refresh_from_db()
    assert automation.disabled_at is None
