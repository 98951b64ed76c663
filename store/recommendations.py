"""What else somebody may want: bought together with these products, or bought next after them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from store.models import PairKind, Product, ProductListing, ProductPair

COUNT = 4
# Of each product's neighbours so many are looked at before the best are chosen.
LOOKED_AT = 60
# A cart's last so many products are asked about.
MOST_ASKED = 5
# What sells anyway stands behind what belongs to these products: scores are divided by demand to this power. More
# of it loses hits on real baskets (cosine, with 0.5 for both sides, hits 48 % where this hits 54 %).
DAMPING = 0.05


@dataclass(frozen=True, slots=True)
class Recommended:
    """Product ids, the best first; `counted` of them come from orders, the others from the category."""

    product_ids: list[int]
    counted: int


def together(*, product_ids: Sequence[int], count: int = COUNT) -> Recommended:
    """What was bought in one order with these; only what is on sale and in stock, never one of them."""
    return recommend(PairKind.TOGETHER, product_ids, count)


def bought_next(*, product_ids: Sequence[int], count: int = COUNT) -> Recommended:
    """What the buyers of these bought in their following order, then what goes together with them."""
    found = best(PairKind.NEXT, product_ids, count)
    if len(found) < count:
        more = best(PairKind.TOGETHER, product_ids, count + len(found))
        found += [pk for pk in more if pk not in found][: count - len(found)]
    return filled(found, product_ids, count)


def recommend(kind: PairKind, product_ids: Sequence[int], count: int) -> Recommended:
    return filled(best(kind, product_ids, count), product_ids, count)


def best(kind: PairKind, product_ids: Sequence[int], count: int) -> list[int]:
    """The neighbours with the highest scores; two queries a product."""
    scores: dict[int, float] = defaultdict(float)
    for product_id in list(dict.fromkeys(product_ids))[-MOST_ASKED:]:
        neighbours = nearest(kind, product_id)
        demand = demand_in_stock([product_id, *(other for other, _score in neighbours)])
        for other, score in neighbours:
            if other in demand:
                # Its share of this product's buyers, so that a popular product does not drown the rest of the cart.
                scores[other] += score / (demand.get(product_id) or score) / (demand[other] or score) ** DAMPING
    ranked = sorted(scores, key=lambda other: (-scores[other], other))
    return [other for other in ranked if other not in set(product_ids)][:count]


def nearest(kind: PairKind, product_id: int) -> list[tuple[int, float]]:
    """Product and score, straight from the index: what stock they have is asked about these few only."""
    pairs = ProductPair.objects.filter(product_id=product_id, kind=kind).order_by("-score")
    # One more than needed: a product's pair with itself leads its own list.
    return list(pairs.values_list("other_id", "score")[: LOOKED_AT + 1])


def demand_in_stock(product_ids: Sequence[int]) -> dict[int, float | None]:
    """Of those that can be bought now, the faded number of orders: the pair with itself."""
    own = ProductPair.objects.filter(product=OuterRef("pk"), other=OuterRef("pk"), kind=PairKind.TOGETHER)
    listed = ProductListing.objects.filter(pk__in=product_ids, in_stock=True)
    return dict(listed.values_list("pk", Subquery(own.values("score")[:1])))


def filled(found: list[int], product_ids: Sequence[int], count: int) -> Recommended:
    """Completed with what sells best in the first product's category, then in the whole shop."""
    chosen = list(found)
    if len(chosen) < count and product_ids:
        path = Product.objects.filter(pk=product_ids[0]).values_list("category__path", flat=True).first() or ""
        for start in dict.fromkeys((path, "")):
            chosen += popular(start, [*product_ids, *chosen], count - len(chosen))
            if len(chosen) >= count:
                break
    return Recommended(chosen, len(found))


def popular(path: str, exclude: Sequence[int], count: int) -> list[int]:
    listings = ProductListing.objects.filter(in_stock=True, category_path__startswith=path)
    rows = listings.exclude(pk__in=exclude).order_by("-popularity", "-product_id")
    return list(rows.values_list("pk", flat=True)[:count])
