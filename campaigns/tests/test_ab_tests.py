"""A/B tests: who gets which message, and which goes to the rest."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from campaigns import ab_tests, mailings, runs
from campaigns.advanced import Advanced
from campaigns.errors import CampaignError
from campaigns.models import Delivery, Mailing, Recipient, Run
from campaigns.tests.factories import MessageFactory, OwnerFactory, RecipientFactory

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(microsecond=0)


def ab_run(people: int, *, share: int = 20, **fields: Any) -> Run:
    """The open run of a test of two messages."""
    owner = OwnerFactory()
    first, second = (MessageFactory(owner=owner, subject=subject) for subject in ("First", "Second"))
    RecipientFactory.create_batch(people, owner=owner, tracking_agreed_at=NOON)
    advanced = Advanced(rivals=(second,), test_share=share, test_hours=4, **fields)
    mailings.schedule_mailing(owner=owner, message=first, recipients=None, start=NOON, advanced=advanced)
    (run,) = runs.open_due_runs()
    run.refresh_from_db()
    return run


def send(run: Run, **clicks: int) -> None:
    """The test goes out; so many of each subject's readers click."""
    run.deliveries.filter(content__isnull=False).update(status="sent", finished_at=timezone.now())
    Run.objects.filter(pk=run.pk).update(sent=run.deliveries.filter(status="sent").count())
    for subject, number in clicks.items():
        ids = list(run.deliveries.filter(content__subject=subject).values_list("pk", flat=True)[:number])
        Delivery.objects.filter(pk__in=ids).update(clicked_at=timezone.now())


def subjects(run: Run) -> Counter[str | None]:
    return Counter(run.deliveries.values_list("content__subject", flat=True))


@pytest.mark.parametrize(("share", "each"), [(20, 10), (50, 25), (90, 45)])
def test_the_share_is_exact_and_evenly_divided_and_the_rest_waits(share: int, each: int) -> None:
    run = ab_run(100, share=share)
    assert subjects(run) == {"First": each, "Second": each, None: 100 - 2 * each}
    assert Delivery.objects.due().filter(run=run).count() == 2 * each
    assert run.decide_at is not None
    assert run.decide_at >= NOON + timedelta(hours=4)


def test_the_message_with_most_clicks_goes_to_the_rest_once() -> None:
    run = ab_run(100)
    send(run, First=2, Second=5)
    assert ab_tests.decide_due() == 0
    later = run.decide_at + timedelta(minutes=1) if run.decide_at else NOON
    assert ab_tests.decide_due(now=later) == 1
    assert ab_tests.decide_due(now=later) == 0
    assert subjects(run) == {"First": 10, "Second": 90}
    assert run.deliveries.filter(status="queued", next_try_at__lte=later).count() == 80
    standing = ab_tests.standing(Mailing.objects.get())
    assert standing is not None
    assert [(row.letter, row.sent, row.hits, row.is_winner) for row in standing.rows] == [
        ("A", 10, 2, False),
        ("B", 10, 5, True),
    ]


def test_a_tie_and_silence_are_won_by_the_first() -> None:
    run = ab_run(50)
    send(run, First=1, Second=1)
    ab_tests.decide_due(now=NOON + timedelta(days=1))
    assert subjects(run) == {"First": 45, "Second": 5}


def test_clicks_of_those_who_did_not_agree_choose_nobody() -> None:
    run = ab_run(50)
    Recipient.objects.update(tracking_agreed_at=None)
    send(run, Second=5)
    ab_tests.decide_due(now=NOON + timedelta(days=1))
    run.refresh_from_db()
    assert run.winner is not None
    assert run.winner.letter == "A"


@pytest.mark.parametrize("why", ["paused", "not sent yet"])
def test_a_test_that_has_not_gone_out_is_not_decided(why: str) -> None:
    run = ab_run(50)
    if why == "paused":
        send(run, Second=3)
        Mailing.objects.update(status="paused")
    assert ab_tests.decide_due(now=NOON + timedelta(days=1)) == 0
    run.refresh_from_db()
    assert run.winner is None


def test_what_is_no_test_is_refused() -> None:
    owner = OwnerFactory()
    first, second = MessageFactory.create_batch(2, owner=owner)
    plan: dict[str, Any] = {"owner": owner, "message": first, "recipients": None, "start": NOON}
    for wrong, sentence in (
        (Advanced(rivals=(first,), test_share=20), "different"),
        (Advanced(rivals=(second,), test_share=None), "share"),
        (Advanced(rivals=(second,), test_share=20, test_hours=0), "hours"),
        (Advanced(rivals=(MessageFactory(),), test_share=20), "not"),
        (Advanced(test_share=20), "different"),
    ):
        with pytest.raises(CampaignError, match=sentence):
            mailings.schedule_mailing(**plan, advanced=wrong)
    with pytest.raises(CampaignError, match="before the winner"):
        mailings.schedule_mailing(
            **plan, end=NOON + timedelta(hours=3), advanced=Advanced(rivals=(second,), test_share=20, test_hours=4)
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer: it needs PostgreSQL")
def test_two_ticks_at_once_decide_once() -> None:
    run = ab_run(50)
    send(run, Second=3)
    decided: list[int] = []
    barrier = threading.Barrier(2)

    def tick() -> None:
        try:
            barrier.wait()
            decided.append(ab_tests.decide_due(now=NOON + timedelta(days=1)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tick) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(decided) == 1
    assert subjects(run) == {"First": 5, "Second": 45}
    assert connection.vendor
