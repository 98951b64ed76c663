"""Invoices and credit notes: once each, without gaps, to the cent, readable at 1 line and at 300."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from company.models import Company
from company.money import format_money
from notifications.models import OutgoingMail
from notifications.outgoing import compose
from store import mails
from store.errors import StoreError
from store.invoices import contents, issuing, numbers, pdf, sheet, taxes
from store.models import Coupon, Invoice, InvoiceCounter, Order, OrderLine, Product, Refund, TaxClass, TaxRate
from store.payments import refunds, starting
from store.payments.settle import settle
from store.tests.shopping import CUSTOMER, buy, home_tax, variant
from store.tests.test_buying_at_once import at_once
from store.tests.test_settle import paid

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


def paid_order(*, sku: str = "A", price: str = "10.00", quantity: int = 1, **options: Any) -> Order:
    order = buy((variant(sku, price=price, stock=quantity), quantity), **options)
    payment = starting.start(order=order)
    settle(payment_id=payment.pk, outcome=paid(payment))
    order.refresh_from_db()
    return order


def text_of(invoice: Invoice) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf.render(invoice))).pages]
    return "\n".join(pages).replace("\u200b", "")


def refund(order: Order, amount: str, reason: str = "Too small") -> Refund:
    made = refunds.refund(order=order, amount=Decimal(amount), actor="s@example.com", reason=reason)
    refunds.done(refund_id=made.pk)
    made.refresh_from_db()
    return made


def test_the_invoice_goes_out_with_the_confirmation_and_is_the_same_ever_after(commit: Commit) -> None:
    with commit():
        order = paid_order()
    invoice = order.invoices.get()
    mail = OutgoingMail.objects.get(kind="order_paid")
    (attachment,) = compose(mail).attachments
    assert (attachment[0], attachment[2]) == (f"{invoice.number}.pdf", "application/pdf")
    assert attachment[1] == pdf.render(Invoice.objects.get())
    assert attachment[1].startswith(b"%PDF-")


def test_paying_sending_and_sweeping_again_make_no_second_invoice(commit: Commit) -> None:
    with commit():
        order = paid_order()
    mails.send(order_id=order.pk, kind="order_paid")
    Order.objects.update(paid_at=timezone.now() - 2 * issuing.SLACK)
    issuing.issue_missing()
    assert issuing.issue(order=order) == order.invoices.get()
    assert OutgoingMail.objects.count() == 1


def test_an_invoice_that_a_dying_worker_owes_is_issued_by_the_sweep() -> None:
    order = paid_order()
    issuing.issue_missing()
    assert not Invoice.objects.exists(), "not in the first minutes, which belong to the task"
    Order.objects.update(paid_at=timezone.now() - 2 * issuing.SLACK)
    issuing.issue_missing()
    assert order.invoices.get().sequence == 1


def test_numbers_run_from_one_in_each_series_and_year() -> None:
    taken = [str(numbers.take(series=series, year=year)) for series, year in [("A", 2026), ("A", 2026), ("B", 2026)]]
    assert taken == ["A-2026-000001", "A-2026-000002", "B-2026-000001"]
    assert str(numbers.take(series="A", year=2027)) == "A-2027-000001"


def test_a_document_that_is_rolled_back_leaves_no_gap() -> None:
    first, second = paid_order(), paid_order(sku="B")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issuing.issue(order=first)
        raise ZeroDivisionError
    assert issuing.issue(order=second).sequence == 1
    assert issuing.issue(order=first).sequence == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's in-memory database")
def test_numbers_taken_at_once_have_neither_gap_nor_double() -> None:
    bought = [paid_order(sku=f"S{number}") for number in range(6)]

    def work(order: Order, fails: bool) -> None:
        with transaction.atomic():
            issuing.issue(order=order)
            if fails:
                raise StoreError("The worker was killed here.")

    doomed = [lambda order=order: work(order, True) for order in bought[:3]]
    at_once(*doomed, *[lambda order=order: work(order, False) for order in bought * 2])
    found = Invoice.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(found) == [1, 2, 3, 4, 5, 6]
    assert InvoiceCounter.objects.get().last == 6
    assert len({invoice.order_id for invoice in Invoice.objects.all()}) == 6


def test_an_unpaid_order_has_no_invoice() -> None:
    with pytest.raises(StoreError):
        issuing.issue(order=buy((variant(), 1)))
    assert not InvoiceCounter.objects.exists(), "no number was taken for nothing"


def test_what_was_issued_does_not_change_with_the_order_the_company_or_the_catalogue(company: Any) -> None:
    order = paid_order()
    invoice = issuing.issue(order=order)
    before = text_of(invoice)
    Order.objects.update(full_name="Somebody Else", total=1)
    OrderLine.objects.update(name="Another thing")
    type(company).objects.update(legal_name="New Owners Ltd")
    assert text_of(Invoice.objects.get()) == before
    with pytest.raises(TypeError):
        invoice.save()


@pytest.fixture
def company() -> Any:
    found = contents.setting(Company)
    found.legal_name, found.legal_address = "Vitrina SIA", "Brīvības 1\nRīga"
    found.tax_number, found.registration, found.bank_details = "LV40003", "Reg. 4000", "Bank\nIBAN LV00"
    found.save()
    return found


def test_it_says_all_that_the_law_asks_for(company: Any) -> None:
    home_tax("21")
    firm = CUSTOMER.__class__(**{**CUSTOMER.as_dict(), "company": "Ann & Co", "vat_number": "lv 4000-3000"})
    order = paid_order(price="121.00", customer=firm)
    text = text_of(issuing.issue(order=order))
    for wanted in ("Vitrina SIA", "LV40003", "Reg. 4000", "IBAN LV00", "Ann & Co", "LV40003000", "Brīvības iela 1"):
        assert wanted in text
    for wanted in (order.number, "INV-", "21\u00a0%", "€104.13", "€21.87", "€126.00", "page 1 of 1", "Parcel"):
        assert wanted in text, text


def test_a_vat_number_of_nonsense_is_refused_at_the_checkout() -> None:
    with pytest.raises(ValidationError) as error:
        buy((variant(), 1), customer=CUSTOMER.__class__(**{**CUSTOMER.as_dict(), "vat_number": "=1+1"}))
    assert list(error.value.error_dict) == ["vat_number"]


def test_goods_discount_delivery_and_tax_add_up_to_the_order_to_the_cent() -> None:
    home_tax("21", included=False)
    order = paid_order(price="3.33", quantity=3)
    data = issuing.issue(order=order).data
    assert sum(Decimal(line["total"]) for line in data["lines"]) == Decimal(data["subtotal"]) == order.subtotal
    goods = Decimal(data["subtotal"]) - Decimal(data["discount"]) + Decimal(data["shipping"]["amount"])
    assert goods + Decimal(data["tax"]) == Decimal(data["total"]) == order.total
    (part,) = data["taxes"]
    assert (part["rate"], Decimal(part["gross"]), Decimal(part["tax"])) == ("21", order.total, order.tax)
    assert Decimal(part["net"]) + Decimal(part["tax"]) == Decimal(part["gross"])


@pytest.mark.parametrize("count", [1, 300])
def test_it_is_whole_on_as_many_pages_as_it_takes(count: int) -> None:
    order = paid_order()
    names = [f"Thing {number}" for number in range(1, count)] + ["W" * 400]
    OrderLine.objects.all().delete()
    lines = [
        OrderLine(order=order, sku=f"S-{number}", name=name, quantity=1, price=Decimal("1.01"), total=Decimal("1.01"))
        for number, name in enumerate(names, start=1)
    ]
    OrderLine.objects.bulk_create(lines)
    total = Decimal("1.01") * count
    Order.objects.update(subtotal=total, shipping=0, tax=0, total=total)
    invoice = issuing.issue(order=Order.objects.get())
    pages = PdfReader(io.BytesIO(pdf.render(invoice))).pages
    texts = [page.extract_text().replace("\u200b", "") for page in pages]
    assert all(f"page {number} of {len(pages)}" in text for number, text in enumerate(texts, start=1))
    assert all("Quantity" in text for text in texts if "S-" in text), "the table's head is on every page"
    found = re.findall(r"S-(\d+)\b", "\n".join(texts))
    assert [int(number) for number in found] == list(range(1, count + 1))
    assert format_money(total) in texts[-1]
    assert len(pages) == 1 if count == 1 else len(pages) > 5


def test_names_are_text_and_never_markup_of_the_layout() -> None:
    order = paid_order()
    nasty = '#panic("x") $1/0$ *bold* @ref <label> \\ " {page} #read("/etc/passwd")'
    OrderLine.objects.update(name=nasty)
    text = " ".join(text_of(issuing.issue(order=order)).split())
    assert nasty in text


@pytest.mark.parametrize(("name", "readable"), [("Ieva 👩🏽‍💻❤️ Bērziņa", "Ieva Bērziņa"), ("王小明 Wang", "Wang")])
def test_a_name_that_no_font_can_write_still_gets_its_invoice(name: str, readable: str) -> None:
    order = paid_order(customer=replace(CUSTOMER, full_name=name))
    assert readable in " ".join(text_of(issuing.issue(order=order)).split())


def test_a_russian_order_has_a_russian_invoice() -> None:
    order = paid_order(price="1234.50", language="ru")
    OrderLine.objects.update(name="Ёлка «Щука», 5 ₽")
    invoice = issuing.issue(order=order)
    text = text_of(invoice)
    assert "Ёлка «Щука», 5 ₽" in text
    with translation.override("ru"):
        assert format_money(order.total) in text and "Латвия" in text
    assert sheet.of(invoice)["language"] == "ru"


def test_a_refund_in_parts_brings_credit_notes_whose_tax_adds_up(commit: Commit) -> None:
    home_tax("21")
    with commit():
        order = paid_order(price="94.99")
    invoice = order.invoices.get()
    with commit():
        for amount in ("33.33", "33.33", "33.33"):
            refund(order, amount)
    notes = list(invoice.credit_notes.order_by("sequence"))
    assert [note.number for note in notes] == [f"CN-{invoice.year}-00000{n}" for n in (1, 2, 3)]
    assert sum(note.total for note in notes) == invoice.total == Decimal("99.99")
    assert sum(note.tax for note in notes) == invoice.tax
    mailed = OutgoingMail.objects.filter(kind__startswith="order", attachments__0__0="invoice").order_by("pk")
    assert [mail.attachments[0][1] for mail in mailed] == [str(row.pk) for row in [invoice, *notes]]
    text = text_of(notes[0])
    assert invoice.number in text and "€33.33" in text and "Too small" in text


def test_the_parts_of_a_tax_at_two_rates_come_back_to_the_cent() -> None:
    whole = [
        taxes.TaxPart(Decimal(21), Decimal("8.26"), Decimal("1.74"), Decimal("10.00")),
        taxes.TaxPart(Decimal(5), Decimal("6.67"), Decimal("0.33"), Decimal("7.00")),
    ]
    given: list[taxes.TaxPart] = []
    wishes = ({}, {21: "5.00"}, {5: "0.44"}, {21: "9.00", 5: "2.00"})
    for amount, wish in zip(map(Decimal, ("0.01", "5.55", "0.44", "11.00")), wishes, strict=True):
        wanted = {Decimal(rate): Decimal(text) for rate, text in wish.items()}
        parts = taxes.share(whole, given=given, wanted=wanted, amount=amount, currency="EUR")
        assert sum(part.gross for part in parts) == amount
        assert all(part.net + part.tax == part.gross and part.tax >= 0 for part in parts)
        given += parts
    for part in whole:
        assert sum(back.tax for back in given if back.rate == part.rate) == part.tax
        assert sum(back.gross for back in given if back.rate == part.rate) == part.gross


def order_at_two_rates(*, included: bool) -> Order:
    """Books at 5 %, bowls at 21 %, a coupon on all of it, delivery at 21 %."""
    home_tax("21", included=included)
    books = TaxClass.objects.create(name="Books")
    TaxRate.objects.create(country="LV", rate=Decimal(5), included=included, tax_class=books)
    bowl, book = variant("BOWL", price="33.33", stock=9), variant("BOOK", price="9.99", stock=9)
    Product.objects.filter(pk=book.product_id).update(tax_class=books)
    Coupon.objects.create(code="TENTH", value=Decimal(10))
    order = buy((bowl, 3), (book, 2), coupon="TENTH")
    payment = starting.start(order=order)
    settle(payment_id=payment.pk, outcome=paid(payment))
    order.refresh_from_db()
    return order


@pytest.mark.parametrize("included", [True, False])
def test_each_line_shows_its_rate_and_discount_and_the_lines_are_the_total(included: bool) -> None:
    order = order_at_two_rates(included=included)
    invoice = issuing.issue(order=order)
    data = invoice.data
    assert [(line["sku"], Decimal(line["rate"])) for line in data["lines"]] == [("BOWL", 21), ("BOOK", 5)]
    shown = sum(Decimal(line["total"]) - Decimal(line["discount"]) for line in data["lines"])
    assert sum(Decimal(line["discount"]) for line in data["lines"]) == order.discount > 0
    taxed = shown + order.shipping + (0 if included else order.tax)
    assert taxed == order.total == sum(Decimal(part["gross"]) for part in data["taxes"])
    assert sheet.of(invoice)["columns"] == ["№", "Product", "Quantity", "Price", "Discount", "Tax", "Amount"]
    text = text_of(invoice)
    assert "21\u00a0%" in text and "5\u00a0%" in text and format_money(-order.lines.all()[0].discount) in text


@pytest.mark.parametrize("included", [True, False])
def test_a_credit_note_names_the_lines_that_went_back_with_their_own_tax(included: bool, commit: Commit) -> None:
    with commit():
        order = order_at_two_rates(included=included)
    bowl, book = order.lines.all()
    with commit():
        refunds.refund(order=order, lines=[(book.pk, 1)], actor="s@example.com", reason="Torn")
    note = Invoice.objects.get(kind="credit_note")
    assert [(line["name"], line["quantity"]) for line in note.data["lines"]] == [(book.name, 1)]
    (part,) = note.data["taxes"]
    assert (Decimal(part["rate"]), Decimal(part["gross"])) == (5, note.total)
    text = text_of(note)
    assert book.name in text and "Torn" in text and "21\u00a0%" not in text
    with commit():
        refunds.refund(order=order, amount=Decimal("7.77"), actor="s@example.com", reason="Sorry")
    with commit():
        refunds.refund(order=order, lines=[(bowl.pk, 2)], shipping=Decimal(1), actor="s@example.com", reason="Two back")
    with commit():
        refunds.refund_order(order=order, actor="s@example.com", reason="The rest")
    invoice = Invoice.objects.get(kind="invoice")
    notes = list(invoice.credit_notes.order_by("sequence"))
    assert [line["name"] for line in notes[1].data["lines"]] == [f"Refund of invoice {invoice.number}"]
    assert [line["name"] for line in notes[2].data["lines"]] == [bowl.name, "Delivery: Parcel"]
    for each in notes:
        assert sum(Decimal(line["total"]) for line in each.data["lines"]) == each.total
        assert sum(Decimal(part["gross"]) for part in each.data["taxes"]) == each.total
    assert sum(each.total for each in notes) == invoice.total == order.total
    for whole in invoice.data["taxes"]:
        back = [part for each in notes for part in each.data["taxes"] if part["rate"] == whole["rate"]]
        assert sum(Decimal(part["tax"]) for part in back) == Decimal(whole["tax"])


def test_documents_from_before_rates_stood_at_the_lines_look_as_they_did() -> None:
    invoice = issuing.issue(order=paid_order())
    for line in invoice.data["lines"]:
        del line["rate"], line["discount"]
    assert sheet.of(invoice)["columns"] == ["№", "Product", "Quantity", "Price", "Amount"]


def test_money_that_never_was_the_orders_brings_no_credit_note(commit: Commit) -> None:
    with commit():
        order = paid_order()
    surplus = refund(order, "15.00")
    Refund.objects.filter(pk=surplus.pk).update(is_surplus=True)
    Invoice.objects.filter(kind="credit_note").delete()
    assert issuing.credit(refund=Refund.objects.get(pk=surplus.pk)) is None


def test_customers_get_it_by_session_token_and_api_and_others_do_not(client: Client, commit: Commit) -> None:
    with commit():
        order = paid_order()
    invoice = order.invoices.get()
    path = f"/orders/{order.number}/invoice/"
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?token=wrong").status_code == 404
    answer = client.get(f"{path}?token={order.token}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    assert client.get(f"{path}{invoice.number}/?token={order.token}").content == answer.content
    assert client.get(f"{path}INV-1999-000001/?token={order.token}").status_code == 404
    page = client.get(f"/orders/{order.number}/?token={order.token}", follow=True)
    assert invoice.number in page.content.decode()
    api = f"/api/v1/orders/{order.number}/invoice"
    assert client.get(api).status_code == 404
    assert client.get(f"{api}?token={order.token}").content == answer.content
    (item,) = client.get(f"{api}s?token={order.token}").json()["items"]
    assert (item["number"], item["kind"], item["total"]) == (invoice.number, "invoice", str(order.total))
    assert client.get(f"{item['url'].partition('/api/')[2].join(['/api/', ''])}?token={order.token}").status_code == 200


def test_before_it_is_paid_there_is_no_invoice_to_get(client: Client) -> None:
    order = buy((variant(), 1))
    for path in (f"/orders/{order.number}/invoice/", f"/api/v1/orders/{order.number}/invoice"):
        assert client.get(f"{path}?token={order.token}").status_code == 404


def test_a_shop_that_issues_by_hand_mails_the_invoice_when_staff_issue_it(admin_client: Client, commit: Commit) -> None:
    row = contents.settings()
    row.when_paid = False
    row.save()
    with commit():
        order = paid_order()
    assert not Invoice.objects.exists()
    assert OutgoingMail.objects.get().attachments == []
    with commit():
        answer = admin_client.post(f"/admin/store/orders/{order.pk}/invoice/", follow=True)
    assert answer.status_code == 200
    assert OutgoingMail.objects.get(kind="order_invoice").attachments == [["invoice", str(Invoice.objects.get().pk)]]


def test_staff_find_and_download_documents_and_export_a_period(admin_client: Client, commit: Commit) -> None:
    home_tax("21")
    with commit():
        order = paid_order(customer=CUSTOMER.__class__(**{**CUSTOMER.as_dict(), "company": "=HYPERLINK(1)"}))
        refund(order, "5.00")
    invoice, note = Invoice.objects.order_by("pk")
    listed = admin_client.get(f"/admin/store/invoices/?q={order.number}").content.decode()
    assert invoice.number in listed and note.number in listed
    assert invoice.number not in admin_client.get("/admin/store/invoices/?q=ZZZZZ").content.decode()
    assert admin_client.get(f"/admin/store/invoices/{invoice.pk}/pdf/").content == pdf.render(invoice)
    today = timezone.localdate().isoformat()
    period = {"first": today, "last": today}
    table = admin_client.post("/admin/store/invoices/export/", {**period, "content": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["number"], row["gross"]) for row in rows] == [(invoice.number, "15.00"), (note.number, "-5.00")][::-1]
    assert {row["buyer"] for row in rows} == {"'=HYPERLINK(1)"}
    answer = admin_client.post("/admin/store/invoices/export/", {**period, "content": "zip"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert sorted(Path(name).name for name in archive.namelist()) == sorted(
        [f"{note.number}.pdf", "documents.csv", f"{invoice.number}.pdf"]
    )
    assert archive.read(f"{invoice.year}/{invoice.number}.pdf") == pdf.render(invoice)
    backwards = admin_client.post(
        "/admin/store/invoices/export/", {"first": today, "last": "2020-01-01", "content": "csv"}
    )
    assert "ends before it begins" in backwards.content.decode()


def test_without_the_permission_there_are_no_documents(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user(email="s@example.com", password="x")
    order = paid_order()
    invoice = issuing.issue(order=order)
    client.force_login(user)
    for path in (f"/admin/store/invoices/{invoice.pk}/pdf/", "/admin/store/invoices/export/", "/admin/store/invoices/"):
        assert client.get(path).status_code in (302, 403)
    assert client.get(f"/orders/{order.number}/invoice/").status_code == 404
    assert client.post(f"/api/v1/orders/{order.number}/invoice").status_code in (401, 403)


def test_an_order_that_cost_nothing_has_an_invoice_of_nothing() -> None:
    order = paid_order()
    Order.objects.update(subtotal=0, shipping=0, tax=0, total=0)
    invoice = issuing.issue(order=Order.objects.get(pk=order.pk))
    assert invoice.total == 0 and "€0.00" in text_of(invoice)


def test_its_data_is_plain_json_with_decimals_as_text() -> None:
    data = issuing.issue(order=paid_order()).data
    assert json.loads(json.dumps(data)) == data
    assert isinstance(data["total"], str)
