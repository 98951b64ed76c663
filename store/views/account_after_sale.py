"""In the account: what I wrote and could write, and what I wait for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from store import account_reviews, reviews, stock_alerts
from store.cards import cards_for


@never_cache
@require_GET
@login_required
def my_reviews(request: HttpRequest) -> HttpResponse:
    written = list(account_reviews.written(user=request.user))
    unwritten = account_reviews.unwritten(user=request.user)
    cards = {card.pk: card for card in cards_for(product_ids=[*unwritten, *(row.product_id for row in written)])}
    context = {
        "rows": [(review, cards.get(review.product_id)) for review in written],
        "unwritten": [cards[pk] for pk in unwritten if pk in cards],
    }
    return render(request, "store/my_reviews.html", context)


@require_POST
@login_required
def my_review_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Another's is as absent as one that never was."""
    review = account_reviews.find(user=request.user, pk=pk)
    if review is None:
        raise Http404
    reviews.withdraw(review=review)
    messages.success(request, _("Your review is deleted."))
    return redirect("store:my_reviews")


@never_cache
@require_GET
@login_required
def my_stock_alerts(request: HttpRequest) -> HttpResponse:
    alerts = list(stock_alerts.of_account(user=request.user))
    cards = {card.pk: card for card in cards_for(product_ids=[alert.variant.product_id for alert in alerts])}
    rows = [(alert, cards.get(alert.variant.product_id)) for alert in alerts]
    return render(request, "store/my_stock_alerts.html", {"rows": rows})


@require_POST
@login_required
def my_stock_alert_remove(request: HttpRequest, pk: int) -> HttpResponse:
    alert = stock_alerts.find(user=request.user, pk=pk)
    if alert is None:
        raise Http404
    stock_alerts.stop(alert=alert)
    messages.success(request, _("We will not write to you about it."))
    return redirect("store:my_stock_alerts")
