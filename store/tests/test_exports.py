"""Out and in again changes nothing, and no cell is a formula."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.tests.factories import UserFactory
from jobs.models import Work
from store import options, stock
from store.exports.job import start_export
from store.imports.job import start_import
from store.models import (
    Attribute,
    AttributeChoice,
    OptionType,
    OptionValue,
    Product,
    ProductAttribute,
    ProductPicture,
    ProductSpecification,
    Stock,
    TaxClass,
    Variant,
)
from store.tests.factories import CategoryFactory, ProductFactory, VariantFactory, picture
from store.tests.test_import_jobs import done

pytestmark = pytest.mark.django_db

EVIL = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "=1+1")


@pytest.fixture
def catalogue() -> None:
    shelf = CategoryFactory(name_en="Lamps", parent=CategoryFactory(name_en="Home"))
    product = ProductFactory(
        sku="00042",
        name_en="Lamp, “big”; new",
        name_ru="Лампа",
        description_en='<h3>Hello</h3><p>One &amp; <b>two</b> <a href="https://example.com/">x</a></p>',
        price=Decimal("1299.50"),
        compare_at_price=Decimal("1500"),
        category=shelf,
        stock=7,
    )
    VariantFactory(
        product=product, sku="B/2 ё", name_en="Blue", name_ru="Синяя", price=Decimal(5), stock=0, active=False
    )
    ProductSpecification.objects.create(
        product=product, name_en="Ratio", value_en="16:9", name_ru="Формат", value_ru="16:9"
    )
    ProductSpecification.objects.create(product=product, name_en="a: b", value_en="c | d", sort_order=1)
    ProductPicture.objects.create(product=product, image=picture())
    dress(product)
    for number, name in enumerate(EVIL):
        ProductFactory(sku=f"E{number}", name_en=name, name_ru=name, brand=None, active=number > 0)


def dress(product: Product) -> None:
    """Options with a name that two values share, attributes of every kind, a window, a tax class, odd names."""
    size = OptionType.objects.create(name_en="Shoe size", slug="shoe-size")
    small, other = (OptionValue.objects.create(option_type=size, name_en="S") for _number in range(2))
    for variant, value in zip(product.variants.order_by("pk"), (small, other), strict=True):
        options.assign(variant=variant, values=[value])
        variant.weight = 250
        variant.save()
    wool = Attribute.objects.create(name_en="Material", slug="material", kind="choice")
    choice = AttributeChoice.objects.create(attribute=wool, name_en="Wool", name_ru="Шерсть")
    kinds = {kind: Attribute.objects.create(name_en=kind, slug=f"a-{kind}", kind=kind) for kind in KINDS}
    for attribute, fields in ((wool, {"choice": choice}), *((kinds[kind], KINDS[kind]) for kind in KINDS)):
        ProductAttribute.objects.create(product=product, attribute=attribute, **fields)
    now = timezone.now()
    product.tax_class = TaxClass.objects.create(code="books", name_en="Books")
    product.go_live_at, product.expire_at = now - timedelta(days=1), now + timedelta(days=1, microseconds=7)
    product.category = CategoryFactory(name_en="Big > small", parent=product.category)
    product.name_ru, product.description_ru = "Лампа,  большая", '<p data-block-key="ab1">Как  &quot;новая&quot;</p>'  # type: ignore[attr-defined]
    Product.objects.bulk_update(
        [product], ["tax_class", "go_live_at", "expire_at", "category", "name_ru", "description_ru"]
    )


KINDS: dict[str, dict[str, Any]] = {
    "number": {"number": Decimal("2.5000")},
    "flag": {"flag": False},
    "text": {"text_en": "Soft, =1+1", "text_ru": "Мягкий"},
}


def exported(kind: str = "store.export_catalogue", format: str = "csv", **options: Any) -> bytes:
    work = done(start_export(kind=kind, format=format, owner=None, **options))
    assert work.state == "done", work.error
    return work.result.open("rb").read()  # type: ignore[no-any-return]


def state() -> Any:
    products = list(Product.objects.order_by("pk").values())
    variants = list(Variant.objects.order_by("pk").values())
    sheets = list(
        ProductSpecification.objects.order_by("product", "sort_order").values_list("name_en", "value_en", "value_ru")
    )
    attributes = list(ProductAttribute.objects.order_by("pk").values())
    return (
        products,
        variants,
        sheets,
        attributes,
        list(Stock.objects.order_by("pk").values()),
        ProductPicture.objects.count(),
    )


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
@pytest.mark.usefixtures("catalogue")
def test_out_and_in_again_changes_nothing(format: str) -> None:
    before = state()
    content = exported(format=format)
    file = ContentFile(content, name=f"x.{format}")
    work = done(start_import(file=file, name=f"x.{format}", owner=None, set_stock=True, fetch_pictures=True))
    assert (work.state, list(work.refusals.all())) == ("done", [])
    assert work.counts == {"created": 0, "updated": 0, "unchanged": 7, "pictures": 0}
    assert state() == before


@pytest.mark.usefixtures("catalogue")
def test_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(exported().decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    sheet = load_workbook(io.BytesIO(exported(format="xlsx"))).worksheets[0]
    assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "'=HYPERLINK(1)" in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.usefixtures("catalogue")
def test_a_file_makes_the_same_catalogue_in_an_empty_shop() -> None:
    content = exported(format="json")
    items = json.loads(content)
    Product.objects.all().delete()
    work = done(start_import(file=ContentFile(content, name="x.json"), name="x.json", owner=None))
    assert (work.counts["created"], work.refused) == (7, 0)
    assert [item["name_en"] for item in json.loads(exported(format="json"))] == [item["name_en"] for item in items]
    item = Variant.objects.select_related("product", "stock", "option1").get(sku="00042")
    assert (item.stock.on_hand, item.weight, item.option1.slug) == (7, 250, "s")  # type: ignore[union-attr]
    assert item.product.tax_class.code == "books"  # type: ignore[union-attr]
    assert item.product.category.name == "Big > small"
    assert item.product.attributes.count() == 4


def test_the_stock_goes_out_and_comes_back_counted() -> None:
    ProductFactory(sku="A", stock=5)
    text = exported("store.export_stock").decode("utf-8-sig").replace(",5,", ",8,")
    work = done(start_import(file=ContentFile(text.encode(), name="s.csv"), name="s.csv", owner=None, set_stock=True))
    assert (work.counts["updated"], Stock.objects.get().on_hand) == (1, 8)


def test_the_ledger_goes_out() -> None:
    ProductFactory(sku="A", stock=5)
    stock.adjust(sku="A", change=2, reason="received", actor="a@example.com", note="=x")
    rows = list(csv.DictReader(io.StringIO(exported("store.export_movements").decode("utf-8-sig"))))
    assert [(row["sku"], row["on_hand_after"], row["by"], row["note"]) for row in rows] == [
        ("A", "7", "a@example.com", "'=x"),
        ("A", "5", "", ""),
    ]


@pytest.mark.parametrize("name", ["out.csv", "out.XLSX", "out.json"])
def test_by_command_out_and_in_again_changes_nothing(catalogue: None, tmp_path: Path, name: str) -> None:
    before, file = state(), tmp_path / name
    call_command("export_products", file)
    said = io.StringIO()
    call_command("import_products", file, stdout=said)
    assert "0 new, 0 changed" in said.getvalue()
    assert "0 refused" in said.getvalue()
    assert state() == before
    assert list(tmp_path.iterdir()) == [file]


def test_the_command_writes_stock_and_ledger_and_says_what_it_cannot(catalogue: None, tmp_path: Path) -> None:
    for what in ("stock", "movements"):
        call_command("export_products", tmp_path / f"{what}.csv", "--what", what)
        assert "00042" in (tmp_path / f"{what}.csv").read_text("utf-8-sig")
    for file in (tmp_path / "out.pdf", tmp_path / "nowhere" / "out.csv"):
        with pytest.raises(CommandError):
            call_command("export_products", file)


def test_only_the_chosen_products_go_out() -> None:
    chosen = ProductFactory(sku="A")
    ProductFactory(sku="B")
    assert [row["sku"] for row in json.loads(exported(format="json", ids=[chosen.pk]))] == ["A"]


def test_large_catalogues_cost_a_few_queries_per_five_hundred(django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        ProductFactory(sku=f"S{number}")
    work = start_export(kind="store.export_catalogue", format="csv", owner=None)
    with django_assert_max_num_queries(40):
        done(work)


def test_a_manager_gets_the_file_and_nobody_else() -> None:
    ProductFactory(sku="A")
    client = Client()
    client.force_login(UserFactory(groups=["Shop managers"]))
    client.post(reverse("store_import:export"), {"what": "store.export_stock", "format": "xlsx"})
    work = done(Work.objects.get())
    answer = client.get(reverse("jobs_works:file", args=[work.pk]))
    assert ".xlsx" in answer["Content-Disposition"] and b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    other = Client()
    other.force_login(UserFactory(groups=["Campaign owners"]))
    assert other.get(reverse("jobs_works:file", args=[work.pk])).status_code in (302, 404)
    assert client.post(reverse("store_import:export"), {"what": "os.system", "format": "xlsx"}).status_code == 302
    assert Work.objects.count() == 1
