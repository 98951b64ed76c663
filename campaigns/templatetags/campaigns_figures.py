"""Shares as people read them, and the words and colours of what happened."""

from typing import Any

from django import template

from campaigns.models import DeliveryEvent
from campaigns.overview import share
from campaigns.templatetags.campaigns_words import State

register = template.Library()

COLOURS = {"bounced": "is-bad", "complained": "is-bad", "deferred": "is-warn", "unsubscribed": "is-idle"}


@register.filter
def share_of(part: Any, whole: Any) -> str:
    """A percentage with one place; a dash when there is nothing to divide."""
    return share(int(part or 0), int(whole or 0), places=1)


@register.filter
def event_state(event: DeliveryEvent) -> State:
    colour = "is-idle" if event.by_machine else COLOURS.get(event.kind, "is-ok")
    return State(event.get_kind_display(), colour)
