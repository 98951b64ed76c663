"""Ways to a cart and an order, for tests."""

import secrets
from decimal import Decimal
from typing import Any

from store import carts
from store.checkout import place_order
from store.customers import Customer
from store.models import Cart, Order, ShippingMethod, Stock, TaxRate, Variant
from store.tests.factories import ProductFactory

CUSTOMER = Customer(
    email="ann@example.com",
    full_name="Ann Lee",
    phone="+37120000000",
    line1="Brīvības iela 1",
    city="Rīga",
    postal_code="LV-1001",
    country="LV",
)
ADDRESS = {"line1": "Brīvības iela 1", "city": "Rīga", "postal_code": "LV-1001", "country": "LV"}
BODY = {
    "email": "ann@example.com",
    "full_name": "Ann Lee",
    "phone": "+37120000000",
    "address": ADDRESS,
    "shipping_method": "post",
    "payment": "test",
}


def variant(sku: str = "A", price: str = "10.00", stock: int = 5) -> Variant:
    return ProductFactory(sku=sku, price=Decimal(price), stock=stock).variants.get()


def parcel(code: str = "post", price: str = "5.00", **fields: Any) -> ShippingMethod:
    found = ShippingMethod.objects.filter(code=code).first()
    return found or ShippingMethod.objects.create(code=code, name_en="Parcel", price=Decimal(price), **fields)


def home_tax(rate: str = "21", **fields: Any) -> TaxRate:
    return TaxRate.objects.create(country="LV", rate=Decimal(rate), is_home=True, **fields)


def cart_with(*quantities: tuple[Variant, int], **owner: Any) -> Cart:
    cart = carts.get_or_create(**owner)
    for item, quantity in quantities:
        carts.add(cart=cart, sku=item.sku, quantity=quantity)
    return cart


def buy(*quantities: tuple[Variant, int], customer: Customer = CUSTOMER, **options: Any) -> Order:
    """An order of these goods, placed and not paid."""
    parcel()
    return place_order(
        cart=options.pop("cart", None) or cart_with(*quantities),
        customer=customer,
        shipping_method="post",
        payment=options.pop("payment", "test"),
        token=options.pop("token", "") or secrets.token_hex(8),
        **options,
    )


def books(item: Variant) -> tuple[int, int]:
    """On hand and reserved."""
    row = Stock.objects.get(variant=item)
    return row.on_hand, row.reserved
