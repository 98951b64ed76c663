"""An owner's own fields of recipients: what they are, and the values that fit them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import field_uses
from campaigns.characters import storable
from campaigns.errors import CampaignError
from campaigns.models import RecipientField

MAX_FIELDS = 50
MAX_TEXT = 500
# Messages know these already.
TAKEN = ("email", "full_name", "unsubscribe_url")
YES = frozenset(("yes", "true", "1", "y", "on", "да", "д", "истина", "+"))
NO = frozenset(("no", "false", "0", "n", "off", "нет", "н", "ложь", "-"))


def fields_of(owner: User) -> list[RecipientField]:
    return list(RecipientField.objects.owned_by(owner))


def add_field(*, owner: User, key: str, label: str, kind: str = RecipientField.Kind.TEXT) -> RecipientField:
    """A new field, after the others. Raises ValidationError by field, CampaignError when there are too many."""
    rows = RecipientField.objects.owned_by(owner)
    if rows.count() >= MAX_FIELDS:
        raise CampaignError(_("There can be up to %(most)s fields.") % {"most": MAX_FIELDS})
    last = rows.aggregate(last=Max("position"))["last"] or 0
    field = RecipientField(owner=owner, key=key.strip(), label=label.strip(), kind=kind, position=last + 1)
    if field.key in TAKEN:
        raise ValidationError({"key": _("Messages use this word already; choose another one.")})
    field.clean_fields(exclude=["owner"])
    # Not by `full_clean`: without the owner it would not look whether the key is taken.
    if rows.filter(key=field.key).exists():
        raise ValidationError({"key": _("There is a field with this key already.")})
    field.save()
    return field


def add_named_field(*, owner: User, label: str, kind: str) -> RecipientField:
    """A new field whose key is made of its label; a field of that key and kind that is there already is used."""
    key = re.sub(r"[^a-z0-9]+", "_", slugify(anyascii(label)).lower()).strip("_")[:36] or "field"
    key = key if key[0].isalpha() else f"f_{key}"
    known = {field.key: field for field in fields_of(owner)}
    free, number = key, 2
    while free in known or free in TAKEN:
        if free in known and known[free].kind == kind:
            return known[free]
        free, number = f"{key}_{number}", number + 1
    return add_field(owner=owner, key=free, label=label[:80], kind=kind)


def change_field(*, field: RecipientField, label: str, key: str | None = None) -> RecipientField:
    """Another label. Key and kind stay: values, segments and messages, sent ones too, depend on them.

    Raises ValidationError, by field.
    """
    if key is not None and key.strip() != field.key:
        sentence = _("The key stays: recipients, segments and messages use it. Make a new field instead.")
        raise ValidationError({"key": sentence})
    field.label = label.strip()
    field.full_clean(exclude=["owner"])
    field.save()
    return field


@transaction.atomic
def delete_field(*, field: RecipientField) -> None:
    """Its values stay with the recipients, unseen, until `bulk` has swept them up. Raises CampaignError."""
    for reason in field_uses.hindrances(field):
        raise CampaignError(reason)
    for form in field_uses.forms_with(field):
        form.fields.remove(field.key)
        form.save(update_fields=["fields"])
    field.delete()


def order_fields(*, owner: User, keys: Sequence[str]) -> None:
    """Put the fields into this order; those that are not named follow as they stood."""
    with transaction.atomic():
        fields = fields_of(owner)
        place = {key: number for number, key in enumerate(keys)}
        fields.sort(key=lambda field: place.get(field.key, len(place) + field.position))
        for number, field in enumerate(fields, 1):
            field.position = number
        RecipientField.objects.bulk_update(fields, ["position"])


def read_value(field: RecipientField, raw: Any) -> Any:
    """The value as `Recipient.attributes` keeps it; None for nothing. Raises ValidationError."""
    if isinstance(raw, bool):
        return READERS[field.kind]("yes" if raw else "no")
    written = "" if raw is None else str(raw).strip()
    return READERS[field.kind](written) if written else None


def read_text(written: str) -> str:
    if len(written) > MAX_TEXT:
        raise ValidationError(_("This is longer than %(most)s characters.") % {"most": MAX_TEXT})
    if not storable(written):
        raise ValidationError(_("There are characters here that can’t be stored."))
    return written


def read_number(written: str) -> int | float:
    tidy = "".join(written.replace("\xa0", "").replace("\u202f", "").split()).replace(",", ".")
    try:
        number = Decimal(tidy)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise ValidationError(_("“%(value)s” is not a number."), params={"value": written[:40]})
    return int(number) if number == number.to_integral_value() else float(number)


def read_date(written: str) -> str:
    """As YYYY-MM-DD; also as people in Europe write it, and as workbooks give it."""
    day = written.split("T")[0].split(" ")[0]
    parts = day.split("-") if "-" in day else list(reversed(day.replace("/", ".").split(".")))
    try:
        year, month, number = (int(part) for part in parts)
        return date(year, month, number).isoformat()
    except ValueError:
        raise ValidationError(_("“%(value)s” is not a date."), params={"value": written[:40]}) from None


def read_yes_no(written: str) -> bool:
    word = written.lower()
    if word in YES or word in NO:
        return word in YES
    raise ValidationError(_("“%(value)s” is neither yes nor no."), params={"value": written[:40]})


READERS: dict[str, Any] = {
    RecipientField.Kind.TEXT: read_text,
    RecipientField.Kind.NUMBER: read_number,
    RecipientField.Kind.DATE: read_date,
    RecipientField.Kind.YES_NO: read_yes_no,
}


def merged(fields: Sequence[RecipientField], present: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`present` values with the `given` ones read into them; nothing takes a value away. Raises ValidationError."""
    known = {field.key: field for field in fields}
    values, errors = dict(present), []
    for key, raw in given.items():
        if key not in known:
            errors.append(_("There is no field “%(key)s”.") % {"key": key})
            continue
        try:
            value = read_value(known[key], raw)
        except ValidationError as error:
            errors.append(f"{known[key].label}: {' '.join(error.messages)}")
            continue
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    if errors:
        raise ValidationError({"fields": errors})
    return values
