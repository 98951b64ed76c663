"""Lists that are sorted: the owners' fields, tags, segments and topics, a sign-up form, where they write from."""

import random
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from campaigns import joining, own_fields, owners, segment_verbs, tags, topics
from campaigns.models import OptInForm, Recipient, RecipientField, Segment, Tag, Topic
from demo import ledger
from demo.content.lists import SORTINGS, Rules, Sorting

# Of a hundred people so many have said this much of themselves.
TOLD = 70
VALUES: dict[str, Any] = {
    RecipientField.Kind.NUMBER: lambda chance: chance.randrange(1, 40),
    RecipientField.Kind.YES_NO: lambda chance: chance.random() < 0.3,
    RecipientField.Kind.DATE: lambda chance: (
        timezone.localdate() + timedelta(days=chance.randrange(-90, 360))
    ).isoformat(),
}


def make() -> None:
    """For those of the log-ins that exist; the shop's own list may be asked for purchases, so it is named before."""
    for sorting in SORTINGS:
        owner = ledger.find(User, sorting.owner)
        if owner is not None:
            with transaction.atomic():
                sort(owner, sorting)


def sort(owner: User, sorting: Sorting) -> None:
    ledger.change(owners.settings_of(owner), f"{owner.email}/address", postal_address=sorting.address)
    people = list(Recipient.objects.owned_by(owner).filter(pk__in=ledger.keys(Recipient)).order_by("pk"))
    add_fields(owner, sorting, people)
    made = {name: add_tag(owner, name, share, people) for name, share in sorting.tags}
    for position, (name, description) in enumerate(sorting.topics):
        if Topic.objects.owned_by(owner).filter(name=name).first() is None:
            row = topics.create_topic(owner=owner, name=name, description=description, position=position)
            ledger.record(row, f"{owner.email}/{name}")
    for name, rules in sorting.segments:
        if Segment.objects.owned_by(owner).filter(name=name).first() is None:
            segment = segment_verbs.save_segment(owner=owner, name=name, rules=with_ids(rules, made))
            ledger.record(segment, f"{owner.email}/{name}")
    ledger.once(OptInForm, f"{owner.email}/{sorting.form.name}", lambda: add_form(owner, sorting))


def add_fields(owner: User, sorting: Sorting, people: list[Recipient]) -> None:
    there = {field.key for field in own_fields.fields_of(owner)}
    fresh = [field for field in sorting.fields if field.key not in there]
    for field in fresh:
        row = own_fields.add_field(owner=owner, key=field.key, label=field.label, kind=field.kind)
        ledger.record(row, f"{owner.email}/{field.key}")
    for person in people if fresh else ():
        chance = random.Random(f"{owner.email}/{person.email}/fields")
        for field in fresh:
            told = chance.randrange(100) < TOLD
            value = VALUES.get(field.kind, lambda chance: chance.choice(sorting.cities))(chance)
            if told:
                person.attributes.setdefault(field.key, value)
    Recipient.objects.bulk_update(people if fresh else [], ["attributes"], 500)


def add_tag(owner: User, name: str, share: int, people: list[Recipient]) -> Tag:
    known = Tag.objects.filter(owner=owner, name=name).first()
    if known is not None:
        return known
    tag = tags.add_tag(owner=owner, name=name)
    ledger.record(tag, f"{owner.email}/{name}")
    chance = random.Random(f"{owner.email}/{name}")
    tags.put_on(tag, [person.pk for person in people if chance.randrange(100) < share])
    return tag


def with_ids(rules: Rules, made: dict[str, Tag]) -> Rules:
    """The same rules as they are stored."""
    return rules | {
        "rules": [
            rule | {"value": made[rule["value"]].pk} if rule["field"] == "tag" else rule for rule in rules["rules"]
        ]
    }


def add_form(owner: User, sorting: Sorting) -> OptInForm:
    form = sorting.form
    values = {
        "name": form.name,
        "heading": form.heading,
        "introduction": form.introduction,
        "consent_text": form.consent,
        "thanks": form.thanks,
        "asks_name": True,
        "asks_tracking": True,
        "is_open": True,
        "fields": form.fields,
        "tags": Tag.objects.filter(owner=owner, name__in=form.tags),
        "topics": Topic.objects.owned_by(owner).filter(name__in=form.topics),
    }
    return joining.save_form(owner=owner, values=values)
