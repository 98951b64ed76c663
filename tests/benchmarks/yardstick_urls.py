"""Views that do the least that could be called the same work."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import escape

from store.models import Order, Product, ProductListing, Stock


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def product_list(request: HttpRequest) -> HttpResponse:
    """24 rows in one query, written as plain HTML."""
    rows = ProductListing.objects.order_by("-popularity", "-product_id").values_list(
        "product__name", "product__slug", "price", "in_stock"
    )[:24]
    return HttpResponse(
        "".join(f"<a href=/store/p/{slug}/>{escape(name)}</a> {price} {stock}" for name, slug, price, stock in rows)
    )


def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One row by its slug."""
    name, description = Product.objects.values_list("name", "description").get(slug=slug)
    return HttpResponse(f"<h1>{escape(name)}</h1>{description}")


def place(request: HttpRequest, sku: str) -> HttpResponse:
    """One piece reserved and one order written, in a transaction."""
    now = timezone.now()
    amounts = dict.fromkeys(("subtotal", "shipping", "tax", "total"), 0)
    with transaction.atomic():
        Stock.objects.filter(variant__sku=sku, on_hand__gt=F("reserved")).update(reserved=F("reserved") + 1)
        Order.objects.create(
            number=secrets.token_hex(5),
            token=secrets.token_hex(16),
            checkout_token=secrets.token_hex(16),
            email="floor@example.com",
            full_name="Floor",
            country="LV",
            currency="EUR",
            deliver_from=now,
            deliver_to=now,
            expires_at=now + timedelta(hours=1),
            **amounts,
        )
    return HttpResponse("placed")


urlpatterns = [
    path("healthz", empty),
    path("empty/", empty),
    path("list/", product_list),
    path("place/<str:sku>/", place),
    path("product/<str:slug>/", product_detail),
]
