"""Orders, payments, webhook events, delivery and tax in the Wagtail admin, within the roles."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from notifications.models import OutgoingMail
from store import fulfilment, returns
from store.models import Order, OrderStatus, ShippingMethod, TaxRate, WebhookEvent
from store.payments import refunds, sandbox_cards, starting
from store.tests.shopping import buy, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def shop(client: Client) -> Client:
    client.force_login(staff("shop@example.com", "Shop managers"))
    return client


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(staff("editor@example.com", "Content managers"))
    return client


def staff(email: str, role: str) -> User:
    user = User.objects.create_user(email, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def paid_order() -> Order:
    order = buy((variant(), 1))
    sandbox_cards.pay(payment=starting.start(order=order), card="4242424242424242")
    order.refresh_from_db()
    return order


@pytest.mark.parametrize("words", ["{number}", "{lower}", "ANN@exam", "lee"])
def test_orders_are_found_by_number_mail_and_name(shop: Client, words: str) -> None:
    order = paid_order()
    query = words.format(number=order.number[:5], lower=order.number.lower())
    assert order.number in shop.get("/admin/store/orders/", {"q": query}).content.decode()
    assert order.number not in shop.get("/admin/store/orders/", {"q": "nobody"}).content.decode()


def test_orders_are_filtered_by_status_and_date(shop: Client) -> None:
    order = paid_order()
    assert order.number in shop.get("/admin/store/orders/?status=paid").content.decode()
    assert order.number not in shop.get("/admin/store/orders/?status=placed").content.decode()
    assert order.number not in shop.get("/admin/store/orders/?placed_at_to=2020-01-01").content.decode()
    assert shop.get("/admin/store/orders/?status=nonsense&placed_at_from=x").status_code == 200


def test_the_list_costs_the_same_for_one_order_and_for_ten(shop: Client, django_assert_max_num_queries: Any) -> None:
    item = variant(stock=50)
    for _order in range(10):
        buy((item, 1))
    shop.get("/admin/store/orders/")
    with django_assert_max_num_queries(30):
        shop.get("/admin/store/orders/")


def test_one_page_shows_everything_about_an_order(shop: Client, commit: Commit) -> None:
    with commit():
        order = paid_order()
    page = shop.get(f"/admin/store/orders/inspect/{order.pk}/").content.decode()
    for expected in ("Ann Lee", "Latvia", "€15.00", "gateway", "is paid", "ann@example.com", "Mark as packed"):
        assert expected in page, expected


def test_staff_take_an_order_through_its_steps(shop: Client) -> None:
    order = paid_order()
    parcel = {f"line_{order.lines.get().pk}": "1", "token": "x", "tracking_number": "RR1"}
    for step, form, expected in (("pack", {}, "packed"), ("ship", parcel, "shipped"), ("deliver", {}, "delivered")):
        url = f"/admin/store/orders/{order.pk}/{step}/"
        assert shop.get(url).status_code == 200
        assert shop.post(url, form).url == f"/admin/store/orders/inspect/{order.pk}/"
        order.refresh_from_db()
        assert order.status == expected
    assert order.events.get(to_status="delivered").actor == "shop@example.com"


def test_a_refund_needs_a_reason_and_is_done_by_the_worker(shop: Client, commit: Commit) -> None:
    order = paid_order()
    url = f"/admin/store/orders/{order.pk}/refund/"
    # The page reckons while one types: in the order's currency, and with what is left of it.
    assert 'data-currency="EUR" data-left="15.00"' in shop.get(url).content.decode()
    form = {"everything": "on", "restock": "on", "token": "x"}
    assert shop.post(url, {**form, "reason": ""}).status_code == 200
    with commit():
        shop.post(url, {**form, "reason": "Broken"})
    order.refresh_from_db()
    assert order.status == OrderStatus.REFUNDED


def test_a_transfer_is_marked_paid_and_an_unpaid_order_cancelled(shop: Client) -> None:
    item = variant()
    first, second = buy((item, 1), payment="offline"), buy((item, 1), payment="offline")
    shop.post(f"/admin/store/orders/{first.pk}/mark-paid/")
    shop.post(f"/admin/store/orders/{second.pk}/cancel/")
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == ["paid", "cancelled"]


def test_a_refund_by_line_sent_twice_goes_back_once(shop: Client, commit: Commit) -> None:
    order = paid_order()
    url, line = f"/admin/store/orders/{order.pk}/refund/", order.lines.get()
    assert b"data-price" in shop.get(url).content
    form = {f"line_{line.pk}": "1", "shipping": "2.00", "reason": "Broken", "token": "once", "restock": "on"}
    with commit():
        for _click in range(2):
            assert shop.post(url, form).status_code == 302
    order.refresh_from_db()
    assert (str(order.refunded), order.payments.get().refunds.count()) == ("12.00", 1)
    page = shop.get(f"/admin/store/orders/inspect/{order.pk}/").content.decode()
    assert "€12.00 given back" in page and "1 put back" in page


@pytest.mark.parametrize(
    "form",
    [
        {"line": "2"},
        {"line": "-1"},
        {"line": "x"},
        {"amount": "NaN"},
        {"amount": "1e99"},
        {"amount": "16"},
        {"shipping": "5.01"},
        {"line": "1", "amount": "1"},
        {},
    ],
)
def test_a_refund_that_cannot_be_is_refused_at_the_form(shop: Client, form: dict[str, str]) -> None:
    order = paid_order()
    sent = {f"line_{order.lines.get().pk}" if name == "line" else name: value for name, value in form.items()}
    url = f"/admin/store/orders/{order.pk}/refund/"
    assert shop.post(url, {**sent, "reason": "\x00😀", "token": "t"}).status_code == 200
    assert not order.payments.get().refunds.exists()


def test_an_address_is_corrected_and_a_note_written(shop: Client, commit: Commit) -> None:
    order = paid_order()
    form = {"email": "new@example.com", "full_name": "Ann Lee", "line1": "Elsewhere 2", "city": "Rīga"}
    url = f"/admin/store/orders/{order.pk}/correct/"
    assert shop.post(url, {**form, "postal_code": ""}).status_code == 200
    with commit():
        assert shop.post(url, {**form, "postal_code": "LV-1002"}).status_code == 302
        shop.post(f"/admin/store/orders/{order.pk}/note/", {"text": "Ring twice"})
    page = shop.get(f"/admin/store/orders/inspect/{order.pk}/").content.decode()
    assert "ann@example.com → new@example.com" in page and "Ring twice" in page


def test_a_mail_is_seen_and_sent_again(shop: Client, editor: Client, commit: Commit) -> None:
    with commit():
        order = paid_order()
    mail = OutgoingMail.objects.get(kind="order_paid")
    OutgoingMail.objects.update(status="sent")
    shown = shop.get(f"/admin/store/orders/{order.pk}/mails/{mail.pk}/")
    assert order.number in shown.content.decode() and "sandbox" in shown["Content-Security-Policy"]
    assert shop.get(f"/admin/store/orders/{order.pk}/mails/{mail.pk + 1}/").status_code == 404
    assert editor.get(f"/admin/store/orders/{order.pk}/mails/{mail.pk}/").status_code == 302
    shop.post(f"/admin/store/orders/{order.pk}/mail-again/{mail.pk}/")
    mail.refresh_from_db()
    assert (mail.status, mail.resends) == ("queued", 1)


def test_a_failed_refund_is_tried_again_from_the_page(shop: Client, commit: Commit) -> None:
    order = paid_order()
    made = refunds.refund(order=order, amount=Decimal(3), actor="s@example.com")
    refunds.failed(refund_id=made.pk, error="closed")
    assert b"Given by hand" in shop.get(f"/admin/store/orders/inspect/{order.pk}/").content
    with commit():
        shop.post(f"/admin/store/orders/{order.pk}/retry-refund/{made.pk}/")
    order.refresh_from_db()
    assert order.refunded == 3


def test_returns_are_listed_answered_received_and_paid_back(shop: Client, editor: Client, commit: Commit) -> None:
    order = paid_order()
    fulfilment.ship(order=order, actor="s@example.com")
    wish = returns.ask(order=order, lines=[(order.lines.get().pk, 1)], reason="Too big", actor="")
    assert order.number in shop.get("/admin/store/returns/?status=requested").content.decode()
    assert editor.post(f"/admin/store/returns/{wish.pk}/approve/").status_code == 302
    forms: dict[str, dict[str, str]] = {"approve": {"answer": "Yes"}, "receive": {"restock": "on"}, "refund": {}}
    with commit():
        for verb, form in forms.items():
            assert shop.get(f"/admin/store/returns/{wish.pk}/{verb}/").status_code == 200
            assert shop.post(f"/admin/store/returns/{wish.pk}/{verb}/", form).status_code == 302, verb
    wish.refresh_from_db()
    assert (wish.status, wish.restocked) == ("refunded", True)
    assert b"Too big" in shop.get(f"/admin/store/returns/inspect/{wish.pk}/").content


def test_carriers_need_a_place_for_the_number(shop: Client) -> None:
    form = {"name": "Post", "active": "on", "tracking_url": "https://post.example/{number}"}
    assert (
        b"tracking number goes" in shop.post("/admin/store/carriers/new/", form | {"tracking_url": "https://x"}).content
    )
    assert shop.post("/admin/store/carriers/new/", form).status_code == 302
    assert shop.get("/admin/store/carriers/").status_code == 200


def test_a_step_that_is_not_possible_says_so(shop: Client) -> None:
    order = buy((variant(), 1))
    assert b"cannot be done" in shop.post(f"/admin/store/orders/{order.pk}/deliver/").content


def test_nobody_types_edits_or_deletes_orders_and_payments(shop: Client) -> None:
    order = paid_order()
    admin = Client()
    admin.force_login(User.objects.create_superuser("root@example.com"))
    for client in (shop, admin):
        for noun, pk in (("orders", order.pk), ("payments", order.payments.get().pk), ("webhook-events", 1)):
            for path in ("new/", f"edit/{pk}/", f"delete/{pk}/", f"copy/{pk}/"):
                assert client.post(f"/admin/store/{noun}/{path}").status_code == 404, (noun, path)


def test_an_editor_sees_no_orders(editor: Client) -> None:
    order = paid_order()
    for path in ("orders/", f"orders/inspect/{order.pk}/", f"orders/{order.pk}/refund/", "payments/", "tax-rates/"):
        assert editor.get(f"/admin/store/{path}").status_code == 302, path
    assert Order.objects.get().status == OrderStatus.PAID


def test_webhook_events_are_read_and_processed_again(shop: Client, commit: Commit) -> None:
    paid_order()
    event = WebhookEvent.objects.get()
    assert b"payment.succeeded" in shop.get("/admin/store/webhook-events/").content
    assert b"&quot;reference&quot;" in shop.get(f"/admin/store/webhook-events/inspect/{event.pk}/").content
    with commit():
        shop.post(f"/admin/store/webhook-events/{event.pk}/again/")
    event.refresh_from_db()
    assert (event.attempts, Order.objects.get().status) == (2, OrderStatus.PAID)


def test_payments_are_listed_and_read(shop: Client) -> None:
    order = paid_order()
    assert order.number in shop.get("/admin/store/payments/").content.decode()
    assert shop.get(f"/admin/store/payments/inspect/{order.payments.get().pk}/").status_code == 200


def test_ways_of_delivery_take_a_list_of_countries(shop: Client) -> None:
    form = {"name_en": "Courier", "name_ru": "Курьер", "code": "courier", "price": "9.90", "free_from": ""}
    form |= {
        "countries": "lv, LT ee",
        "min_days": "1",
        "max_days": "2",
        "active": "on",
        "position": "0",
        "kind": "flat",
    }
    form |= {"steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0"}
    answer = shop.post("/admin/store/shipping-methods/new/", form)
    assert answer.status_code == 302, answer.content
    assert ShippingMethod.objects.get().countries == ["LV", "LT", "EE"]
    assert b"LV, LT, EE" in shop.get("/admin/store/shipping-methods/").content
    bad = shop.post("/admin/store/shipping-methods/new/", {**form, "code": "x", "countries": "Latvia"})
    assert b"not a country" in bad.content
    backwards = shop.post("/admin/store/shipping-methods/new/", {**form, "code": "x", "min_days": "9"})
    assert backwards.status_code == 200


def test_one_country_only_is_the_shops_own(shop: Client) -> None:
    shop.post("/admin/store/tax-rates/new/", {"country": "LV", "rate": "21", "included": "on", "is_home": "on"})
    again = shop.post("/admin/store/tax-rates/new/", {"country": "LT", "rate": "21", "is_home": "on"})
    assert "already" in again.content.decode()
    assert TaxRate.objects.get().country == "LV"
    assert shop.get("/admin/store/tax-rates/").status_code == 200
