"""An owner's list: adding, changing and taking away the people in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import addresses, own_fields, tags
from campaigns.characters import storable
from campaigns.models import ConsentWording, Recipient, RecipientField, Suppression, Tag

BATCH = 200
# These follow from others, or need the database.
NOT_TYPED = ["owner", "email_norm", "email_hash"]
EMAIL_NORM_LENGTH = 320
MAX_WORDING = 2000

STATE_OF_SUPPRESSION = {
    Suppression.Reason.UNSUBSCRIBED: Recipient.State.UNSUBSCRIBED,
    Suppression.Reason.BOUNCED: Recipient.State.BOUNCED,
    Suppression.Reason.COMPLAINED: Recipient.State.COMPLAINED,
    Suppression.Reason.MANUAL: Recipient.State.UNSUBSCRIBED,
}


@dataclass(frozen=True)
class Entry:
    """What somebody wants to have in the list; `consent_basis` none leaves the recipient unconfirmed."""

    email: str
    full_name: str = ""
    comment: str = ""
    consent_basis: str = Recipient.Consent.NONE
    consent_source: str = ""
    # None leaves what is there. Fields by key, as somebody typed them; tags by name, made where they are new.
    consent_wording: str | None = None
    consented_at: datetime | None = None
    time_zone: str | None = None
    language: str | None = None
    fields: Mapping[str, Any] | None = None
    tags: Sequence[str] | None = None


@dataclass
class Added:
    """What became of each entry: a recipient, or why not. `known` are positions of those already in the list."""

    recipients: dict[int, Recipient] = field(default_factory=dict)
    errors: dict[int, ValidationError] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)


def add_recipient(*, owner: User, entry: Entry) -> Recipient:
    """Put one person into the owner's list. Raises ValidationError, by field."""
    added = add_recipients(owner=owner, entries=[entry])
    if added.errors:
        raise added.errors[0]
    return added.recipients[0]


def add_recipients(*, owner: User, entries: Sequence[Entry]) -> Added:
    """Put many into the list, a batch per transaction: what can be taken is taken, the rest is explained."""
    added = Added()
    fields = own_fields.fields_of(owner) if any(entry.fields for entry in entries) else []
    seen: set[str] = set()
    drafts: list[tuple[int, Recipient]] = []
    for position, entry in enumerate(entries):
        try:
            recipient = checked(from_entry(owner, entry, fields))
            checked_tags(entry)
            recipient.derive()
            if recipient.email_norm in seen:
                raise ValidationError({"email": _("This address stands here twice.")})
        except ValidationError as error:
            added.errors[position] = error
            continue
        seen.add(recipient.email_norm)
        drafts.append((position, recipient))
    rest = iter(drafts)
    while batch := list(islice(rest, BATCH)):
        try:
            _add_batch(owner, batch, added)
        except IntegrityError:
            # A twin of this call was faster; now its rows are known.
            _add_batch(owner, batch, added)
    put_tags(owner, {recipient: entries[n].tags or () for n, recipient in added.recipients.items()})
    return added


@transaction.atomic
def _add_batch(owner: User, batch: list[tuple[int, Recipient]], added: Added) -> None:
    norms = [recipient.email_norm for _position, recipient in batch]
    known = set(Recipient.objects.owned_by(owner).filter(email_norm__in=norms).values_list("email_norm", flat=True))
    states = suppressed_states(owner, [recipient.email_hash for _position, recipient in batch])
    fresh: dict[int, Recipient] = {}
    for position, recipient in batch:
        if recipient.email_norm in known:
            added.known.add(position)
            added.errors[position] = ValidationError({"email": _("This address is already in your list.")})
            continue
        recipient.state = states.get(recipient.email_hash, recipient.state)
        fresh[position] = recipient
    Recipient.objects.bulk_create(fresh.values())
    added.recipients.update(fresh)


def change_recipient(*, recipient: Recipient, entry: Entry) -> Recipient:
    """Take over what was typed. Who has unsubscribed or complained stays so, whatever the consent says now."""
    norm_before, consent_before = recipient.email_norm, recipient.consent_basis
    recipient.email, recipient.full_name, recipient.comment = entry.email, entry.full_name, entry.comment
    recipient.consent_basis, recipient.consent_source = entry.consent_basis, entry.consent_source
    fill(recipient, entry, own_fields.fields_of(recipient.owner) if entry.fields else [])
    checked(recipient)
    checked_tags(entry)
    if recipient.consent_basis != consent_before:
        recipient.consented_at = entry.consented_at or (timezone.now() if has_consent(recipient) else None)
    if recipient.state not in (Recipient.State.UNSUBSCRIBED, Recipient.State.COMPLAINED):
        moved = addresses.normalise(recipient.email) != norm_before
        if moved or recipient.state != Recipient.State.BOUNCED:
            recipient.state = state_by_consent(recipient)
    recipient.derive()
    recipient.state = suppressed_states(recipient.owner, [recipient.email_hash]).get(
        recipient.email_hash, recipient.state
    )
    recipient.validate_constraints()
    with transaction.atomic():
        recipient.save()
        if entry.tags is not None:
            recipient.tags.set(tags.tags_named(owner=recipient.owner, names=entry.tags))
    return recipient


def delete_recipient(*, recipient: Recipient) -> None:
    """Take the person out of the list. Deliveries keep the address; suppression outlives the list."""
    recipient.delete()


def fill(recipient: Recipient, entry: Entry, fields: Sequence[RecipientField]) -> None:
    """Take over what the entry says besides; None leaves what is there."""
    for name in ("time_zone", "language", "consented_at"):
        value = getattr(entry, name)
        if value is not None:
            setattr(recipient, name, value)
    if entry.fields:
        recipient.attributes = own_fields.merged(fields, recipient.attributes, entry.fields)
    if entry.consent_wording is not None:
        words = entry.consent_wording.strip()
        if not storable(words) or len(words) > MAX_WORDING:
            raise ValidationError({"consent_wording": _("This text can’t be kept.")})
        recipient.consent_wording = ConsentWording.of(words) if words else None


def checked_tags(entry: Entry) -> None:
    tags.check_names(entry.tags or ())


def put_tags(owner: User, wanted: Mapping[Recipient, Sequence[str]]) -> None:
    names = sorted({name for each in wanted.values() for name in each})
    found: dict[str, Tag] = {}
    for first in range(0, len(names), tags.MAX_AT_ONCE):
        some = tags.tags_named(owner=owner, names=names[first : first + tags.MAX_AT_ONCE])
        found |= {tag.name: tag for tag in some}
    for name, tag in found.items():
        tags.put_on(tag, [person.pk for person, each in wanted.items() if name in map(tags.tidy, each)])


def from_entry(owner: User, entry: Entry, fields: Sequence[RecipientField] = ()) -> Recipient:
    recipient = Recipient(
        owner=owner,
        email=entry.email.strip(),
        full_name=" ".join(entry.full_name.split()),
        comment=entry.comment.strip(),
        consent_basis=entry.consent_basis or Recipient.Consent.NONE,
        consent_source=entry.consent_source.strip(),
    )
    fill(recipient, entry, fields)
    recipient.state = state_by_consent(recipient)
    if has_consent(recipient):
        recipient.consented_at = recipient.consented_at or timezone.now()
    else:
        recipient.consented_at = None
    return recipient


def checked(recipient: Recipient) -> Recipient:
    """The recipient, if every field can be stored; else ValidationError, by field."""
    typed = ("email", "full_name", "comment", "consent_basis", "consent_source", "time_zone", "language")
    unstorable = [name for name in typed if not storable(getattr(recipient, name))]
    if unstorable:
        raise ValidationError({name: _("There are characters here that can’t be stored.") for name in unstorable})
    recipient.clean_fields(exclude=NOT_TYPED)
    if len(addresses.normalise(recipient.email)) > EMAIL_NORM_LENGTH:
        raise ValidationError({"email": _("This address is too long.")})
    return recipient


def has_consent(recipient: Recipient) -> bool:
    return recipient.consent_basis != Recipient.Consent.NONE


def state_by_consent(recipient: Recipient) -> Recipient.State:
    return Recipient.State.ACTIVE if has_consent(recipient) else Recipient.State.UNCONFIRMED


def suppressed_states(owner: User, hashes: Iterable[str]) -> dict[str, Recipient.State]:
    """The state that a suppression, the owner's or the site's, imposes on each address."""
    rows = Suppression.objects.filter(Q(owner=owner) | Q(owner=None), email_hash__in=list(hashes))
    return {row.email_hash: STATE_OF_SUPPRESSION[Suppression.Reason(row.reason)] for row in rows}
