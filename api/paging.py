"""Keyset paging: `?page_size=&cursor=`, the same cost at any depth."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

M = TypeVar("M", bound=Model)

DEFAULT_PAGE_SIZE = 24
MAX_PAGE_SIZE = 100


class BadCursor(ValueError):
    """The cursor is not one that this list gave out."""

    code = "bad_cursor"

    def __init__(self) -> None:
        super().__init__(_("This cursor does not belong to this list; start again without it."))


class PageQuery(Schema):
    """The query parameters of every list."""

    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE)
    cursor: str = ""


def page(
    queryset: QuerySet[M], *, order: Sequence[str], cursor: str = "", size: int = DEFAULT_PAGE_SIZE
) -> tuple[list[M], str | None]:
    """One page in `order` and the cursor of the next one, None on the last page.

    `order` names concrete, non-null fields (`-` for descending, `__` to follow relations); the last one is unique.
    """
    queryset = queryset.order_by(*order)
    if cursor:
        queryset = queryset.filter(after(order, fitting(queryset.model, order, decode(cursor, len(order)))))
    rows = list(queryset[: size + 1])
    if len(rows) <= size:
        return rows, None
    return rows[:size], encode(rows[size - 1], order)


def after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows behind the one with `values`: (a > x) or (a = x and b > y) …"""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field, operator = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        condition |= equal & Q(**{f"{field}__{operator}": value})
        equal &= Q(**{field: value})
    # The first column alone as well: databases seek by it, which they do not by the OR.
    first = order[0].lstrip("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]}) & condition


def encode(row: Model, order: Sequence[str]) -> str:
    values = []
    for name in order:
        value: Any = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value)
    # str() and not DjangoJSONEncoder, which cuts times to milliseconds: rows within one would be skipped.
    text = json.dumps(values, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursor from error
    if not isinstance(values, list) or len(values) != length or any(isinstance(value, list | dict) for value in values):
        raise BadCursor
    return values


def fitting(model: type[Model], order: Sequence[str], values: Sequence[Any]) -> list[Any]:
    """The values as the columns of `order` hold them; BadCursor for any that no row can have."""
    try:
        return [possible(column(model, name), value) for name, value in zip(order, values, strict=True)]
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        raise BadCursor from error


def column(model: type[Model], name: str) -> Any:
    *relations, last = name.lstrip("-").split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    return model._meta.pk if last == "pk" else model._meta.get_field(last)


def possible(field: Any, value: Any) -> Any:
    """Raises one of many errors for what a database would choke on: NUL, half a surrogate pair, 64 bits and more."""
    value = field.to_python(value)
    if value is None or (isinstance(value, int) and value.bit_length() > 63):
        raise ValueError
    if isinstance(value, str) and b"\0" in value.encode():
        raise ValueError
    if isinstance(value, datetime):
        # Naive ones are not ours; some near the ends of the calendar do not exist in UTC.
        return value.astimezone(UTC) if value.tzinfo else possible(field, None)
    return value
