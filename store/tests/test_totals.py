"""What it comes to, to the cent, whatever is bought."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import TaxPart
from store.totals import Share, spread, work_out

cents = st.integers(min_value=0, max_value=1_000_000).map(lambda units: Decimal(units) / 100)
rates = st.sampled_from([Decimal(rate) for rate in ("0", "5", "9", "12", "19", "21", "25.5", "100")])


@st.composite
def shares(draw: st.DrawFn) -> Share:
    total = draw(cents)
    part = draw(st.integers(min_value=0, max_value=int(total * 100)))
    return Share(total=total, discount=Decimal(part) / 100, rate=draw(rates))


@given(lines=st.lists(shares(), max_size=12), shipping=cents, rate=rates, included=st.booleans())
@settings(max_examples=300, deadline=None)
def test_totals_add_up_in_every_case(lines: list[Share], shipping: Decimal, rate: Decimal, included: bool) -> None:
    totals = work_out(lines=lines, shipping=shipping, shipping_rate=rate, included=included)
    assert totals.subtotal == sum(line.total for line in lines)
    assert totals.discount == sum(line.discount for line in lines)
    goods = totals.subtotal - totals.discount + totals.shipping
    assert totals.total == (goods if included else goods + totals.tax)
    assert totals.tax == sum((line.tax for line in totals.lines), Decimal(0)) + totals.shipping_tax
    assert all(line.tax >= 0 for line in totals.lines)
    if totals.taxes:
        assert totals.tax == sum(part.tax for part in totals.taxes)
        assert totals.total == sum(part.net + part.tax for part in totals.taxes)


@given(amount=cents, weights=st.lists(cents, min_size=1, max_size=20))
@settings(max_examples=300, deadline=None)
def test_parts_add_up_and_none_is_more_than_its_weight(amount: Decimal, weights: list[Decimal]) -> None:
    amount = min(amount, sum(weights, Decimal(0)))
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(Decimal(0) <= part <= weight for part, weight in zip(parts, weights, strict=True))


def test_a_cent_that_cannot_be_divided_goes_to_whom_lost_most() -> None:
    assert spread(Decimal("0.10"), [Decimal(1), Decimal(1), Decimal(2)]) == [
        Decimal("0.03"),
        Decimal("0.02"),
        Decimal("0.05"),
    ]


@pytest.mark.parametrize(
    ("included", "total", "parts"),
    [
        (True, "36.00", [("21", "20.66", "4.34"), ("12", "9.82", "1.18")]),
        (False, "42.57", [("21", "25.00", "5.25"), ("12", "11.00", "1.32")]),
    ],
)
def test_each_rate_is_told_apart(included: bool, total: str, parts: list[tuple[str, str, str]]) -> None:
    lines = [Share(Decimal(20), rate=Decimal(21)), Share(Decimal(11), rate=Decimal(12))]
    totals = work_out(lines=lines, shipping=Decimal(5), shipping_rate=Decimal(21), included=included)
    assert totals.total == Decimal(total)
    assert totals.taxes == [TaxPart(*map(Decimal, part)) for part in parts]


def test_where_nothing_is_taxed_no_rate_is_named() -> None:
    totals = work_out(lines=[Share(Decimal(20))], shipping=Decimal(5))
    assert (totals.total, totals.tax, totals.taxes) == (25, 0, [])
