"""What buyers say: written by those who bought, shown when the shop has approved it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from company.uploads import UploadRefused, written_anew
from store import ratings
from store.errors import StoreError
from store.models import (
    Order,
    OrderLine,
    OrderStatus,
    Product,
    Review,
    ReviewPicture,
    ReviewStatus,
    ReviewVote,
)
from store.models.reviews import MAX_TEXT

MOST_PICTURES = 4
MOST_NAME, MOST_TITLE, LEAST_TEXT, MOST_REASON = 80, 120, 10, 300
BOUGHT = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)


class NotABuyer(StoreError):
    """Only who bought it says something about it."""

    code = "not_a_buyer"

    def __init__(self) -> None:
        super().__init__(_("Only those who have bought this product can review it."))


class BadReview(StoreError):
    """Something is missing or too long; `extra["field"]` says where."""

    code = "bad_review"


def purchase(*, product: Product, user: Any = None, order: Order | None = None) -> Order | None:
    """The paid order that lets somebody review the product: the account's newest, or a guest's own."""
    lines = OrderLine.objects.filter(variant__product=product, order__status__in=BOUGHT, order__paid_at__isnull=False)
    if order is not None:
        lines = lines.filter(order=order)
    elif user is not None and user.is_authenticated:
        lines = lines.filter(order__user=user)
    else:
        return None
    line = lines.select_related("order").order_by("-order_id").first()
    return line.order if line else None


def buyer_email(*, order: Order, user: Any = None) -> str:
    """Who counts as one buyer: the account where there is one."""
    owner = order.user or (user if user is not None and user.is_authenticated else None)
    return (owner.email if owner else order.email).strip().lower()


def own(*, product: Product, order: Order, user: Any = None) -> Review | None:
    """What this buyer wrote before."""
    return Review.objects.filter(product=product, email=buyer_email(order=order, user=user)).first()


def write(
    *,
    product: Product,
    order: Order | None,
    stars: int,
    text: str,
    author: str = "",
    title: str = "",
    language: str = "en",
    user: Any = None,
    pictures: Sequence[File] = (),
    drop_pictures: Iterable[int] = (),
) -> Review:
    """A new review, or the buyer's own changed; it waits for approval (again). Raises NotABuyer or BadReview."""
    order = purchase(product=product, user=user, order=order)
    if order is None:
        raise NotABuyer
    author, title, text = author.strip() or short_name(order), title.strip(), text.strip()
    check(stars=stars, text=text, author=author, title=title)
    images = [picture(file) for file in pictures]
    email = buyer_email(order=order, user=user)
    with transaction.atomic():
        defaults = {"author": author, "stars": stars, "text": text}
        review, created = Review.objects.get_or_create(product=product, email=email, defaults=defaults)
        review = Review.objects.select_for_update().get(pk=review.pk)
        if review.is_public:
            ratings.shift(product_id=product.pk, removed=review.stars)
        review.order, review.user = order, order.user
        review.author, review.title, review.text, review.stars = author, title, text, stars
        review.language, review.status, review.reason = language, ReviewStatus.WAITING, ""
        review.moderated_at = None
        if not created:
            review.pictures.filter(pk__in=list(drop_pictures)).delete()
        if review.pictures.count() + len(images) > MOST_PICTURES:
            raise BadReview(
                ngettext("At most %(most)d picture.", "At most %(most)d pictures.", MOST_PICTURES)
                % {"most": MOST_PICTURES},
                field="pictures",
            )
        review.save()
        for image in images:
            ReviewPicture.objects.create(review=review, image=image)
    return review


def picture(file: File) -> File:
    try:
        return written_anew(file)
    except UploadRefused as error:
        raise BadReview(str(error), field="pictures") from error


def check(*, stars: int, text: str, author: str, title: str) -> None:
    if "\x00" in text + author + title:
        raise BadReview(_("The text holds a character that cannot be stored."), field="text")
    if stars not in (1, 2, 3, 4, 5):
        raise BadReview(_("Please give one to five stars."), field="stars")
    if len(text) < LEAST_TEXT:
        raise BadReview(_("Please write a sentence: at least %(least)d letters.") % {"least": LEAST_TEXT}, field="text")
    for field, value, most in (("text", text, MAX_TEXT), ("author", author, MOST_NAME), ("title", title, MOST_TITLE)):
        if len(value) > most:
            raise BadReview(_("This is too long: at most %(most)d letters.") % {"most": most}, field=field)


def short_name(order: Order) -> str:
    """What others see unless the buyer wants something else: Ann L."""
    first, *others = order.full_name.split() or [_("A buyer")]
    return f"{first} {others[-1][0]}."[:MOST_NAME] if others else first[:MOST_NAME]


def approve(*, review: Review) -> None:
    """Publish it. Nothing happens when it is published already."""
    decide(review, ReviewStatus.APPROVED, "")


def refuse(*, review: Review, reason: str) -> None:
    """Do not publish it, or no more; the buyer reads why. Raises BadReview without a reason."""
    reason = reason.strip()
    if not reason or "\x00" in reason or len(reason) > MOST_REASON:
        raise BadReview(_("Please say why, in at most %(most)d letters.") % {"most": MOST_REASON}, field="reason")
    decide(review, ReviewStatus.REFUSED, reason)


def decide(review: Review, status: ReviewStatus, reason: str) -> None:
    with transaction.atomic():
        current = Review.objects.select_for_update().get(pk=review.pk)
        changed = (
            Review.objects.filter(pk=review.pk)
            .exclude(status=status)
            .update(status=status, reason=reason, moderated_at=timezone.now())
        )
        if changed and status == ReviewStatus.APPROVED:
            ratings.shift(product_id=current.product_id, added=current.stars)
        elif changed and current.is_public:
            ratings.shift(product_id=current.product_id, removed=current.stars)
        elif not changed and status == ReviewStatus.REFUSED:
            Review.objects.filter(pk=review.pk).update(reason=reason)
    review.refresh_from_db()


def answer(*, review: Review, text: str) -> None:
    """What the shop says to it, shown below; empty takes it away."""
    text = text.strip()
    if "\x00" in text or len(text) > MAX_TEXT:
        raise BadReview(_("This is too long: at most %(most)d letters.") % {"most": MAX_TEXT}, field="answer")
    Review.objects.filter(pk=review.pk).update(answer=text)
    review.answer = text


def withdraw(*, review: Review) -> None:
    """The buyer takes it back."""
    with transaction.atomic():
        current = Review.objects.select_for_update().get(pk=review.pk)
        if current.is_public:
            ratings.shift(product_id=current.product_id, removed=current.stars)
        current.delete()


def vote(*, review: Review, voter: str, kind: str, note: str = "") -> bool:
    """Helpful, or not in order: once per visitor. Whether it counted now."""
    column = {"helpful": "helpful", "report": "reports"}[kind]
    try:
        with transaction.atomic():
            ReviewVote.objects.create(review=review, kind=kind, voter=voter, note=note.replace("\x00", "")[:300])
            Review.objects.filter(pk=review.pk).update(**{column: F(column) + 1})
    except IntegrityError:
        return False
    review.refresh_from_db(fields=[column])
    return True


def published(*, product_id: int) -> QuerySet[Review]:
    return Review.objects.filter(product_id=product_id, status=ReviewStatus.APPROVED)


def of_order(*, order: Order) -> list[tuple[Product, Review | None]]:
    """The order's products that its buyer may review, each with what was written; none while it is not paid."""
    if not order.is_paid:
        return []
    products = Product.objects.on_sale().filter(variants__order_lines__order=order).distinct()
    written = {
        review.product_id: review
        for review in Review.objects.filter(product__in=products, email=buyer_email(order=order))
    }
    return [(product, written.get(product.pk)) for product in products]
