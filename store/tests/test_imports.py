"""Product files of all sorts become products; each refused row says why."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from store import stock
from store.imports.files import UnreadableFile, read_rows
from store.imports.products import ImportReport, import_products
from store.models import Brand, Category, Product, ProductListing, Stock, Variant
from store.tests.factories import ProductFactory
from store.tests.tables import as_csv, as_xlsx, changed, write

pytestmark = pytest.mark.django_db

BEST_BUY = Path(__file__).resolve().parents[3] / "shared" / "data" / "bestbuy_electronics.json.gz"
HEADER = ["SKU", "Name", "Brand", "Category", "Price", "Stock"]
ROW = ["A-1", "Desk lamp", "Acme", "Home > Lamps", "19.90", "3"]


def compressed(content: bytes) -> bytes:
    """Without the time of day: the names of parametrised tests must be the same in every process."""
    return gzip.compress(content, mtime=0)


def run(path: Path, **options: Any) -> ImportReport:
    return import_products(rows=read_rows(path), **options)


def item(**changes: Any) -> dict[str, Any]:
    return {
        "sku": "A-1",
        "name": "Desk lamp",
        "brand": "Acme",
        "categories": ["Home", "Lamps"],
        "price": 19.9,
    } | changes


def reasons(tmp_path: Path, *items: Any) -> list[str]:
    report = run(write(tmp_path / "x.json", json.dumps(items)))
    return [reason for _number, _sku, reason in report.refused]


def test_one_product_arrives_whole(tmp_path: Path) -> None:
    report = run(
        write(tmp_path / "x.json", json.dumps([item(description="One.\n\nTwo <b>&</b>", popularity=7)])), stock=4
    )
    assert (report.created, report.refused) == (1, [])
    product = Product.objects.get()
    assert (product.slug, product.brand.name, product.popularity) == ("desk-lamp", "Acme", 7)  # type: ignore[union-attr]
    assert product.description == "<p>One.</p><p>Two &amp;</p>"
    assert [category.name for category in Category.objects.order_by("path")] == ["Home", "Lamps"]
    assert product.category.get_parent().name == "Home"
    assert (Variant.objects.get().price, Stock.objects.get().on_hand) == (Decimal("19.90"), 4)
    assert ProductListing.objects.get().in_stock


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", as_csv(HEADER, ROW)),
        ("semicolons.csv", as_csv(HEADER, ROW, delimiter=";")),
        ("tabs.tsv", as_csv(HEADER, ROW, delimiter="\t")),
        ("marked.csv", b"\xef\xbb\xbf" + as_csv(HEADER, ROW).encode()),
        ("wide.csv", as_csv(HEADER, ROW).encode("utf-16")),
        ("packed.csv.gz", compressed(as_csv(HEADER, ROW).encode())),
        ("sheet.xlsx", as_xlsx(HEADER, ["A-1", "Desk lamp", "Acme", "Home > Lamps", 19.9, 3])),
        ("sheet.xlsx.gz", compressed(as_xlsx(HEADER, ["A-1", "Desk lamp", "Acme", "Home > Lamps", 19.9, 3]))),
        ("list.json", json.dumps([item(stock=3)])),
        ("wrapped.json", json.dumps({"products": [item(stock=3)]})),
        ("packed.json.gz", compressed(json.dumps([item(stock=3)]).encode())),
    ],
)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, content: bytes | str) -> None:
    report = run(write(tmp_path / name, content))
    assert (report.created, report.refused) == (1, [])
    variant = Variant.objects.select_related("product", "stock").get()
    assert (variant.sku, variant.product.name, variant.price, variant.stock.on_hand) == (
        "A-1",
        "Desk lamp",
        Decimal("19.90"),
        3,
    )


def test_russian_files_in_the_windows_code_page_are_understood(tmp_path: Path) -> None:
    text = "Артикул;Название;Категория;Цена\nЛ-1;Настольная лампа;Дом > Лампы;1 299,50 ₽\n".replace(" ₽", "")
    report = run(write(tmp_path / "x.csv", text.encode("cp1251")))
    assert report.refused == []
    assert (Product.objects.get().name, Variant.objects.get().price) == ("Настольная лампа", Decimal("1299.50"))


def test_accents_in_the_western_code_page_are_understood(tmp_path: Path) -> None:
    run(write(tmp_path / "x.csv", as_csv(HEADER, ["A", "Café crème", "Müller", "Küche", "5", "1"]).encode("cp1252")))
    assert Product.objects.get().name == "Café crème"


def test_numbers_from_a_spreadsheet_are_skus_without_a_point(tmp_path: Path) -> None:
    run(write(tmp_path / "x.xlsx", as_xlsx(HEADER, [4984700.0, "Lamp", None, "Home", 5, 2.0])))
    assert Variant.objects.get().sku == "4984700"


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("1,299.00", "1299.00"),
        ("1.299,00", "1299.00"),
        ("1 299,5", "1299.50"),
        ("€49.99", "49.99"),
        ("1,299", "1299.00"),
        (0, "0.00"),
        ("12.345", "12.35"),
        (1e3, "1000.00"),
    ],
)
def test_prices_are_read_as_people_write_them(tmp_path: Path, price: Any, expected: str) -> None:
    assert reasons(tmp_path, item(price=price)) == []
    assert Variant.objects.get().price == Decimal(expected)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": ""}, "The name is missing."),
        ({"name": "   "}, "The name is missing."),
        ({"name": "x" * 256}, "name is longer than 255 characters."),
        ({"sku": ""}, "The SKU is missing."),
        ({"sku": "x" * 65}, "sku is longer than 64 characters."),
        ({"price": "free"}, "“free” is not a price."),
        ({"price": "NaN"}, "“NaN” is not a price."),
        ({"price": 1e30}, "“1E+30” is not a price."),
        ({"price": ""}, "The price is missing."),
        ({"price": None}, "The price is missing."),
        ({"price": -1}, "The price is negative."),
        ({"price": "1.2.3"}, "“1.2.3” is not a price."),
        ({"categories": []}, "The category is missing."),
        ({"categories": ["x"] * 11}, "The category path is too long."),
        ({"stock": -1}, "“-1” is not a whole number (stock)."),
        ({"stock": 1.5}, "“1.5” is not a whole number (stock)."),
        ({"popularity": "many"}, "“many” is not a whole number (popularity)."),
    ],
)
def test_a_row_that_cannot_be_sold_is_refused_with_its_reason(tmp_path: Path, changes: Any, reason: str) -> None:
    assert reasons(tmp_path, item(**changes), item(sku="GOOD")) == [reason]
    assert Variant.objects.get().sku == "GOOD"


def test_what_is_no_row_at_all_is_refused(tmp_path: Path) -> None:
    assert len(reasons(tmp_path, "text", None, 5, [], {})) == 5


def test_control_characters_and_markup_do_not_come_in(tmp_path: Path) -> None:
    assert reasons(tmp_path, item(name="A\x00B\ud800 😀", description="<script>alert(1)</script>x")) == []
    product = Product.objects.get()
    assert product.name == "AB 😀"
    assert "<script" not in product.description


def test_the_same_sku_twice_in_a_file_is_refused_and_points_to_the_first(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", as_csv(HEADER, ROW, ["B", *ROW[1:]], ROW))
    report = run(path)
    assert report.refused == [(4, "A-1", "The SKU stands in row 2 already.")]


def test_namesakes_get_slugs_of_their_own(tmp_path: Path) -> None:
    items = [item(sku="A"), item(sku="B"), item(sku="C/1", name="Desk  lamp!"), item(sku="D", name="!!!")]
    assert reasons(tmp_path, *items) == []
    assert set(Product.objects.values_list("slug", flat=True)) == {"desk-lamp", "desk-lamp-b", "desk-lamp-c1", "item"}


def test_a_second_run_changes_nothing_and_leaves_the_stock_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", json.dumps([item(stock=3), item(sku="B", description="Text")]))
    run(path, stock=5)
    stock.set_on_hand(sku="A-1", on_hand=1)
    before = list(Product.objects.values_list("pk", "slug", "updated_at"))
    report = run(path, stock=9)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert list(Product.objects.values_list("pk", "slug", "updated_at")) == before
    assert sorted(Stock.objects.values_list("on_hand", flat=True)) == [1, 5]


def test_a_file_of_prices_changes_prices_only(tmp_path: Path) -> None:
    product = ProductFactory(sku="A-1", price=Decimal(5), name_en="Kept", stock=2)
    report = run(write(tmp_path / "x.csv", "sku,price\nA-1,7.50\nNEW,1\n"))
    assert (report.updated, [reason for *_rest, reason in report.refused]) == (1, ["The name is missing."])
    product.refresh_from_db()
    assert (product.name, ProductListing.objects.get().price) == ("Kept", Decimal("7.50"))


def test_a_category_that_an_editor_renamed_is_still_found(tmp_path: Path) -> None:
    run(write(tmp_path / "x.json", json.dumps([item()])))
    shelf = Category.objects.get(slug="lamps")
    shelf.name_en = "Beautiful lamps"
    shelf.save()
    run(write(tmp_path / "y.json", json.dumps([item(sku="B", brand="ACME", categories=["HOME", "lamps"])])))
    assert (Category.objects.count(), Brand.objects.count()) == (2, 1)


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    ProductFactory(sku="A-1")
    report = run(write(tmp_path / "x.json", json.dumps([item(), item(sku="B"), item(sku="C", price=-1)])), dry_run=True)
    assert (report.created, report.updated, len(report.refused)) == (1, 1, 1)
    assert (Product.objects.count(), Category.objects.count(), Brand.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b"%PDF"),
        ("x.json", b"{"),
        ("x.json", b"5"),
        ("x.xlsx", b"not a zip"),
        ("x.json.gz", b"not gzip"),
        ("x.json.gz", compressed(b"[]" * 1000)[:-9]),
        ("x.json", b"\xff\xff\xff"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=name):
        run(write(tmp_path / name, content))


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NO_SUCH_TEXT = b'<worksheet xmlns="%b"><sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>' % MAIN


@pytest.mark.parametrize(("part", "content"), [("xl/styles.xml", b"<<<"), ("xl/worksheets/sheet1.xml", NO_SUCH_TEXT)])
def test_a_broken_workbook_is_one_clear_sentence(tmp_path: Path, part: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="x.xlsx"):
        run(write(tmp_path / "x.xlsx", changed(as_xlsx(["sku"], ["A"]), part, content)))


def test_an_empty_file_is_no_error(tmp_path: Path) -> None:
    for name, content in (("x.csv", b""), ("y.csv", b"sku,name\n"), ("x.json", b"[]"), ("x.xlsx", as_xlsx())):
        assert run(write(tmp_path / name, content)).rows == 0


def test_the_command_reports(tmp_path: Path, capsys: Any) -> None:
    path = write(tmp_path / "x.csv", as_csv(HEADER, ROW, ["B", "", "", "Home", "1", "1"]))
    call_command("import_products", str(path), stock=2)
    output = capsys.readouterr().out
    assert "x.csv, row 3 (B): The name is missing." in output
    assert "1 new, 0 changed, 0 unchanged, 1 refused" in output
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_products", str(tmp_path / "absent.csv"))
    with pytest.raises(CommandError, match="negative"):
        call_command("import_products", str(path), stock=-1)


def test_the_real_catalogue_arrives_and_a_second_run_changes_nothing(django_assert_max_num_queries: Any) -> None:
    if not BEST_BUY.exists():
        pytest.skip(f"{BEST_BUY} is absent")
    # Brands and shelves cost some each, and so does each batch; products do not.
    with django_assert_max_num_queries(4000):
        report = run(BEST_BUY, stock=3)
    assert (report.created, report.refused) == (3291, [])
    assert Product.objects.values("slug").distinct().count() == ProductListing.objects.count() == 3291
    # The file has 263 spellings of 250 brands: “OtterBox” and “Otterbox” are one filter to a shopper.
    assert (Category.objects.filter(products__isnull=False).distinct().count(), Brand.objects.count()) == (62, 250)
    with django_assert_max_num_queries(80):
        report = run(BEST_BUY, stock=9)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3291)
    assert set(Stock.objects.values_list("on_hand", flat=True)) == {3}
