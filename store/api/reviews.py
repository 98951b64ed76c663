"""What buyers say: read by all, written by buyers, decided on by staff."""

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, File, Query, Router, Schema
from ninja.files import UploadedFile

from api.auth import user
from api.paging import PageQuery, page
from store import account_reviews, review_pages, reviews
from store.api.callers import own_order
from store.api.products import ProductOut, list_items
from store.cards import cards_for
from store.models import Product, ProductRating, Review
from store.structured_data import absolute

router = Router(tags=["reviews"])


class ReviewQuery(PageQuery):
    """`product` is a slug; without it staff read all, by `status`."""

    product: str = ""
    sort: Literal["newest", "helpful", "best", "worst"] = "newest"
    stars: int = Field(0, ge=0, le=5)
    status: Literal["", "waiting", "approved", "refused"] = ""


class ReviewIn(Schema):
    """`order` (and `token`) for guests: the order that it was bought with."""

    product: str = Field(max_length=255)
    stars: int
    text: str
    title: str = ""
    author: str = ""
    order: str = ""
    token: str = ""


class ReviewOut(Schema):
    id: int
    product: str
    stars: int
    title: str
    text: str
    author: str
    language: str
    verified: bool
    helpful: int
    answer: str
    pictures: list[str]
    status: str
    reason: str
    created_at: str


class ReviewList(Schema):
    items: list[ReviewOut]
    next_cursor: str | None
    count: int
    average: float
    distribution: dict[str, int]


class ReasonIn(Schema):
    reason: str


class AnswerIn(Schema):
    answer: str


@router.get("/reviews", response=ReviewList)
def list_reviews(request: HttpRequest, query: Query[ReviewQuery]) -> dict[str, Any]:
    """Published ones of a product; for staff, all of a status."""
    if query.status and query.status != "approved":
        staff(request)
        waiting = Review.objects.filter(status=query.status).select_related("product").prefetch_related("pictures")
        found, following = page(waiting, order=("-created_at", "-pk"), cursor=query.cursor, size=query.page_size)
        return {
            **summary(None),
            "count": waiting.count(),
            "items": [shown(row, mine=True) for row in found],
            "next_cursor": following,
        }
    product = get_object_or_404(Product.objects.on_sale(), slug=query.product.replace("\x00", ""))
    found, following = review_pages.page(
        product_id=product.pk, sort=query.sort, stars=query.stars, cursor=query.cursor, size=query.page_size
    )
    rating = ProductRating.objects.filter(pk=product.pk).first()
    return {**summary(rating), "items": [shown(row, product.slug) for row in found], "next_cursor": following}


@router.get("/reviews/mine", response=list[ReviewOut], auth=user)
def my_reviews(request: HttpRequest) -> list[dict[str, Any]]:
    return [shown(row, mine=True) for row in account_reviews.written(user=request.user)]


@router.get("/reviews/unwritten", response=list[ProductOut], auth=user)
def unwritten_reviews(request: HttpRequest) -> list[dict[str, Any]]:
    """Products that the account has bought and not reviewed yet, what was bought last first."""
    return list_items(cards_for(product_ids=account_reviews.unwritten(user=request.user)))


@router.post("/reviews", response={201: ReviewOut})
def write_review(request: HttpRequest, payload: ReviewIn) -> tuple[int, dict[str, Any]]:
    """The buyer's opinion, new or changed; it waits to be published. 403 `not_a_buyer`, 422 `bad_review`."""
    product = get_object_or_404(Product.objects.on_sale(), slug=payload.product.replace("\x00", ""))
    # Staff see every order, but have bought nothing with it.
    order = own_order(request, payload.order, payload.token) if payload.order else None
    if payload.order and order is None:
        raise Http404
    review = reviews.write(
        product=product,
        order=order,
        user=request.user,
        stars=payload.stars,
        title=payload.title,
        text=payload.text,
        author=payload.author,
        language=get_language() or "en",
    )
    return 201, shown(review, product.slug, mine=True)


@router.post("/reviews/{int:pk}/pictures", response={201: ReviewOut}, auth=user)
def add_picture(request: HttpRequest, pk: int, picture: File[UploadedFile]) -> tuple[int, dict[str, Any]]:
    """One more picture (multipart); it is written anew without place, time and device."""
    review = own_or_404(request, pk)
    changed = reviews.write(
        product=review.product,
        order=None,
        user=request.user,
        stars=review.stars,
        title=review.title,
        text=review.text,
        author=review.author,
        language=review.language,
        pictures=[picture],
    )
    return 201, shown(changed, mine=True)


@router.delete("/reviews/{int:pk}", response={204: None}, auth=user)
def delete_review(request: HttpRequest, pk: int) -> tuple[int, None]:
    reviews.withdraw(review=own_or_404(request, pk))
    return 204, None


@router.post("/reviews/{int:pk}/helpful", response=ReviewOut, auth=user)
def find_helpful(request: HttpRequest, pk: int) -> dict[str, Any]:
    review = get_object_or_404(Review, pk=pk, status=Review.Status.APPROVED)
    reviews.vote(review=review, voter=f"user:{request.user.pk}", kind="helpful")
    return shown(review)


@router.post("/reviews/{int:pk}/report", response={204: None}, auth=user)
def report_review(request: HttpRequest, pk: int, payload: ReasonIn) -> tuple[int, None]:
    review = get_object_or_404(Review, pk=pk, status=Review.Status.APPROVED)
    reviews.vote(review=review, voter=f"user:{request.user.pk}", kind="report", note=payload.reason)
    return 204, None


@router.post("/reviews/{int:pk}/approve", response=ReviewOut, auth=user)
def approve_review(request: HttpRequest, pk: int) -> dict[str, Any]:
    review = for_staff(request, pk)
    reviews.approve(review=review)
    return shown(review, mine=True)


@router.post("/reviews/{int:pk}/refuse", response=ReviewOut, auth=user)
def refuse_review(request: HttpRequest, pk: int, payload: ReasonIn) -> dict[str, Any]:
    review = for_staff(request, pk)
    reviews.refuse(review=review, reason=payload.reason)
    return shown(review, mine=True)


@router.put("/reviews/{int:pk}/answer", response=ReviewOut, auth=user)
def answer_review(request: HttpRequest, pk: int, payload: AnswerIn) -> dict[str, Any]:
    review = for_staff(request, pk)
    reviews.answer(review=review, text=payload.answer)
    return shown(review, mine=True)


def staff(request: HttpRequest) -> None:
    if not request.user.has_perm("store.moderate_review"):
        raise PermissionDenied(_("Only shop managers decide about reviews."))


def for_staff(request: HttpRequest, pk: int) -> Review:
    staff(request)
    return get_object_or_404(Review.objects.select_related("product"), pk=pk)


def own_or_404(request: HttpRequest, pk: int) -> Review:
    review = account_reviews.find(user=request.user, pk=pk)
    if review is None:
        raise Http404
    return review


def summary(rating: ProductRating | None) -> dict[str, Any]:
    rating = rating or ProductRating()
    return {
        "count": rating.count,
        "average": round(rating.average, 2),
        "distribution": {str(stars): count for stars, count in rating.counts.items()},
    }


def shown(review: Review, slug: str = "", *, mine: bool = False) -> dict[str, Any]:
    """The reason of a refusal is for its buyer and staff only."""
    return {
        "id": review.pk,
        "product": slug or review.product.slug,
        "stars": review.stars,
        "title": review.title,
        "text": review.text,
        "author": review.author,
        "language": review.language,
        "verified": review.order_id is not None,
        "helpful": review.helpful,
        "answer": review.answer,
        "pictures": [absolute(picture.image.url) for picture in review.pictures.all()],
        "status": review.status,
        "reason": review.reason if mine else "",
        "created_at": review.created_at.isoformat(),
    }
