"""What a mailing may have beyond its five fields: checked against its owner's rows, and stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from campaigns.errors import CampaignError
from campaigns.models import Mailing, Message, Rival, Segment, SenderAddress, Tag, Topic

LETTERS = "ABCD"
MAX_HOURS = 24 * 7
MAX_SHARE = 90
COLUMNS = (
    *("topic", "sender", "month_day", "own_clocks", "quiet_from", "quiet_until", "hourly_limit"),
    *("test_share", "test_metric", "test_hours", "mark"),
)
ROWS = ("segments", "tags", "excluded_segments", "excluded_tags")


@dataclass(frozen=True)
class Advanced:
    """`rivals` are the messages that compete with the mailing's own, one to three; none: no A/B test."""

    segments: Sequence[Segment] = ()
    tags: Sequence[Tag] = ()
    excluded_segments: Sequence[Segment] = ()
    excluded_tags: Sequence[Tag] = ()
    topic: Topic | None = None
    sender: SenderAddress | None = None
    weekdays: Sequence[int] = ()
    month_day: int | None = None
    own_clocks: bool = False
    quiet_from: time | None = None
    quiet_until: time | None = None
    hourly_limit: int | None = None
    rivals: Sequence[Message] = ()
    test_share: int | None = None
    test_metric: str = Mailing.Metric.CLICKS
    test_hours: int = 24
    mark: str = ""

    @classmethod
    def of(cls, mailing: Mailing) -> "Advanced":
        """As it is stored."""
        rivals = mailing.rivals.exclude(letter=LETTERS[0]).select_related("message").order_by("letter")
        rows: dict[str, Any] = {name: tuple(getattr(mailing, name).all()) for name in ROWS}
        return cls(
            **{name: getattr(mailing, name) for name in COLUMNS},
            **rows,
            weekdays=tuple(mailing.weekdays),
            rivals=tuple(rival.message for rival in rivals),
        )

    def rows(self) -> Iterable[Any]:
        """All rows that have an owner."""
        for name in (*ROWS, "rivals"):
            yield from getattr(self, name)
        yield from (row for row in (self.topic, self.sender) if row is not None)


NAMES = frozenset(field.name for field in fields(Advanced))


def check(advanced: Advanced, *, mailing: Mailing, message: Message, start: datetime, end: datetime | None) -> None:
    """Raises CampaignError with what does not fit."""
    if any(row.owner_id != mailing.owner_id for row in advanced.rows()):
        raise CampaignError(_("Some of what you chose is not yours."))
    if advanced.sender is not None and advanced.sender.verified_at is None:
        raise CampaignError(_("The sender address is not confirmed yet: follow the link in the mail to it."))
    check_clock(advanced)
    if advanced.hourly_limit is not None and advanced.hourly_limit < 1:
        raise CampaignError(_("At least one message an hour."))
    if len(advanced.mark) > 64 or "\0" in advanced.mark:
        raise CampaignError(_("The advertising mark has 64 characters at most."))
    if advanced.rivals or advanced.test_share:
        check_test(advanced, message=message, start=start, end=end)


def check_clock(advanced: Advanced) -> None:
    if not set(advanced.weekdays) <= set(range(1, 8)):
        raise CampaignError(_("Weekdays are numbers from 1, Monday, to 7."))
    if advanced.month_day is not None and not 1 <= advanced.month_day <= 31:
        raise CampaignError(_("The day of the month is a number from 1 to 31."))
    if (advanced.quiet_from is None) != (advanced.quiet_until is None):
        raise CampaignError(_("Quiet hours have a beginning and an end."))
    if advanced.quiet_from is not None and advanced.quiet_from == advanced.quiet_until:
        raise CampaignError(_("Quiet hours end at another time than they begin."))


def check_test(advanced: Advanced, *, message: Message, start: datetime, end: datetime | None) -> None:
    messages = [message.pk, *(rival.pk for rival in advanced.rivals)]
    if not 2 <= len(messages) <= len(LETTERS) or len(set(messages)) < len(messages):
        raise CampaignError(_("An A/B test compares two to four different messages."))
    if advanced.test_share is None or not 1 <= advanced.test_share <= MAX_SHARE:
        raise CampaignError(_("The share of the test is between 1 and 90 percent."))
    if advanced.test_metric not in Mailing.Metric.values:
        raise CampaignError(_("The winner has most clicks or most orders."))
    if not 1 <= advanced.test_hours <= MAX_HOURS:
        raise CampaignError(_("The winner is chosen after 1 to 168 hours."))
    if end is not None and start + timedelta(hours=advanced.test_hours) >= end:
        raise CampaignError(_("The mailing would end before the winner is chosen."))


def put(mailing: Mailing, advanced: Advanced) -> None:
    """Onto the mailing, not yet stored. Days that its periodicity has no use for are forgotten."""
    for name in COLUMNS:
        setattr(mailing, name, getattr(advanced, name))
    mailing.weekdays = sorted(set(advanced.weekdays)) if mailing.periodicity == Mailing.Periodicity.WEEKLY else []
    if mailing.periodicity != Mailing.Periodicity.MONTHLY:
        mailing.month_day = None
    if not advanced.rivals:
        mailing.test_share = None


def store_rows(mailing: Mailing, advanced: Advanced) -> None:
    """What points at the mailing, once it is stored itself."""
    for name in ROWS:
        getattr(mailing, name).set(getattr(advanced, name))
    rivals = [mailing.message, *advanced.rivals] if advanced.rivals else []
    mailing.rivals.exclude(letter__in=LETTERS[: len(rivals)]).delete()
    for letter, message in zip(LETTERS, rivals, strict=False):
        Rival.objects.update_or_create(mailing=mailing, letter=letter, defaults={"message": message})
