"""Opening and closing runs: who gets what is frozen when an occurrence comes."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.utils import timezone

from campaigns import ab_tests, contents
from campaigns.audience import recipients_of
from campaigns.due_times import due_at
from campaigns.errors import CampaignError
from campaigns.models import Content, Delivery, Mailing, Recipient, Run
from campaigns.scheduling import latest_occurrence, next_opening

logger = logging.getLogger(__name__)

# SQLite has one writer: nobody may wait for more than a second.
FREEZE_BATCH = {"sqlite": 20_000, "postgresql": 100_000}
EXPIRE_BATCH = 5_000
# Stored, and shown as it is, like what servers say.
WINDOW_CLOSED = "The mailing's window closed before a server took the message."
COLUMNS = (
    "run_id",
    "recipient_id",
    "email",
    "full_name",
    "status",
    "tries",
    "next_try_at",
    "last_response",
    "attributes",
    "occasion",
    "content_id",
)


def open_due_runs(*, now: datetime | None = None, mailing: Mailing | None = None) -> list[Run]:
    """Open a run for every occurrence that has come, and finish openings that were cut short.

    Anybody may call it at any time, several at once: UNIQUE (mailing, occurrence) and the guarded update of
    `next_run_at` let each occurrence be opened once.
    """
    now = now or timezone.now()
    due, opening = Mailing.objects.due(now), Run.objects.filter(status=Run.Status.OPENING)
    if mailing is not None:
        due, opening = due.filter(pk=mailing.pk), opening.filter(mailing=mailing)
    opened = [run for mailing in due.select_related("message") if (run := open_run(mailing, now=now))]
    for run in opening.filter(mailing__status=Mailing.Status.RUNNING).select_related("mailing"):
        try:
            freeze(run, now=now)
        except CampaignError as error:
            # A segment that cannot be answered any more: better nobody gets it than the wrong people.
            logger.warning("Mailing %s cannot be opened: %s", run.mailing_id, error)
            hold(run.mailing, str(error))
    return opened


def hold(mailing: Mailing, reason: str) -> None:
    """Pause it until its owner has mended what stands in the way; the run is filled once it is resumed."""
    running = Mailing.objects.filter(pk=mailing.pk, status=Mailing.Status.RUNNING)
    running.update(status=Mailing.Status.PAUSED, paused_for=reason[:255], updated_at=timezone.now())


def open_run(mailing: Mailing, *, now: datetime) -> Run | None:
    """A run for the mailing's latest due occurrence, not yet filled; None when somebody else was faster."""
    occurrence = latest_occurrence(mailing, until=now)
    with transaction.atomic():
        unchanged = Mailing.objects.due(now).filter(pk=mailing.pk, next_run_at=mailing.next_run_at)
        following = next_opening(mailing, after=now)
        if not Mailing.objects.filter(pk__in=unchanged).update(
            next_run_at=following, status=Mailing.Status.RUNNING, updated_at=now
        ):
            return None
        if occurrence is None:
            logger.warning("Mailing %s was due without an occurrence", mailing.pk)
            return None
        run, created = Run.objects.get_or_create(
            mailing=mailing,
            occurrence=occurrence,
            defaults={"subject": mailing.message.subject, "body": mailing.message.body},
        )
    return run if created else None


def freeze(run: Run, *, now: datetime) -> None:
    """Freeze what is sent and make the run's deliveries, one INSERT … SELECT per stretch of recipients; let it go out.

    Safe to repeat and to share: what was made already is left as it is.
    """
    frozen = freeze_contents(run)
    recipients = recipients_of(run.mailing)
    size = FREEZE_BATCH[connection.vendor]
    while True:
        rest = recipients.filter(pk__gt=run.frozen_through).order_by("pk")
        last = rest.values_list("pk", flat=True)[size - 1 : size].first()
        stretch = rest if last is None else rest.filter(pk__lte=last)
        with transaction.atomic():
            made = insert_deliveries(run, stretch, frozen, now=now)
            Run.objects.filter(pk=run.pk).update(
                total=F("total") + made, frozen_through=run.frozen_through if last is None else last
            )
        if last is None:
            break
        run.frozen_through = last
    if len(frozen) > 1:
        ab_tests.start(run, now=now)
    Run.objects.filter(pk=run.pk, status=Run.Status.OPENING).update(status=Run.Status.RUNNING)


def freeze_contents(run: Run) -> list[Content]:
    """The run's message; of an A/B test every rival, by letter."""
    rivals = list(run.mailing.rivals.select_related("message").order_by("letter")) if run.mailing.test_share else []
    if len(rivals) < 2:
        return [contents.freeze(run=run, message=run.mailing.message)]
    return [contents.freeze(run=run, message=rival.message, rival=rival) for rival in rivals]


def insert_deliveries(run: Run, recipients: QuerySet[Recipient], frozen: Sequence[Content], *, now: datetime) -> int:
    """How many were made."""
    # Opened ahead of time by hand: due at once.
    now = min(now, timezone.now())
    if len(frozen) > 1:
        content, due = ab_tests.over_test(run, frozen, recipients, now=now)
    else:
        content, due = Value(frozen[0].pk), due_at(run, recipients, now=now)
    row: list[Any] = [
        Value(run.pk),
        F("pk"),
        F("email"),
        F("full_name"),
        Value(Delivery.Status.QUEUED.value),
        Value(0),
        due,
        Value(""),
        F("attributes"),
        Value(""),
        content,
    ]
    select, params = recipients.values_list(*row).query.sql_with_params()
    insert = f"INSERT INTO {Delivery._meta.db_table} ({', '.join(COLUMNS)}) {select} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(insert, params)
        return cursor.rowcount


def close_finished(*, now: datetime | None = None) -> int:
    """Complete the runs that have nothing left to decide, and the mailings that have nothing left to come."""
    now = now or timezone.now()
    expire(now=now)
    left = Delivery.objects.undecided().filter(run=OuterRef("pk"))
    closed = Run.objects.filter(~Exists(left), status=Run.Status.RUNNING).update(
        status=Run.Status.COMPLETED, completed_at=now
    )
    open_runs = Run.objects.filter(mailing=OuterRef("pk"), status__in=[Run.Status.OPENING, Run.Status.RUNNING])
    Mailing.objects.filter(
        ~Exists(open_runs), kind=Mailing.Kind.REGULAR, status=Mailing.Status.RUNNING, next_run_at__isnull=True
    ).update(status=Mailing.Status.COMPLETED, updated_at=now)
    return closed


def expire(*, now: datetime) -> int:
    """Fail what is still waiting when its mailing's window has closed."""
    count = 0
    for run in Run.objects.filter(status=Run.Status.RUNNING, mailing__end__lte=now):
        while failed := expire_some(run, now=now):
            count += failed
    return count


def expire_some(run: Run, *, now: datetime) -> int:
    """As many as one short transaction takes."""
    waiting = run.deliveries.filter(status=Delivery.Status.QUEUED)
    with transaction.atomic():
        some = list(waiting.values_list("pk", flat=True)[:EXPIRE_BATCH])
        failed = waiting.filter(pk__in=some).update(
            status=Delivery.Status.FAILED, finished_at=now, last_code=None, last_response=WINDOW_CLOSED
        )
        Run.objects.filter(pk=run.pk).update(failed=F("failed") + failed)
    return failed
