"""The import as staff use it: uploaded, checked, imported, resumed, called off."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import UserFactory
from jobs import work as works
from jobs.models import Work
from store import stock
from store.imports.job import import_again, start_import
from store.models import Product, ProductListing, Stock, StockMovement, Variant
from store.tests.factories import ProductFactory
from store.tests.tables import as_csv, as_xlsx, as_zip, picture_bytes

pytestmark = pytest.mark.django_db

HEADER = ["sku", "name_en", "category", "price", "stock", "colour of the box"]


def sheet(*rows: list[Any]) -> ContentFile[bytes]:
    return ContentFile(as_csv(HEADER, *rows).encode(), name="list.csv")


def lamp(sku: str, price: Any = "5", stock: Any = "3") -> list[Any]:
    return [sku, f"Lamp {sku}", "Home > Lamps", price, stock, "blue"]


def done(work: Work) -> Work:
    """Run every slice."""
    while not works.Work.objects.get(pk=work.pk).has_ended:
        works.run(work_id=work.pk)
    work.refresh_from_db()
    return work


def manager(*groups: str) -> Client:
    client = Client()
    client.force_login(UserFactory(groups=groups or ["Shop managers"]))
    return client


def test_a_check_writes_nothing_and_then_the_same_file_is_imported() -> None:
    owner = UserFactory(groups=["Shop managers"])
    check = done(start_import(file=sheet(lamp("A"), lamp("B", "x")), name="list.csv", owner=owner, dry_run=True))
    assert (check.state, check.counts["created"], check.refused, check.total) == ("done", 1, 1, 2)
    assert not Product.objects.exists()
    assert check.refusals.get().number == 3
    work = done(import_again(work=check, owner=owner))
    assert (work.state, work.counts["created"], work.refused) == ("done", 1, 1)
    line = StockMovement.objects.get()
    assert (line.reason, line.on_hand_change, line.actor, line.note) == ("imported", 3, owner.email, "list.csv")
    assert ProductListing.objects.get().in_stock


def test_the_page_says_which_column_became_what() -> None:
    work = done(start_import(file=sheet(lamp("A")), name="list.csv", owner=None, dry_run=True))
    facts = dict(works.facts(work))
    assert facts["sku"] == "SKU" and facts["colour_of_the_box"] == "left alone"


def test_a_killed_import_goes_on_and_changes_everything_once(monkeypatch: Any) -> None:
    monkeypatch.setattr("store.imports.job.BATCH", 2)
    monkeypatch.setattr(works, "SLICE_SECONDS", 0)
    rows = [lamp(f"S{number}") for number in range(7)] + [lamp("S0")]
    work = start_import(file=sheet(*rows), name="list.csv", owner=None)
    works.run(work_id=work.pk)
    assert Variant.objects.count() == 2
    # Killed: the claim stays, the lease runs out.
    Work.objects.filter(pk=work.pk).update(claim="dead", leased_until="2020-01-01T00:00Z")
    done(work)
    assert (work.counts["created"], work.refused, Variant.objects.count()) == (7, 1, 7)
    assert "row 2" in work.refusals.get().reason
    assert StockMovement.objects.count() == 7


def test_reading_a_file_twice_does_no_harm() -> None:
    done(start_import(file=sheet(lamp("A")), name="list.csv", owner=None))
    stock.set_on_hand(sku="A", on_hand=1)
    work = done(start_import(file=sheet(lamp("A")), name="list.csv", owner=None))
    assert (work.counts["unchanged"], Stock.objects.get().on_hand) == (1, 1)


def test_the_stock_of_known_products_is_set_only_when_asked_and_not_below_what_orders_hold() -> None:
    first = ProductFactory(sku="A", stock=9).variants.get()
    ProductFactory(sku="B", stock=9)
    stock.reserve(items=[(first.pk, 5)])
    file = ContentFile(b"sku,stock,low_at\nA,4,\nB,2,7\n", name="s.csv")
    work = done(start_import(file=file, name="s.csv", owner=None, set_stock=True))
    assert (work.counts["updated"], work.refused) == (1, 1)
    assert "Orders hold 5" in work.refusals.get().reason
    row = Stock.objects.get(variant__sku="B")
    assert (row.on_hand, row.low_at, Stock.objects.get(variant=first).on_hand) == (2, 7, 9)


def test_a_workbook_that_is_called_csv_is_understood() -> None:
    file = ContentFile(as_xlsx(HEADER, lamp("A")), name="list.csv")
    assert done(start_import(file=file, name="list.csv", owner=None)).counts["created"] == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old.xls", "old Excel file"),
        (as_zip(a__png=b"x"), "x.xlsx", "not a workbook"),
        (b"PK\x03\x04 broken", "x.csv", "damaged"),
        (b"\x1f\x8bnot gzip", "x.csv", "damaged"),
        (b"x", "x.exe", "neither"),
        (b'[{"a":' * 100_000, "x.json", "damaged"),
    ],
)
def test_a_hostile_file_ends_the_job_with_one_sentence(content: bytes, name: str, sentence: str) -> None:
    work = done(start_import(file=ContentFile(content, name=name), name=name, owner=None))
    assert (work.state, sentence in work.error) == ("failed", True), work.error


def test_variants_share_a_product_by_its_slug_and_carry_their_data_sheet() -> None:
    text = as_csv(
        ["sku", "slug", "name_en", "variant_en", "category", "price", "specifications_en", "active", "variant_active"],
        ["A-1", "lamp", "Lamp", "Blue", "Home", "5", "Weight: 2 kg\nPower\\: W: 5", "yes", "yes"],
        ["A-2", "lamp", "Lamp", "Red", "Home", "6", "Weight: 2 kg\nPower\\: W: 5", "да", "no"],
    )
    work = done(start_import(file=ContentFile(text.encode(), name="v.csv"), name="v.csv", owner=None))
    assert (work.counts["created"], work.refused) == (2, 0)
    product = Product.objects.get()
    assert [(row.name, row.active) for row in product.variants.order_by("pk")] == [("Blue", True), ("Red", False)]
    sheet_ = list(product.specifications.values_list("name_en", "value_en"))
    assert sheet_ == [("Weight", "2 kg"), ("Power: W", "5")]
    again = done(start_import(file=ContentFile(text.encode(), name="v.csv"), name="v.csv", owner=None))
    assert again.counts == {"created": 0, "updated": 0, "unchanged": 2}


def test_a_dash_empties_a_field() -> None:
    product = ProductFactory(sku="A", price=Decimal(5), compare_at_price=Decimal(9))
    file = ContentFile(b"sku,compare_at_price,brand\nA,-,-\n", name="x.csv")
    done(start_import(file=file, name="x.csv", owner=None))
    product.refresh_from_db()
    assert (product.brand, product.variants.get().compare_at_price) == (None, None)


def test_an_upload_becomes_a_job_and_is_not_parsed_in_the_request() -> None:
    client = manager()
    page = reverse("store_import:index")
    assert client.get(page).status_code == 200
    upload = SimpleUploadedFile("list.csv", b"\x00\xff not a table at all")
    answer = client.post(page, {"file": upload, "dry_run": "on", "stock": "0"})
    work = Work.objects.get()
    assert answer["Location"] == reverse("jobs_works:inspect", args=[work.pk])
    assert (work.state, work.params["dry_run"]) == ("waiting", True)
    assert client.get(answer["Location"]).status_code == 200


def test_the_button_after_a_check_starts_the_import() -> None:
    client = manager()
    upload = SimpleUploadedFile("list.csv", sheet(lamp("A")).read())
    client.post(reverse("store_import:index"), {"file": upload, "dry_run": "on", "stock": "0"})
    check = done(Work.objects.get())
    page = client.get(reverse("jobs_works:inspect", args=[check.pk])).content.decode()
    url = reverse("store_import:for_good", args=[check.pk])
    assert url in page
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert done(Work.objects.latest("pk")).counts["created"] == 1


def test_those_without_the_permission_are_kept_out() -> None:
    upload = {"file": SimpleUploadedFile("list.csv", b"sku\nA"), "stock": "0"}
    for client in (Client(), manager("Campaign owners"), manager("Managers")):
        assert client.get(reverse("store_import:index")).status_code == 302
        client.post(reverse("store_import:index"), upload)
        client.post(reverse("store_import:export"), {"what": "store.export_catalogue", "format": "csv"})
    editor = manager("Content managers")
    upload["file"].seek(0)  # type: ignore[union-attr]
    assert editor.post(reverse("store_import:index"), {**upload, "set_stock": "on"}).status_code == 200
    assert not Work.objects.exists()


def test_pictures_come_from_a_zip_file_by_name_or_by_sku_once() -> None:
    archive = as_zip(front__png=picture_bytes(), B__jpg=picture_bytes("JPEG", colour="blue"))
    text = as_csv([*HEADER[:5], "pictures"], [*lamp("A")[:5], "front.png gone.png"], [*lamp("B")[:5], ""])

    def again() -> Work:
        files = {"file": ContentFile(text.encode(), name="p.csv"), "archive": ContentFile(archive, name="p.zip")}
        return done(start_import(name="p.csv", owner=None, **files))

    work = again()
    assert (work.counts["pictures"], [row.key for row in work.refusals.all()]) == (2, ["A"])
    assert [product.pictures.count() for product in Product.objects.all()] == [1, 1]
    assert ProductListing.objects.filter(image__isnull=False).count() == 2
    assert again().counts["pictures"] == 0
