"""The minute's work: everybody whose next step is due gets it, once, however many ticks run at once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns import addresses, segments
from campaigns.automations import occasions, sending
from campaigns.automations.enrolling import running, stop
from campaigns.models import Automation, Delivery, Enrolment, Mailing, Step
from campaigns.suppression import mailable

logger = logging.getLogger(__name__)

BATCH = 500


def walk(*, now: datetime | None = None) -> int:
    """Advance all that are due. How many messages were queued."""
    now = now or timezone.now()
    withdraw_outdated(now=now)
    due = Enrolment.objects.filter(ended_at__isnull=True, due_at__lte=now, automation__in=running())
    sent = 0
    for enrolment in due.select_related("automation__owner", "recipient").order_by("due_at")[:BATCH]:
        try:
            with transaction.atomic():
                sent += advance(enrolment, now=now)
        except Exception:
            # The others must not wait behind one that fails; it is tried again in a minute.
            logger.exception("Enrolment %s could not go on", enrolment.pk)
    sending.reopen(now=now)
    return sent


def advance(enrolment: Enrolment, *, now: datetime) -> bool:
    """One step of one person. Whether a message was queued."""
    if end := reason_to_end(enrolment, now=now):
        stop(enrolment=enrolment, end=end)
        return False
    steps = list(enrolment.automation.steps.select_related("message", "mailing").order_by("position"))
    coming = [step for step in steps if step.position >= enrolment.position]
    if not coming:
        stop(enrolment=enrolment, end=Enrolment.End.DONE)
        return False
    step = coming[0]
    # Nobody else has advanced, stopped or put off this person meanwhile: else they have done the work.
    same = Enrolment.objects.filter(
        pk=enrolment.pk, position=enrolment.position, due_at=enrolment.due_at, ended_at__isnull=True
    )
    if (later := put_off(enrolment, step)) and later > now:
        same.update(due_at=later)
        return False
    following = coming[1] if len(coming) > 1 else None
    if following:
        wait = timedelta(minutes=following.wait_minutes)
        taken = same.update(position=following.position, due_at=now + wait)
    else:
        taken = same.update(position=step.position + 1, ended_at=now, end=Enrolment.End.DONE)
    if not taken or not is_true(step.condition, enrolment):
        return False
    sending.send(step, enrolment, now=now)
    return True


def reason_to_end(enrolment: Enrolment, *, now: datetime) -> str:
    if not mailable(owner_id=enrolment.automation.owner_id).filter(pk=enrolment.recipient_id).exists():
        return Enrolment.End.LEFT
    if occasions.is_gone(enrolment):
        return Enrolment.End.BOUGHT
    # Nobody was there to send it for so long: it would only puzzle.
    return Enrolment.End.STOPPED if enrolment.due_at < now - occasions.STALE else ""


def put_off(enrolment: Enrolment, step: Step) -> datetime | None:
    """Whoever has come back to the cart is not disturbed there: the wait begins anew."""
    if enrolment.automation.trigger != Automation.Trigger.CART_LEFT:
        return None
    cart = occasions.cart_of(enrolment)
    if cart is None or cart.updated <= enrolment.created_at:
        return None
    return cart.updated + timedelta(minutes=step.wait_minutes)


def is_true(condition: dict[str, object], enrolment: Enrolment) -> bool:
    """Whether the step is meant for this person, now."""
    bought = condition.get("bought", "")
    if bought and occasions.bought_since(enrolment) != (bought == "yes"):
        return False
    if not condition.get("rules"):
        return True
    rules = {"match": condition.get("match", "all"), "rules": condition["rules"]}
    people = segments.matching(owner=enrolment.automation.owner, rules=rules)
    return people.filter(pk=enrolment.recipient_id).exists()


def withdraw_outdated(*, now: datetime) -> int:
    """What waits for a server while its reason goes (the cart is bought) is not sent."""
    waiting = Delivery.objects.filter(
        status=Delivery.Status.QUEUED,
        run__mailing__kind=Mailing.Kind.STEP,
        run__mailing__automation_step__automation__trigger__in=Automation.OF_THE_SHOP,
        recipient__isnull=False,
    ).select_related("run__mailing__automation_step")
    gone = []
    for delivery in waiting[:BATCH]:
        automation = delivery.run.mailing.automation_step.automation_id
        enrolment = (
            Enrolment.objects.filter(automation=automation, recipient=delivery.recipient_id, occasion=delivery.occasion)
            .select_related("automation__owner", "recipient")
            .first()
        )
        if enrolment is not None and occasions.is_gone(enrolment):
            gone.append(delivery)
    return sending.withdraw(gone, now=now)


def leave(*, owner_id: int, email: str) -> int:
    """Whoever unsubscribes is out of every series of this owner at once. How many series that were."""
    inside = Enrolment.objects.filter(
        automation__owner=owner_id, recipient__email_norm=addresses.normalise(email), ended_at__isnull=True
    )
    return inside.update(ended_at=timezone.now(), end=Enrolment.End.LEFT)
