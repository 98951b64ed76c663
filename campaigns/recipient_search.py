"""Which part of a list is meant: words, state, tag, segment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from campaigns import addresses, segments
from campaigns.models import Recipient, Segment

MAX_WORDS = 100
MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class Search:
    """What is asked for; what makes no sense is left out."""

    q: str = ""
    state: str = ""
    tag: int | None = None
    segment: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> "Search":
        state = str(asked.get("state") or "")
        return cls(
            q=str(asked.get("q") or "").replace("\0", "").strip()[:MAX_WORDS],
            state=state if state in Recipient.State.values else "",
            tag=number(asked.get("tag")),
            segment=number(asked.get("segment")),
        )

    @property
    def params(self) -> dict[str, Any]:
        """For a query string, or to be kept with a long job."""
        found = {"q": self.q, "state": self.state, "tag": self.tag, "segment": self.segment}
        return {name: value for name, value in found.items() if value}

    def rows(self, owner: User) -> QuerySet[Recipient]:
        """The owner's recipients that are meant. Raises CampaignError where the segment's rules make no sense now."""
        rows: Any = Recipient.objects.filter(owner=owner)
        if self.segment:
            segment = Segment.objects.owned_by(owner).filter(pk=self.segment).first()
            rows = segments.matching(owner=owner, rules=segment.rules) if segment else rows.none()
        if self.tag:
            tagged = Recipient.tags.through.objects.filter(recipient=OuterRef("pk"), tag=self.tag, tag__owner=owner)
            rows = rows.filter(Exists(tagged))
        if self.state:
            rows = rows.filter(state=self.state)
        if "@" in self.q and " " not in self.q:
            # A whole address is found by its index, however long the list is.
            known = rows.filter(email_norm=addresses.normalise(self.q))
            if known.exists():
                return known  # type: ignore[no-any-return]
        found: QuerySet[Recipient] = rows.search(self.q)
        return found


def number(asked: Any) -> int | None:
    try:
        found = int(str(asked)[:20])
    except ValueError:
        return None
    return found if 1 <= found <= MAX_ID else None
