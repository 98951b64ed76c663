"""“Tell me when it is back”: asked on the product's page, confirmed and ended by links in mails."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from store import stock_alerts
from store.errors import StoreError
from store.models import StockAlert, Variant
from store.throttle import too_many

MOST_ASKED = 20


@require_POST
def stock_alert_ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether the address waits already or not."""
    text = request.POST.get("variant", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    variants = Variant.objects.filter(active=True, product__listing__isnull=False).select_related("product")
    variant: Variant = get_object_or_404(variants, pk=int(text))
    if too_many(what="stock-alert", who=request.META["REMOTE_ADDR"], most=MOST_ASKED):
        messages.error(request, _("That was a lot at once: please try again later."))
        return redirect(variant.product)
    try:
        alert = stock_alerts.ask(
            variant=variant,
            email=request.POST.get("email", "")[:254],
            user=request.user,
            language=get_language() or "en",
        )
    except StoreError as error:
        messages.error(request, str(error))
    else:
        if alert.user_id:
            messages.success(request, _("We will write to you when it is back."))
        else:
            messages.success(request, _("Please confirm by the link that we have just sent to you."))
    return redirect(variant.product)


@never_cache
@require_http_methods(["GET", "POST"])
def stock_alert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET asks (mail scanners follow links), a POST does."""
    alert = found(token)
    if request.method == "POST":
        stock_alerts.confirm(alert=alert)
    return render(request, "store/stock_alert.html", {"alert": alert, "verb": "confirm", "is_done": alert.confirmed_at})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stock_alert_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Also a mail program's one click (RFC 8058)."""
    alert = found(token)
    if request.method == "POST":
        stock_alerts.stop(alert=alert)
    is_done = request.method == "POST"
    return render(request, "store/stock_alert.html", {"alert": alert, "verb": "stop", "is_done": is_done})


def found(token: str) -> StockAlert:
    alert = stock_alerts.by_token(token=token)
    if alert is None:
        raise Http404
    return alert
