"""What buyers say: read by all, written by buyers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from api.paging import BadCursor
from store import review_invitations, review_pages, reviews
from store.cards import cards_for
from store.errors import StoreError
from store.models import Order, Product, ProductRating, Review
from store.review_forms import ReportForm, ReviewForm
from store.throttle import too_many
from store.views.sessions import order_or_404

SECONDS = 60
MOST_WRITTEN = 20
MOST_VOTES = 60


@require_GET
def review_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of its own, and with `?part=1` the section that the product's page asks for."""
    product = product_or_404(slug)
    sort = request.GET.get("sort", "")
    sort = sort if sort in review_pages.SORTS else review_pages.DEFAULT_SORT
    stars = int(request.GET["stars"]) if request.GET.get("stars", "") in ("1", "2", "3", "4", "5") else 0
    try:
        found, following = review_pages.page(
            product_id=product.pk, sort=sort, stars=stars, cursor=request.GET.get("cursor", "")
        )
    except BadCursor:
        return redirect("store:review_list", slug=product.slug)
    language = get_language() or "en"
    rating = ProductRating.objects.filter(pk=product.pk).first() or ProductRating(product_id=product.pk)
    context = {
        "product": product,
        "rating": rating,
        "bars": review_pages.bars(rating, stars),
        "reviews": [review_pages.shown(review, language) for review in found],
        "sort": sort,
        "sorts": review_pages.SORTS.items(),
        "stars_chosen": stars,
        "next_cursor": following,
        "is_first": not request.GET.get("cursor"),
    }
    is_part = bool(request.GET.get("part"))
    template = "store/includes/reviews.html" if is_part else "store/review_list.html"
    if request.GET.get("more"):
        template = "store/includes/review_items.html"
    response = render(request, template, context)
    patch_cache_control(response, s_maxage=SECONDS)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def review_write(request: HttpRequest, slug: str) -> HttpResponse:
    """The buyer's own: a new one, or the one written before."""
    product = product_or_404(slug)
    order = asked_order(request)
    bought = reviews.purchase(product=product, user=request.user, order=order)
    if bought is None:
        return render(request, "store/review_refused.html", {"product": product}, status=403)
    own = reviews.own(product=product, order=bought, user=request.user)
    form = ReviewForm(request.POST or None, request.FILES or None, initial=initial(own, bought))
    if request.method == "POST" and form.is_valid() and written(request, form, product, order):
        messages.success(request, _("Thank you! Your review is shown as soon as we have read it."))
        return redirect(product)
    context = {
        "product": product,
        "card": next(iter(cards_for(product_ids=[product.pk])), None),
        "form": form,
        "own": own,
        "order": order,
    }
    return render(request, "store/review_form.html", context, status=422 if form.errors else 200)


def written(request: HttpRequest, form: ReviewForm, product: Product, order: Order | None) -> bool:
    """Hand it to the verb; its refusal stands at the field that it is about."""
    if too_many(what="review", who=who(request), most=MOST_WRITTEN):
        form.add_error(None, _("That was a lot at once: please try again in a quarter of an hour."))
        return False
    try:
        reviews.write(
            product=product,
            order=order,
            user=request.user,
            language=get_language() or "en",
            drop_pictures=numbers(request.POST.getlist("drop")),
            **form.cleaned_data,
        )
    except StoreError as error:
        field = error.extra.get("field")
        form.add_error(field if field in form.fields else None, str(error))
        return False
    return True


def initial(own: Review | None, order: Order) -> dict[str, Any]:
    if own is None:
        return {"author": reviews.short_name(order)}
    return {"stars": own.stars, "title": own.title, "text": own.text, "author": own.author}


@require_POST
def review_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    product = product_or_404(slug)
    bought = reviews.purchase(product=product, user=request.user, order=asked_order(request))
    own = reviews.own(product=product, order=bought, user=request.user) if bought else None
    if own is None:
        raise Http404
    reviews.withdraw(review=own)
    messages.success(request, _("Your review is deleted."))
    return redirect(product)


@require_POST
def review_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """One more (or the same) count, for htmx; without it back to the product."""
    review = public_or_404(pk)
    if not too_many(what="review-vote", who=who(request), most=MOST_VOTES):
        reviews.vote(review=review, voter=voter(request), kind="helpful")
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "store/includes/review_helpful.html", {"review": review, "is_done": True})
    return redirect(f"{review.product.get_absolute_url()}#reviews")


@never_cache
@require_http_methods(["GET", "POST"])
def review_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the shop that a review is not in order."""
    review = public_or_404(pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not too_many(what="review-vote", who=who(request), most=MOST_VOTES):
            reviews.vote(review=review, voter=voter(request), kind="report", note=form.cleaned_data["note"])
        messages.success(request, _("Thank you, we will look at it."))
        return redirect(review.product)
    return render(request, "store/review_report.html", {"review": review, "form": form})


def numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def product_or_404(slug: str) -> Product:
    return get_object_or_404(Product.objects.on_sale().select_related("category"), slug=slug)


def public_or_404(pk: int) -> Review:
    return get_object_or_404(Review.objects.select_related("product"), pk=pk, status=Review.Status.APPROVED)


def asked_order(request: HttpRequest) -> Order | None:
    """A guest's order, opened by its link before; nobody else's."""
    number = request.GET.get("order", "") or request.POST.get("order", "")
    return order_or_404(request, number) if number else None


def who(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else request.META["REMOTE_ADDR"]


def voter(request: HttpRequest) -> str:
    """The account, else the browser's session."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    if not request.session.session_key:
        request.session["voter"] = True
        request.session.save()
    return f"session:{request.session.session_key}"[:64]


@csrf_exempt
@require_http_methods(["GET", "POST"])
def review_stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more invitations. A GET asks (mail scanners follow links), a POST does, also a mail program's (RFC 8058)."""
    email = review_invitations.address_of(token)
    if not email:
        raise Http404
    if request.method == "POST":
        review_invitations.stop(email=email)
    return render(request, "store/review_stop.html", {"email": email, "is_done": request.method == "POST"})


@never_cache
@require_GET
def order_reviews(request: HttpRequest, number: str) -> HttpResponse:
    """Under an order: what of it its buyer may review."""
    order = order_or_404(request, number)
    context = {"order": order, "rows": reviews.of_order(order=order)}
    return render(request, "store/includes/order_reviews.html", context)
