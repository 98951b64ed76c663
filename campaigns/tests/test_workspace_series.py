"""The pages of an owner's series."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from campaigns.models import Automation, Enrolment, Mailing
from campaigns.tests.factories import MessageFactory
from campaigns.tests.series import reader, series, tick
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner, shop_owner
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> User:
    return shop_owner()


@pytest.fixture
def client(shop: User) -> Client:
    return logged_in(shop)


@pytest.mark.parametrize(
    ("recipe", "trigger"), [("cart", "cart-left"), ("order", "order-paid"), ("welcome", "subscribed")]
)
def test_a_recipe_is_made_read_and_switched_on(client: Client, recipe: str, trigger: str) -> None:
    made = client.post(url("automation_create"), {"recipe": recipe})
    automation = Automation.objects.get()
    assert made.headers["Location"] == url("automation_detail", automation.pk)
    assert (automation.trigger, automation.is_on, automation.steps.count()) == (trigger, False, 2)
    client.post(url("automation_switch", automation.pk), {"on": "1"})
    automation.refresh_from_db()
    assert automation.is_on
    page = client.get(url("automation_detail", automation.pk)).content.decode()
    assert automation.steps.all()[0].message.subject.partition("{")[0] in page
    client.post(url("automation_switch", automation.pk), {})
    automation.refresh_from_db()
    assert not automation.is_on


def test_other_owners_are_offered_the_welcome_only() -> None:
    client = logged_in(owner())
    page = client.get(url("automation_create")).content.decode()
    assert 'value="welcome"' in page
    assert 'value="cart"' not in page
    assert client.post(url("automation_create"), {"recipe": "cart"}).status_code == 422


def test_steps_are_added_changed_moved_tried_and_deleted(client: Client, shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}), is_on=False)
    message = MessageFactory(owner=shop, subject="Another")
    form = {"wait": "3", "unit": "days", "message": message.pk, "bought": "no"}
    client.post(url("step_add", automation.pk), form)
    first, step = automation.steps.all()
    assert (step.wait_minutes, step.condition) == (3 * 1440, {"bought": "no"})
    page = client.get(url("step_edit", automation.pk, step.pk)).content.decode()
    assert 'value="3"' in page
    client.post(url("step_edit", automation.pk, step.pk), {**form, "wait": "90", "unit": "minutes", "bought": ""})
    step.refresh_from_db()
    assert (step.wait_minutes, step.condition) == (90, {})
    client.post(url("step_move", automation.pk, step.pk), {"to": "up"})
    assert list(automation.steps.all()) == [step, first]
    client.post(url("step_test", automation.pk, step.pk))
    assert "Another" in OutgoingMail.objects.get().subject
    client.post(url("step_delete", automation.pk, step.pk))
    assert list(automation.steps.all()) == [first]
    foreign = MessageFactory()
    assert client.post(url("step_add", automation.pk), {**form, "message": foreign.pk}).status_code == 422


def test_somebody_is_put_in_seen_and_stopped(client: Client, shop: User) -> None:
    automation = series(shop, "subscribed", (60, {}))
    reader(shop)
    client.post(url("automation_enrol", automation.pk), {"email": "Ann@Example.com"})
    enrolment = Enrolment.objects.get()
    assert "ann@example.com" in client.get(url("automation_detail", automation.pk)).content.decode()
    client.post(url("enrolment_stop", automation.pk, enrolment.pk))
    enrolment.refresh_from_db()
    assert enrolment.end == "stopped"
    answer = client.post(url("automation_enrol", automation.pk), {"email": "nobody@example.com"}, follow=True)
    assert "not in your list" in answer.content.decode()


def test_every_page_of_a_series_is_its_owner_s(client: Client, shop: User) -> None:
    automation = series(shop, "subscribed", (60, {}))
    step = automation.steps.get()
    reader(shop)
    client.post(url("automation_enrol", automation.pk), {"email": "ann@example.com"})
    enrolment = Enrolment.objects.get()
    stranger = logged_in(owner())
    for name in ("automation_detail", "automation_edit", "automation_delete", "step_add"):
        assert stranger.get(url(name, automation.pk)).status_code == 404
    assert stranger.get(url("step_edit", automation.pk, step.pk)).status_code == 404
    for name in ("automation_switch", "automation_enrol"):
        assert stranger.post(url(name, automation.pk)).status_code == 404
    for name in ("step_move", "step_delete", "step_test"):
        assert stranger.post(url(name, automation.pk, step.pk)).status_code == 404
    assert stranger.post(url("enrolment_stop", automation.pk, enrolment.pk)).status_code == 404
    assert url("automation_detail", automation.pk) not in stranger.get(url("automation_list")).content.decode()


def test_lists_of_mailings_do_not_show_the_hidden_ones(client: Client, shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}))
    reader(shop, consented_at=timezone.now())
    tick()
    mailing = Mailing.objects.get()
    link = url("mailing_detail", mailing.pk)
    for name in ("mailing_list", "dashboard"):
        assert link not in client.get(url(name)).content.decode()
    assert client.get("/api/v1/mailings").json()["items"] == []
    assert client.get(link).headers["Location"] == url("automation_detail", automation.pk)
    assert client.post(url("mailing_cancel", mailing.pk)).status_code == 404
    assert client.get(url("mailing_report", mailing.pk)).status_code == 200


def test_a_longer_list_takes_no_more_queries(client: Client, shop: User) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url("automation_list"))
        return len(queries)

    series(shop, "subscribed", (0, {}))
    client.get(url("automation_list"))
    few = count()
    for _number in range(4):
        series(shop, "subscribed", (0, {}), (0, {}))
    assert count() == few


def test_a_series_is_renamed_and_deleted_when_it_is_off(client: Client, shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}))
    client.post(url("automation_edit", automation.pk), {"name": "  Hello   there "})
    automation.refresh_from_db()
    assert automation.name == "Hello there"
    client.post(url("automation_delete", automation.pk))
    assert Automation.objects.exists()
    client.post(url("automation_switch", automation.pk), {})
    client.post(url("automation_delete", automation.pk))
    assert not Automation.objects.exists()
