"""From rules to a query."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.errors import CampaignError
from campaigns.models import Recipient, Segment
from campaigns.segments import behaviour, people, purchases, values
from campaigns.segments.vocabulary import DONE, OWN, SEGMENT, SHOP_ONLY, Subject, Test, needed

MAX_RULES = 20
# Segments within segments.
MAX_DEPTH = 5
TOO_DEEP = gettext_lazy("These are too many segments within one another.")
BEHAVIOUR = frozenset(subject.name for subject in DONE)

Understood = tuple[Subject, Test, Any]


def checked(*, owner: User, rules: Any) -> dict[str, Any]:
    """The rules in their one shape, ready to be stored. Raises CampaignError, saying which rule is wrong and why."""
    match, understood = understand(owner, rules)
    if not understood:
        raise CampaignError(_("Add at least one rule."))
    for number, (_subject, test, value) in enumerate(understood, 1):
        try:
            values.check_exists(test, value, owner)
        except CampaignError as error:
            raise faulty(number, str(error)) from error
    stored = []
    for subject, test, value in understood:
        rule: dict[str, Any] = {"field": subject.name, "test": test.name}
        stored.append(rule if value is None else rule | {"value": value})
    return {"match": match, "rules": stored}


def matching(*, owner: User, rules: Any, depth: int = 0) -> QuerySet[Recipient]:
    """The owner's recipients of whom the rules are true, whatever their state; no rules: all of them.

    Raises CampaignError where a rule can't be understood (any more), rather than writing to the wrong people.
    """
    match, understood = understand(owner, rules)
    zone = zone_of(owner)
    rows = Recipient.objects.filter(owner=owner)
    conditions = []
    for number, (subject, test, value) in enumerate(understood):
        alias = f"own_{number}"
        if subject.name.startswith(OWN):
            rows = rows.alias(**{alias: people.own_value(subject.name)})
        if subject.name == SEGMENT:
            conditions.append(within(owner, test.name, value, depth + 1))
        else:
            conditions.append(condition(subject.name, alias, test.name, value, zone))
    whole = Q()
    for each in conditions:
        whole = whole & each if match == "all" else whole | each
    return rows.filter(whole)


def within(owner: User, test: str, pk: int, depth: int) -> Q:
    """In another segment, whatever that one asks now. Never in a circle: `check_depth` has seen to that."""
    if depth > MAX_DEPTH:
        raise CampaignError(TOO_DEEP)
    held = Q(pk__in=matching(owner=owner, rules=rules_of(owner, pk), depth=depth).values("pk"))
    return held if test == "in" else ~held


def rules_of(owner: User, pk: int) -> Any:
    segment = Segment.objects.owned_by(owner).filter(pk=pk).first()
    if segment is None:
        raise CampaignError(_("A segment that it asks for is not there any more; choose another one."))
    return segment.rules


def asked_segments(rules: Any) -> list[int]:
    return [rule["value"] for rule in rules.get("rules", []) if rule.get("field") == SEGMENT]


def check_depth(*, owner: User, rules: Any, within: int | None, depth: int = 0) -> None:
    """Raises CampaignError where the segment `within` would ask for itself, by whatever detour."""
    for pk in asked_segments(rules):
        if pk == within:
            raise CampaignError(_("A segment can’t ask for itself, not by way of another one either."))
        if depth == MAX_DEPTH:
            raise CampaignError(TOO_DEEP)
        check_depth(owner=owner, rules=rules_of(owner, pk), within=within, depth=depth + 1)


def condition(subject: str, alias: str, test: str, value: Any, zone: ZoneInfo) -> Q:
    if subject.startswith(OWN):
        return people.own_condition(subject, alias, test, value, zone)
    if subject in BEHAVIOUR:
        return behaviour.condition(subject, test, value)
    if subject in SHOP_ONLY:
        return purchases.condition(subject, test, value)
    return people.condition(subject, test, value, zone)


def understand(owner: User, rules: Any) -> tuple[str, list[Understood]]:
    if not isinstance(rules, Mapping):
        raise CampaignError(_("These rules can’t be read."))
    match, each = rules.get("match", "all"), rules.get("rules", [])
    if match not in ("all", "any") or not isinstance(each, list) or not all(isinstance(r, Mapping) for r in each):
        raise CampaignError(_("These rules can’t be read."))
    if len(each) > MAX_RULES:
        raise CampaignError(_("A segment has up to %(most)s rules.") % {"most": MAX_RULES})
    known = needed(owner, [rule.get("field") for rule in each])
    understood = []
    for number, rule in enumerate(each, 1):
        try:
            understood.append(understand_one(known, rule))
        except CampaignError as error:
            raise faulty(number, str(error)) from error
    return match, understood


def understand_one(known: Mapping[str, Subject], rule: Mapping[str, Any]) -> Understood:
    subject = known.get(str(rule.get("field")))
    if subject is None:
        raise CampaignError(_("nothing is known about what it asks; choose another field."))
    test = subject.test(str(rule.get("test")))
    if test is None:
        raise CampaignError(_("choose how to compare."))
    return subject, test, values.read(subject, test, rule.get("value"))


def faulty(number: int, reason: str) -> CampaignError:
    return CampaignError(_("Rule %(number)s: %(reason)s") % {"number": number, "reason": reason})


def zone_of(owner: User) -> ZoneInfo:
    """Days in rules are the owner's days."""
    try:
        return ZoneInfo(owner.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
