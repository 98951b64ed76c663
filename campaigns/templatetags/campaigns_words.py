"""States as a word and a colour, and what a mailing may do next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Attempt, Delivery, Mailing, Recipient, Run
from campaigns.pausing import APPROVAL, sentence, why
from campaigns.scheduling import occurrence_opened
from campaigns.statistics import Figures, run_figures

register = template.Library()


@dataclass(frozen=True)
class State:
    """A word and the class of theme.css that colours it."""

    label: Any
    css_class: str


COLOURS: dict[str, str] = {
    Mailing.Status.CREATED: "is-run",
    Mailing.Status.RUNNING: "is-run is-live",
    Mailing.Status.PAUSED: "is-warn",
    Mailing.Status.CANCELLED: "is-idle",
    Mailing.Status.COMPLETED: "is-ok",
    Run.Status.OPENING: "is-run",
    Delivery.Status.QUEUED: "is-idle",
    Delivery.Status.CLAIMED: "is-run",
    Delivery.Status.SENT: "is-ok",
    Delivery.Status.FAILED: "is-bad",
    Delivery.Status.IN_DOUBT: "is-warn",
    Delivery.Status.SUPPRESSED: "is-idle",
    Attempt.Status.DEFERRED: "is-warn",
    Recipient.State.ACTIVE: "is-ok",
    Recipient.State.UNCONFIRMED: "is-warn",
    Recipient.State.UNSUBSCRIBED: "is-idle",
    Recipient.State.BOUNCED: "is-bad",
    Recipient.State.COMPLAINED: "is-bad",
}


@register.filter
def state(thing: Mailing | Run | Delivery | Attempt | Recipient) -> State:
    """The thing's status; a mailing that a manager stopped says so whatever its status."""
    if isinstance(thing, Mailing) and thing.is_disabled:
        return State(_("Stopped by a manager"), "is-bad")
    if isinstance(thing, Mailing) and thing.status == Mailing.Status.PAUSED and thing.paused_for == APPROVAL:
        return State(_("Waits for a manager"), "is-warn")
    if isinstance(thing, Recipient):
        return State(thing.get_state_display(), COLOURS.get(thing.state, "is-idle"))
    return State(thing.get_status_display(), COLOURS.get(thing.status, "is-idle"))


@register.filter
def may_become(mailing: Mailing, status: str) -> bool:
    return mailing.may_become(status)


@register.filter
def next_date(mailing: Mailing) -> datetime | None:
    """When it goes out next, if nothing holds it."""
    held = mailing.is_disabled or mailing.status not in (Mailing.Status.CREATED, Mailing.Status.RUNNING)
    if held or mailing.next_run_at is None:
        return None
    return occurrence_opened(mailing, mailing.next_run_at)


@register.filter
def paused_because(mailing: Mailing) -> str:
    return why(mailing)


@register.filter
def pause_sentence(paused_for: str) -> str:
    return sentence(paused_for)


@register.filter
def weekday_names(mailing: Mailing) -> str:
    return ", ".join(str(WEEKDAYS[number - 1]) for number in mailing.weekdays)


@register.filter
def counts(run: Run) -> Figures:
    return run_figures(run)


@register.simple_tag
def querystring_of(address: str, width: str = "") -> str:
    """For the preview as this recipient, in this width."""
    return urlencode({name: value for name, value in (("as", address), ("width", width)) if value})


@register.filter
def at(numbers: dict[int, int], position: int) -> int:
    """The number of the step at this position, or of the next one where it was taken out."""
    coming = [number for place, number in numbers.items() if place >= position]
    return min(coming, default=len(numbers))


@register.filter
def waited(minutes: int) -> str:
    """How long a step waits, in words."""
    if not minutes:
        return _("At once")
    if minutes % 1440 == 0:
        number = minutes // 1440
        return ngettext("After %(n)d day", "After %(n)d days", number) % {"n": number}
    if minutes % 60 == 0:
        number = minutes // 60
        return ngettext("After %(n)d hour", "After %(n)d hours", number) % {"n": number}
    return ngettext("After %(n)d minute", "After %(n)d minutes", minutes) % {"n": minutes}
