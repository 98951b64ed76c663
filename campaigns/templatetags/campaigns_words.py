"""States as a word and a colour, and what a mailing may do next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from campaigns.models import Attempt, Delivery, Mailing, Recipient, Run
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
    return None if held else mailing.next_run_at


@register.filter
def counts(run: Run) -> Figures:
    return run_figures(run)
