"""The wishlist of visitors and members, its link, and its way into the cart."""

from typing import Any

import pytest
from django.test import Client

from accounts.tests.factories import UserFactory
from store import wishes
from store.models import Product, Variant, Wishlist
from store.tests.factories import ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db


def toggle(client: Client, product: Product) -> Any:
    return client.post("/wishlist/toggle/", {"product": product.pk}, headers={"Accept": "application/json"})


def names(client: Client, path: str = "/wishlist/") -> list[str]:
    return [card.name for card in client.get(path).context["products"]]


def test_a_heart_puts_on_the_list_and_takes_off_again(client: Client) -> None:
    a, b = ProductFactory(name_en="Coat"), ProductFactory(name_en="Boots")
    assert toggle(client, a).json() == {"wished": True, "count": 1, "error": ""}
    assert toggle(client, b).json()["count"] == 2
    assert names(client) == ["Boots", "Coat"]
    assert toggle(client, a).json()["wished"] is False
    assert names(client) == ["Boots"]


def test_the_header_brings_the_hearts_and_cached_pages_know_nothing(client: Client) -> None:
    product = ProductFactory()
    toggle(client, product)
    assert client.get("/fragments/header").json()["wishes"] == [product.pk]
    assert Client().get("/fragments/header").json()["wishes"] == []
    assert 'aria-pressed="true"' not in client.get("/store/").content.decode()


def test_without_scripts_the_heart_leads_to_the_list(client: Client) -> None:
    answer = client.post("/wishlist/toggle/", {"product": ProductFactory().pk})
    assert (answer.status_code, answer["Location"]) == (302, "/wishlist/")


@pytest.mark.parametrize("product", ["", "x", "-1", "9" * 30, "٣", "0"])
def test_nonsense_is_not_found(client: Client, product: str) -> None:
    assert client.post("/wishlist/toggle/", {"product": product}).status_code == 404


def test_a_visitors_wishes_are_the_members_after_log_in(client: Client) -> None:
    user, both, mine, visitors = UserFactory(), ProductFactory(), ProductFactory(), ProductFactory()
    own = wishes.get_or_create(user=user)
    for product in (both, mine):
        wishes.add(wishlist=own, product=product)
    toggle(client, both)
    toggle(client, visitors)
    client.force_login(user)
    assert set(wishes.product_ids(own)) == {both.pk, mine.pk, visitors.pk}
    assert Wishlist.objects.count() == 1
    assert client.get("/fragments/header").json()["wishes"] == wishes.product_ids(own)


def test_joining_never_overfills_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "MOST", 2)
    user, visitor = UserFactory(), wishes.get_or_create()
    own = wishes.get_or_create(user=user)
    wishes.add(wishlist=own, product=ProductFactory())
    for _number in range(2):
        wishes.add(wishlist=visitor, product=ProductFactory())
    wishes.merge(key=visitor.key, user=user)
    assert len(wishes.product_ids(own)) == 2
    with pytest.raises(wishes.TooManyWishes):
        wishes.add(wishlist=own, product=ProductFactory())


def test_an_accounts_list_is_not_found_by_its_key() -> None:
    own = wishes.get_or_create(user=UserFactory())
    assert wishes.get(key=own.key) is None


def test_a_shared_list_is_read_only_and_ends_with_sharing(client: Client) -> None:
    toggle(client, ProductFactory(name_en="Coat"))
    client.post("/wishlist/share/", {"on": "1"})
    path = client.get("/wishlist/").context["share_url"].partition("//")[2].partition("/")[2]
    friend = Client()
    page = friend.get(f"/{path}")
    assert "Coat" in page.content.decode() and "Move to cart" not in page.content.decode()
    client.post("/wishlist/share/")
    assert friend.get(f"/{path}").status_code == 404


def test_a_wish_moves_into_the_cart(client: Client) -> None:
    product = ProductFactory(sku="W")
    toggle(client, product)
    client.post("/wishlist/to-cart/", {"product": product.pk})
    assert names(client) == []
    assert client.get("/fragments/header").json()["cart"] == 1


def test_what_has_options_asks_for_one_and_what_is_gone_stays_wished(client: Client) -> None:
    several, gone = ProductFactory(), ProductFactory(name_en="Gone", stock=0)
    VariantFactory(product=several)
    for product in (several, gone):
        toggle(client, product)
    answer = client.post("/wishlist/to-cart/", {"product": several.pk})
    assert answer["Location"] == several.get_absolute_url()
    client.post("/wishlist/to-cart/", {"product": gone.pk})
    assert "Gone" in names(client)
    assert Variant.objects.count() == 3 and client.get("/fragments/header").json()["cart"] == 0


def test_the_api_keeps_a_guests_list_by_its_header(client: Client) -> None:
    product = ProductFactory(sku="W")
    answer = client.post("/api/v1/wishlist/items", {"product": product.slug}, content_type="application/json")
    assert answer.status_code == 201
    guest = {"X-Wishlist": answer["X-Wishlist"]}
    assert [item["sku"] for item in client.get("/api/v1/wishlist", headers=guest).json()["items"]] == ["W"]
    assert Client().get("/api/v1/wishlist").json() == {"items": [], "share_url": None}
    url = client.post("/api/v1/wishlist/share", headers=guest).json()["share_url"]
    key = url.rstrip("/").rpartition("/")[2]
    assert Client().get(f"/api/v1/wishlist/shared/{key}").json()["items"][0]["sku"] == "W"
    assert client.post(f"/api/v1/wishlist/items/{product.slug}/to-cart", headers=guest).json()["items"] == []
    assert client.delete(f"/api/v1/wishlist/items/{product.slug}", headers=guest).status_code == 404
    assert Client().delete("/api/v1/wishlist/items/x").status_code == 404
