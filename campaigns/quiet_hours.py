"""Hours in which nobody gets mail, by their own clock; by the mailing's where theirs is not known."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.time_zones import known_time_zones
from campaigns.models import Claim, Delivery, Mailing, Recipient


def has_quiet_hours(mailing: Mailing) -> bool:
    return mailing.quiet_from is not None and mailing.quiet_until is not None


def clock_of(name: str, mailing: Mailing) -> ZoneInfo:
    """The zone of that name; the mailing's for one that is empty or unknown."""
    return ZoneInfo(name if name in known_time_zones() else mailing.time_zone)


def awake_at(moment: datetime, *, clock: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into. They may lie over midnight."""
    local = moment.astimezone(clock)
    now = local.time()
    over_midnight = quiet_from > quiet_until
    is_quiet = now >= quiet_from or now < quiet_until if over_midnight else quiet_from <= now < quiet_until
    if not is_quiet:
        return moment
    day = local.date() + timedelta(days=1 if over_midnight and now >= quiet_from else 0)
    return datetime.combine(day, quiet_until, tzinfo=clock)


def awake_for(mailing: Mailing, moment: datetime, clock: ZoneInfo) -> datetime:
    """The same for a mailing, whether or not it has quiet hours."""
    if mailing.quiet_from is None or mailing.quiet_until is None:
        return moment
    return awake_at(moment, clock=clock, quiet_from=mailing.quiet_from, quiet_until=mailing.quiet_until)


def put_off(claim: Claim, mailing: Mailing, deliveries: dict[int, int | None]) -> set[int]:
    """Give back the claimed deliveries (with their recipients' ids) whose quiet hours it is, until these end.

    Which they were. Each is put off once per night, so a run of any size costs no more than a claim does.
    """
    if not has_quiet_hours(mailing):
        return set()
    now = timezone.now()
    people = [recipient for recipient in deliveries.values() if recipient is not None]
    zones = dict(Recipient.objects.filter(pk__in=people).values_list("pk", "time_zone"))
    later: dict[datetime, list[int]] = {}
    for delivery, recipient in deliveries.items():
        awake = awake_for(mailing, now, clock_of(zones.get(recipient or 0, ""), mailing))
        if awake > now:
            later.setdefault(awake, []).append(delivery)
    for awake, ids in later.items():
        held = Delivery.objects.filter(claim=claim, pk__in=ids)
        held.update(status=Delivery.Status.QUEUED, claim=None, next_try_at=awake)
    return {pk for ids in later.values() for pk in ids}
