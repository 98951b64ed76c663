"""A list as a table, however long."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from campaigns import own_fields
from campaigns.models import Recipient

COLUMNS = (
    "email",
    "full_name",
    "comment",
    "state",
    "time_zone",
    "language",
    "consent_basis",
    "consent_source",
    "consented_at",
    "created_at",
)


def table(owner: User, rows: QuerySet[Recipient]) -> Iterator[Sequence[Any]]:
    """Header and rows; read in pieces, with the tags of each piece in one query."""
    keys = [field.key for field in own_fields.fields_of(owner)]
    yield [*COLUMNS, "tags", *keys]
    for recipient in rows.order_by("pk").prefetch_related("tags").iterator(chunk_size=2000):
        plain = [getattr(recipient, name) for name in COLUMNS]
        tags = ", ".join(tag.name for tag in recipient.tags.all())
        yield [*plain, tags, *(recipient.attributes.get(key) for key in keys)]
