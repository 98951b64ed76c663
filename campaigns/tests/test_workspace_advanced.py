"""What the owner plans, repeats and retries on the pages and through the API."""

import json
from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Mailing, MailingRules, Message, OwnerSettings, Tag
from campaigns.tests.factories import DeliveryFactory, MessageFactory, RecipientFactory, RunFactory
from campaigns.tests.workspace import plan, url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db


def advanced(message: Message, **fields: Any) -> dict[str, Any]:
    rival = MessageFactory(owner=message.owner, subject="The other one")
    values = {
        "periodicity": "weekly",
        "weekdays": ["2", "5"],
        "month_day": "7",
        "own_clocks": "on",
        "quiet_from": "22:00",
        "quiet_until": "08:00",
        "hourly_limit": "500",
        "rival_b": rival.pk,
        "test_share": "30",
        "test_metric": "orders",
        "test_hours": "6",
        "mark": "erid 2SDnj",
    }
    return plan(message, **values, **fields)


def test_everything_advanced_goes_through_the_review_and_is_kept() -> None:
    user = owner()
    RecipientFactory.create_batch(3, owner=user)
    tag = Tag.objects.create(owner=user, name="never")
    tag.recipients.add(user.recipients.first())
    OwnerSettings.objects.create(owner=user, daily_quota=10)
    client = logged_in(user)
    typed = advanced(MessageFactory(owner=user), excluded_tags=[tag.pk])
    review = client.post(url("mailing_create"), typed).context["review"]
    assert (review.goes_to, review.left_out, review.quota.left) == (2, {"Excluded": 1}, 10)
    assert [preview.subject for _message, preview, _links in review.letters] == ["News of the week", "The other one"]
    client.post(url("mailing_create"), {**typed, "step": "launch"})
    mailing = Mailing.objects.get()
    assert (mailing.weekdays, mailing.month_day, mailing.own_clocks) == ([2, 5], None, True)
    assert (mailing.test_share, mailing.test_metric, mailing.test_hours) == (30, "orders", 6)
    assert [rival.letter for rival in mailing.rivals.all()] == ["A", "B"]
    assert list(mailing.excluded_tags.all()) == [tag]
    page = client.get(url("mailing_create"), {"copy": mailing.pk}).context["form"]
    assert page["mark"].value() == "erid 2SDnj"
    assert page.advanced_is_used
    edited = client.get(url("mailing_edit", mailing.pk)).content.decode()
    assert 'value="22:00"' in edited


def test_anothers_rows_cannot_be_chosen() -> None:
    user, other = owner(), owner()
    tag = Tag.objects.create(owner=other, name="theirs")
    client = logged_in(user)
    typed = plan(
        MessageFactory(owner=user), step="launch", excluded_tags=[tag.pk], rival_b=MessageFactory(owner=other).pk
    )
    errors = client.post(url("mailing_create"), typed).context["form"].errors
    assert {"excluded_tags", "rival_b"} <= set(errors)
    assert client.get(url("mailing_create"), {"copy": RunFactory(mailing__owner=other).mailing_id}).status_code == 404


def test_failures_are_tried_again_by_a_button_and_those_in_doubt_on_request() -> None:
    user = owner()
    run = RunFactory(
        mailing__owner=user, mailing__status="completed", status="completed", total=2, failed=1, in_doubt=1
    )
    DeliveryFactory(run=run, status="failed", last_code=451, finished_at=timezone.now())
    DeliveryFactory(run=run, status="in_doubt", finished_at=timezone.now())
    client = logged_in(user)
    page = client.get(url("mailing_detail", run.mailing_id))
    assert (page.context["failed_again"], page.context["doubtful"]) == (1, 1)
    client.post(url("mailing_retry", run.mailing_id))
    assert run.deliveries.filter(status="queued").count() == 1
    client.post(url("mailing_retry", run.mailing_id), {"in_doubt": "1"})
    assert run.deliveries.filter(status="queued").count() == 2
    assert logged_in(owner()).post(url("mailing_retry", run.mailing_id)).status_code == 404


def test_a_new_owner_reads_that_a_manager_looks_first() -> None:
    MailingRules.objects.create(approve_first=True)
    user = owner()
    client = logged_in(user)
    typed = plan(MessageFactory(owner=user), step="launch", key="k")
    page = client.post(url("mailing_create"), typed, follow=True).content.decode()
    assert "Waits for a manager" in page
    assert url("mailing_resume", Mailing.objects.get().pk) not in page


def test_the_api_plans_changes_copies_and_retries_the_same_things() -> None:
    user = owner()
    message, rival = MessageFactory.create_batch(2, owner=user)
    client = logged_in(user)

    def send(method: str, path: str, **body: Any) -> Any:
        call = getattr(client, method)
        return call(f"/api/v1/mailings{path}", json.dumps(body), content_type="application/json")

    made = send(
        "post", "", message=message.pk, recipients="all", start="2030-01-01T09:00:00Z", periodicity="monthly",
        month_day=31, rivals=[rival.pk], test_share=10, quiet_from="22:00", quiet_until="08:00",
    )  # fmt: skip
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert (made.json()["rivals"], made.json()["month_day"]) == ([rival.pk], 31)
    changed = send("patch", f"/{pk}", mark="erid 1").json()
    assert (changed["mark"], changed["rivals"], changed["test_share"]) == ("erid 1", [rival.pk], 10)
    assert send("patch", f"/{pk}", rivals=[MessageFactory().pk]).status_code == 422
    copy = send("post", f"/{pk}/duplicate")
    assert (copy.status_code, copy.json()["status"], copy.json()["mark"]) == (201, "paused", "erid 1")
    assert "copy" in copy.json()["paused_because"]
    assert send("post", f"/{pk}/retry").status_code == 409
    run = RunFactory(mailing__owner=user, mailing__status="completed", status="completed", total=1, failed=1)
    DeliveryFactory(run=run, status="failed", last_code=451, finished_at=timezone.now())
    assert send("post", f"/{run.mailing_id}/retry").json() == {"run": run.pk, "queued": 1}
