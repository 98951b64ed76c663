"""Several at the same moment: a run is frozen once, a failure is tried again once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.utils import timezone

from campaigns import retrying, runs
from campaigns.errors import CampaignError
from campaigns.models import Delivery, Mailing, Run
from campaigns.tests.factories import DeliveryFactory, MailingFactory, RecipientFactory, RunFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer: nothing happens at once"),
]


def at_once(*doings: Callable[[], object]) -> None:
    """Each in a thread with a database connection of its own; raises what went wrong in any."""
    barrier, troubles = threading.Barrier(len(doings)), list[BaseException]()

    def run(doing: Callable[[], object]) -> None:
        barrier.wait()
        try:
            doing()
        except BaseException as error:
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]


def test_workers_that_open_the_same_run_at_once_freeze_everybody_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "FREEZE_BATCH", {"postgresql": 9})
    mailing = MailingFactory()
    RecipientFactory.create_batch(100, owner=mailing.owner)
    # One has begun and was killed.
    assert runs.open_run(mailing, now=timezone.now())
    at_once(*[runs.open_due_runs] * 4)
    run = Run.objects.get()
    assert (run.status, run.total, run.queued) == ("running", 100, 100)
    assert Delivery.objects.values("recipient").distinct().count() == Delivery.objects.count() == 100


def test_failures_that_are_tried_again_from_page_and_api_at_once_are_queued_once() -> None:
    user = owner()
    run = RunFactory(mailing__owner=user, status="completed", total=30, failed=30)
    Mailing.objects.update(status="completed")
    DeliveryFactory.create_batch(30, run=run, status="failed", last_code=451, finished_at=timezone.now())
    page, api = logged_in(user), logged_in(user)
    queued = []

    def press() -> None:
        assert page.post(url("mailing_retry", run.mailing_id)).status_code == 302

    def ask() -> None:
        answer = api.post(f"/api/v1/mailings/{run.mailing_id}/retry", {}, content_type="application/json")
        assert answer.status_code in (200, 409), answer.content
        queued.append(answer.json().get("queued", 0))

    def call() -> None:
        try:
            queued.append(retrying.retry_failed(run=Run.objects.get()))
        except CampaignError:
            queued.append(0)

    at_once(press, ask, call)
    run.refresh_from_db()
    assert (run.status, run.failed, run.queued) == ("running", 0, 30)
    assert sum(queued) <= 30
