"""On and off: by the owner, after a check; by managers (`campaigns.oversight`); by itself when it goes wrong."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import mailings, merge, occasion_fields, owners
from campaigns.automations import sending
from campaigns.automations.values import FIELDS
from campaigns.errors import CampaignError
from campaigns.models import Automation, Delivery, Enrolment, Mailing
from campaigns.moves import move

SHORTEST_CART_WAIT = 15
OFF = "The series was switched off before this message was sent."


def problems(automation: Automation) -> list[str]:
    """What has to be mended before it may be switched on, in sentences."""
    steps = list(automation.steps.select_related("message"))
    found = []
    if not steps:
        found.append(_("The series has no step yet."))
    if automation.trigger in Automation.OF_THE_SHOP and not owners.is_shop(automation.owner):
        found.append(_("Only the shop’s own mailings may follow carts and orders."))
    if automation.trigger == Automation.Trigger.CART_LEFT and steps and steps[0].wait_minutes < SHORTEST_CART_WAIT:
        least = SHORTEST_CART_WAIT
        found.append(_("Leave a cart alone for %(least)d minutes at least before you write.") % {"least": least})
    offered = FIELDS[automation.trigger]
    for step in steps:
        used = merge.used_fields(f"{step.message.subject}\n{step.message.body}")
        foreign = sorted(used & occasion_fields.OF_THE_SHOP.keys() - offered.keys())
        if foreign:
            found.append(
                _("“%(message)s” uses {{ %(name)s }}, which this series does not have.")
                % {"message": step.message.subject, "name": foreign[0]}
            )
    return found


def switch_on(*, automation: Automation) -> Automation:
    """From now on; what happened before starts nobody's series."""
    if automation.owner.is_blocked:
        raise CampaignError(_("Your account is blocked; mailings cannot be launched."))
    if found := problems(automation):
        raise CampaignError(" ".join(found))
    with transaction.atomic():
        off = Automation.objects.filter(pk=automation.pk, is_on=False)
        if off.update(is_on=True, paused_for="", looked_until=timezone.now()):
            resume(automation)
    automation.refresh_from_db()
    return automation


def switch_off(*, automation: Automation) -> Automation:
    """Everybody on the way is out, and what no server has got yet is not sent."""
    now = timezone.now()
    with transaction.atomic():
        Automation.objects.filter(pk=automation.pk).update(is_on=False, paused_for="")
        automation.enrolments.filter(ended_at__isnull=True).update(ended_at=now, end=Enrolment.End.STOPPED)
        waiting = Delivery.objects.filter(
            run__mailing__automation_step__automation=automation, status=Delivery.Status.QUEUED
        )
        sending.withdraw(list(waiting), now=now, because=OFF)
    automation.refresh_from_db()
    return automation


def disable(*, automation: Automation, reason: str) -> Automation:
    """A manager stops it until a manager enables it: whoever is on the way waits. Twice is once."""
    with transaction.atomic():
        enabled = Automation.objects.filter(pk=automation.pk, disabled_at__isnull=True)
        if enabled.update(disabled_at=timezone.now(), disabled_reason=reason):
            for mailing in hidden_mailings(automation):
                mailings.disable_mailing(mailing=mailing, reason=reason)
    automation.refresh_from_db()
    return automation


def enable(*, automation: Automation) -> Automation:
    """Whoever was on the way goes on, unless it was too long ago. Twice is once."""
    with transaction.atomic():
        disabled = Automation.objects.filter(pk=automation.pk, disabled_at__isnull=False)
        if disabled.update(disabled_at=None, disabled_reason=""):
            for mailing in hidden_mailings(automation):
                mailings.enable_mailing(mailing=mailing)
    automation.refresh_from_db()
    return automation


def pause(*, automation: Automation, reason: str) -> bool:
    """It goes wrong: whoever is on the way waits until its owner switches it on again. False if somebody was faster.

    `reason` is as `Mailing.paused_for` keeps it.
    """
    with transaction.atomic():
        if not Automation.objects.filter(pk=automation.pk, is_on=True).update(is_on=False, paused_for=reason):
            return False
        for mailing in hidden_mailings(automation):
            if mailing.status == Mailing.Status.RUNNING:
                move(mailing, to=Mailing.Status.PAUSED, paused_for=reason)
    automation.refresh_from_db()
    return True


def resume(automation: Automation) -> None:
    """Its messages go out again, and are judged by what comes from now on."""
    for mailing in hidden_mailings(automation):
        if mailing.status == Mailing.Status.PAUSED:
            move(mailing, to=Mailing.Status.RUNNING, watched_from=timezone.now())


def hidden_mailings(automation: Automation) -> list[Mailing]:
    return list(Mailing.objects.filter(automation_step__automation=automation))
