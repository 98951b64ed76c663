"""Long lists page by page, newest first: the same cost at any depth, and counted as far as anybody reads."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Page(Generic[M]):
    """`older` and `newer` are the keys of the pages beside it, None where there are none."""

    rows: list[M]
    older: int | None
    newer: int | None


@dataclass(frozen=True)
class Count:
    """`is_capped`: there are more than `number`."""

    number: int
    is_capped: bool


def page_of(rows: QuerySet[M], *, size: int, after: int | None = None, before: int | None = None) -> Page[M]:
    """The page behind (or before) the row of that key; the first one where there are no rows there."""
    if before is not None:
        some = list(rows.filter(pk__gt=before).order_by("pk")[: size + 1])
        if len(some) <= size:
            return page_of(rows, size=size)
        shown = some[:size][::-1]
        return Page(shown, shown[-1].pk, shown[0].pk)
    stretch = rows.filter(pk__lt=after) if after is not None else rows
    some = list(stretch.order_by("-pk")[: size + 1])
    if after is not None and not some:
        return page_of(rows, size=size)
    shown = some[:size]
    return Page(shown, shown[-1].pk if len(some) > size else None, shown[0].pk if after is not None else None)


def count_of(rows: QuerySet[Any]) -> Count:
    """COUNT(*) would read all rows of a large list for a figure that nobody reads to its last digit."""
    found = rows.order_by()[: MOST_COUNTED + 1].count()
    return Count(min(found, MOST_COUNTED), found > MOST_COUNTED)
