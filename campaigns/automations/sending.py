"""How a step's message goes out: as a delivery of a hidden mailing, so that the engine treats it like any other."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from campaigns import contents
from campaigns.automations.values import values_of
from campaigns.models import Delivery, Enrolment, Mailing, Run, Step

# So long a server may keep a message waiting (`delivery.results.GIVE_UP_AFTER`), and a day more.
WATCHED_DAYS = 4
OUTDATED = "The reason for this message was gone before it was sent."


def mailing_of(step: Step) -> Mailing:
    """The step's hidden mailing, made when it is first needed, with the step's present message."""
    if step.mailing is None:
        mailing = Mailing.objects.create(
            owner=step.automation.owner,
            message=step.message,
            kind=Mailing.Kind.STEP,
            start=timezone.now(),
            status=Mailing.Status.RUNNING,
            time_zone=step.automation.owner.time_zone,
        )
        if not Step.objects.filter(pk=step.pk, mailing__isnull=True).update(mailing=mailing):
            # Another tick has made one first.
            mailing.delete()
            step.refresh_from_db()
        else:
            step.mailing = mailing
    assert step.mailing is not None  # noqa: S101
    if step.mailing.message_id != step.message_id:
        step.mailing.message = step.message
        step.mailing.save(update_fields=["message", "updated_at"])
    return step.mailing


def run_of(step: Step, *, now: datetime) -> Run:
    """Where today's deliveries of this step go: one run a day, and another when the message was edited.

    A run freezes its words and gives up three days after it was opened: one for ever would do neither well.
    """
    mailing, message = mailing_of(step), step.message
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    occurrence = max(day, min(message.updated_at, now))
    return Run.objects.get_or_create(
        mailing=mailing,
        occurrence=occurrence,
        defaults={"subject": message.subject, "body": message.body, "status": Run.Status.RUNNING, "opened_at": now},
    )[0]


def send(step: Step, enrolment: Enrolment, *, now: datetime) -> Delivery:
    """Queue the step's message to this person; in the caller's transaction."""
    run = run_of(step, now=now)
    recipient = enrolment.recipient
    delivery = Delivery.objects.create(
        run=run,
        recipient=recipient,
        email=recipient.email,
        full_name=recipient.full_name,
        attributes=recipient.attributes | values_of(enrolment),
        occasion=enrolment.occasion,
        content=contents.freeze(run=run, message=step.message),
        next_try_at=now,
    )
    Run.objects.filter(pk=run.pk).update(total=F("total") + 1, status=Run.Status.RUNNING, completed_at=None)
    return delivery


def reopen(*, now: datetime) -> None:
    """A run that was completed while a delivery was being added to it."""
    left = Delivery.objects.undecided().filter(run=OuterRef("pk"))  # type: ignore[attr-defined]
    recent = now - timedelta(days=WATCHED_DAYS)
    runs = Run.objects.filter(mailing__kind=Mailing.Kind.STEP, status=Run.Status.COMPLETED, opened_at__gt=recent)
    runs.filter(Exists(left)).update(status=Run.Status.RUNNING, completed_at=None)


def withdraw(deliveries: list[Delivery], *, now: datetime, because: str = OUTDATED) -> int:
    """Take back what no server has got yet. How many."""
    taken = 0
    for delivery in deliveries:
        waiting = Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.QUEUED)
        if waiting.update(status=Delivery.Status.SUPPRESSED, finished_at=now, last_response=because):
            Run.objects.filter(pk=delivery.run_id).update(suppressed=F("suppressed") + 1)
            taken += 1
    return taken


def waiting_of(enrolment: Enrolment) -> list[Delivery]:
    """What of this person's series still waits for a server."""
    return list(
        Delivery.objects.filter(
            run__mailing__automation_step__automation=enrolment.automation_id,
            recipient=enrolment.recipient_id,
            occasion=enrolment.occasion,
            status=Delivery.Status.QUEUED,
        )
    )
