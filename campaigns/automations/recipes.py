"""Ready series to begin with: their steps and their messages, to be edited like any other."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns import messages
from campaigns.automations import editing
from campaigns.errors import CampaignError
from campaigns.models import Automation

HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True)
class Letter:
    """A step of a recipe: after `wait` minutes, to those who `bought` (“no”: have not since)."""

    wait: int
    subject: str | Promise
    body: str | Promise
    bought: str = ""


@dataclass(frozen=True)
class Recipe:
    key: str
    trigger: str
    name: str | Promise
    letters: tuple[Letter, ...]

    @property
    def is_of_the_shop(self) -> bool:
        return self.trigger in Automation.OF_THE_SHOP


RECIPES = (
    Recipe(
        "cart",
        Automation.Trigger.CART_LEFT,
        _("A cart that was left: a reminder after an hour, another after a day"),
        (
            Letter(
                HOUR,
                _("Your cart is waiting for you"),
                _(
                    "Hello {{ full_name|there }},\n\nyou left something in your cart: {{ cart_lines }}.\n\n"
                    "Together {{ cart_total }}. Open it again on any device:\n\n{{ cart_url }}"
                ),
            ),
            Letter(
                DAY,
                _("Still thinking it over?"),
                _(
                    "Hello {{ full_name|there }},\n\nwe keep your cart a little longer: {{ cart_lines }}.\n\n"
                    "Here it is:\n\n{{ cart_url }}"
                ),
                bought="no",
            ),
        ),
    ),
    Recipe(
        "order",
        Automation.Trigger.ORDER_PAID,
        _("After a purchase: thanks after an hour, a question after two weeks"),
        (
            Letter(
                HOUR,
                _("Thank you for your order {{ order_number }}"),
                _(
                    "Hello {{ full_name|there }},\n\nthank you for choosing {{ order_lines }}.\n\n"
                    "How far it is you see here:\n\n{{ order_url }}"
                ),
            ),
            Letter(
                14 * DAY,
                _("How do you like it?"),
                _(
                    "Hello {{ full_name|there }},\n\nfor two weeks you have had {{ order_lines }}. "
                    "Is all well? Just answer this mail, we read every one."
                ),
                bought="no",
            ),
        ),
    ),
    Recipe(
        "welcome",
        Automation.Trigger.SUBSCRIBED,
        _("A new subscriber: a welcome at once, more after three days"),
        (
            Letter(
                0,
                _("Welcome, {{ full_name|dear reader }}"),
                _("Hello {{ full_name|there }},\n\nit is good to have you with us. We write seldom, and to the point."),
            ),
            Letter(
                3 * DAY,
                _("Three things worth knowing"),
                _(
                    "Hello {{ full_name|there }},\n\nthree things: just answer when something is on your mind, "
                    "tell us which topics you like, and leave whenever you want to, by the link below."
                ),
            ),
        ),
    ),
)


def create_from(*, owner: User, recipe: str) -> Automation:
    """The recipe's series with messages of its own in the owner's list; off, to be read first."""
    found = next((each for each in RECIPES if each.key == recipe), None)
    if found is None:
        raise CampaignError(_("Choose what starts the series."))
    with transaction.atomic():
        automation = editing.create_automation(
            owner=owner, name=str(found.name).partition(":")[0], trigger=found.trigger
        )
        for letter in found.letters:
            message = messages.create_message(owner=owner, subject=str(letter.subject), body=str(letter.body))
            condition = {"bought": letter.bought} if letter.bought else None
            editing.add_step(automation=automation, message=message, wait_minutes=letter.wait, condition=condition)
    return automation
