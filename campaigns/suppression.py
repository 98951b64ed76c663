"""Keeping addresses from being written to."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns import addresses
from campaigns.models import Recipient, Suppression

# The weakest first: what is said later changes the reason only if it weighs more.
REASONS = [
    Suppression.Reason.MANUAL,
    Suppression.Reason.UNSUBSCRIBED,
    Suppression.Reason.BOUNCED,
    Suppression.Reason.COMPLAINED,
]
ENDED = [Recipient.State.UNSUBSCRIBED, Recipient.State.BOUNCED, Recipient.State.COMPLAINED]


def suppress(*, owner_id: int | None, emails: Iterable[str], reason: str, state: str) -> None:
    """Put the addresses on the owner's list (without owner: the site's) and mark the recipients who have them.

    A complaint weighs more than a bounce, that more than an unsubscription: the weaker never overwrites the stronger.
    """
    normalised = {addresses.normalise(email) for email in emails}
    hashes = sorted(addresses.email_hash(email) for email in normalised)
    Suppression.objects.bulk_create(
        (Suppression(owner_id=owner_id, email_hash=email_hash, reason=reason) for email_hash in hashes),
        ignore_conflicts=True,
        batch_size=500,
    )
    weaker = REASONS[: REASONS.index(Suppression.Reason(reason))]
    Suppression.objects.filter(owner=owner_id, email_hash__in=hashes, reason__in=weaker).update(reason=reason)
    kept = ENDED[ENDED.index(Recipient.State(state)) :] if state in ENDED else [Recipient.State(state)]
    recipients = Recipient.objects.filter(email_norm__in=normalised).exclude(state__in=kept)
    if owner_id is not None:
        recipients = recipients.filter(owner=owner_id)
    recipients.update(state=state)


def is_suppressed(*, owner_id: int, email: str) -> bool:
    """Whether the owner must not write to the address, in the list or not."""
    lists = Suppression.objects.filter(Q(owner=owner_id) | Q(owner__isnull=True))
    return lists.filter(email_hash=addresses.email_hash(email)).exists()


def mailable(*, owner_id: int) -> QuerySet[Recipient]:
    """The owner's recipients who may be written to now."""
    return unsuppressed(owner_id=owner_id).filter(owner=owner_id)


def unsuppressed(*, owner_id: int) -> QuerySet[Recipient]:
    """Of recipients that are known to be the owner's, those who may be written to now.

    Not to ask whose they are keeps PostgreSQL, as long as it has no statistics of a new list, from reading all of it.
    """
    suppressed = Suppression.objects.filter(
        Q(owner=owner_id) | Q(owner__isnull=True), email_hash=OuterRef("email_hash")
    )
    return Recipient.objects.filter(~Exists(suppressed), state=Recipient.State.ACTIVE)
