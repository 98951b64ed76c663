"""How many products of a list have each brand, category, price range, stock and rating: all in one statement."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Expression, IntegerField, Q, Value, When

from store.filters import PRICE_STEPS, PRICES, RATINGS, Filter

# What a product misses of the choices made, as the sum of these.
BRAND, STEP, STOCKED, STARS = 1, 2, 4, 8

# PostgreSQL reads the list once, SQLite once into memory. The three columns with few values make few cells together.
FOUND = "WITH found (brand, path, step, stocked, stars, misfits) AS {materialized} ({rows}) "
SETS_POSTGRESQL = (
    "SELECT GROUPING(brand), GROUPING(path), brand, path, step, stocked, stars, misfits, count(*) FROM found"
    " GROUP BY misfits, GROUPING SETS (brand, path, (step, stocked, stars))"
)
SETS_SQLITE = (
    "SELECT 0, 1, brand, NULL, NULL, NULL, NULL, misfits, count(*) FROM found GROUP BY brand, misfits UNION ALL "
    "SELECT 1, 0, NULL, path, NULL, NULL, NULL, misfits, count(*) FROM found GROUP BY path, misfits UNION ALL "
    "SELECT 1, 1, NULL, NULL, step, stocked, stars, misfits, count(*) FROM found GROUP BY step, stocked, stars, misfits"
)


@dataclass(frozen=True, slots=True)
class Tallies:
    """Each counted as if nothing were chosen in it. `steps`: by index of PRICES; `stars`: the highest of RATINGS."""

    count: int
    in_stock: int
    brands: Counter[int | None]
    paths: Counter[str]
    steps: Counter[int]
    stars: Counter[int]


def tallies(chosen: Filter) -> Tallies:
    brands: Counter[int | None] = Counter()
    paths: Counter[str] = Counter()
    steps: Counter[int] = Counter()
    stars: Counter[int] = Counter()
    in_stock = 0
    for no_brand, no_path, brand, path, step, stocked, rating, missed, number in counted(chosen):
        if not no_brand:
            brands[brand] += number * (not missed & ~BRAND)
        elif not no_path:
            paths[path] += number * (not missed)
        else:
            steps[step] += number * (not missed & ~STEP)
            stars[rating] += number * (not missed & ~STARS)
            in_stock += number * (not missed & ~STOCKED and bool(stocked))
    return Tallies(paths.total(), in_stock, +brands, +paths, +steps, +stars)


def counted(chosen: Filter) -> list[tuple[Any, ...]]:
    """As many rows as there are brands, shelves and combinations of the rest in the list."""
    try:
        rows, params = described(chosen)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FOUND.format(materialized="", rows=rows) + SETS_POSTGRESQL, params)
        else:
            cursor.execute(FOUND.format(materialized="MATERIALIZED", rows=rows) + SETS_SQLITE, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def described(chosen: Filter) -> tuple[str, tuple[Any, ...]]:
    """The list as SQL, in the columns of FOUND."""
    steps = [When(price__lt=step, then=Value(index)) for index, step in enumerate(PRICE_STEPS)]
    rows = chosen.described.annotate(
        step=Case(*steps, default=Value(len(PRICE_STEPS)), output_field=IntegerField()),
        stars=Case(*(When(rating__gte=least, then=Value(least)) for least in RATINGS), default=Value(0)),
        misfits=misfits(chosen),
    )
    columns = ("brand_id", "category_path", "step", "in_stock", "stars", "misfits")
    sql: tuple[str, tuple[Any, ...]] = rows.order_by().values_list(*columns).query.sql_with_params()
    return sql


def misfits(chosen: Filter) -> Expression:
    conditions = {}
    if chosen.brands:
        conditions[BRAND] = Q(brand_id__in=chosen.brand_ids)
    if chosen.prices:
        conditions[STEP] = Q(*(PRICES[key].condition for key in chosen.prices), _connector=Q.OR)
    if chosen.in_stock:
        conditions[STOCKED] = Q(in_stock=True)
    if chosen.rating:
        conditions[STARS] = Q(rating__gte=chosen.rating)
    missed: Expression = Value(0)
    for weight, condition in conditions.items():
        missed = missed + Case(When(condition, then=Value(0)), default=Value(weight))  # type: ignore[assignment]
    return missed
