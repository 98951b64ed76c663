"""Series of the shop's newsletter, with people who have been through."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Site

from accounts.models import User
from campaigns import automations
from campaigns.automations.recipes import RECIPES, create_from
from campaigns.automations.sending import mailing_of
from campaigns.models import Automation, Enrolment, Mailing, Recipient
from company.models import Company
from demo import ledger
from demo.content.letters import Plan
from demo.mailings import write_run

OWNER = "owner@example.com"
# Recipe → people who have been through, and days between two groups of them.
HISTORY = {"cart": (46, 3), "order": (38, 4), "welcome": (60, 5)}
GROUPS = 8


def appoint() -> None:
    """Somebody writes for the shop: only they may give coupons away."""
    owner = ledger.find(User, OWNER)
    if owner is not None:
        site = Site.objects.get(is_default_site=True)
        ledger.change(Company.for_site(site), "company/owner", system_owner=owner)


def make() -> None:
    """For the log-in that writes for the shop, if there is one."""
    owner = ledger.find(User, OWNER)
    if owner is None:
        return
    for recipe in RECIPES:
        name = f"{OWNER}/{recipe.key}"
        if ledger.find(Automation, name) is None:
            with transaction.atomic(), translation.override(owner.language):
                ledger.record(series(owner, recipe.key), name)


def series(owner: User, recipe: str) -> Automation:
    automation = create_from(owner=owner, recipe=recipe)
    steps = list(automation.steps.select_related("automation__owner", "message"))
    ledger.record_all({f"{OWNER}/{recipe}/{step.position}": step.message for step in steps})
    ledger.record_all({f"{OWNER}/{recipe}/{step.position}": mailing_of(step) for step in steps})
    chance = random.Random(recipe)
    number, days = HISTORY[recipe]
    active = Recipient.objects.owned_by(owner).mailable().order_by("pk")
    people = chance.sample(list(active), min(number, active.count()))
    size = -(-len(people) // GROUPS) or 1
    groups = [people[first : first + size] for first in range(0, len(people), size)]
    for number, group in enumerate(groups):
        began = timezone.now().replace(minute=5, second=0, microsecond=0) - timedelta(days=20 + number * days)
        pass_through(automation, began, group, recipe, chance)
    automations.switch_on(automation=automation)
    put_on_the_way(automation, active.exclude(pk__in=[person.pk for person in people])[:6])
    return automation


def pass_through(
    automation: Automation, began: datetime, people: list[Recipient], recipe: str, chance: random.Random
) -> None:
    """Some drop out after each step: they bought, or left."""
    at, left = began, people
    rows = {person.pk: Enrolment(automation=automation, recipient=person, due_at=began) for person in people}
    for step in automation.steps.select_related("mailing__message"):
        at += timedelta(minutes=step.wait_minutes)
        assert step.mailing is not None  # noqa: S101
        write_run(step.mailing, at, left, Plan(recipe, OWNER, recipe, "once", 0, None, None), chance)
        for person in left:
            rows[person.pk].position, rows[person.pk].ended_at = step.position + 1, at
            rows[person.pk].end = Enrolment.End.DONE
        stay = [person for person in left if chance.random() < 0.7]
        for person in set(left) - set(stay):
            rows[person.pk].end = Enrolment.End.BOUGHT if recipe == "cart" else Enrolment.End.DONE
        left = stay
    for number, row in enumerate(rows.values()):
        row.occasion = f"demo-{int(began.timestamp())}-{number}"
    Enrolment.objects.bulk_create(rows.values())
    Enrolment.objects.filter(pk__in=[row.pk for row in rows.values()]).update(created_at=began)


def put_on_the_way(automation: Automation, people: Iterable[Recipient]) -> None:
    """Before the last step of the welcome; a cart or an order that is not there would end it at once."""
    if automation.trigger != Automation.Trigger.SUBSCRIBED:
        return
    last = automation.steps.order_by("position").last()
    assert last is not None  # noqa: S101
    now = timezone.now()
    Enrolment.objects.bulk_create(
        Enrolment(
            automation=automation,
            recipient=person,
            occasion=f"demo-{person.pk}",
            position=last.position,
            due_at=now + timedelta(hours=9 * number + 5),
        )
        for number, person in enumerate(people)
    )


def remove_hidden_mailings() -> None:
    """Taken away with their series: ticks since then have made some that the demo does not know of."""
    Mailing.objects.filter(automation_step__automation__in=ledger.keys(Automation)).delete()
