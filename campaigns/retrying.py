"""Trying a run's failures once more: only those, and never what was sent."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.errors import CampaignError
from campaigns.models import Attempt, Delivery, Mailing, Run
from campaigns.moves import wake_if_due

# One short transaction each: nobody waits for long.
BATCH = 5_000
# Older news is not sent by itself any more.
LOOK_BACK = timedelta(days=3)
# A refusal by policy (RFC 3463, x.7.x) is an opinion, and opinions change; other 5xx are final.
OPINION = r"(^|\s)5\.7\."


def retryable(run: Run, *, with_in_doubt: bool = False) -> QuerySet[Delivery]:
    """Failed, and not for good; on request those in doubt as well, who may get it twice."""
    may_change = Q(last_code__isnull=True) | Q(last_code__lt=500) | Q(last_response__regex=OPINION)
    wanted = Q(may_change, status=Delivery.Status.FAILED)
    if with_in_doubt:
        wanted |= Q(status=Delivery.Status.IN_DOUBT)
    return run.deliveries.filter(wanted, bounced_at__isnull=True, recipient__isnull=False)


def retry_failed(*, run: Run, with_in_doubt: bool = False) -> int:
    """Queue them again, under the same Message-ID; how many. The mailing runs again if it was completed.

    Called twice at once, each delivery is queued once: what has another status by then is left alone.
    """
    check(run.mailing)
    count = 0
    rows = retryable(run, with_in_doubt=with_in_doubt)
    while queued := requeue_some(run, rows, now=timezone.now()):
        count += queued
    if not count:
        raise CampaignError(_("There is nothing to try again: what failed has failed for good."))
    # A run that was just being closed stays open.
    left = Delivery.objects.undecided().filter(run=OuterRef("pk"))
    reopened = Run.objects.filter(Exists(left), pk=run.pk, status=Run.Status.COMPLETED)
    reopened.update(status=Run.Status.RUNNING, completed_at=None)
    run.refresh_from_db()
    return count


def check(mailing: Mailing) -> None:
    if mailing.is_disabled:
        raise CampaignError(_("A manager has stopped this mailing."))
    if mailing.owner.is_blocked:
        raise CampaignError(_("Your account is blocked; mailings cannot be launched."))
    if mailing.status not in (Mailing.Status.RUNNING, Mailing.Status.PAUSED, Mailing.Status.COMPLETED):
        raise CampaignError(_("Only a mailing that was sent can be tried again."))
    if mailing.end is not None and mailing.end <= timezone.now():
        raise CampaignError(_("The mailing’s end has passed: nothing goes out any more."))


def resend_doubtful(*, now: datetime | None = None) -> int:
    """Queue once more what is in doubt of owners whose setting asks for that; how many.

    Once for each: what is in doubt a second time waits for its owner's button.
    """
    now = now or timezone.now()
    wanted = Run.objects.filter(
        Q(mailing__end__isnull=True) | Q(mailing__end__gt=now),
        in_doubt__gt=0,
        opened_at__gt=now - LOOK_BACK,
        mailing__in=Mailing.objects.permitted(),
        mailing__status__in=[Mailing.Status.RUNNING, Mailing.Status.COMPLETED],
        mailing__owner__campaign_settings__resends_in_doubt=True,
    )
    doubts = Attempt.objects.filter(delivery=OuterRef("pk"), status=Attempt.Status.IN_DOUBT).order_by()
    count = 0
    for run in wanted.select_related("mailing"):
        rows = run.deliveries.filter(status=Delivery.Status.IN_DOUBT, recipient__isnull=False)
        again = doubts.values("delivery").annotate(times=Count("pk")).filter(times__gt=1)
        while queued := requeue_some(run, rows.exclude(Exists(again)), now=now):
            count += queued
    return count


def requeue_some(run: Run, rows: QuerySet[Delivery], *, now: datetime) -> int:
    """As many as one transaction takes, with the counts of their run; the run and its mailing open again."""
    with transaction.atomic():
        some = list(rows.order_by().values_list("pk", flat=True)[:BATCH])
        counts = {}
        for status in (Delivery.Status.FAILED, Delivery.Status.IN_DOUBT):
            same = Delivery.objects.filter(pk__in=some, status=status)
            counts[status] = same.update(
                status=Delivery.Status.QUEUED, next_try_at=now, finished_at=None, trying_since=None
            )
        if not any(counts.values()):
            return 0
        Run.objects.filter(pk=run.pk).update(
            failed=F("failed") - counts[Delivery.Status.FAILED],
            in_doubt=F("in_doubt") - counts[Delivery.Status.IN_DOUBT],
            status=Run.Status.RUNNING,
            completed_at=None,
        )
        completed = Mailing.objects.filter(pk=run.mailing_id, status=Mailing.Status.COMPLETED)
        completed.update(status=Mailing.Status.RUNNING, updated_at=now)
        run.mailing.refresh_from_db()
        wake_if_due(run.mailing)
    return sum(counts.values())
