"""What an account has written about its purchases, and what it could still write."""

from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from store.models import OrderLine, Product, Review
from store.reviews import BOUGHT

MOST = 200
MOST_UNWRITTEN = 24


def purchases(user: Any) -> QuerySet[OrderLine]:
    """Lines of the account's orders that let it write; see `reviews.purchase`."""
    return OrderLine.objects.filter(order__user=user, order__status__in=BOUGHT, order__paid_at__isnull=False)


def written(*, user: Any) -> QuerySet[Review]:
    """The newest first, each with its product, pictures and `is_changeable`: on sale, and not sent back."""
    of_product = purchases(user).filter(variant__product=OuterRef("product"))
    on_sale = Product.objects.on_sale().filter(pk=OuterRef("product"))
    rows = Review.objects.filter(user=user).select_related("product").prefetch_related("pictures")
    return rows.annotate(is_changeable=Exists(of_product) & Exists(on_sale))[:MOST]


def find(*, user: Any, pk: int) -> Review | None:
    """The account's own only."""
    return Review.objects.filter(pk=pk, user=user).select_related("product").first()


def unwritten(*, user: Any) -> list[int]:
    """Products on sale that the account has bought and says nothing about yet; what was bought last comes first."""
    own = Review.objects.filter(Q(user=user) | Q(email=user.email.strip().lower()), product=OuterRef("pk"))
    lines = Q(variants__order_lines__in=purchases(user))
    found = Product.objects.on_sale().filter(lines).exclude(Exists(own))
    newest = found.annotate(bought=Max("variants__order_lines__order_id", filter=lines)).order_by("-bought", "-pk")
    return list(newest.values_list("pk", flat=True)[:MOST_UNWRITTEN])
