"""The numbers beside a list against counting by hand, for choices in every dimension together and apart."""

from decimal import Decimal
from itertools import product as every_combination
from typing import Any

import pytest

from store.filters import PRICES, RATINGS, Filter
from store.models import Category, ProductListing
from store.tallies import tallies
from store.tests.factories import BrandFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db
KEYS = list(PRICES)


@pytest.fixture
def goods() -> None:
    brands = [BrandFactory(slug="acme"), BrandFactory(slug="bolt"), None]
    shelf = CategoryFactory(slug="phones")
    for number, (brand, price, stock) in enumerate(every_combination(brands, ("15", "99", "700"), (0, 9))):
        item: Any = ProductFactory(brand=brand, category=shelf, price=Decimal(price), stock=stock)
        ProductListing.objects.filter(pk=item.pk).update(rating=number % 6)


@pytest.mark.parametrize("brands", [(), ("acme",), ("acme", "bolt"), ("unknown",)])
@pytest.mark.parametrize("prices", [(), (KEYS[0], KEYS[-1])])
@pytest.mark.parametrize("in_stock", [False, True])
@pytest.mark.parametrize("rating", [0, 4])
def test_each_number_is_the_length_of_the_list_that_it_leads_to(
    goods: None, brands: tuple[str, ...], prices: tuple[str, ...], in_stock: bool, rating: int
) -> None:
    def length(**changed: object) -> int:
        chosen = {"brands": brands, "prices": prices, "in_stock": in_stock, "rating": rating}
        return Filter(**(chosen | changed)).apply().count()  # type: ignore[arg-type]

    found = tallies(Filter(brands=brands, prices=prices, in_stock=in_stock, rating=rating))
    assert found.count == length()
    assert found.in_stock == length(in_stock=True)
    assert found.paths == ({Category.objects.get().path: length()} if length() else {})
    assert {index: found.steps[index] for index in range(len(KEYS))} == {
        index: length(prices=(key,)) for index, key in enumerate(KEYS)
    }
    assert sum(found.brands.values()) == length(brands=())
    for least in RATINGS:
        assert sum(number for stars, number in found.stars.items() if stars >= least) == length(rating=least)
