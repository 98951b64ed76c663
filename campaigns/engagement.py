"""What becomes of a delivery after it was sent: one place writes it down, whoever told us."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from campaigns.models import Delivery, DeliveryEvent, Link, Recipient, Run, Suppression
from campaigns.signals import recipient_left
from campaigns.suppression import suppress

Kind = DeliveryEvent.Kind
# Kinds of which a delivery keeps the first moment, and its run the count, under the same name.
COUNTED = (Kind.OPENED, Kind.CLICKED, Kind.BOUNCED, Kind.COMPLAINED, Kind.UNSUBSCRIBED)
# After these the owner may not write to the address any more.
ENDS = {
    Kind.BOUNCED: (Suppression.Reason.BOUNCED, Recipient.State.BOUNCED),
    Kind.COMPLAINED: (Suppression.Reason.COMPLAINED, Recipient.State.COMPLAINED),
    Kind.UNSUBSCRIBED: (Suppression.Reason.UNSUBSCRIBED, Recipient.State.UNSUBSCRIBED),
}
# In these the person has spoken, not a mail server.
WITHDRAWALS = (Kind.COMPLAINED, Kind.UNSUBSCRIBED)


def note(
    *,
    delivery: Delivery,
    kind: str,
    at: datetime | None = None,
    link: Link | None = None,
    by_machine: bool = False,
    details: str = "",
    source: str | None = None,
    suppresses: bool = True,
) -> DeliveryEvent | None:
    """Write the event down; None when the same `source` has told of it already.

    A machine's opens and clicks are kept and not counted. A bounce, a complaint and an unsubscription suppress the
    address for this owner; not so a bounce for which the address is not to blame (`suppresses=False`). A complaint and
    an unsubscription withdraw the consent as well.
    """
    at = at or timezone.now()
    with transaction.atomic():
        event = DeliveryEvent(
            delivery=delivery, kind=kind, at=at, link=link, by_machine=by_machine, details=details[:500], source=source
        )
        try:
            with transaction.atomic():
                event.save()
        except IntegrityError:
            if source is not None and DeliveryEvent.objects.filter(source=source).exists():
                return None
            raise
        if not by_machine:
            count(delivery, kind, at)
        if kind in ENDS and suppresses:
            end(delivery, Kind(kind))
    return event


def end(delivery: Delivery, kind: Kind) -> None:
    """No further message of this owner to this address; who listens hears once it is certain."""
    reason, state = ENDS[kind]
    owner_id, email = delivery.run.mailing.owner_id, delivery.email
    suppress(owner_id=owner_id, emails=[email], reason=reason, state=state)
    if kind in WITHDRAWALS:
        transaction.on_commit(
            lambda: recipient_left.send(sender=Delivery, owner_id=owner_id, email=email, kind=str(kind)),
            robust=True,
        )


def note_refusals(*, owner_id: int, refusals: Mapping[int, tuple[str, str]], at: datetime) -> int:
    """The bounces of a whole batch, refused while it was sent: delivery → address and the server's answer.

    How many are new: the caller, who holds the run's row last and briefly, counts them there.
    """
    reason, state = ENDS[Kind.BOUNCED]
    suppress(owner_id=owner_id, emails=[email for email, _answer in refusals.values()], reason=reason, state=state)
    events = (
        DeliveryEvent(delivery_id=pk, kind=Kind.BOUNCED, at=at, details=answer[:500], source=f"smtp:{pk}")
        for pk, (_email, answer) in refusals.items()
    )
    DeliveryEvent.objects.bulk_create(events, ignore_conflicts=True)
    return Delivery.objects.filter(pk__in=refusals, bounced_at__isnull=True).update(bounced_at=at)


def count(delivery: Delivery, kind: str, at: datetime) -> None:
    """The delivery's first event of a kind is its run's one more."""
    if kind not in COUNTED:
        return
    first = Delivery.objects.filter(pk=delivery.pk, **{f"{kind}_at__isnull": True})
    if first.update(**{f"{kind}_at": at}):
        Run.objects.filter(pk=delivery.run_id).update(**{kind: F(kind) + 1})


def were_machines(*, delivery: Delivery, events: list[int]) -> None:
    """What looked like a person's clicks was a program's: they stay, and do not count any more."""
    with transaction.atomic():
        # Behind the delivery's lock: two that judge the same burst take it back once.
        Delivery.objects.select_for_update().get(pk=delivery.pk)
        judged = delivery.events.filter(pk__in=events, kind=Kind.CLICKED, by_machine=False)
        links = list(judged.values_list("link", flat=True))
        if not judged.update(by_machine=True):
            return
        for link in filter(None, links):
            Link.objects.filter(pk=link, clicks__gt=0).update(clicks=F("clicks") - 1)
        first = delivery.events.filter(kind=Kind.CLICKED, by_machine=False).order_by("at").first()
        Delivery.objects.filter(pk=delivery.pk).update(clicked_at=first.at if first else None)
        if first is None:
            Run.objects.filter(pk=delivery.run_id, clicked__gt=0).update(clicked=F("clicked") - 1)
