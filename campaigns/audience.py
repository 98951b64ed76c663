"""Whom a mailing goes to: picked by hand, all, in a segment or with a tag, less whoever is excluded or has refused."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Mailing, MailingRecipient, Recipient, Segment, Tag, Topic, TopicChoice
from campaigns.segments import matching
from campaigns.suppression import mailable

# One parameter carries any number of ids.
IDS = {
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
    "sqlite": "SELECT value FROM json_each(%s)",
}


@dataclass(frozen=True)
class Audience:
    """What was chosen; `picked` holds what `pk__in` takes, and None means everybody in the list."""

    owner: User
    picked: Any
    segments: Sequence[Segment] = ()
    tags: Sequence[Tag] = ()
    excluded_segments: Sequence[Segment] = ()
    excluded_tags: Sequence[Tag] = ()
    topic: Topic | None = None

    def wanted(self) -> Q:
        """Those whom the owner means, whether or not they may be written to."""
        if self.picked is None:
            return Q()
        return Q(pk__in=self.picked) | self.within(self.segments, self.tags)

    def excluded(self) -> Q:
        return self.within(self.excluded_segments, self.excluded_tags)

    def within(self, segments: Iterable[Segment], tags: Iterable[Tag]) -> Q:
        """In one of the segments or with one of the tags."""
        conditions = [Q(pk__in=matching(owner=self.owner, rules=each.rules).values("pk")) for each in segments]
        if ids := [tag.pk for tag in tags]:
            tagged = Recipient.tags.through.objects.filter(tag__in=ids, recipient=OuterRef("pk"))
            conditions.append(Q(Exists(tagged)))
        return reduce(or_, conditions) if conditions else NOBODY

    def refused(self) -> Q:
        """Those who want nothing about this topic. Who has not chosen gets it."""
        if self.topic is None:
            return NOBODY
        refusals = TopicChoice.objects.filter(topic=self.topic, wanted=False, recipient=OuterRef("pk"))
        return Q(Exists(refusals))

    def recipients(self) -> QuerySet[Recipient]:
        """Those who get it."""
        found = mailable(owner_id=self.owner.pk).filter(self.wanted())
        for without in (self.excluded(), self.refused()):
            if without is not NOBODY:
                found = found.filter(~without)
        return found

    def left_out(self) -> dict[str, int]:
        """How many of those who are meant don't get it, by the first reason that holds, in words."""
        meant = Recipient.objects.filter(self.wanted(), owner=self.owner)
        states = meant.order_by().values_list("state").annotate(Count("pk"))
        numbers = {str(Recipient.State(state).label): number for state, number in states}
        active = numbers.pop(str(Recipient.State.ACTIVE.label), 0)
        remaining = mailable(owner_id=self.owner.pk).filter(self.wanted())
        for word, without in (
            (_("Suppressed"), Q()),
            (_("Excluded"), self.excluded()),
            (_("Refused the topic"), self.refused()),
        ):
            if without is NOBODY:
                continue
            remaining = remaining.filter(~without) if without else remaining
            number = remaining.count()
            numbers[word], active = active - number, number
        return {word: number for word, number in numbers.items() if number > 0}


NOBODY = Q(pk__in=[])


def of_mailing(mailing: Mailing) -> Audience:
    """What was chosen for a stored mailing."""
    picked = MailingRecipient.objects.filter(mailing=mailing).values("recipient")
    return Audience(
        owner=mailing.owner,
        picked=None if mailing.all_recipients else picked,
        segments=list(mailing.segments.all()),
        tags=list(mailing.tags.all()),
        excluded_segments=list(mailing.excluded_segments.all()),
        excluded_tags=list(mailing.excluded_tags.all()),
        topic=mailing.topic,
    )


def recipients_of(mailing: Mailing) -> QuerySet[Recipient]:
    """Who gets the mailing if it goes out now."""
    return of_mailing(mailing).recipients()


def in_ids(ids: Sequence[int]) -> RawSQL:
    """For `pk__in`: any number of ids in one parameter, which both databases take."""
    return RawSQL(IDS[connection.vendor], (json.dumps(list(ids)),))  # noqa: S611 - the statement is a constant
