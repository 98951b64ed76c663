"""Columns of product files: guessed, put right by staff, and what each of them brings."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import UserFactory
from jobs import work as works
from jobs.models import Work
from store import products, stock
from store.imports.files import Row, read_rows
from store.imports.job import start_import
from store.imports.products import ImportReport, import_products
from store.models import (
    Attribute,
    AttributeChoice,
    OptionType,
    OptionValue,
    Product,
    ProductListing,
    Stock,
    TaxClass,
    Variant,
)
from store.tests.factories import ProductFactory, VariantFactory
from store.tests.tables import as_csv, as_xlsx, write
from store.tests.test_import_jobs import done

pytestmark = pytest.mark.django_db

LAMP = {"name": "Lamp", "category": "Home > Lamps", "price": "5"}


def read(*rows: dict[str, Any], **options: Any) -> ImportReport:
    return import_products(rows=[Row(number, dict(values)) for number, values in enumerate(rows, 2)], **options)


def reasons(*rows: dict[str, Any]) -> list[str]:
    return [reason for _number, _sku, reason in read(*rows).refused]


@pytest.fixture
def sizes() -> OptionType:
    size = OptionType.objects.create(name_en="Size", name_ru="Размер", slug="size")
    for name in ("S", "M"):
        OptionValue.objects.create(option_type=size, name_en=name)
    return size


@pytest.fixture
def material() -> Attribute:
    attribute = Attribute.objects.create(name_en="Material", slug="material", kind="choice", filterable=True)
    AttributeChoice.objects.create(attribute=attribute, name_en="Wool", name_ru="Шерсть")
    return attribute


def manager(*groups: str) -> Client:
    client = Client()
    client.force_login(UserFactory(groups=groups or ["Shop managers"]))
    return client


def check(content: bytes | str, **options: Any) -> Work:
    raw = content.encode() if isinstance(content, str) else content
    return done(start_import(file=ContentFile(raw, name="x.csv"), name="x.csv", owner=None, dry_run=True, **options))


def columns_page(work: Work) -> str:
    return reverse("store_import:columns", args=[work.pk])


ODD = as_csv(["Ref", "What", "Shelf", "Cost", "Old one"], ["A", "Lamp", "Home", "7", "9"])
CHOSEN = {
    "column-0": "sku",
    "column-1": "name",
    "column-2": "categories",
    "column-3": "price",
    "column-4": "compare_at_price",
}


def test_staff_say_what_each_column_is_and_the_choice_is_kept() -> None:
    client, first = manager(), check(ODD)
    assert first.refused == 1
    page = client.get(columns_page(first)).content.decode()
    assert page.count("<select") == 5 and "Lamp" in page and "ignore" in page
    assert columns_page(first) in client.get(reverse("jobs_works:inspect", args=[first.pk])).content.decode()
    client.post(columns_page(first), CHOSEN)
    second = done(Work.objects.latest("pk"))
    assert (second.params["dry_run"], second.counts["created"], second.refused) == (True, 1, 0)
    assert '<option value="compare_at_price" selected>' in client.get(columns_page(second)).content.decode()
    client.post(reverse("store_import:for_good", args=[second.pk]))
    assert done(Work.objects.latest("pk")).counts["created"] == 1
    assert Variant.objects.get(sku="A").compare_at_price == 9


def test_what_was_guessed_is_chosen_beforehand_and_can_be_ignored(sizes: OptionType) -> None:
    client, work = manager(), check("Артикул;Цена;Размер\nA;5;S\n")
    page = client.get(columns_page(work)).content.decode()
    for field in ("sku", "price", "option:size"):
        assert f'<option value="{field}" selected>' in page
    product = ProductFactory(sku="A", price=Decimal(1))
    client.post(columns_page(work), {"column-0": "sku", "column-1": "price", "column-2": "", "for_good": "1"})
    done(Work.objects.latest("pk"))
    item = product.variants.get()
    assert (item.price, item.option1) == (5, None)


def test_two_columns_cannot_be_the_same_and_one_is_the_sku() -> None:
    client, work = manager(), check(ODD)
    answer = client.post(columns_page(work), CHOSEN | {"column-4": "price"})
    assert answer.status_code == 200 and "is that already" in answer.content.decode()
    answer = client.post(columns_page(work), CHOSEN | {"column-0": ""})
    assert answer.status_code == 200 and "holds the SKU" in answer.content.decode()
    assert client.post(columns_page(work), CHOSEN | {"column-0": "password"}).status_code == 200
    assert Work.objects.count() == 1


def test_others_do_not_see_the_columns() -> None:
    work = check(ODD)
    for client in (Client(), manager("Campaign owners"), manager("Managers")):
        assert client.get(columns_page(work)).status_code in (302, 403, 404)
        client.post(columns_page(work), CHOSEN)
    assert Work.objects.count() == 1
    assert manager().get(columns_page(Work(pk=work.pk + 1))).status_code == 404


def test_a_file_without_a_single_row_has_no_columns_to_choose() -> None:
    work = check("")
    assert works.next_steps(work, UserFactory(is_superuser=True)) == []
    assert manager().get(columns_page(work)).status_code == 200


def test_the_command_takes_the_same_choice(tmp_path: Path, capsys: Any) -> None:
    path = write(tmp_path / "odd.csv", ODD)
    pairs = ["Ref=sku", "What=name_en", "Shelf=category", "Cost=price", "Old one="]
    call_command("import_products", str(path), map=pairs)
    assert "1 new" in capsys.readouterr().out
    assert Variant.objects.get(sku="A").compare_at_price is None
    for wrong in (["Ref"], ["Ref=nothing"], ["Ref=sku", "What=sku"], ["=sku"]):
        with pytest.raises(CommandError):
            call_command("import_products", str(path), map=wrong)


def test_options_make_variants_and_their_names(sizes: OptionType) -> None:
    report = read(
        {"sku": "A-S", "slug": "a", **LAMP, "option:size": "s"},
        {"sku": "A-M", "slug": "a", **LAMP, "размер": "M"},
        {"sku": "A-L", "slug": "a", **LAMP, "size": "Large"},
    )
    assert (report.created, report.refused) == (3, [])
    assert dict(Variant.objects.values_list("sku", "name_en")) == {"A-S": "S", "A-M": "M", "A-L": "Large"}
    assert OptionValue.objects.get(slug="large").sort_order == 1
    again = read({"sku": "A-S", "size": "S"}, {"sku": "A-L", "size": "large"})
    assert (again.unchanged, again.updated) == (2, 0)


def test_two_variants_swap_their_options_in_one_file(sizes: OptionType) -> None:
    read({"sku": "A", "slug": "a", **LAMP, "size": "S"}, {"sku": "B", "slug": "a", **LAMP, "size": "M"})
    assert read({"sku": "A", "size": "M"}, {"sku": "B", "size": "S"}).updated == 2
    assert dict(Variant.objects.values_list("sku", "option1__slug")) == {"A": "m", "B": "s"}


def test_a_combination_that_is_there_or_cannot_stand_beside_the_others_is_refused(sizes: OptionType) -> None:
    read({"sku": "A", "slug": "a", **LAMP, "size": "S"}, {"sku": "B", "slug": "a", **LAMP, "size": "M"})
    assert reasons({"sku": "B", "size": "S"}) == ["There are two variants “S”."]
    new = {"sku": "C", "slug": "a", **LAMP}
    assert reasons({**new, "size": "M"}) == ["There are two variants “M”."]
    colour = OptionType.objects.create(name_en="Colour", slug="colour")
    OptionValue.objects.create(option_type=colour, name_en="Red")
    assert reasons({**new, "size": "XL", "colour": "Red"}) == [
        "All variants of a product need a value of the same options."
    ]
    assert reasons({"sku": "B", "size": "-"}) == ["All variants of a product need a value of the same options."]
    assert reasons({**new, "size": "x" * 61}) == ["Size is longer than 60 characters."]
    assert dict(Variant.objects.values_list("sku", "option1__slug")) == {"A": "s", "B": "m"}


def test_a_check_makes_no_values(sizes: OptionType, material: Attribute) -> None:
    row = {"sku": "A", **LAMP, "size": "Huge", "material": "Silk"}
    report = read(row, {**row, "sku": "B", "size": "Vast"}, dry_run=True)
    assert (report.created, report.refused) == (2, [])
    assert (OptionValue.objects.count(), AttributeChoice.objects.count()) == (2, 1)


def test_attributes_are_typed(material: Attribute) -> None:
    for kind in ("number", "flag", "text"):
        Attribute.objects.create(name_en=kind.title(), slug=f"x-{kind}", kind=kind)
    row = {"sku": "A", **LAMP, "material": "шерсть", "x_number": "2,50", "x_flag": "да", "x_text": "Soft"}
    assert reasons(row) == []
    product = Product.objects.get()
    found = {each.attribute.slug: each.value for each in product.attributes.select_related("attribute", "choice")}
    assert (found["x-number"], found["x-flag"], found["x-text"]) == (Decimal("2.5"), True, "Soft")
    assert str(found["material"]) == "Material: Wool"
    assert ProductListing.objects.get().facets.filter(facet="a.material", value="wool").exists()
    assert read(row).unchanged == 1
    wrong = [{"sku": "A", "x_number": "heavy"}, {"sku": "A", "x_flag": "maybe"}, {"sku": "A", "x_text": "x" * 256}]
    assert [reasons(each)[0] for each in wrong] == [
        "“heavy” is not a number with at most four decimals (Number).",
        "“maybe” is neither yes nor no (Flag).",
        "Text is longer than 255 characters.",
    ]
    assert len(reasons({"sku": "NEW", **LAMP, "x_number": "heavy"})) == Product.objects.count() == 1
    assert read({"sku": "A", "material": "-", "x_number": "3"}).updated == 1
    assert set(product.attributes.values_list("attribute__slug", "number")) == {
        ("x-number", Decimal(3)),
        ("x-flag", None),
        ("x-text", None),
    }


def test_weight_tax_class_and_window(sizes: OptionType) -> None:
    TaxClass.objects.create(code="books", name_en="Books", name_ru="Книги")
    row = {"sku": "A", **LAMP, "weight": "250", "tax_class": "книги", "publish_until": "2030-01-01 18:00"}
    assert reasons(row) == []
    product = Product.objects.get()
    assert (product.tax_class.code, product.variants.get().weight) == ("books", 250)  # type: ignore[union-attr]
    assert timezone.localtime(product.expire_at).hour == 18
    assert read(row).unchanged == 1
    assert reasons({"sku": "A", "tax_class": "toys"}) == ["There is no tax class “toys”."]
    assert reasons({"sku": "A", "weight": "-3"}) == ["“-3” is not a whole number (weight)."]
    assert reasons({"sku": "A", "publish_from": "soon"}) == ["“soon” is not a time like 2026-12-31 18:00."]
    backwards = {"sku": "A", "publish_from": "2031-01-01"}
    assert reasons(backwards) == ["The last day of the product comes before its first."]
    assert read({"sku": "A", "weight": "-", "tax_class": "-", "publish_until": "-"}).updated == 1
    product.refresh_from_db()
    assert (product.tax_class, product.expire_at, product.variants.get().weight) == (None, None, None)


def test_a_product_of_tomorrow_comes_by_the_timetable() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    assert reasons({"sku": "A", **LAMP, "publish_from": tomorrow.isoformat()}) == []
    product = Product.objects.get()
    assert not product.live and not ProductListing.objects.exists()
    earlier = timezone.now() + timedelta(hours=1)
    assert read({"sku": "A", "publish_from": earlier.isoformat()}).updated == 1
    revision = product.revisions.get(approved_go_live_at__isnull=False)
    assert revision.approved_go_live_at == earlier
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert ProductListing.objects.exists()
    later = {"sku": "A", "publish_from": tomorrow.isoformat()}
    assert "in the shop already" in reasons(later)[0]


def test_new_variants_are_in_the_open_draft_and_what_was_taken_out_stays_out() -> None:
    product = ProductFactory(sku="A", slug="lamp")
    VariantFactory(product=product, sku="B", name_en="B")
    draft = Product.objects.get(pk=product.pk)
    draft.variants = [draft.variants.get(sku="A")]
    draft.save_revision()
    assert read({"sku": "C", "slug": "lamp", "price": "7"}, {"sku": "B", "price": "8"}).created == 1
    products.publish(product=Product.objects.get(pk=product.pk))
    assert set(product.variants.values_list("sku", flat=True)) == {"A", "C"}


def formula(*, cached: str) -> bytes:
    """A workbook whose price is worked out; `cached` is what the program that wrote it made of it."""
    plain = as_xlsx(["sku", "name", "category", "price"], ["A", "Lamp", "Home", "=1+6"])
    source, target = ZipFile(BytesIO(plain)), BytesIO()
    with ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(
                name, source.read(name).replace(b"<v></v>", cached.encode()).replace(b"<v />", cached.encode())
            )
    return target.getvalue()


def test_a_formula_counts_by_its_result_and_one_without_is_refused(tmp_path: Path) -> None:
    report = import_products(rows=read_rows(write(tmp_path / "x.xlsx", formula(cached=""))))
    assert [reason for *_rest, reason in report.refused] == ["The price is missing."]
    report = import_products(rows=read_rows(write(tmp_path / "x.xlsx", formula(cached="<v>7</v>"))))
    assert (report.created, Variant.objects.get().price) == (1, 7)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_russian_tables_are_read_however_they_are_written(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["Артикул", "Наименование", "Категория", "Цена", "Остаток"], ["Л-1", "Лампа\x00 большая", "Дом", "5", "3"]]
    text = as_csv(*rows, delimiter=delimiter)
    report = import_products(rows=read_rows(write(tmp_path / "x.csv", text.encode(encoding))))
    assert (report.created, report.refused) == (1, [])
    assert (Product.objects.get().name_en, Stock.objects.get().on_hand) == ("Лампа большая", 3)  # type: ignore[attr-defined]


def test_the_stock_of_a_refused_row_stays(sizes: OptionType) -> None:
    item = ProductFactory(sku="A", stock=5).variants.get()
    stock.reserve(items=[(item.pk, 4)])
    report = read({"sku": "A", "stock": "1", "price": "99", "size": "S"}, set_stock=True)
    assert "4" in report.refused[0][2]
    item.refresh_from_db()
    assert (item.price, item.option1, Stock.objects.get().on_hand) == (10, None, 5)
