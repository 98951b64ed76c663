"""The admin's form of a product stays quick with many variants, brands and values of options."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import UserFactory
from store.models import Brand, OptionType, OptionValue, Product, Variant
from store.tests.factories import BrandFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Shop managers"))
    client.force_login(user)
    return client


@pytest.fixture
def colours() -> list[OptionValue]:
    colour = OptionType.objects.create(name_en="Colour", slug="colour")
    return [OptionValue.objects.create(option_type=colour, name_en=f"Shade {number}") for number in range(27)]


def with_variants(colours: list[OptionValue], count: int) -> Product:
    product = ProductFactory(slug=f"tee-{count}", sku=f"{count}-0")
    for number in range(1, count):
        values = {"sku": f"{count}-{number}", "price": Decimal(10), "option1": colours[number]}
        Variant.objects.create(product=product, **values)
    return product


def queries(client: Client, product: Product) -> int:
    url = reverse("store_products:edit", args=[product.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert "Colour: Shade 26" in client.get(url).content.decode()
    return len(captured)


def test_many_variants_cost_as_many_queries_as_few(manager: Client, colours: list[OptionValue]) -> None:
    few = queries(manager, with_variants(colours, 3))
    assert queries(manager, with_variants(colours, 27)) == few <= 35


def test_brand_and_category_are_chosen_from_a_list_of_pages(manager: Client) -> None:
    product = ProductFactory(brand=BrandFactory(name="Fjord"))
    Brand.objects.bulk_create(Brand(name=f"Maker {number}", slug=f"maker-{number}") for number in range(200))
    page = manager.get(reverse("store_products:edit", args=[product.pk])).content.decode()
    assert "Fjord" in page and "Maker 77" not in page
    for name in ("brand_chooser", "category_chooser"):
        assert manager.get(reverse(f"{name}:choose")).status_code == 200
    found = manager.get(reverse("brand_chooser:choose_results"), {"q": "Maker 77"}).content.decode()
    assert "Maker 77" in found and "Maker 78" not in found
