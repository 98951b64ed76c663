"""The link that opens a cart again."""

import pytest
from django.test import Client

from accounts.models import User
from store import cart_links, carts
from store.models import Cart, CartLine
from store.tests.shopping import cart_with, variant

pytestmark = pytest.mark.django_db


def link(cart: Cart) -> str:
    return f"/cart/back/{cart_links.token_of(cart)}/"


def skus(client: Client) -> list[str]:
    cart = carts.get(key=client.session.get("cart", ""))
    return sorted(cart.lines.values_list("variant__sku", flat=True)) if cart else []


def test_a_visitor_s_cart_opens_on_another_device() -> None:
    left = cart_with((variant(), 2))
    client = Client()
    assert client.get(link(left)).headers["Location"] == "/cart/"
    assert client.session["cart"] == left.key


def test_goods_join_what_is_in_the_cart_already() -> None:
    left = cart_with((variant("A"), 2))
    variant("B")
    client = Client()
    client.post("/cart/add/", {"sku": "B", "quantity": "1"})
    client.get(link(left))
    assert skus(client) == ["A", "B"]
    assert left.lines.count() == 1


def test_an_account_s_cart_gives_its_goods_and_nothing_of_the_account() -> None:
    user = User.objects.create_user("ann@example.com")
    left = cart_with((variant(), 1), user=user)
    Cart.objects.filter(pk=left.pk).update(draft={"email": "ann@example.com"})
    first, second = Client(), Client()
    for client in (first, second):
        client.get(link(left))
    assert skus(first) == ["A"]
    assert first.session["cart"] == second.session["cart"] != left.key
    assert carts.get(key=first.session["cart"]).draft == {}  # type: ignore[union-attr]


def test_what_is_sold_out_stays_behind() -> None:
    item = variant("A", stock=1)
    left = cart_with((item, 1), (variant("B"), 1))
    item.stock.on_hand = 0
    item.stock.save()
    user = User.objects.create_user("bob@example.com")
    client = Client()
    client.force_login(user)
    client.get(link(left))
    assert [line.variant.sku for line in CartLine.objects.filter(cart__user=user)] == ["B"]


def test_a_link_that_is_not_ours_opens_nothing() -> None:
    client = Client()
    assert client.get("/cart/back/nonsense/").headers["Location"] == "/cart/"
    assert "cart" not in client.session
