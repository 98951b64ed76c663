"""What the demo's customers say about what they were sent, by the shop's own verbs; a few still wait to be read."""

import random
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from demo import ledger
from demo.content.opinions import ANSWERS, CLOTHES, DEVICES, WEIGHTS
from demo.history import silently
from store import copurchases, ratings, reviews, wishes
from store.models import Category, Order, OrderLine, OrderStatus, Product, Review, Variant, Wish

SHARE = 0.7
WAITING_DAYS = 2
CLOTHING = "clothing"
WISHES = 5


def make() -> int:
    """For orders that have arrived; how many were written now."""
    known = ledger.known(Review)
    clothes = Category.objects.filter(slug=CLOTHING).values_list("path", flat=True).first() or "-"
    lines = OrderLine.objects.filter(order__in=ledger.keys(Order), order__status=OrderStatus.DELIVERED)
    lines = lines.filter(variant__product__in=ledger.keys(Product)).select_related(
        "order__user", "variant__product__category"
    )
    made = 0
    for line in lines.order_by("pk"):
        name = f"{line.order.checkout_token}/{line.sku}"
        chance = random.Random(name)
        if name not in known and line.variant is not None and chance.random() < SHARE:
            is_clothing = line.variant.product.category.path.startswith(clothes)
            made += write(line.order, line.variant.product, name, chance, is_clothing=is_clothing)
    if made:
        ratings.recount()
        copurchases.rebuild()
    wish()
    return made


def write(order: Order, product: Product, name: str, chance: random.Random, *, is_clothing: bool) -> bool:
    if reviews.own(product=product, order=order) is not None:
        return False
    ((stars, title, text),) = chance.choices(CLOTHES if is_clothing else DEVICES, WEIGHTS)
    arrived = (
        order.events.filter(to_status=OrderStatus.DELIVERED).values_list("at", flat=True).last() or order.placed_at
    )
    written = min(arrived + timedelta(days=chance.randint(1, 9), minutes=chance.randrange(600)), timezone.now())
    is_russian = order.language == "ru"
    with silently():
        review = reviews.write(
            product=product,
            order=order,
            stars=stars,
            title=title.ru if is_russian else title.en,
            text=text.ru if is_russian else text.en,
            language=order.language,
        )
        if timezone.now() - written > timedelta(days=WAITING_DAYS):
            reviews.approve(review=review)
            if stars in ANSWERS:
                reviews.answer(review=review, text=ANSWERS[stars].ru if is_russian else ANSWERS[stars].en)
        helpful = chance.choice((0, 0, 0, 1, 2, 5))
        Review.objects.filter(pk=review.pk).update(created_at=written, moderated_at=written, helpful=helpful)
        ledger.record(review, name)
    return True


def wish() -> None:
    """Something on the shopper's wishlist, once."""
    shopper = User.objects.filter(pk__in=ledger.keys(User), email="shopper@example.com").first()
    if shopper is None or ledger.known(Wish):
        return
    own = wishes.get_or_create(user=shopper)
    chosen = random.Random(1).sample(sorted(ledger.keys(Product), key=int), k=min(WISHES, len(ledger.keys(Product))))
    for product in Product.objects.filter(pk__in=chosen, listing__isnull=False):
        wishes.add(wishlist=own, product=product)
    # One that is sold out, to see how that looks.
    gone = Variant.objects.filter(product__in=ledger.keys(Product), product__listing__in_stock=False).first()
    if gone is not None:
        wishes.add(wishlist=own, product=gone.product)
    for row in own.wishes.all():
        ledger.record(row, f"shopper/{row.product_id}")
