"""One batch of an import: many rows of a file become rows of the list in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.time_zones import known_time_zones
from campaigns import addresses, own_fields, tags
from campaigns.characters import storable
from campaigns.list_import.columns import addressee, cell
from campaigns.list_import.files import Row
from campaigns.models import Recipient, RecipientField, Tag
from campaigns.recipients import suppressed_states
from campaigns.segments.vocabulary import OWN

LEAVE, FILL, REPLACE = "leave", "fill", "replace"
WRITTEN = ["full_name", "comment", "time_zone", "language", "attributes"]
Refusal = tuple[int, str, str]


@dataclass(frozen=True)
class Terms:
    """What was settled before the import began."""

    owner: User
    columns: Mapping[str, Sequence[int]]
    basis: str
    source: str
    # When the consent was stated: of one import always the same moment.
    at: datetime
    known: str
    tags: Sequence[Tag]
    fields: Mapping[str, RecipientField]


@dataclass
class Draft:
    line: int
    recipient: Recipient
    tags: list[str]


@dataclass
class Taken:
    added: int = 0
    changed: int = 0
    untouched: int = 0
    suppressed: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("added", "changed", "untouched", "suppressed")}


def take(terms: Terms, rows: Sequence[Row]) -> Taken:
    """Put the rows into the list; call it in a transaction.

    Taking the same rows twice adds nobody twice: the address is unique in the list.
    """
    taken = Taken()
    drafts: dict[str, Draft] = {}
    for row in rows:
        draft = None
        try:
            draft = understood(terms, row)
            if row.first not in (None, row.line):
                raise ValidationError(_("The same address stands in line %(line)s.") % {"line": row.first})
        except ValidationError as error:
            key = draft.recipient.email if draft else cell(row.cells, terms.columns, "email")
            taken.refused.append((row.line, key.replace("\0", "␀"), " ".join(error.messages)))
        else:
            drafts[draft.recipient.email_norm] = draft
    store(terms, drafts, taken)
    return taken


def understood(terms: Terms, row: Row) -> Draft:
    """The row as a recipient, not stored. Raises ValidationError."""
    recipient = Recipient(owner=terms.owner, **person(terms, row))
    recipient.email = address(recipient.email)
    if recipient.time_zone and recipient.time_zone not in known_time_zones():
        raise ValidationError(_("There is no time zone “%(name)s”.") % {"name": recipient.time_zone[:64]})
    for name, most in (("full_name", 200), ("comment", 2000), ("language", 8)):
        written = getattr(recipient, name)
        if len(written) > most:
            raise ValidationError(_("This is longer than %(most)s characters.") % {"most": most})
        if not storable(written):
            raise ValidationError(_("There are characters here that can’t be stored."))
    recipient.attributes = values(terms, row)
    recipient.consent_basis, recipient.consent_source = terms.basis, terms.source
    if terms.basis != Recipient.Consent.NONE:
        recipient.state, recipient.consented_at = Recipient.State.ACTIVE, terms.at
    recipient.derive()
    return Draft(row.line, recipient, tag_names(terms, row))


def tag_names(terms: Terms, row: Row) -> list[str]:
    names = [
        name
        for index in terms.columns.get("tags", ())
        if index < len(row.cells)
        for name in tags.names_in(row.cells[index])
    ]
    if len(names) > tags.MAX_AT_ONCE or any(len(name) > tags.MAX_NAME or not storable(name) for name in names):
        raise ValidationError(_("A recipient has up to 20 tags, each of up to 60 characters."))
    return names


def person(terms: Terms, row: Row) -> dict[str, str]:
    found = {name: cell(row.cells, terms.columns, name) for name in ("full_name", "comment", "time_zone", "language")}
    name, email = addressee(row.cells, terms.columns)
    found["full_name"] = found["full_name"] or name
    if not found["full_name"]:
        parts = (cell(row.cells, terms.columns, name) for name in ("first", "middle", "last"))
        found["full_name"] = " ".join(part for part in parts if part)
    return {**found, "full_name": " ".join(found["full_name"].split()), "email": email}


def address(email: str) -> str:
    if not storable(email):
        raise ValidationError(_("There are characters here that can’t be stored."))
    addresses.validate(email)
    if len(addresses.normalise(email)) > 320:
        raise ValidationError(_("This address is too long."))
    return email


def values(terms: Terms, row: Row) -> dict[str, Any]:
    found = {}
    for key, own in terms.fields.items():
        try:
            value = own_fields.read_value(own, cell(row.cells, terms.columns, f"{OWN}{key}"))
        except ValidationError as error:
            raise ValidationError(f"{own.label}: {' '.join(error.messages)}") from error
        if value is not None:
            found[key] = value
    return found


def store(terms: Terms, drafts: dict[str, Draft], taken: Taken) -> None:
    listed = Recipient.objects.filter(owner=terms.owner, email_norm__in=drafts).order_by()
    known = {recipient.email_norm: recipient for recipient in listed}
    fresh = [draft.recipient for norm, draft in drafts.items() if norm not in known]
    states = suppressed_states(terms.owner, [recipient.email_hash for recipient in fresh])
    for recipient in fresh:
        recipient.state = states.get(recipient.email_hash, recipient.state)
        taken.suppressed += recipient.email_hash in states
    Recipient.objects.bulk_create(fresh, ignore_conflicts=True)
    taken.added += len(fresh)
    changed = (
        []
        if terms.known == LEAVE
        else [recipient for norm, recipient in known.items() if change(terms, recipient, drafts[norm].recipient)]
    )
    Recipient.objects.bulk_update(changed, [*WRITTEN, "state", "consent_basis", "consent_source", "consented_at"], 500)
    taken.changed += len(changed)
    taken.untouched += len(known) - len(changed)
    touched = drafts if terms.known != LEAVE else {n: draft for n, draft in drafts.items() if n not in known}
    put_tags(terms, touched)


def change(terms: Terms, recipient: Recipient, given: Recipient) -> bool:
    """Take over what the file says; who was unconfirmed gets the consent that is stated now. False for no change."""
    before = [getattr(recipient, name) for name in (*WRITTEN, "state")]
    for name in ("full_name", "comment", "time_zone", "language"):
        present, new = getattr(recipient, name), getattr(given, name)
        setattr(recipient, name, new if new and (terms.known == REPLACE or not present) else present)
    pair = (recipient.attributes, given.attributes)
    recipient.attributes = {**pair[0], **pair[1]} if terms.known == REPLACE else {**pair[1], **pair[0]}
    if terms.basis != Recipient.Consent.NONE and recipient.state == Recipient.State.UNCONFIRMED:
        recipient.state = suppressed_states(terms.owner, [recipient.email_hash]).get(
            recipient.email_hash, Recipient.State.ACTIVE
        )
        recipient.consent_basis, recipient.consent_source = terms.basis, terms.source
        recipient.consented_at = terms.at
    return before != [getattr(recipient, name) for name in (*WRITTEN, "state")]


def put_tags(terms: Terms, drafts: Mapping[str, Draft]) -> None:
    wanted = {name for draft in drafts.values() for name in draft.tags}
    if not (wanted or terms.tags) or not drafts:
        return
    found: dict[str, Tag] = {}
    names = sorted(wanted)
    for first in range(0, len(names), tags.MAX_AT_ONCE):
        some = tags.tags_named(owner=terms.owner, names=names[first : first + tags.MAX_AT_ONCE])
        found |= {tag.name: tag for tag in some}
    rows = Recipient.objects.filter(owner=terms.owner, email_norm__in=drafts).order_by()
    ids = dict(rows.values_list("email_norm", "pk"))
    for tag in terms.tags:
        tags.put_on(tag, ids.values())
    by_tag: dict[str, list[int]] = {}
    for norm, draft in drafts.items():
        for name in draft.tags:
            by_tag.setdefault(name, []).append(ids[norm])
    for name, people in by_tag.items():
        tags.put_on(found[name], people)
