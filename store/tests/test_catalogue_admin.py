"""The catalogue in the Wagtail admin, within the roles."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from store import stock
from store.models import Brand, Category, Product, ProductListing, Stock, Variant
from store.tests.factories import CategoryFactory, ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db


def member(*groups: str) -> Client:
    user = User.objects.create_user(f"{'-'.join(groups) or 'nobody'}@example.com".replace(" ", ""), "secret")
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return member("Content managers")


@pytest.fixture
def keeper() -> Client:
    return member("Shop managers")


def inline(name: str, *rows: dict[str, Any], existing: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": existing,
        f"{name}-MIN_NUM_FORMS": 0,
        f"{name}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{name}-{number}-{key}": value for key, value in {"ORDER": number + 1, "id": "", **row}.items()}
    return data


def product_form(shelf: Category, *variants: dict[str, Any], existing: int = 0, **fields: Any) -> dict[str, Any]:
    return {
        "name_en": "Lamp",
        "name_ru": "Лампа",
        "slug": "",
        "category": shelf.pk,
        "description_en": '{"blocks": [], "entityMap": {}}',
        "description_ru": '{"blocks": [], "entityMap": {}}',
        "active": "on",
        "action-publish": "on",
        **inline("variants", *variants, existing=existing),
        **inline("pictures"),
        **inline("attributes"),
        **inline("specifications", {"name_en": "Colour", "value_en": "Red", "name_ru": "Цвет", "value_ru": "Красный"}),
        **fields,
    }


@pytest.mark.parametrize("name", ["store_products", "store_categories", "store_brands", "store_stock"])
def test_lists_open_sort_and_search(editor: Client, name: str) -> None:
    ProductFactory(name_en="Лампа", sku="LAMP-1")
    for query in ("", "?q=lamp", "?q=%00'", "?ordering=name_en", "?ordering=nonsense", "?p=999"):
        assert editor.get(reverse(f"{name}:index") + query).status_code == 200
    assert editor.get(reverse(f"{name}:index_results")).status_code == 200


def test_the_superuser_is_offered_no_row_of_stock_to_add_or_delete(client: Client) -> None:
    row = Stock.objects.get(variant__product=ProductFactory())
    client.force_login(User.objects.create_superuser("root@example.com", "secret"))
    for url in (reverse("store_stock:index"), reverse("store_stock:edit", args=[row.pk])):
        response = client.get(url)
        assert response.status_code == 200
        assert "/delete/" not in response.content.decode()


def test_products_are_found_by_part_of_a_sku_or_name_and_listed_with_what_matters(editor: Client) -> None:
    product = ProductFactory(name_en="Desk lamp", sku="LAMP-77", price=Decimal("12.50"), stock=4)
    VariantFactory(product=product, sku="LAMP-78", price=Decimal(20), stock=3)
    ProductFactory(name_en="Chair")
    hidden = ProductFactory(name_en="Old lamp", active=False)
    url = reverse("store_products:index")
    page = editor.get(f"{url}?q=AMP-7").content.decode()
    assert "Desk lamp" in page
    assert "LAMP-77, LAMP-78" in page
    assert "€12.50 – €20.00" in page
    assert "Chair" not in page
    assert hidden.name in editor.get(f"{url}?q=lamp").content.decode()
    assert hidden.name not in editor.get(f"{url}?active=true").content.decode()


def test_products_are_filtered_by_shelf_and_stock(editor: Client) -> None:
    department = CategoryFactory()
    shelf = CategoryFactory(parent=department)
    ProductFactory(name_en="Inside", category=shelf)
    ProductFactory(name_en="Elsewhere", stock=0)
    url = reverse("store_products:index")
    page = editor.get(f"{url}?category={department.pk}").content.decode()
    assert ("Inside" in page, "Elsewhere" in page) == (True, False)
    page = editor.get(f"{url}?sold_out=true").content.decode()
    assert ("Inside" in page, "Elsewhere" in page) == (False, True)


def test_a_new_product_gets_its_slug_its_stock_row_and_its_place_in_lists(editor: Client) -> None:
    shelf = CategoryFactory()
    ProductFactory(slug="lamp")
    data = product_form(shelf, {"sku": "NEW-1", "price": "9.90", "active": "on"})
    response = editor.post(reverse("store_products:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    product = Product.objects.get(slug="lamp-2")
    assert Stock.objects.get(variant__product=product).on_hand == 0
    assert ProductListing.objects.get(product=product).price == Decimal("9.90")
    assert product.specifications.get().value_ru == "Красный"
    assert editor.get("/store/search/?q=NEW-1").context["products"][0].pk == product.pk
    assert editor.get("/store/search/?q=лампа").context["products"][0].pk == product.pk


def test_editing_never_touches_the_stock(editor: Client) -> None:
    product = ProductFactory(sku="A", stock=5)
    variant = product.variants.get()
    edit = reverse("store_products:edit", args=[product.pk])
    assert editor.get(edit).status_code == 200
    stock.reserve(items=[(variant.pk, 2)])
    row = {"id": variant.pk, "sku": "A", "price": "7.00", "active": "on"}
    response = editor.post(edit, product_form(product.category, row, existing=1, slug=product.slug, name_en="Renamed"))
    assert response.status_code == 302
    assert (Stock.objects.get().on_hand, Stock.objects.get().reserved) == (5, 2)
    assert ProductListing.objects.get().price == Decimal("7.00")
    assert [card.name for card in editor.get("/store/search/?q=renamed").context["products"]] == ["Renamed"]


def test_a_product_that_is_taken_off_sale_leaves_lists_and_its_page(editor: Client) -> None:
    product = ProductFactory(sku="A")
    row = {"id": product.variants.get().pk, "sku": "A", "price": "7.00", "active": "on"}
    data = product_form(product.category, row, existing=1, slug=product.slug)
    del data["active"]
    editor.post(reverse("store_products:edit", args=[product.pk]), data)
    assert not ProductListing.objects.exists()
    assert editor.get(product.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("variants", "fields"),
    [
        ([], {}),
        ([{"sku": "", "price": "1"}], {}),
        ([{"sku": "X", "price": "-1"}], {}),
        ([{"sku": "TAKEN", "price": "1"}], {}),
        ([{"sku": "X", "price": "1"}, {"sku": "X", "price": "2"}], {}),
        ([{"sku": "X", "price": "1"}], {"name_en": "", "name_ru": ""}),
        ([{"sku": "X", "price": "1"}], {"slug": "taken"}),
        ([{"sku": "X", "price": "1"}], {"category": ""}),
    ],
)
def test_what_cannot_be_sold_is_refused_with_a_reason(editor: Client, variants: Any, fields: Any) -> None:
    ProductFactory(slug="taken", sku="TAKEN")
    response = editor.post(reverse("store_products:add"), product_form(CategoryFactory(), *variants, **fields))
    assert response.status_code == 200
    assert Product.objects.count() == 1


NO_GUIDE = {"size_guide_en-count": "0", "size_guide_ru-count": "0"}


def test_categories_are_made_moved_and_renamed(editor: Client) -> None:
    phones = CategoryFactory(name_en="Phones")
    data = {"name_en": "Cases", "name_ru": "Чехлы", "slug": "", "parent": phones.pk, **NO_GUIDE}
    assert editor.post(reverse("store_categories:add"), data).status_code == 302
    cases = Category.objects.get(slug="cases")
    assert cases.get_parent() == phones
    product = ProductFactory(name_en="Cover", category=cases)
    edit = reverse("store_categories:edit", args=[cases.pk])
    assert editor.get(edit).status_code == 200
    response = editor.post(edit, {**data, "slug": "cases", "parent": "", "name_en": "Sleeves"})
    assert response.status_code == 302
    cases.refresh_from_db()
    assert cases.depth == 1
    assert ProductListing.objects.get(product=product).category_path == cases.path
    assert editor.get("/store/search/?q=sleeves").context["products"][0].pk == product.pk


def test_a_category_cannot_stand_in_itself(editor: Client) -> None:
    shelf = CategoryFactory()
    below = CategoryFactory(parent=shelf)
    shelf.refresh_from_db()
    data = {"name_en": "X", "slug": "x", "parent": below.pk, **NO_GUIDE}
    response = editor.post(reverse("store_categories:edit", args=[shelf.pk]), data)
    assert response.status_code == 200
    assert "parent" in response.context["form"].errors


def test_only_an_empty_category_is_deleted(editor: Client) -> None:
    shelf = CategoryFactory()
    below = CategoryFactory(parent=shelf)
    ProductFactory(category=below)
    for category in (shelf, below):
        editor.post(reverse("store_categories:delete", args=[category.pk]))
    assert Category.objects.count() == 2
    Product.objects.all().delete()
    editor.post(reverse("store_categories:delete", args=[below.pk]))
    assert list(Category.objects.all()) == [shelf]


def test_a_renamed_brand_is_found_by_its_new_name(editor: Client) -> None:
    product = ProductFactory()
    edit = reverse("store_brands:edit", args=[product.brand.pk])
    assert editor.post(edit, {"name": "Zephyr", "slug": ""}).status_code == 302
    assert Brand.objects.get().slug == "zephyr"
    assert editor.get("/store/search/?q=zephyr").context["products"][0].pk == product.pk


def test_the_count_is_set_through_the_verb(keeper: Client, django_capture_on_commit_callbacks: Any) -> None:
    variant = ProductFactory(sku="A", stock=5).variants.get()
    stock.reserve(items=[(variant.pk, 3)])
    edit = reverse("store_stock:edit", args=[variant.pk])
    assert keeper.get(edit).status_code == 200
    for count in ("2", "-1", "x", ""):
        response = keeper.post(edit, {"on_hand": count})
        assert (response.status_code, Stock.objects.get().on_hand) == (200, 5)
    with django_capture_on_commit_callbacks(execute=True):
        assert keeper.post(edit, {"on_hand": "3"}).status_code == 302
    assert (Stock.objects.get().on_hand, Stock.objects.get().reserved) == (3, 3)
    assert not ProductListing.objects.get().in_stock
    assert keeper.get(reverse("store_stock:history", args=[variant.pk])).status_code == 200


def test_content_managers_see_the_stock_but_do_not_change_it(editor: Client) -> None:
    variant = ProductFactory(sku="A", stock=5).variants.get()
    response = editor.post(reverse("store_stock:edit", args=[variant.pk]), {"on_hand": "9"})
    assert response.status_code == 302
    assert Stock.objects.get().on_hand == 5


@pytest.mark.parametrize("name", ["store_products", "store_categories", "store_brands", "store_stock"])
def test_others_are_kept_out(name: str) -> None:
    for client in (Client(), member(), member("Campaign owners")):
        assert client.get(reverse(f"{name}:index")).status_code in (302, 403)


def test_a_list_of_products_costs_the_same_however_long(editor: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        VariantFactory(product=ProductFactory(), sku=f"V{number}")
    editor.get(reverse("store_products:index_results"))
    with django_assert_max_num_queries(20):
        assert editor.get(reverse("store_products:index_results")).status_code == 200
    assert Variant.objects.count() == 24
