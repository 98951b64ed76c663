"""Keeping addresses from being written to."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns import addresses
from campaigns.models import Recipient, Suppression


def suppress(*, owner_id: int | None, emails: Iterable[str], reason: str, state: str) -> None:
    """Put the addresses on the owner's list (without owner: the site's) and mark the recipients who have them."""
    normalised = {addresses.normalise(email) for email in emails}
    hashes = sorted(addresses.email_hash(email) for email in normalised)
    Suppression.objects.bulk_create(
        (Suppression(owner_id=owner_id, email_hash=email_hash, reason=reason) for email_hash in hashes),
        ignore_conflicts=True,
        batch_size=500,
    )
    recipients = Recipient.objects.filter(email_norm__in=normalised).exclude(state=state)
    if owner_id is not None:
        recipients = recipients.filter(owner=owner_id)
    recipients.update(state=state)


def mailable(*, owner_id: int) -> QuerySet[Recipient]:
    """The owner's recipients who may be written to now."""
    suppressed = Suppression.objects.filter(
        Q(owner=owner_id) | Q(owner__isnull=True), email_hash=OuterRef("email_hash")
    )
    return Recipient.objects.filter(~Exists(suppressed), owner=owner_id, state=Recipient.State.ACTIVE)
