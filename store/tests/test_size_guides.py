"""Size guides: written with a category, valid below it, shown beside the sizes."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from store import shelves
from store.models import Category, OptionType, OptionValue, Product, Variant
from store.tests.factories import CategoryFactory, ProductFactory, VariantFactory
from store.tests.test_catalogue_admin import member

pytestmark = pytest.mark.django_db


def guide(*sizes: str, caption: str = "Body, cm") -> list[tuple[str, Any]]:
    return [
        (
            "table",
            {
                "data": [["Size", "Chest"], *([size, "90"] for size in sizes)],
                "table_caption": caption,
                "table_header_choice": "both",
                "first_row_is_table_header": True,
                "first_col_is_header": True,
            },
        )
    ]


@pytest.fixture
def tee() -> Product:
    """A T-shirt in S and M, two shelves below the one with a guide; shoes have their own."""
    clothes = CategoryFactory(name_en="Clothes", slug="clothes", size_guide_en=guide("S", "M"))
    tops = CategoryFactory(name_en="Tops", slug="tops", parent=clothes)
    CategoryFactory(slug="shoes", parent=clothes, size_guide_en=guide("41", caption="Shoes"))
    product = ProductFactory(slug="tee", category=CategoryFactory(slug="tees", parent=tops), variant=None)
    size = OptionType.objects.create(slug="size", name_en="Size")
    for name in ("S", "M"):
        value = OptionValue.objects.create(option_type=size, name_en=name)
        VariantFactory(product=product, sku=f"TEE-{name}", option1=value, name_en=name)
    shelves.forget()
    return product


def test_a_category_without_a_guide_takes_over_the_nearest_above(client: Client, tee: Product) -> None:
    page = client.get("/store/p/tee/").content.decode()
    assert 'href="/store/c/clothes/sizes/"' in page
    assert 'id="size-dialog"' in page
    assert client.get("/store/c/tees/sizes/").headers["Location"] == "/store/c/clothes/sizes/"


def test_the_guide_is_a_page_of_its_own(client: Client, tee: Product) -> None:
    page = client.get("/store/c/shoes/sizes/").content.decode()
    assert "<caption>Shoes</caption>" in page
    assert '<th scope="col">Chest</th>' in page
    assert '<th scope="row">41</th>' in page


def test_what_has_no_sizes_or_no_guide_shows_no_way_to_it(client: Client, tee: Product) -> None:
    ProductFactory(slug="lamp", category=CategoryFactory(slug="lamps"))
    ProductFactory(slug="scarf", category=Category.objects.get(slug="tops"))
    shelves.forget()
    for slug in ("lamp", "scarf"):
        assert "data-sizes" not in client.get(f"/store/p/{slug}/").content.decode()
    assert client.get("/store/c/lamps/sizes/").status_code == 404


def test_the_guide_is_shown_in_the_readers_language_else_in_the_other(client: Client, tee: Product) -> None:
    assert "Body, cm" in client.get("/ru/store/c/clothes/sizes/").content.decode()
    clothes = Category.objects.get(slug="clothes")
    clothes.size_guide_ru = guide("S", caption="Фигура, см")
    clothes.save()
    caches["local"].clear()
    assert "Фигура, см" in client.get("/ru/store/c/clothes/sizes/").content.decode()


def test_the_old_address_of_a_category_leads_to_its_guide(client: Client, tee: Product) -> None:
    shoes = Category.objects.get(slug="shoes")
    shoes.slug = "footwear"
    shoes.save()
    shelves.forget()
    response = client.get("/store/c/shoes/sizes/")
    assert (response.status_code, response.headers["Location"]) == (301, "/store/c/footwear/sizes/")


def test_the_way_to_the_guide_costs_the_product_page_no_query(client: Client, tee: Product) -> None:
    client.get("/store/p/tee/")
    client.cookies["sessionid"] = "x" * 32
    with CaptureQueriesContext(connection) as queries:
        assert "data-sizes" in client.get("/store/p/tee/").content.decode()
    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_the_api_gives_the_guide_with_product_and_category(client: Client, tee: Product) -> None:
    found = client.get("/api/v1/products/tee").json()["size_guide"]
    assert found["category"] == "clothes"
    assert found["tables"] == [{"caption": "Body, cm", "header": ["Size", "Chest"], "rows": [["S", "90"], ["M", "90"]]}]
    assert "<table>" in found["html"]
    category = client.get("/api/v1/categories/shoes").json()
    assert category["size_guide"]["url"].endswith("/store/c/shoes/sizes/")
    listed = {item["slug"]: item["size_guide_url"] for item in client.get("/api/v1/categories").json()["items"]}
    assert listed["tees"] is None
    assert listed["clothes"].endswith("/store/c/clothes/sizes/")
    assert client.get("/api/v1/categories/nothing").status_code == 404


def test_an_editor_writes_the_guide_with_the_category(tee: Product) -> None:
    editor, shelf = member("Content managers"), Category.objects.get(slug="tops")
    page = editor.get(f"/admin/store/categories/edit/{shelf.pk}/").content.decode()
    assert "size_guide_en-count" in page or "size_guide_en" in page
    data = {"name_en": "Tops", "slug": "tops", "parent": shelf.get_parent().pk}
    stream = {
        "size_guide_en-count": "1",
        "size_guide_en-0-deleted": "",
        "size_guide_en-0-order": "0",
        "size_guide_en-0-type": "text",
        "size_guide_en-0-id": "",
        "size_guide_en-0-value": '{"blocks": [{"key": "a", "text": "Measure twice.", "type": "unstyled", "depth": 0,'
        ' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "size_guide_ru-count": "0",
    }
    response = editor.post(f"/admin/store/categories/edit/{shelf.pk}/", data | stream)
    assert response.status_code == 302, response.context["form"].errors
    with translation.override("en"):
        assert "Measure twice." in Client().get("/store/c/tops/sizes/").content.decode()
    assert Variant.objects.filter(product=tee).count() == 2
