"""What a mailing may have beside its five fields, as the API reads and writes it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Field, Schema

from accounts.models import User
from campaigns.advanced import LETTERS, NAMES, Advanced
from campaigns.errors import CampaignError
from campaigns.models import Mailing, Message, Segment, SenderAddress, Tag, Topic
from campaigns.pausing import why

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Several: dict[str, Any] = {
    "segments": Segment,
    "tags": Tag,
    "excluded_segments": Segment,
    "excluded_tags": Tag,
    "rivals": Message,
}
One: dict[str, Any] = {"topic": Topic, "sender": SenderAddress}
RELATED = ("segments", "tags", "excluded_segments", "excluded_tags", "rivals")


class AdvancedIn(Schema):
    """Ids of the caller's own rows. With `rivals`, one to three messages, an A/B test is made: they compete with the
    mailing's own among `test_share` percent of the recipients; the rest gets the winner `test_hours` later.
    """

    segments: list[Id] = []
    tags: list[Id] = []
    excluded_segments: list[Id] = []
    excluded_tags: list[Id] = []
    topic: Id | None = None
    sender: Id | None = None
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = []
    month_day: Annotated[int, Field(ge=1, le=31)] | None = None
    own_clocks: bool = False
    quiet_from: time | None = None
    quiet_until: time | None = None
    hourly_limit: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    rivals: list[Id] = []
    test_share: Annotated[int, Field(ge=1, le=90)] | None = None
    test_metric: Literal["clicks", "orders"] = "clicks"
    test_hours: Annotated[int, Field(ge=1, le=168)] = 24
    mark: Annotated[str, Field(max_length=64)] = ""


class AdvancedOut(Schema):
    segments: list[int]
    tags: list[int]
    excluded_segments: list[int]
    excluded_tags: list[int]
    rivals: list[int]
    topic: int | None = Field(alias="topic_id")
    sender: int | None = Field(alias="sender_id")
    weekdays: list[int]
    month_day: int | None
    own_clocks: bool
    quiet_from: time | None
    quiet_until: time | None
    hourly_limit: int | None
    test_share: int | None
    test_metric: str
    test_hours: int
    mark: str
    paused_because: str

    @staticmethod
    def resolve_segments(mailing: Mailing) -> list[int]:
        return ids(mailing.segments.all())

    @staticmethod
    def resolve_tags(mailing: Mailing) -> list[int]:
        return ids(mailing.tags.all())

    @staticmethod
    def resolve_excluded_segments(mailing: Mailing) -> list[int]:
        return ids(mailing.excluded_segments.all())

    @staticmethod
    def resolve_excluded_tags(mailing: Mailing) -> list[int]:
        return ids(mailing.excluded_tags.all())

    @staticmethod
    def resolve_rivals(mailing: Mailing) -> list[int]:
        return [rival.message_id for rival in mailing.rivals.all() if rival.letter != LETTERS[0]]

    @staticmethod
    def resolve_paused_because(mailing: Mailing) -> str:
        return why(mailing)


def ids(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]


def advanced_of(owner: User, sent: dict[str, Any], *, base: Advanced) -> Advanced:
    """`base` with what was sent. CampaignError for ids that are not the owner's."""
    changes = {name: value for name, value in sent.items() if name in NAMES}
    for name, model in Several.items():
        if name in changes:
            changes[name] = tuple(found(model, owner, changes[name] or []))
    for name, model in One.items():
        if changes.get(name) is not None:
            changes[name] = found(model, owner, [changes[name]])[0]
    return replace(base, **changes)


def found(model: Any, owner: User, wanted: list[int]) -> list[Any]:
    """The owner's rows, in the order of their ids."""
    rows = model.objects.filter(owner=owner).in_bulk(wanted)
    if len(rows) != len(set(wanted)):
        raise CampaignError(_("Some of what you chose is not yours."))
    return [rows[pk] for pk in wanted]
