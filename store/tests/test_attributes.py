"""Typed attributes: in the specification table, and narrowing lists together with options."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from store import attributes, listing, options
from store.models import Attribute, AttributeChoice, OptionType, OptionValue, Product, ProductAttribute
from store.tests.factories import CategoryFactory, ProductFactory, VariantFactory
from store.tests.test_catalogue_admin import editor, inline, product_form

pytestmark = pytest.mark.django_db
__all__ = ["editor"]


def names(response: Any) -> set[str]:
    return {card.name for card in response.context["products"]}


def shown(response: Any) -> dict[str, dict[str, int]]:
    facets = response.context["facets"].properties
    return {facet.code: {choice.value: choice.count for choice in facet.choices} for facet in facets}


def describe(product: Product, **values: Any) -> None:
    for slug, value in values.items():
        attribute = Attribute.objects.get(slug=slug)
        field = "number" if isinstance(value, int | Decimal) and not isinstance(value, bool) else "choice"
        field = "flag" if isinstance(value, bool) else field
        if field == "choice":
            value = AttributeChoice.objects.get(attribute=attribute, slug=value)
        ProductAttribute.objects.create(product=product, attribute=attribute, **{field: value})
    listing.refresh(product_ids=[product.pk])


@pytest.fixture
def tables() -> dict[str, Product]:
    """Three tables (oak 10 kg folding, pine 12.5 kg, oak 30 kg in two colours) and a chair of oak, elsewhere."""
    shelf = CategoryFactory(slug="tables")
    material = Attribute.objects.create(
        slug="material", kind="choice", name_en="Material", name_ru="Материал", filterable=True
    )
    for number, (name, ru) in enumerate((("Oak", "Дуб"), ("Pine", "Сосна"), ("Steel", "Сталь"))):
        AttributeChoice.objects.create(attribute=material, name_en=name, name_ru=ru, sort_order=number)
    weight = Attribute.objects.create(
        slug="weight", kind="number", name_en="Weight", unit_en="kg", unit_ru="кг", filterable=True, sort_order=1
    )
    folding = Attribute.objects.create(slug="folding", kind="flag", name_en="Folding", filterable=True, sort_order=2)
    for attribute in (weight, folding):
        attribute.categories.add(shelf)
    colour = OptionType.objects.create(slug="colour", name_en="Colour", is_colour=True)
    made = {
        name: ProductFactory(name_en=name, category=shelf, slug=name.lower()) for name in ("Small", "Middle", "Large")
    }
    made["Chair"] = ProductFactory(name_en="Chair")
    for number, name in enumerate(("Red", "Blue")):
        value = OptionValue.objects.create(option_type=colour, name_en=name, swatch="#aa0000", sort_order=number)
        variant = made["Large"].variants.get() if not number else VariantFactory(product=made["Large"])
        options.assign(variant=variant, values=[value]).save()
    attributes.forget()
    describe(made["Small"], material="oak", weight=10, folding=True)
    describe(made["Middle"], material="pine", weight=Decimal("12.5"), folding=False)
    describe(made["Large"], material="oak", weight=30)
    describe(made["Chair"], material="oak")
    return made


def test_facets_are_counted_as_if_nothing_were_chosen_in_them(client: Client, tables: Any) -> None:
    assert shown(client.get("/store/c/tables/")) == {
        "o.colour": {"red": 1, "blue": 1},
        "a.material": {"oak": 2, "pine": 1},
        "a.weight": {"10": 1, "12.5": 1, "30": 1},
        "a.folding": {"1": 1, "0": 1},
    }
    response = client.get("/store/c/tables/?a.material=oak")
    assert names(response) == {"Small", "Large"}
    assert shown(response)["a.material"] == {"oak": 2, "pine": 1}
    assert shown(response)["a.weight"] == {"10": 1, "30": 1}
    assert response.context["facets"].count == 2


def test_values_of_one_attribute_add_up_and_attributes_narrow_each_other(client: Client, tables: Any) -> None:
    assert names(client.get("/store/c/tables/?a.material=oak&a.material=pine")) == {"Small", "Middle", "Large"}
    assert names(client.get("/store/c/tables/?a.material=oak&a.weight=30")) == {"Large"}
    assert names(client.get("/store/c/tables/?a.weight=11..31")) == {"Middle", "Large"}
    assert names(client.get("/store/c/tables/?a.weight=..")) == {"Small", "Middle", "Large"}
    assert names(client.get("/store/c/tables/?a.folding=1")) == {"Small"}
    assert names(client.get("/store/c/tables/?o.colour=blue")) == {"Large"}
    assert names(client.get("/store/search/?q=table&a.material=oak")) == set()
    assert names(client.get("/store/?a.material=oak")) == {"Small", "Large", "Chair"}


def test_the_choice_stands_in_the_address_and_in_chips(client: Client, tables: Any) -> None:
    response = client.get("/store/c/tables/?a.weight=10..20&a.material=oak&in_stock=1")
    chips = {chip["label"]: chip["url"] for chip in response.context["chips"]}
    assert chips["Material: Oak"] == "/store/c/tables/?in_stock=1&a.weight=10..20"
    assert chips["Weight: 10–20\u00a0kg"] == "/store/c/tables/?in_stock=1&a.material=oak"
    assert "noindex" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["a.weight=NaN", "a.weight=1e9..", "a.weight=%00", "a.material=no-such", "a.none=1", "o.colour=", "a.folding=yes"]
    + ["&".join(f"a.weight={n}" for n in range(99)), "a.material=" + "x" * 3000, "a.weight=٣", "a.weight=9..1"],
)
def test_nonsense_is_never_an_error(client: Client, tables: Any, query: str) -> None:
    assert client.get(f"/store/c/tables/?{query}").status_code == 200


def test_many_numbers_become_ranges_that_hold_every_product(client: Client, tables: Any) -> None:
    shelf = tables["Small"].category
    for weight in range(100, 120):
        describe(ProductFactory(category=shelf), weight=weight)
    weights = shown(client.get("/store/c/tables/"))["a.weight"]
    assert (len(weights), sum(weights.values())) == (5, 23)
    for value, number in weights.items():
        assert len(names(client.get(f"/store/c/tables/?a.weight={value}"))) == number


def test_a_list_with_attributes_costs_six_queries(client: Client, tables: Any) -> None:
    client.cookies["sessionid"] = "x" * 32
    url = "/store/c/tables/?a.material=oak&a.weight=10..40&o.colour=red"
    client.get("/store/c/tables/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_the_specification_table_has_attributes_first_and_in_both_languages(client: Client, tables: Any) -> None:
    note = Attribute.objects.create(slug="note", kind="text", name_en="Note", sort_order=9)
    ProductAttribute.objects.create(product=tables["Middle"], attribute=note, text_en="Planed by hand")
    attributes.forget()
    rows = [(row.name, row.value) for row in client.get("/store/p/middle/").context["specifications"]]
    assert rows == [
        ("Material", "Pine"),
        ("Weight", "12.5\u00a0kg"),
        ("Folding", "No"),
        ("Note", "Planed by hand"),
    ]
    page = client.get("/ru/store/p/middle/").content.decode()
    assert "Сосна" in page
    assert "12,5\u00a0кг" in page


def test_the_api_tells_and_takes_them(client: Client, tables: Any) -> None:
    data = client.get("/api/v1/products/middle").json()
    assert {"code": "a.material", "name": "Material", "value": "Pine"} in data["attributes"]
    items = client.get("/api/v1/products?property=a.material:oak&property=a.weight:20..&property=x").json()["items"]
    assert [item["name"] for item in items] == ["Large"]


def test_a_value_must_fit_the_kind_of_its_attribute(tables: Any) -> None:
    weight, material = Attribute.objects.get(slug="weight"), Attribute.objects.get(slug="material")
    oak = AttributeChoice.objects.get(slug="oak")
    for fields in ({"attribute": weight, "choice": oak}, {"attribute": material}, {"attribute": weight, "flag": True}):
        with pytest.raises(ValidationError):
            ProductAttribute(product=tables["Chair"], **fields).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attribute.objects.create(slug="free", kind="text", filterable=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductAttribute.objects.create(product=tables["Small"], attribute=weight, number=1)


def test_staff_describe_a_product_and_lists_follow(editor: Client, tables: Any) -> None:
    product = tables["Chair"]
    variant = product.variants.get()
    row = {"id": variant.pk, "sku": variant.sku, "price": "5", "active": "on"}
    weight = Attribute.objects.get(slug="weight")
    value = {"attribute": weight.pk, "number": "7.5", "choice": "", "flag": "unknown", "text_en": "", "text_ru": ""}
    data = product_form(tables["Small"].category, row, existing=1, slug=product.slug)
    url = reverse("store_products:edit", args=[product.pk])
    bad = {**value, "number": ""}
    assert editor.post(url, {**data, **inline("attributes", bad)}).status_code == 200
    response = editor.post(url, {**data, **inline("attributes", value)})
    assert response.status_code == 302
    assert shown(editor.get("/store/c/tables/"))["a.weight"]["7.5"] == 1


def test_a_renamed_choice_is_found_under_its_new_address(editor: Client, tables: Any) -> None:
    material = Attribute.objects.get(slug="material")
    rows = [
        {"id": choice.pk, "name_en": choice.name_en, "name_ru": "", "slug": f"{choice.slug}-wood"}
        for choice in material.choices.order_by("sort_order")
    ]
    form = {"name_en": "Material", "name_ru": "", "slug": "material", "kind": "choice", "filterable": "on"}
    form |= {"sort_order": 0, "unit_en": "", "unit_ru": ""}
    url = reverse("store_attributes:edit", args=[material.pk])
    assert editor.get(url).status_code == 200
    assert editor.post(url, {**form, **inline("choices", *rows, existing=3)}).status_code == 302
    assert names(editor.get("/store/c/tables/?a.material=oak-wood")) == {"Small", "Large"}
    editor.post(reverse("store_attributes:delete", args=[material.pk]))
    assert Attribute.objects.filter(pk=material.pk).exists()
    assert editor.get(reverse("store_attributes:index")).status_code == 200
