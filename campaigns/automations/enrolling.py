"""Who is on the way: found by the tick, put in by hand, taken out."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.automations import occasions
from campaigns.automations.occasions import Occasion
from campaigns.errors import CampaignError
from campaigns.models import Automation, Enrolment, Recipient, Step

# A cart that is left again is no news within a week of the last series.
QUIET = timedelta(days=7)


def running(now: datetime | None = None) -> QuerySet[Automation]:
    """Switched on, not disabled, and of an owner who is not blocked."""
    return Automation.objects.filter(is_on=True, disabled_at__isnull=True, owner__blocked_at__isnull=True)


def look_for_occasions(*, now: datetime | None = None) -> int:
    """Enrol whoever has met a trigger since the last look. How many. Several ticks at once enrol each once."""
    now = now or timezone.now()
    return sum(look(automation, now=now) for automation in running().select_related("owner"))


def look(automation: Automation, *, now: datetime) -> int:
    first = automation.steps.order_by("position").first()
    if first is None:
        return 0
    wait = timedelta(minutes=first.wait_minutes)
    started = sum(begin(automation, first, occasion) for occasion in occasions.found(automation, wait=wait, now=now))
    Automation.objects.filter(pk=automation.pk).update(looked_until=now)
    return started


def begin(automation: Automation, first: Step, occasion: Occasion) -> bool:
    """Enrol for this occasion, unless the person is on the way already, or was for it."""
    others = Enrolment.objects.filter(automation=automation, recipient=occasion.recipient)
    if others.filter(ended_at__isnull=True).exists():
        return False
    is_cart = automation.trigger == Automation.Trigger.CART_LEFT
    if is_cart and "-hand-" not in occasion.name and others.filter(created_at__gt=timezone.now() - QUIET).exists():
        return False
    due = occasion.at + timedelta(minutes=first.wait_minutes)
    row = Enrolment(
        automation=automation, recipient=occasion.recipient, occasion=occasion.name, position=first.position, due_at=due
    )
    # UNIQUE by occasion, and by person while on the way: another tick may be as fast.
    Enrolment.objects.bulk_create([row], ignore_conflicts=True)
    return Enrolment.objects.filter(automation=automation, recipient=occasion.recipient, due_at=due).exists()


def enrol(*, automation: Automation, recipient: Recipient, now: datetime | None = None) -> Enrolment:
    """Put a person in by hand: the first wait counts from now."""
    now = now or timezone.now()
    if recipient.owner_id != automation.owner_id:
        raise CampaignError(_("This recipient is not in your list."))
    if not recipient.is_mailable:
        raise CampaignError(_("This recipient may not be written to."))
    if not automation.is_on or automation.disabled_at:
        raise CampaignError(_("Switch the series on first."))
    first = automation.steps.order_by("position").first()
    if first is None:
        raise CampaignError(_("The series has no step yet."))
    occasion = occasions.by_hand(automation, recipient, now=now)
    if occasion is None:
        raise CampaignError(_("There is no cart or order of this person that the series could be about."))
    if not begin(automation, first, occasion):
        raise CampaignError(_("This person is in the series already."))
    return Enrolment.objects.get(automation=automation, recipient=recipient, ended_at__isnull=True)


def stop(*, enrolment: Enrolment, end: str = Enrolment.End.STOPPED) -> bool:
    """Take somebody out. False when they were out already."""
    still = Enrolment.objects.filter(pk=enrolment.pk, ended_at__isnull=True)
    ended = bool(still.update(ended_at=timezone.now(), end=end))
    enrolment.refresh_from_db()
    return ended
