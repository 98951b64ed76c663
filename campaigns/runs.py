"""Opening and closing runs: who gets what is frozen when an occurrence comes."""

import logging
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.fields import DateTimeField
from django.utils import timezone

from campaigns.models import Delivery, Mailing, MailingRecipient, Recipient, Run
from campaigns.scheduling import latest_occurrence, next_occurrence
from campaigns.suppression import mailable

logger = logging.getLogger(__name__)

# SQLite has one writer: nobody may wait for more than a second.
FREEZE_BATCH = {"sqlite": 20_000, "postgresql": 100_000}
EXPIRE_BATCH = 5_000
# Stored, and shown as it is, like what servers say.
WINDOW_CLOSED = "The mailing's window closed before a server took the message."
COLUMNS = ("run_id", "recipient_id", "email", "full_name", "status", "tries", "next_try_at", "last_response")


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
    for run in opening.select_related("mailing"):
        freeze(run, now=now)
    return opened


def open_run(mailing: Mailing, *, now: datetime) -> Run | None:
    """A run for the mailing's latest due occurrence, not yet filled; None when somebody else was faster."""
    occurrence = latest_occurrence(mailing, until=now)
    with transaction.atomic():
        unchanged = Mailing.objects.due(now).filter(pk=mailing.pk, next_run_at=mailing.next_run_at)
        following = next_occurrence(mailing, after=now)
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


def chosen(run: Run) -> QuerySet[Recipient]:
    """Who the run goes to: the mailing's recipients, less those who may not be written to."""
    recipients = mailable(owner_id=run.mailing.owner_id)
    if run.mailing.all_recipients:
        return recipients
    return recipients.filter(Exists(MailingRecipient.objects.filter(mailing=run.mailing, recipient=OuterRef("pk"))))


def freeze(run: Run, *, now: datetime) -> None:
    """Make the run's deliveries, one INSERT … SELECT per stretch of recipients, and let it go out.

    Safe to repeat and to share: what was made already is left as it is.
    """
    recipients = chosen(run)
    size = FREEZE_BATCH[connection.vendor]
    while True:
        rest = recipients.filter(pk__gt=run.frozen_through).order_by("pk")
        last = rest.values_list("pk", flat=True)[size - 1 : size].first()
        stretch = rest if last is None else rest.filter(pk__lte=last)
        with transaction.atomic():
            made = insert_deliveries(run, stretch, now=now)
            Run.objects.filter(pk=run.pk).update(
                total=F("total") + made, frozen_through=run.frozen_through if last is None else last
            )
        if last is None:
            break
        run.frozen_through = last
    Run.objects.filter(pk=run.pk, status=Run.Status.OPENING).update(status=Run.Status.RUNNING)


def insert_deliveries(run: Run, recipients: QuerySet[Recipient], *, now: datetime) -> int:
    """How many were made."""
    row: list[Any] = [
        Value(run.pk),
        F("pk"),
        F("email"),
        F("full_name"),
        Value(Delivery.Status.QUEUED.value),
        Value(0),
        # Opened ahead of time by hand: due at once.
        Value(min(now, timezone.now()), output_field=DateTimeField()),
        Value(""),
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
    Mailing.objects.filter(~Exists(open_runs), status=Mailing.Status.RUNNING, next_run_at__isnull=True).update(
        status=Mailing.Status.COMPLETED, updated_at=now
    )
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
