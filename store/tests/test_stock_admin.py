"""The ledger in the admin and the API: received, corrected, read, filtered, exported; what runs low is told."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import UserFactory
from notifications.models import Notice
from store import low_stock, movements, stock
from store.models import MovementReason, Stock, StockMovement, StockSettings, Variant
from store.tests.factories import ProductFactory
from store.tests.shopping import buy

pytestmark = pytest.mark.django_db


def client_of(*groups: str) -> Client:
    client = Client()
    client.force_login(UserFactory(email=f"{groups[0].split()[0].lower()}@example.com", groups=groups))
    return client


@pytest.fixture
def keeper() -> Client:
    return client_of("Shop managers")


def variant(sku: str = "A", pieces: int = 9) -> Variant:
    return ProductFactory(sku=sku, stock=pieces).variants.get()


def test_goods_are_received_and_lost_with_a_reason(keeper: Client) -> None:
    item = variant()
    url = reverse("store_stock:adjust", args=[item.pk])
    assert b"9 on hand" in keeper.get(url).content
    assert keeper.post(url, {"reason": "received", "pieces": "5", "note": "DN-7"}).status_code == 302
    assert keeper.post(url, {"reason": "damaged", "pieces": "2"}).status_code == 302
    assert keeper.post(url, {"reason": "corrected", "pieces": "-1"}).status_code == 302
    lines = StockMovement.objects.order_by("pk").values_list("reason", "on_hand_change", "actor", "note")
    assert list(lines)[1:] == [
        ("received", 5, "shop@example.com", "DN-7"),
        ("damaged", -2, "shop@example.com", ""),
        ("corrected", -1, "shop@example.com", ""),
    ]
    assert Stock.objects.get().on_hand == 11
    assert movements.mismatches() == []


@pytest.mark.parametrize(
    "data",
    [
        {"reason": "received", "pieces": "0"},
        {"reason": "received", "pieces": "-1"},
        {"reason": "damaged", "pieces": "10"},
        {"reason": "sold", "pieces": "1"},
        {"reason": "", "pieces": "1"},
        {"reason": "received", "pieces": "9" * 30},
        {"reason": "received", "pieces": "x"},
    ],
)
def test_nonsense_is_refused_on_the_form(keeper: Client, data: dict[str, str]) -> None:
    item = variant()
    assert keeper.post(reverse("store_stock:adjust", args=[item.pk]), data).status_code == 200
    assert Stock.objects.get().on_hand == 9


def test_content_managers_look_but_do_not_move_anything() -> None:
    item = variant()
    editor = client_of("Content managers")
    assert editor.get(reverse("store_movements:index")).status_code == 200
    assert (
        editor.post(reverse("store_stock:adjust", args=[item.pk]), {"reason": "received", "pieces": "1"}).status_code
        == 302
    )
    assert Stock.objects.get().on_hand == 9
    stranger = client_of("Campaign owners")
    for page in ("store_movements:index", "store_low_stock"):
        assert stranger.get(reverse(page)).status_code == 302


def test_the_ledger_is_filtered_and_leads_to_the_order(keeper: Client) -> None:
    item = variant()
    variant("B")
    order = buy((item, 2))
    page = keeper.get(reverse("store_movements:index") + "?sku=A&reason=reserved").content.decode()
    assert order.number in page and "0 → 2" in page and ">B<" not in page
    assert keeper.get(reverse("store_movements:index") + "?sku=%00").status_code == 200


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_ledger_is_exported_as_filtered(keeper: Client, format: str) -> None:
    variant()
    variant("B")
    stock.adjust(sku="A", change=1, reason=MovementReason.RECEIVED, note="=1+1")
    answer = keeper.get(reverse("store_movements:index") + f"?sku=A&export={format}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (
        content.startswith(b"PK") if format == "xlsx" else b"'=1+1" in content and b"B" not in content.split(b"\r\n")[1]
    )


def test_nobody_writes_into_the_ledger_by_hand(keeper: Client) -> None:
    variant()
    line = StockMovement.objects.get()
    for tail in ("new/", f"edit/{line.pk}/", f"delete/{line.pk}/"):
        assert keeper.post(f"/admin/store/movements/{tail}", {}).status_code in (302, 404)
    assert StockMovement.objects.count() == 1


def test_what_runs_low_is_listed_by_its_own_threshold_or_the_usual_one(keeper: Client) -> None:
    for sku, pieces in (("A", 5), ("B", 6), ("C", 0), ("D", 50)):
        variant(sku, pieces)
    stock.set_low_at(sku="D", low_at=60)
    ProductFactory(sku="E", stock=0, active=False)
    assert [row.variant.sku for row in low_stock.low()] == ["C", "A", "D"]
    page = keeper.get(reverse("store_low_stock")).content.decode()
    assert all(f">{sku}<" in page.replace("\n", "").replace(" ", "") for sku in "CAD")
    assert keeper.get(reverse("store_low_stock") + "?export=csv").status_code == 200
    settings = StockSettings.load()
    settings.low_at = 0
    settings.save()
    assert [row.variant.sku for row in low_stock.low(include_out=False)] == ["D"]


def test_the_levels_of_the_list_follow_the_thresholds(keeper: Client) -> None:
    variant("A", 5), variant("B", 6), variant("C", 0)
    for level, sku in (("low", "A"), ("in", "B"), ("out", "C")):
        rows = keeper.get(reverse("store_stock:index") + f"?level={level}").context["object_list"]
        assert [row.variant.sku for row in rows] == [sku]


def test_the_threshold_is_set_with_the_count(keeper: Client) -> None:
    item = variant()
    url = reverse("store_stock:edit", args=[item.pk])
    assert keeper.post(url, {"on_hand": "9", "low_at": "20"}).status_code == 302
    assert Stock.objects.get().low_at == 20
    assert keeper.post(url, {"on_hand": "9", "low_at": "-1"}).status_code == 200


def test_shop_managers_are_told_once_a_day(keeper: Client, settings: Any) -> None:
    cache.clear()
    variant("A", 9)
    assert low_stock.tell_managers() == 0
    variant("B", 1)
    assert low_stock.tell_managers() == 1
    assert low_stock.tell_managers() == 0
    notice = Notice.objects.get()
    assert "1 variant runs low" in notice.text and notice.url == reverse("store_low_stock")


def test_the_api_shows_and_writes_movements() -> None:
    variant()
    client = client_of("Shop managers")
    token = client.get("/accounts/password/change/").cookies["csrftoken"].value
    send = {"content_type": "application/json", "headers": {"X-CSRFToken": token}}
    answer = client.post("/api/v1/stock/A/movements", {"change": 3, "reason": "received", "note": "x"}, **send)
    assert (answer.status_code, answer.json()["on_hand"]) == (201, 12)
    client.put("/api/v1/stock/A", {"on_hand": 4}, **send)
    body = client.get("/api/v1/stock/A/movements?page_size=2").json()
    assert [(item["reason"], item["on_hand_change"], item["actor"]) for item in body["items"]] == [
        ("counted", -8, "shop@example.com"),
        ("received", 3, "shop@example.com"),
    ]
    rest = client.get(f"/api/v1/stock/A/movements?page_size=2&cursor={body['next_cursor']}").json()
    assert [item["reason"] for item in rest["items"]] == ["opening"]
    for wrong in (
        {"change": 1, "reason": "sold"},
        {"change": 0, "reason": "received"},
        {"change": -99, "reason": "damaged"},
    ):
        assert client.post("/api/v1/stock/A/movements", wrong, **send).status_code == 409
    assert client.post("/api/v1/stock/A/movements", {"change": "x", "reason": 5}, **send).status_code == 422
    assert client.get("/api/v1/stock/none/movements").status_code == 404
    assert Client().get("/api/v1/stock/A/movements").status_code == 401
    assert client_of("Campaign owners").get("/api/v1/stock/A/movements").status_code == 403
