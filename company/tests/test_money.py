"""Amounts and percentages as each language writes them."""

from decimal import Decimal

import pytest
from django.utils import translation

from company.money import format_percent


@pytest.mark.parametrize(
    ("language", "value", "places", "expected"),
    [
        ("en", Decimal("21.00"), None, "21%"),
        ("en", Decimal("100"), None, "100%"),
        ("en", Decimal("5.50"), None, "5.5%"),
        ("en", Decimal("100"), 1, "100.0%"),
        ("en", 0, None, "0%"),
        ("ru", Decimal("19.00"), None, "19\u00a0%"),
        ("ru", Decimal("5.50"), None, "5,5\u00a0%"),
        ("ru", Decimal("12.345"), 1, "12,3\u00a0%"),
    ],
)
def test_a_percentage_is_written_as_the_language_does(
    language: str, value: Decimal, places: int | None, expected: str
) -> None:
    with translation.override(language):
        assert format_percent(value, places) == expected
