"""What owners and the shop hold about one address: to answer the person (152-FZ), over all owners."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import consents
from accounts.models import Consent, User, normalise_email
from campaigns import addresses, oversight, recipients, suppression_lookup
from campaigns.audit import record
from campaigns.errors import NotAllowed
from campaigns.models import Delivery, DeliveryEvent, Recipient, Suppression
from campaigns.policies import VIEW_ALL
from campaigns.suppression import suppress

# As many messages as a person reads; the export has them all.
MOST_SHOWN = 50
WITHDRAWALS = (DeliveryEvent.Kind.UNSUBSCRIBED, DeliveryEvent.Kind.COMPLAINED)


@dataclass(frozen=True)
class Held:
    """`consents` are the shop's own, given in an account or at the checkout; `withdrawals` came by a message."""

    email: str
    recipients: Sequence[Recipient]
    consents: Sequence[Consent]
    withdrawals: Sequence[DeliveryEvent]
    suppressions: Sequence[Suppression]
    deliveries: Sequence[Delivery]

    @property
    def is_nothing(self) -> bool:
        return not (self.recipients or self.consents or self.suppressions or self.deliveries)


def about(*, email: str, by: User, most: int | None = MOST_SHOWN) -> Held:
    """`most` messages at most, the latest first; NotAllowed for whoever does not watch over all owners."""
    if by.is_blocked or not by.has_perm(VIEW_ALL):
        raise NotAllowed(_("Only managers look at what all owners hold."))
    norm = addresses.normalise(email)
    rows = Recipient.objects.filter(email_norm=norm).select_related("owner", "consent_wording").order_by("pk")
    people = list(rows)
    # Those who were taken out of a list since are known by the address of the message alone.
    sent = Delivery.objects.filter(Q(recipient__in=people) | Q(recipient__isnull=True, email__iexact=email.strip()))
    left = DeliveryEvent.objects.filter(delivery__in=sent.order_by().values("pk"), kind__in=WITHDRAWALS)
    return Held(
        email=norm,
        recipients=people,
        consents=list(Consent.objects.filter(email=normalise_email(email)).select_related("text")),
        withdrawals=list(left.select_related("delivery__run__mailing__owner").order_by("pk")),
        suppressions=suppression_lookup.of_address(email=email),
        deliveries=list(sent.select_related("run__mailing__owner").order_by("-pk")[:most]),
    )


def document(held: Held) -> dict[str, Any]:
    """For the person, as JSON: everything that is kept, in plain words."""
    return {
        "email": held.email,
        "lists": [recipient_row(row) for row in held.recipients],
        "consents": [consent_row(row) for row in held.consents],
        "withdrawals": [
            {"owner": str(row.delivery.run.mailing.owner), "kind": row.kind, "at": row.at} for row in held.withdrawals
        ],
        "suppressions": [
            {"owner": str(row.owner) if row.owner_id else "", "reason": row.reason, "since": row.created_at}
            for row in held.suppressions
        ],
        "messages": [
            {
                "owner": str(row.run.mailing.owner),
                "subject": row.run.subject,
                "status": row.status,
                "sent_at": row.finished_at,
                "opened_at": row.opened_at,
                "clicked_at": row.clicked_at,
            }
            for row in held.deliveries
        ],
    }


def recipient_row(row: Recipient) -> dict[str, Any]:
    return {
        "owner": str(row.owner),
        "email": row.email,
        "full_name": row.full_name,
        "state": row.state,
        "basis": row.consent_basis,
        "words": row.consent_wording.text if row.consent_wording else "",
        "source": row.consent_source,
        "at": row.consented_at,
        "ip": row.consent_ip,
        "opens_and_clicks_agreed_at": row.tracking_agreed_at,
        "time_zone": row.time_zone,
        "language": row.language,
        "fields": row.attributes,
        "tags": list(row.tags.values_list("name", flat=True)),
        "comment": row.comment,
        "since": row.created_at,
    }


def consent_row(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.purpose,
        "words": row.text.text,
        "at": row.given_at,
        "ip": row.ip,
        "source": row.source,
        "withdrawn_at": row.withdrawn_at,
        "withdrawn_source": row.withdrawn_source,
    }


def stop(*, email: str, by: User, reason: str) -> None:
    """The person asks for no more mail from anybody here: the whole site's suppression, whatever lists say later."""
    oversight.check(by)
    why = oversight.reason_of(reason)
    with transaction.atomic():
        suppress(
            owner_id=None,
            emails=[email],
            reason=Suppression.Reason.MANUAL,
            state=Recipient.State.UNSUBSCRIBED,
        )
        for purpose in Consent.Purpose.values:
            consents.withdraw(email=email, purpose=purpose, source=f"on request: {why}")
        note(email, by, "campaigns.stop_person", {"reason": why})


def forget(*, email: str, by: User, reason: str) -> int:
    """The person asks to be deleted: out of every list, and never written to again. How many lists those were.

    The suppression stays, as a hash, so that no import brings them back; what was sent stays on record with the
    address, which is what its owner proves consent with. An administrator's decision.
    """
    if not by.is_superuser or by.is_blocked:
        raise NotAllowed(_("Only an administrator deletes a person from all lists."))
    why = oversight.reason_of(reason)
    with transaction.atomic():
        stop(email=email, by=by, reason=why)
        people = list(Recipient.objects.filter(email_norm=addresses.normalise(email)))
        for person in people:
            recipients.delete_recipient(recipient=person)
        note(email, by, "campaigns.forget_person", {"reason": why, "lists": len(people)})
    return len(people)


def note(email: str, by: User, action: str, data: dict[str, Any]) -> None:
    """Under the suppression, which is a hash: the log names nobody."""
    row = Suppression.objects.get(owner=None, email_hash=addresses.email_hash(email))
    record(instance=row, action=action, by=by, data=data)
