"""Reports of abuse: told without log-in, decided by managers."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import ModelLogEntry

from campaigns import abuse, unsubscribing
from campaigns.errors import CampaignError
from campaigns.models import AbuseReport, Delivery
from campaigns.tests.factories import DeliveryFactory
from campaigns.tests.worlds import manager, owner
from campaigns.views.abuse import MOST_REPORTS
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db

SAID = {"reason": "not-asked", "text": "Who are you?"}


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    cache.clear()


def address(delivery: Delivery) -> str:
    return f"/u/{unsubscribing.token(delivery.pk)}/report/"


def reported(delivery: Delivery, **fields: Any) -> AbuseReport:
    values = {"mailing": delivery.run.mailing, "delivery": delivery, "reason": "fraud", **fields}
    return AbuseReport.objects.create(**values)


def test_the_link_in_the_message_is_the_pages_address() -> None:
    delivery = DeliveryFactory()
    assert abuse.url(delivery.pk).endswith(address(delivery))


def test_a_look_stores_nothing() -> None:
    response = Client().get(address(DeliveryFactory()))
    assert response.status_code == 200
    assert b"<form" in response.content
    assert not AbuseReport.objects.exists()


def test_a_recipient_reports_without_log_in_or_cookie() -> None:
    delivery = DeliveryFactory()
    response = Client(enforce_csrf_checks=True).post(address(delivery), SAID)
    assert response.status_code == 200
    assert b"Thank you" in response.content
    report = AbuseReport.objects.get()
    assert (report.delivery, report.mailing, report.reason) == (delivery, delivery.run.mailing, "not-asked")
    assert report.text == "Who are you?"


def test_a_message_is_reported_once() -> None:
    delivery, client = DeliveryFactory(), Client()
    for text in ("first", "second"):
        assert client.post(address(delivery), {"reason": "other", "text": text}).status_code == 200
    assert AbuseReport.objects.get().text == "first"


@pytest.mark.parametrize(
    "data", [{}, {"reason": "nonsense"}, {"reason": "other", "text": "x" * 2001}, {**SAID, "text": "a\0b"}]
)
def test_what_is_not_said_properly_is_asked_again(data: dict[str, str]) -> None:
    response = Client().post(address(DeliveryFactory()), data)
    assert response.status_code == 422
    assert b"<form" in response.content
    assert not AbuseReport.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "é", "A" * 3000, "AAAA%00"])
def test_a_link_that_is_not_ours_is_not_found(token: str) -> None:
    assert Client().post(f"/u/{token}/report/", SAID).status_code == 404
    assert not AbuseReport.objects.exists()


def test_one_address_cannot_flood_the_queue() -> None:
    client = Client()
    codes = [client.post(address(DeliveryFactory()), SAID).status_code for _number in range(MOST_REPORTS + 1)]
    assert codes == [200] * MOST_REPORTS + [429]
    assert AbuseReport.objects.count() == MOST_REPORTS


def test_a_dismissed_report_stops_nothing_and_is_logged() -> None:
    user, report = manager(), reported(DeliveryFactory())
    other = reported(DeliveryFactory(run=report.delivery.run), reason="other")
    abuse.dismiss(report=report, by=user, reason=" They  asked for it ")
    assert report.handled_by == user
    assert "They asked for it" in report.decision
    assert not report.mailing.is_disabled
    other.refresh_from_db()
    assert other.handled_at is None
    entry = ModelLogEntry.objects.get(action="campaigns.abuse")
    assert (entry.user, entry.data["reason"]) == (user, "They asked for it")
    assert not OutgoingMail.objects.exists()


def test_disabling_the_mailing_answers_all_that_was_reported_of_it() -> None:
    user, delivery = manager(), DeliveryFactory(run__mailing__owner=owner())
    report, other = reported(delivery), reported(DeliveryFactory(run=delivery.run))
    elsewhere = reported(DeliveryFactory())
    abuse.stop_mailing(report=report, by=user, reason="Fraud")
    mailing = delivery.run.mailing
    mailing.refresh_from_db()
    assert mailing.disabled_reason == "Fraud"
    assert "Fraud" in OutgoingMail.objects.get(to=mailing.owner.email).text
    other.refresh_from_db()
    elsewhere.refresh_from_db()
    assert other.handled_at is not None
    assert elsewhere.handled_at is None


def test_blocking_the_owner_shuts_them_out_and_tells_them() -> None:
    delivery = DeliveryFactory(run__mailing__owner=owner())
    report = reported(delivery)
    abuse.block_owner(report=report, by=manager(), reason="Fraud again")
    culprit = delivery.run.mailing.owner
    culprit.refresh_from_db()
    assert culprit.is_blocked
    assert "Fraud again" in OutgoingMail.objects.get(to=culprit.email).text


def test_a_report_is_decided_once_with_a_reason_and_by_managers() -> None:
    report = reported(DeliveryFactory())
    with pytest.raises(CampaignError):
        abuse.dismiss(report=report, by=manager(), reason=" \0 ")
    with pytest.raises(CampaignError):
        abuse.stop_mailing(report=report, by=report.mailing.owner, reason="Mine")
    abuse.dismiss(report=report, by=manager(), reason="Fine")
    with pytest.raises(CampaignError):
        abuse.stop_mailing(report=report, by=manager(), reason="Fraud")
    report.mailing.refresh_from_db()
    assert not report.mailing.is_disabled
