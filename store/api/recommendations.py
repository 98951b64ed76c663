"""What else a shopper may want."""

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from store import recommendations
from store.api.products import ProductOut, list_items
from store.cards import cards_for
from store.models import Product

router = Router(tags=["products"])
MOST = 24


class RecommendationQuery(Schema):
    """`kind` is `together` (in one order) or `next` (in the buyers' following order)."""

    kind: Literal["together", "next"] = "together"
    count: int = Field(4, ge=1, le=MOST)


class RecommendationList(Schema):
    """`counted` of the items come from orders, the others from the category's best sellers."""

    items: list[ProductOut]
    counted: int


@router.get("/products/{slug}/recommendations", response=RecommendationList)
def list_recommendations(request: HttpRequest, slug: str, query: Query[RecommendationQuery]) -> dict[str, Any]:
    """Products on sale and in stock, the best first."""
    product = get_object_or_404(Product.objects.on_sale(), slug=slug)
    verb = recommendations.together if query.kind == "together" else recommendations.bought_next
    found = verb(product_ids=[product.pk], count=query.count)
    return {"items": list_items(cards_for(product_ids=found.product_ids)), "counted": found.counted}
