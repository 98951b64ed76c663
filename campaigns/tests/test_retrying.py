"""Trying failures again: only those, once each."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import owners, retrying, runs
from campaigns.errors import CampaignError
from campaigns.models import Attempt, Delivery, Mailing, Run
from campaigns.tests.factories import DeliveryFactory, RunFactory

pytestmark = pytest.mark.django_db


def sent_run(**fields: Any) -> Run:
    run: Run = RunFactory(status="completed", completed_at=timezone.now(), **fields)
    Mailing.objects.filter(pk=run.mailing_id).update(status="completed")
    run.mailing.refresh_from_db()
    return run


def ended(run: Run, status: str, code: int | None = None, response: str = "") -> Delivery:
    row: Delivery = DeliveryFactory(
        run=run, status=status, last_code=code, last_response=response, finished_at=timezone.now()
    )
    return row


def test_only_what_has_not_failed_for_good_is_tried_again() -> None:
    run = sent_run(total=7, failed=5, in_doubt=1, sent=1)
    again = [
        ended(run, "failed", 451, "4.3.0 try later"),
        ended(run, "failed", None, runs.WINDOW_CLOSED),
        ended(run, "failed", 554, "5.7.1 we do not like you today"),
    ]
    ended(run, "failed", 550, "5.1.1 no such user")
    ended(run, "failed", 552, "5.3.4 too big")
    ended(run, "in_doubt")
    ended(run, "sent", 250, "ok")
    assert retrying.retry_failed(run=run) == 3
    assert set(run.deliveries.filter(status="queued")) == set(again)
    assert (run.status, run.failed, run.in_doubt, run.queued) == ("running", 2, 1, 3)
    assert Mailing.objects.get().status == "running"
    assert Run.objects.sendable().exists()


def test_twice_queues_nothing_twice() -> None:
    run = sent_run(total=1, failed=1)
    ended(run, "failed", 451, "later")
    assert retrying.retry_failed(run=run) == 1
    with pytest.raises(CampaignError, match="nothing to try again"):
        retrying.retry_failed(run=run)
    run.refresh_from_db()
    assert (run.failed, run.queued) == (0, 1)


def test_those_in_doubt_only_when_the_owner_says_so() -> None:
    run = sent_run(total=1, in_doubt=1)
    ended(run, "in_doubt")
    with pytest.raises(CampaignError):
        retrying.retry_failed(run=run)
    assert retrying.retry_failed(run=run, with_in_doubt=True) == 1
    assert (run.in_doubt, run.queued) == (0, 1)


@pytest.mark.parametrize("change", ["disabled", "blocked", "over", "cancelled"])
def test_what_may_not_go_out_is_not_tried_again(change: str) -> None:
    run = sent_run(total=1, failed=1)
    ended(run, "failed", 451, "later")
    mailing = run.mailing
    if change == "disabled":
        mailing.disabled_at = timezone.now()
    elif change == "over":
        mailing.end = timezone.now() - timedelta(seconds=1)
    elif change == "blocked":
        mailing.owner.blocked_at = timezone.now()
        mailing.owner.save()
    else:
        mailing.status = "cancelled"
    mailing.save()
    with pytest.raises(CampaignError):
        retrying.retry_failed(run=run)
    assert not run.deliveries.filter(status="queued").exists()


def doubtful(run: Run, *, times: int) -> Delivery:
    row = ended(run, "in_doubt")
    for _time in range(times):
        Attempt.objects.create(delivery=row, at=timezone.now(), status="in_doubt")
    return row


def test_the_owners_setting_sends_what_is_in_doubt_once_more_and_no_second_time() -> None:
    run = sent_run(total=2, in_doubt=2)
    once, _twice = doubtful(run, times=1), doubtful(run, times=2)
    assert retrying.resend_doubtful() == 0
    wish = owners.settings_of(run.mailing.owner)
    wish.resends_in_doubt = True
    wish.save()
    assert retrying.resend_doubtful() == 1
    assert run.deliveries.get(status="queued") == once
    run.refresh_from_db()
    assert (run.status, run.in_doubt, run.queued) == ("running", 1, 1)
    assert retrying.resend_doubtful() == 0


def test_nothing_in_doubt_goes_out_again_of_a_mailing_that_was_stopped() -> None:
    run = sent_run(total=1, in_doubt=1, mailing__disabled_at=timezone.now())
    doubtful(run, times=1)
    wish = owners.settings_of(run.mailing.owner)
    wish.resends_in_doubt = True
    wish.save()
    assert retrying.resend_doubtful() == 0
