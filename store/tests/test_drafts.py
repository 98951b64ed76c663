"""Products as drafts: written, shown beforehand, published by hand and by the timetable; archived; moved."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from store import carts, products, stock
from store.errors import StoreError, UnknownSku
from store.imports.files import Row
from store.imports.products import import_products
from store.models import Cart, OrderLine, Product, ProductListing, Stock, Variant
from store.tests.factories import CategoryFactory, ProductFactory, VariantFactory
from store.tests.shopping import buy
from store.tests.test_catalogue_admin import editor, keeper, member, product_form

pytestmark = pytest.mark.django_db
__all__ = ["editor", "keeper"]


def row(product: Product, **fields: Any) -> dict[str, Any]:
    variant = product.variants.get()
    return {"id": variant.pk, "sku": variant.sku, "price": str(variant.price), "active": "on", **fields}


def edit(client: Client, product: Product, *, publish: bool, price: str = "10.00", **fields: Any) -> Any:
    fields = {"slug": product.slug, **fields}
    data = product_form(product.category, row(product, price=price), existing=1, **fields)
    if not publish:
        del data["action-publish"]
    return client.post(reverse("store_products:edit", args=[product.pk]), data)


def draft_price(product: Product, price: str) -> None:
    """An open draft that asks for another price."""
    product = Product.objects.get(pk=product.pk)
    variant = product.variants.get()
    variant.price = Decimal(price)
    product.variants = [variant]
    product.name_en = "From the draft"
    product.save_revision()


def test_a_draft_changes_nothing_until_it_is_published(editor: Client) -> None:
    product = ProductFactory(name_en="Lamp")
    assert edit(editor, product, publish=False, name_en="Better lamp", price="7.00").status_code == 302
    product.refresh_from_db()
    assert (product.name_en, product.has_unpublished_changes, ProductListing.objects.get().price) == ("Lamp", True, 10)
    assert "Better lamp" in editor.get(reverse("store_products:edit", args=[product.pk])).content.decode()
    assert edit(editor, product, publish=True, name_en="Better lamp", price="7.00").status_code == 302
    assert ProductListing.objects.get().price == 7
    assert "Better lamp" in editor.get(product.get_absolute_url()).content.decode()


def test_a_new_draft_is_nowhere_in_the_shop(editor: Client) -> None:
    data = product_form(CategoryFactory(), {"sku": "NEW", "price": "5", "active": "on"}, slug="new")
    del data["action-publish"]
    assert editor.post(reverse("store_products:add"), data).status_code == 302
    product = Product.objects.get(slug="new")
    assert not product.live
    assert editor.get("/store/p/new/").status_code == 404
    with pytest.raises(UnknownSku):
        carts.add(cart=Cart.objects.create(key="x"), sku="NEW")
    products.publish(product=product)
    assert editor.get("/store/p/new/").status_code == 200


def test_an_old_draft_writes_back_neither_stock_nor_counters(editor: Client) -> None:
    product = ProductFactory(sku="A", stock=5, popularity=1)
    draft_price(product, "7.00")
    Product.objects.filter(pk=product.pk).update(popularity=99)
    stock.reserve(items=[(product.variants.get().pk, 2)])
    products.publish(product=product)
    product.refresh_from_db()
    assert (product.popularity, ProductListing.objects.get().popularity) == (99, 99)
    assert product.variants.get().price == 7
    assert (Stock.objects.get().on_hand, Stock.objects.get().reserved) == (5, 2)


def test_what_an_import_changes_is_in_the_open_draft_too() -> None:
    product = ProductFactory(sku="A")
    draft_price(product, "7.00")
    rows = [{"sku": "A", "price": 3}, {"sku": "B", "slug": product.slug, "price": 10, "variant_en": "More"}]
    report = import_products(rows=[Row(number, values) for number, values in enumerate(rows)])
    assert (report.created, report.updated) == (1, 1)
    products.publish(product=product)
    assert {variant.sku: variant.price for variant in product.variants.all()} == {"A": 3, "B": 10}
    assert Product.objects.get().name_en == "From the draft"


def test_a_variant_that_was_ordered_survives_its_deletion_off_sale(commit: Any) -> None:
    product = ProductFactory(sku="A", stock=5)
    VariantFactory(product=product, sku="B")
    with commit():
        buy((Variant.objects.get(sku="A"), 1))
    fresh = Product.objects.get(pk=product.pk)
    fresh.variants = [variant for variant in fresh.variants.all() if variant.sku == "B"]
    fresh.save_revision().publish()
    assert dict(product.variants.values_list("sku", "active")) == {"A": False, "B": True}
    assert OrderLine.objects.get().variant.sku == "A"


def test_the_timetable_opens_and_closes_the_window(client: Client) -> None:
    product = ProductFactory(slug="lamp")
    now = timezone.now()
    Product.objects.filter(pk=product.pk).update(live=False)
    product = Product.objects.get(pk=product.pk)
    product.go_live_at, product.expire_at = now + timedelta(hours=1), now + timedelta(hours=2)
    product.save_revision().publish()
    products.refresh_all([product])
    assert client.get("/store/p/lamp/").status_code == 404
    revision = product.revisions.get()
    revision.approved_go_live_at = now - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert client.get("/store/p/lamp/").status_code == 200
    assert ProductListing.objects.exists()
    Product.objects.update(expire_at=now - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not ProductListing.objects.exists()
    caches["local"].clear()
    response = client.get("/store/p/lamp/")
    assert (response.status_code, "no longer sold" in response.content.decode()) == (410, True)


def test_the_preview_shows_what_is_typed(editor: Client) -> None:
    product = ProductFactory(name_en="Lamp")
    url = reverse("store_products:preview_on_edit", args=[product.pk])
    data = product_form(product.category, row(product, price="7.00"), existing=1, slug=product.slug, name_en="Typed")
    assert editor.post(url, data).json()["is_valid"]
    page = editor.get(url).content.decode()
    assert "Typed" in page
    assert "€7.00" in page
    add = reverse("store_products:preview_on_add")
    data = product_form(product.category, {"sku": "X", "price": "3", "active": "on"}, name_en="Brand new")
    assert editor.post(add, data).json()["is_valid"]
    assert "Brand new" in editor.get(add).content.decode()
    assert Product.objects.count() == 1


def test_history_and_comparison_open(editor: Client) -> None:
    product = ProductFactory()
    edit(editor, product, publish=False, name_en="One")
    edit(editor, product, publish=True, name_en="Two")
    assert editor.get(reverse("store_products:history", args=[product.pk])).status_code == 200
    first = product.revisions.order_by("pk").first()
    compare = reverse("store_products:revisions_compare", args=[product.pk, "earliest", "latest"])
    assert editor.get(compare).status_code == 200
    assert editor.get(reverse("store_products:revisions_revert", args=[product.pk, first.pk])).status_code == 200


def test_what_has_been_ordered_is_archived_not_deleted(editor: Client, commit: Any) -> None:
    product = ProductFactory(slug="lamp", name_en="Lamp", sku="A")
    other = ProductFactory(category=product.category)
    with commit():
        buy((Variant.objects.get(sku="A"), 1))
    delete = reverse("store_products:delete", args=[product.pk])
    archive = reverse("store_products:archive", args=[product.pk])
    for response in (editor.get(delete), editor.post(delete)):
        assert response["Location"] == archive
    with pytest.raises(StoreError, match="archive it"):
        products.delete(product=product)
    assert "leaves the shop" in editor.get(archive).content.decode()
    assert editor.post(archive).status_code == 302
    response = editor.get("/store/p/lamp/")
    assert response.status_code == 410
    assert [card.pk for card in response.context["similar"]] == [other.pk]
    answer = editor.get("/api/v1/products/lamp")
    assert (answer.status_code, answer.json()["detail"]) == (410, "“Lamp” is no longer sold.")
    with pytest.raises(UnknownSku):
        carts.find_variant("A")
    products.publish(product=product)
    assert editor.get("/store/p/lamp/").status_code == 200


def test_a_former_address_leads_to_the_new_one(client: Client, editor: Client) -> None:
    product = ProductFactory(slug="old")
    assert edit(editor, product, publish=True, slug="new").status_code == 302
    response = client.get("/store/p/old/?sku=A")
    assert (response.status_code, response["Location"]) == (301, "/store/p/new/?sku=A")
    answer = client.get("/api/v1/products/old")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/products/new")
    # Somebody else takes the address: it is theirs.
    ProductFactory(slug="old", name_en="Another")
    assert "Another" in client.get("/store/p/old/").content.decode()
    edit(editor, Product.objects.get(pk=product.pk), publish=True, slug="newest")
    assert client.get("/store/p/new/")["Location"] == "/store/p/newest/"
    assert client.get("/store/p/never/").status_code == 404


def test_a_former_address_of_a_category_leads_on(client: Client, editor: Client) -> None:
    shelf = CategoryFactory(name_en="Lamps", slug="lights")
    data = {"name_en": "Lamps", "slug": "lamps", "parent": "", "intro_en": "", "intro_ru": ""}
    data |= {"size_guide_en-count": "0", "size_guide_ru-count": "0"}
    assert editor.post(reverse("store_categories:edit", args=[shelf.pk]), data).status_code == 302
    response = client.get("/store/c/lights/?brand=x")
    assert (response.status_code, response["Location"]) == (301, "/store/c/lamps/?brand=x")


def bulk(client: Client, step: str, query: str) -> Any:
    url = reverse("wagtail_bulk_action", args=["store", "product", step])
    return client.post(f"{url}?{query}")


def test_bulk_steps_take_what_the_filters_leave(editor: Client) -> None:
    lamp, chair = ProductFactory(name_en="Lamp"), ProductFactory(name_en="Chair")
    listing = reverse("store_products:list")
    assert "data-bulk-action" in editor.get(listing).content.decode()
    url = reverse("wagtail_bulk_action", args=["store", "product", "archive"])
    shown = editor.get(f"{url}?id=all&next={listing}%3Fq%3Dlamp").content.decode()
    assert ("Lamp" in shown, "Chair" in shown) == (True, False)
    assert bulk(editor, "archive", f"id=all&next={listing}%3Fq%3Dlamp").status_code == 302
    lamp.refresh_from_db()
    chair.refresh_from_db()
    assert (bool(lamp.archived_at), bool(chair.archived_at)) == (True, False)
    bulk(editor, "publish", f"id=all&next={listing}%3Fstate%3Darchived")
    assert ProductListing.objects.count() == 2


def test_bulk_steps_ask_for_the_right_and_leave_out_what_was_ordered(editor: Client, commit: Any) -> None:
    ordered, free = ProductFactory(sku="A"), ProductFactory()
    with commit():
        buy((Variant.objects.get(sku="A"), 1))
    listing = reverse("store_products:list")
    stranger = member("Campaign owners", "Managers")
    for step in ("archive", "delete"):
        bulk(stranger, step, f"id={free.pk}&next={listing}")
        bulk(editor, step, f"id=x&id={'9' * 30}&next={listing}")
    assert Product.objects.filter(archived_at=None).count() == 2
    bulk(editor, "delete", f"id={ordered.pk}&id={free.pk}&next={listing}")
    assert list(Product.objects.all()) == [ordered]
