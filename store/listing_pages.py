"""One page of a list, at the same cost at any depth."""

import base64
import json
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from api import paging
from api.paging import BadCursor
from store import search
from store.cards import COLUMNS
from store.filters import Filter
from store.models import ProductListing

PAGE_SIZE = 24
# Nobody reads further down a list by relevance, and its cost grows with the depth.
MAX_RELEVANT = 1000
RANKED_SECONDS = 60
MAX_ID = 2**63 - 1


def to_time(value: str) -> datetime:
    moment = parse_datetime(value)
    if moment is None or timezone.is_naive(moment):
        raise ValueError(value)
    return moment


@dataclass(frozen=True, slots=True)
class Sort:
    """An order with an index of its own; ties go by product id in the same direction."""

    label: str | Promise
    column: str
    descending: bool
    parse: Callable[[Any], Any]

    @property
    def order(self) -> tuple[str, str]:
        sign = "-" if self.descending else ""
        return f"{sign}{self.column}", f"{sign}product_id"


SORTS = {
    "popular": Sort(_("Most popular"), "popularity", True, int),
    "newest": Sort(_("Newest first"), "created_at", True, to_time),
    "price": Sort(_("Price: low to high"), "price", False, Decimal),
    "-price": Sort(_("Price: high to low"), "price", True, Decimal),
    "rating": Sort(_("Best rated"), "rating_rank", True, int),
}
DEFAULT_SORT = "popular"
RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class ListingPage:
    """`rows` for `cards.cards`; `next` and `previous` are cursors, None where the list ends.

    An empty `previous` is the first page: its address needs no cursor.
    """

    rows: list[dict[str, Any]]
    next: str | None
    previous: str | None


def page(*, chosen: Filter, sort: str, after: str = "", before: str = "", size: int = PAGE_SIZE) -> ListingPage:
    """The page behind the cursor `after`, or the one that ends in front of `before`. Raises BadCursor."""
    if sort == RELEVANCE:
        return page_by_relevance(chosen=chosen, after=after, size=size)
    order, rows = SORTS[sort], chosen.apply()
    if before:
        return page_before(rows, order, before, size)
    if after:
        rows = rows.filter(beyond(order, after, descending=order.descending))
    found = list(rows.order_by(*order.order).values(*COLUMNS, *SORT_COLUMNS)[: size + 1])
    previous = cursor(found[0], order) if after and found else "" if after else None
    return ListingPage(found[:size], cursor(found[size - 1], order) if len(found) > size else None, previous)


def page_before(rows: QuerySet[ProductListing], order: Sort, before: str, size: int) -> ListingPage:
    rows = rows.filter(beyond(order, before, descending=not order.descending))
    backwards = [name.removeprefix("-") if order.descending else f"-{name}" for name in order.order]
    found = list(rows.order_by(*backwards).values(*COLUMNS, *SORT_COLUMNS)[: size + 1])
    shown = found[:size][::-1]
    if len(found) <= size:
        # The list's beginning: the first page, with what fits on it.
        return ListingPage(shown, cursor(shown[-1], order) if shown else None, None)
    return ListingPage(shown, cursor(shown[-1], order), cursor(shown[0], order))


def page_by_relevance(*, chosen: Filter, after: str, size: int) -> ListingPage:
    start = 0
    if after:
        (number,) = paging.decode(after, 1)
        if not isinstance(number, int) or not 0 < number <= MAX_RELEVANT:
            raise BadCursor
        start = number
    ids = best_matches(chosen)
    shown = ids[start : start + size]
    rows = {row["product_id"]: row for row in ProductListing.objects.filter(pk__in=shown).values(*COLUMNS)}
    more = len(ids) > start + size and start + size < MAX_RELEVANT
    previous = None if not start else encode([start - size]) if start > size else ""
    found = [rows[pk] for pk in shown if pk in rows]
    return ListingPage(found, encode([start + size]) if more else None, previous)


def best_matches(chosen: Filter) -> "array[int]":
    """Product ids by relevance, ranked at most once a minute per process: all pages of a search read one ranking."""
    kept = caches["local"]
    found: array[int] | None = kept.get(("ranked", chosen))
    if found is None:
        found = array("q", search.ranked(chosen.apply(), chosen.query))
        kept.set(("ranked", chosen), found, RANKED_SECONDS)
    return found


SORT_COLUMNS = ("popularity", "created_at", "rating_rank")


def beyond(order: Sort, cursor: str, *, descending: bool) -> TupleLessThan | TupleGreaterThan:
    """(column, product) < (x, y): a row comparison, for which both databases seek in the index."""
    value, pk = paging.decode(cursor, 2)
    try:
        values = (order.parse(value), pk)
    except (ValueError, TypeError, OverflowError, InvalidOperation) as error:
        raise BadCursor from error
    if not isinstance(pk, int) or not 0 < pk <= MAX_ID or not is_possible(values[0]):
        raise BadCursor
    lookup = TupleLessThan if descending else TupleGreaterThan
    return lookup(Tuple(F(order.column), F("product_id")), values)


def is_possible(value: Any) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and 0 <= value < Decimal(10) ** 10
    return not isinstance(value, int) or 0 <= value < 2**31


def cursor(row: dict[str, Any], order: Sort) -> str:
    value = row[order.column]
    # Microseconds too: whole imports share a second.
    return encode([value.isoformat() if isinstance(value, datetime) else value, row["product_id"]])


def encode(values: list[Any]) -> str:
    text = json.dumps(values, cls=DjangoJSONEncoder, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
