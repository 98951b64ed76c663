"""Series of messages that follow what somebody did. Who may be in one, when which step comes, and what ends it."""

from campaigns.automations.editing import (
    add_step,
    change_step,
    create_automation,
    delete_automation,
    delete_step,
    move_step,
    rename,
)
from campaigns.automations.enrolling import enrol, look_for_occasions, stop
from campaigns.automations.switching import disable, enable, problems, switch_off, switch_on
from campaigns.automations.walking import walk

__all__ = [
    "add_step",
    "change_step",
    "create_automation",
    "delete_automation",
    "delete_step",
    "disable",
    "enable",
    "enrol",
    "look_for_occasions",
    "move_step",
    "problems",
    "rename",
    "stop",
    "switch_off",
    "switch_on",
    "walk",
]
