"""Rules as a form: what stands in each menu, what was posted, and rules as a sentence."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.segments import vocabulary as words
from campaigns.segments.values import NAMING, candidates
from campaigns.segments.vocabulary import Subject, Test, vocabulary

FRESH: dict[str, Any] = {"match": "all", "rules": [{"field": "email", "test": "contains", "value": ""}]}
# Menus hold so many; the shop's products may be thousands.
OFFERED = 500
INPUTS = {words.DATE: "date", words.DAYS: "number", words.NUMBER: "text", words.MONEY: "text", words.TEXT: "text"}


def posted(data: QueryDict) -> dict[str, Any]:
    """Rules out of a form in which each rule has a `field`, a `test` and a `value`, in this order."""
    columns = [data.getlist(name) for name in ("field", "test", "value")]
    rules = [{"field": field, "test": test, "value": value} for field, test, value in zip(*columns, strict=False)]
    return {"match": data.get("match", "all"), "rules": rules}


def context(owner: User, rules: Mapping[str, Any]) -> dict[str, Any]:
    """What the builder's template needs; each query is made once, whatever the number of rules."""
    known = vocabulary(owner)
    groups: dict[str, list[Subject]] = {}
    for subject in known.values():
        groups.setdefault(str(subject.group), []).append(subject)
    menus: dict[str, list[tuple[Any, Any]]] = {}
    rows = [row(owner, known, rule, menus) for rule in rules.get("rules", [])]
    return {"match": rules.get("match", "all"), "rows": rows, "groups": list(groups.items())}


def row(
    owner: User, known: Mapping[str, Subject], rule: Mapping[str, Any], menus: dict[str, list[tuple[Any, Any]]]
) -> dict[str, Any]:
    subject = known.get(str(rule.get("field"))) or known["email"]
    test = subject.test(str(rule.get("test"))) or subject.tests[0]
    value = rule.get("value")
    return {
        "subject": subject,
        "test": test,
        "value": "" if value is None else str(value),
        "input": INPUTS.get(test.value, ""),
        "has_value": test.value != words.NOTHING,
        "options": options(owner, subject, test, menus),
    }


def options(
    owner: User, subject: Subject, test: Test, menus: dict[str, list[tuple[Any, Any]]]
) -> list[tuple[str, Any]] | None:
    """What the value's menu offers; None where it is typed."""
    if test.value == words.CHOICE:
        return list(subject.choices.items())
    if test.value not in NAMING:
        return None
    if test.value not in menus:
        rows = candidates(test.value, owner)
        if test.value == words.MAILING:
            rows = rows.filter(kind="regular").select_related("message")
        menus[test.value] = [(str(each.pk), str(each)) for each in rows[:OFFERED]]
    return menus[test.value]


def sentence(owner: User, rules: Mapping[str, Any]) -> str:
    """Rules as one reads them."""
    known = vocabulary(owner)
    parts = [part(owner, known, rule) for rule in rules.get("rules", [])]
    return (_(" or ") if rules.get("match") == "any" else _(" and ")).join(parts)


def part(owner: User, known: Mapping[str, Subject], rule: Mapping[str, Any]) -> str:
    subject = known.get(str(rule.get("field")))
    test = subject.test(str(rule.get("test"))) if subject else None
    if subject is None or test is None:
        return "?"
    said = f"{subject.label} {test.label}"
    if test.value == words.NOTHING:
        return said
    value = rule.get("value")
    if test.value == words.CHOICE:
        value = subject.choices.get(str(value), value)
    elif test.value in NAMING:
        value = candidates(test.value, owner).filter(pk=value).first() or "?"
    return said.replace("…", str(value)) if "…" in said else f"{said} “{value}”"
