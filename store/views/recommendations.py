"""Rows of recommended products, asked for by pages once they are shown: no page waits for them.

They say nothing about the visitor, so that anonymous ones are kept for a while.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from store import carts, orders, recommendations
from store.cards import cards_for
from store.models import Product
from store.recommendations import Recommended
from store.views.sessions import cart_of, order_or_404

SECONDS = 300
# The page has a row from the category of its own: this one is shown only when orders say something.
LEAST_COUNTED = 2


@require_GET
def bought_together(request: HttpRequest, slug: str) -> HttpResponse:
    """Beside one product."""
    product = get_object_or_404(Product.objects.on_sale(), slug=slug)
    found = recommendations.together(product_ids=[product.pk])
    response = row(request, found if found.counted >= LEAST_COUNTED else None, _("Often bought together"))
    patch_cache_control(response, s_maxage=SECONDS)
    return response


@never_cache
@require_GET
def goes_with_cart(request: HttpRequest) -> HttpResponse:
    """Under the cart."""
    products = [item.variant.product_id for item in carts.contents(cart=cart_of(request)).items]
    found = recommendations.together(product_ids=products) if products else None
    heading = _("Goes well with it") if found and found.counted else _("You may also like")
    return row(request, found, heading)


@never_cache
@require_GET
def bought_next(request: HttpRequest, number: str) -> HttpResponse:
    """Under an order: what its buyers bought afterwards."""
    order = order_or_404(request, number)
    return row(request, after([line.variant_id for line in order.lines.all()]), _("What others bought next"))


@never_cache
@require_GET
def bought_next_by_account(request: HttpRequest) -> HttpResponse:
    """Under the account's orders: from its last ones."""
    if not request.user.is_authenticated:
        return HttpResponse()
    recent = orders.of(request.user).prefetch_related("lines")[:3]
    variants = [line.variant_id for order in reversed(recent) for line in order.lines.all()]
    return row(request, after(variants), _("For you, from what you bought"))


def after(variant_ids: Sequence[int | None]) -> Recommended | None:
    ids = [pk for pk in variant_ids if pk]
    products = list(Product.objects.filter(variants__in=ids).values_list("pk", flat=True).distinct())
    return recommendations.bought_next(product_ids=products) if products else None


def row(request: HttpRequest, found: Recommended | None, heading: str) -> HttpResponse:
    """Nothing at all where there is nothing to show."""
    products = cards_for(product_ids=found.product_ids) if found else []
    return render(request, "store/includes/recommended.html", {"products": products, "heading": heading})
