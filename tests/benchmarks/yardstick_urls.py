"""Views that do the least that could be called the same work."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import escape

from store.models import Product, ProductListing


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


urlpatterns = [
    path("healthz", empty),
    path("empty/", empty),
    path("list/", product_list),
    path("product/<str:slug>/", product_detail),
]
