"""The pages of mailings: steering them, watching them, reading what became of them."""

from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Attempt, Delivery, Mailing, Run
from campaigns.tests.factories import DeliveryFactory, RunFactory
from campaigns.tests.workspace import plan, url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db


def test_a_mailing_is_edited_paused_resumed_and_cancelled(world: dict[str, Any]) -> None:
    mailing, client = world["waiting"], logged_in(world["user"])
    typed = plan(world["message"], periodicity="daily", step="launch")
    assert client.post(url("mailing_edit", mailing.pk), typed).status_code == 302
    for name, status in (("mailing_pause", "paused"), ("mailing_resume", "created"), ("mailing_cancel", "cancelled")):
        for _click in range(2):
            assert client.post(url(name, mailing.pk), {"next": url("dashboard")}).status_code == 302
        mailing.refresh_from_db()
        assert (mailing.periodicity, mailing.status) == ("daily", status)


def test_buttons_lead_back_only_within_the_site(world: dict[str, Any]) -> None:
    response = logged_in(world["user"]).post(url("mailing_pause", world["waiting"].pk), {"next": "https://evil.test/"})
    assert response.headers["Location"] == url("mailing_detail", world["waiting"].pk)


def test_a_running_mailing_is_not_edited_and_a_sent_one_not_deleted(world: dict[str, Any]) -> None:
    client, mailing = logged_in(world["user"]), world["mailing"]
    assert client.get(url("mailing_edit", mailing.pk)).status_code == 302
    client.post(url("mailing_delete", mailing.pk))
    assert Mailing.objects.filter(pk=mailing.pk).exists()
    client.post(url("mailing_delete", world["waiting"].pk))
    assert not Mailing.objects.filter(pk=world["waiting"].pk).exists()


def test_the_running_card_shows_counts_and_how_long_it_takes(world: dict[str, Any]) -> None:
    Run.objects.filter(pk=world["delivery"].run_id).update(total=10_000, sent=6_204, failed=141, in_doubt=1)
    client = logged_in(world["user"])
    page = client.get(url("dashboard")).content.decode()
    assert "6,204 sent · 141 failed · 1 in doubt · 3,654 waiting" in page.replace("\n", "")
    earlier = f"{timezone.now().timestamp() - 10:.1f}~{world['mailing'].pk}.5346"
    fragment = client.get(url("running"), {"sample": earlier}).content.decode()
    assert "less than a minute left" in fragment
    assert 'hx-trigger="every 2s"' in fragment
    for odd in ("x", "~", "9e999~1.1", "-1~1.1", "1~1", "\0"):
        assert client.get(url("running"), {"sample": odd}).status_code == 200


def test_a_page_stops_asking_when_nothing_moves(world: dict[str, Any]) -> None:
    Run.objects.update(status="completed")
    Mailing.objects.filter(pk=world["mailing"].pk).update(status="completed")
    response = logged_in(world["user"]).get(url("mailing_live", world["mailing"].pk))
    assert response.headers["HX-Refresh"] == "true"
    assert b"hx-trigger" not in response.content


def test_the_report_shows_every_attempt_with_the_servers_answer(world: dict[str, Any]) -> None:
    client = logged_in(world["user"])
    page = client.get(url("mailing_deliveries", world["mailing"].pk)).content.decode()
    assert "450 4.2.0 later" in page
    assert "Deferred" in page
    none = client.get(url("mailing_deliveries", world["mailing"].pk), {"state": "sent"})
    assert none.context["page"].rows == []
    other_run = RunFactory(mailing__owner=world["user"])
    everything = client.get(url("mailing_deliveries", world["mailing"].pk), {"run": other_run.pk})
    assert everything.context["run"] is None
    text = b"".join(client.get(url("mailing_report_csv", world["mailing"].pk))).decode("utf-8-sig")
    assert world["delivery"].email in text
    assert "450 4.2.0 later" in text


@pytest.mark.parametrize("name", ["recipient_list", "message_list", "mailing_list", "dashboard"])
def test_lists_take_as_many_queries_for_many_rows_as_for_few(name: str, django_assert_max_num_queries: Any) -> None:
    user = owner()
    client = logged_in(user)
    for _number in range(20):
        run = RunFactory(mailing__owner=user, status="completed")
        DeliveryFactory(run=run, recipient__owner=user)
    client.get(url(name))
    with django_assert_max_num_queries(18):
        assert client.get(url(name)).status_code == 200


def test_the_report_takes_as_many_queries_for_many_deliveries_as_for_few(django_assert_max_num_queries: Any) -> None:
    run = RunFactory(mailing__owner=owner())
    for _number in range(25):
        delivery = DeliveryFactory(run=run)
        Attempt.objects.create(delivery=delivery, at=timezone.now(), status="sent", code=250, response="250 ok")
    client = logged_in(run.mailing.owner)
    client.get(url("dashboard"))
    with django_assert_max_num_queries(18):
        assert len(client.get(url("mailing_deliveries", run.mailing_id)).context["page"].rows) == 25
    assert Delivery.objects.count() == 25
