"""Variants by options: what the shopper chooses, what staff make, what the API says."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from store import listing, option_values, options
from store.errors import StoreError
from store.models import OptionType, OptionValue, Product, Variant
from store.tests.factories import ProductFactory, VariantFactory
from store.tests.test_catalogue_admin import editor, inline, keeper, product_form

pytestmark = pytest.mark.django_db
__all__ = ["editor", "keeper"]


@pytest.fixture
def colours() -> dict[str, OptionValue]:
    colour = OptionType.objects.create(
        name_en="Colour", name_ru="Цвет", slug="colour", is_colour=True, sort_order=1, pk=9001
    )
    size = OptionType.objects.create(name_en="Size", name_ru="Размер", slug="size", sort_order=2)
    rows = [(colour, "Navy", "Синий", "#2b3d66"), (colour, "Rust", "Ржавый", "#c0562f")]
    rows += [(size, "S", "S", ""), (size, "M", "M", ""), (size, "L", "L", "")]
    return {
        name: OptionValue.objects.create(option_type=kind, name_en=name, name_ru=ru, swatch=swatch, sort_order=number)
        for number, (kind, name, ru, swatch) in enumerate(rows)
    }


def tee_variant(product: Product, values: list[OptionValue], **fields: Any) -> Variant:
    variant = VariantFactory(product=product, **fields)
    options.assign(variant=variant, values=values).save()
    return variant


@pytest.fixture
def tee(colours: dict[str, OptionValue]) -> Product:
    """Navy in S (sold out) and M, rust in M (dearer) and L."""
    product = ProductFactory(slug="tee", name_en="Tee", variant=None)
    rows = [("Navy", "S", 10, 0), ("Navy", "M", 10, 9), ("Rust", "M", 12, 9), ("Rust", "L", 12, 2)]
    for number, (colour, size, price, stock) in enumerate(rows):
        values = [colours[size], colours[colour]]
        sku = f"{colour}-{size}".upper()
        tee_variant(product, values, sku=sku, price=Decimal(price), stock=stock, sort_order=number)
    listing.refresh(product_ids=[product.pk])
    return product


def states(response: Any) -> dict[str, list[tuple[str, str]]]:
    return {
        question.field: [
            (answer.value, " ".join(name for name in ("chosen", "missing", "sold_out") if getattr(answer, name)))
            for answer in question.answers
        ]
        for question in response.context["questions"]
    }


def test_values_are_kept_in_the_order_of_their_types_and_name_the_variant(tee: Product) -> None:
    variant = tee.variants.get(sku="NAVY-M")
    assert (variant.option1.name_en, variant.option2.name_en, variant.option3) == ("Navy", "M", None)
    assert (variant.name_en, variant.name_ru) == ("Navy, M", "Синий, M")


def test_the_first_combination_that_can_be_bought_is_shown(client: Client, tee: Product) -> None:
    response = client.get("/store/p/tee/")
    assert response.context["offer"].variant.sku == "NAVY-M"
    assert states(response) == {
        "option-colour": [("navy", "chosen"), ("rust", "")],
        "option-size": [("s", "sold_out"), ("m", "chosen"), ("l", "missing")],
    }


def test_the_address_says_which_variant_is_shown_with_its_price_and_stock(client: Client, tee: Product) -> None:
    response = client.get("/store/p/tee/?sku=RUST-L")
    assert states(response)["option-size"] == [("s", "missing"), ("m", ""), ("l", "chosen")]
    page = response.content.decode()
    assert "€12.00" in page
    assert "Only 2 left" in page
    assert '/store/p/tee/">' in page.partition('rel="canonical"')[2][:80]
    assert client.get("/store/p/tee/?sku=%00nonsense").context["offer"].variant.sku == "NAVY-M"


@pytest.mark.parametrize(
    ("asked", "sku"),
    [
        ("option-colour=rust&option-size=l", "RUST-L"),
        # Navy has no L: the colour was asked first, and M can be bought.
        ("option-colour=navy&option-size=l", "NAVY-M"),
        ("option-size=l", "RUST-L"),
        ("option-colour=none&option-size=%00", "NAVY-M"),
        ("option-colour=navy&option-size=s", "NAVY-S"),
    ],
)
def test_without_scripts_the_choice_is_answered_with_the_address_of_its_variant(
    client: Client, tee: Product, asked: str, sku: str
) -> None:
    response = client.get(f"/store/p/tee/?{asked}&quantity=1")
    assert (response.status_code, response["Location"]) == (302, f"/store/p/tee/?sku={sku}")


def test_colours_are_shown_as_drawn_circles_and_nothing_is_styled_inline(client: Client, tee: Product) -> None:
    page = client.get("/store/p/tee/").content.decode()
    assert 'fill="#2b3d66"' in page
    assert 'style="' not in page


def test_the_cart_takes_what_the_radio_buttons_say(client: Client, tee: Product) -> None:
    form = {"product": tee.pk, "option-colour": "rust", "option-size": "m", "quantity": "1"}
    assert client.post(reverse("store:cart_add"), form)["Location"] == "/cart/"
    page = client.get("/cart/").content.decode()
    assert "Rust, M" in page


@pytest.mark.parametrize(
    "form",
    [
        {"option-colour": "navy", "option-size": "l"},
        {"option-colour": "navy"},
        {"option-colour": "\x00", "option-size": "😀"},
        {"option-size": "m", "option-colour": "navy", "option-more": "x"},
    ],
)
def test_a_combination_that_does_not_exist_is_refused_with_a_sentence(client: Client, tee: Product, form: Any) -> None:
    response = client.post(reverse("store:cart_add"), {"product": tee.pk, "quantity": "1", **form}, follow=True)
    assert "We do not have this combination" in response.content.decode()
    for product in ("x", "9" * 30, ""):
        assert client.post(reverse("store:cart_add"), {"quantity": "1", **form, "product": product}).status_code == 302


def test_the_picker_costs_no_query_of_its_own(client: Client, tee: Product) -> None:
    client.cookies["sessionid"] = "x" * 32
    client.get("/store/p/tee/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/store/p/tee/")
    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_the_api_tells_the_options_of_the_product_and_of_each_variant(client: Client, tee: Product) -> None:
    data = client.get("/api/v1/products/tee").json()
    assert [(option["slug"], [value["slug"] for value in option["values"]]) for option in data["options"]] == [
        ("colour", ["navy", "rust"]),
        ("size", ["s", "m", "l"]),
    ]
    assert data["options"][0]["values"][0] == {"slug": "navy", "name": "Navy", "swatch": "#2b3d66"}
    by_sku = {variant["sku"]: variant["options"] for variant in data["variants"]}
    assert by_sku["RUST-L"] == {"colour": "rust", "size": "l"}


def test_the_database_holds_one_variant_per_combination(tee: Product, colours: dict[str, OptionValue]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        tee_variant(tee, [colours["Navy"], colours["M"]])
    with pytest.raises(IntegrityError), transaction.atomic():
        VariantFactory(product=tee, option2=colours["M"])
    with pytest.raises(StoreError, match="at most one value"):
        options.assign(variant=Variant(), values=[colours["Navy"], colours["Rust"]])


def test_combinations_that_are_missing_are_made_and_the_others_stay(tee: Product, colours: Any) -> None:
    made = options.combine(product=tee, values=list(colours.values()), price=Decimal(15), sku="TEE")
    assert sorted(variant.sku for variant in made) == ["TEE-NAVY-L", "TEE-RUST-S"]
    assert tee.variants.get(sku="NAVY-M").price == 10
    assert all(variant.stock.on_hand == 0 for variant in made)
    assert options.combine(product=tee, values=list(colours.values()), price=Decimal(15), sku="TEE") == []


def test_combinations_of_other_options_than_the_product_has_are_refused(tee: Product, colours: Any) -> None:
    with pytest.raises(StoreError, match="the same options"):
        options.combine(product=tee, values=[colours["S"]], price=Decimal(1), sku="TEE")
    with pytest.raises(StoreError, match="at least one"):
        options.combine(product=tee, values=[], price=Decimal(1), sku="TEE")
    assert tee.variants.count() == 4


def test_a_renamed_value_renames_its_variants(editor: Client, tee: Product, colours: Any) -> None:
    size = colours["M"].option_type
    rows = [
        {"id": value.pk, "name_en": value.name_en + "!", "name_ru": value.name_ru, "slug": value.slug}
        for value in size.values.order_by("sort_order")
    ]
    form = {"name_en": "Size", "name_ru": "Размер", "slug": "size", "sort_order": 0, "filterable": "on"}
    edit = reverse("store_options:edit", args=[size.pk])
    assert editor.get(edit).status_code == 200
    assert editor.post(edit, {**form, **inline("values", *rows, existing=3)}).status_code == 302
    # The size now stands first.
    assert {variant.name_en for variant in tee.variants.all()} == {"S!, Navy", "M!, Navy", "M!, Rust", "L!, Rust"}
    assert option_values.known_values()[colours["M"].pk].name_en == "M!"


def test_a_value_that_variants_have_is_not_deleted(editor: Client, tee: Product, colours: Any) -> None:
    response = editor.post(reverse("store_options:delete", args=[colours["M"].option_type_id]), follow=True)
    assert "change them first" in response.content.decode()
    row = {"id": colours["M"].pk, "name_en": "M", "name_ru": "", "slug": "m", "DELETE": "on"}
    form = {"name_en": "Size", "name_ru": "", "slug": "size", "sort_order": 2}
    values = [row, {"name_en": "XL", "name_ru": "", "slug": ""}]
    edit = reverse("store_options:edit", args=[colours["M"].option_type_id])
    assert editor.post(edit, {**form, **inline("values", *values, existing=1)}, follow=True).status_code == 200
    assert OptionValue.objects.filter(pk=colours["M"].pk).exists()


def variant_row(variant: Variant, *values: OptionValue) -> dict[str, Any]:
    row = {"id": variant.pk, "sku": variant.sku, "price": "9.00", "active": "on"}
    return row | {f"option{number}": value.pk for number, value in enumerate(values, 1)}


def test_staff_give_variants_their_options_in_any_order(editor: Client, tee: Product, colours: Any) -> None:
    first, second = tee.variants.order_by("pk")[:2]
    Variant.objects.exclude(pk__in=[first.pk, second.pk]).delete()
    # The two swap their sizes.
    rows = [variant_row(first, colours["M"], colours["Navy"]), variant_row(second, colours["Navy"], colours["S"])]
    edit = reverse("store_products:edit", args=[tee.pk])
    assert "option1" in editor.get(edit).content.decode()
    response = editor.post(edit, product_form(tee.category, *rows, existing=2, slug="tee"))
    assert response.status_code == 302, response.context["form"].errors
    assert [variant.name_en for variant in tee.variants.order_by("pk")] == ["Navy, M", "Navy, S"]


@pytest.mark.parametrize(
    ("one", "two", "sentence"),
    [
        (("Navy", "M"), ("M", "Navy"), "two variants"),
        (("Navy", "M"), ("Navy",), "the same options"),
        (("Navy", "Rust"), ("Navy", "M"), "at most one value"),
    ],
)
def test_variants_that_nobody_could_choose_between_are_refused(
    editor: Client, tee: Product, colours: Any, one: Any, two: Any, sentence: str
) -> None:
    first, second = tee.variants.order_by("pk")[:2]
    rows = [variant_row(first, *(colours[n] for n in one)), variant_row(second, *(colours[n] for n in two))]
    response = editor.post(
        reverse("store_products:edit", args=[tee.pk]), product_form(tee.category, *rows, existing=2, slug="tee")
    )
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert tee.variants.get(pk=first.pk).price == 10


def test_staff_make_the_combinations_on_a_page_of_their_own(editor: Client, tee: Product, colours: Any) -> None:
    url = reverse("store_products:combinations", args=[tee.pk])
    assert url in editor.get(reverse("store_products:edit", args=[tee.pk])).content.decode()
    page = editor.get(url)
    assert page.status_code == 200
    kinds = {value.option_type_id for value in colours.values()}
    data = {f"option-{kind}": [v.pk for v in colours.values() if v.option_type_id == kind] for kind in kinds}
    for price in ("NaN", "-1", "1e30", ""):
        assert editor.post(url, {**data, "price": price, "sku": "TEE"}).status_code == 200
    response = editor.post(url, {**data, "price": "11", "sku": "TEE"}, follow=True)
    assert "2 variants were made" in response.content.decode()
    assert tee.variants.count() == 6
    assert Client().get(url).status_code in (302, 403)


def test_products_without_options_are_chosen_by_their_variants(client: Client) -> None:
    product = ProductFactory(slug="cup", variant=None)
    for number, name in enumerate(("Small", "Large")):
        VariantFactory(product=product, sku=name, name_en=name, stock=number, sort_order=number)
    response = client.get("/store/p/cup/")
    large = product.variants.get(sku="Large")
    assert states(response) == {
        "variant": [(str(product.variants.get(sku="Small").pk), "sold_out"), (str(large.pk), "chosen")]
    }
    assert client.get(f"/store/p/cup/?variant={large.pk}")["Location"] == "/store/p/cup/?sku=Large"
