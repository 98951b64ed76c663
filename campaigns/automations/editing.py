"""Writing a series: its steps, their order, waits, conditions and messages."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import owners, segments
from campaigns.errors import CampaignError
from campaigns.models import Automation, Message, Step

MOST_STEPS = 20
MOST_MINUTES = 365 * 24 * 60
BOUGHT = ("", "yes", "no")


def create_automation(*, owner: User, name: str, trigger: str) -> Automation:
    """A new series, off and without steps. Carts and orders are the shop's own business."""
    if trigger not in Automation.Trigger.values:
        raise CampaignError(_("Choose what starts the series."))
    if trigger in Automation.OF_THE_SHOP and not owners.is_shop(owner):
        raise CampaignError(_("Only the shop’s own mailings may follow carts and orders."))
    return Automation.objects.create(owner=owner, name=named(name), trigger=trigger)


def rename(*, automation: Automation, name: str) -> Automation:
    automation.name = named(name)
    automation.save(update_fields=["name"])
    return automation


def named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())[:100]
    if not name:
        raise CampaignError(_("Give the series a name."))
    return name


def delete_automation(*, automation: Automation) -> None:
    """The mailings of its steps stay: what was sent is part of what recipients can ask about."""
    if automation.is_on:
        raise CampaignError(_("Switch the series off before you delete it."))
    automation.delete()


def add_step(
    *, automation: Automation, message: Message, wait_minutes: int = 60, condition: dict[str, Any] | None = None
) -> Step:
    """At the end."""
    condition = checked(automation, message, wait_minutes, condition)
    with transaction.atomic():
        Automation.objects.select_for_update().get(pk=automation.pk)
        last = automation.steps.aggregate(last=Max("position"))["last"] or 0
        if automation.steps.count() >= MOST_STEPS:
            raise CampaignError(_("A series has %(most)d steps at most.") % {"most": MOST_STEPS})
        return Step.objects.create(
            automation=automation, position=last + 1, message=message, wait_minutes=wait_minutes, condition=condition
        )


def change_step(*, step: Step, message: Message, wait_minutes: int, condition: dict[str, Any] | None = None) -> Step:
    """Whoever waits for this step already keeps the hour; the message and the condition are looked at then."""
    step.condition = checked(step.automation, message, wait_minutes, condition)
    step.message, step.wait_minutes = message, wait_minutes
    step.save(update_fields=["message", "wait_minutes", "condition"])
    return step


def delete_step(*, step: Step) -> None:
    """Whoever waits for it goes on with the one that follows."""
    with transaction.atomic():
        Automation.objects.select_for_update().get(pk=step.automation_id)
        step.delete()


def move_step(*, step: Step, down: bool) -> None:
    """Past its neighbour; at the end of the list nothing happens."""
    with transaction.atomic():
        Automation.objects.select_for_update().get(pk=step.automation_id)
        step.refresh_from_db()
        others = Step.objects.filter(automation=step.automation_id)
        other = (
            others.filter(position__gt=step.position).order_by("position").first()
            if down
            else others.filter(position__lt=step.position).order_by("-position").first()
        )
        if other is None:
            return
        mine, theirs = step.position, other.position
        # By way of a place that nobody has: a position is taken once.
        Step.objects.filter(pk=step.pk).update(position=F("position") + 1000)
        Step.objects.filter(pk=other.pk).update(position=mine)
        Step.objects.filter(pk=step.pk).update(position=theirs)
        step.position = theirs


def checked(
    automation: Automation, message: Message, wait_minutes: int, condition: dict[str, Any] | None
) -> dict[str, Any]:
    """The condition, tidy; CampaignError for a step that cannot be."""
    if message.owner_id != automation.owner_id:
        raise CampaignError(_("This message is not in your list."))
    if not 0 <= wait_minutes <= MOST_MINUTES:
        raise CampaignError(_("A step waits for a year at most."))
    condition = condition or {}
    bought = condition.get("bought", "")
    if bought not in BOUGHT:
        raise CampaignError(_("Say whether somebody has bought since, or has not."))
    if bought and not owners.is_shop(automation.owner):
        raise CampaignError(_("Only the shop’s own mailings may ask what was bought."))
    tidy: dict[str, Any] = {"bought": bought} if bought else {}
    if condition.get("rules"):
        rules = {"match": condition.get("match", "all"), "rules": condition["rules"]}
        tidy |= segments.checked(owner=automation.owner, rules=rules)
    return tidy
