"""“Tell me when it is back”: confirmed by mail, told once, in the order of confirming.

When goods come back, three are told for each piece that is there; the others a day later, if something is left then.
So nobody who waited longest finds it gone because hundreds were told at once, and nobody is told of nothing.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.outgoing import queue_mail
from store.errors import StoreError
from store.models import StockAlert, Variant
from store.structured_data import absolute

TOLD_PER_PIECE = 3
PAUSE = timedelta(days=1)
# An address that never confirmed is forgotten.
UNCONFIRMED = timedelta(days=7)
AT_ONCE = 500
# So long the account's page says what was told.
KEPT = timedelta(days=30)
MOST_SHOWN = 200


class BadAddress(StoreError):
    """Not an e-mail address."""

    code = "bad_address"

    def __init__(self) -> None:
        super().__init__(_("Please give a valid e-mail address."))


class TooManyAlerts(StoreError):
    """Somebody asks for everything at once."""

    code = "too_many"

    def __init__(self) -> None:
        super().__init__(_("That was a lot at once: please try again later."))


def ask(*, variant: Variant, email: str = "", user: Any = None, language: str = "en") -> StockAlert:
    """Wait for the variant. An account's own address needs no confirming; another gets a mail first.

    Asking twice changes nothing; the confirmation is sent again. Raises BadAddress.
    """
    account = user if user is not None and user.is_authenticated else None
    email = (email or (account.email if account else "")).strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadAddress from error
    own = account is not None and account.email.lower() == email
    alert = waiting(variant, email) or create(variant, email, account if own else None, language)
    if own and alert.user_id is None:
        # Asked for before the log-in.
        StockAlert.objects.filter(pk=alert.pk).update(user=account)
        alert.user = account
    if own and not alert.confirmed_at:
        confirm(alert=alert)
    elif not alert.confirmed_at:
        mail(alert, "stock_alert_confirm")
    return alert


def waiting(variant: Variant, email: str) -> StockAlert | None:
    return StockAlert.objects.filter(variant=variant, email=email, told_at=None).first()


def create(variant: Variant, email: str, user: Any, language: str) -> StockAlert:
    try:
        with transaction.atomic():
            return StockAlert.objects.create(
                variant=variant, email=email, user=user, language=language, token=secrets.token_urlsafe(24)
            )
    except IntegrityError:
        found = waiting(variant, email)
        if found is None:
            raise
        return found


def confirm(*, alert: StockAlert) -> None:
    """From now on it stands in the queue."""
    StockAlert.objects.filter(pk=alert.pk, confirmed_at=None).update(confirmed_at=timezone.now())
    alert.refresh_from_db()


def by_token(*, token: str) -> StockAlert | None:
    if not token.isascii() or not token.isprintable():
        return None
    return StockAlert.objects.select_related("variant__product").filter(token=token).first()


def of_account(*, user: Any) -> QuerySet[StockAlert]:
    """What the account waits for, and what it was told of lately; the waiting ones first.

    With what its (verified) address asked for without logging in.
    """
    own = Q(user=user) | Q(email=user.email.strip().lower(), confirmed_at__isnull=False)
    lately = Q(told_at=None) | Q(told_at__gt=timezone.now() - KEPT)
    rows = StockAlert.objects.filter(own, lately).select_related("variant__product", "variant__stock")
    return rows.order_by(F("told_at").desc(nulls_first=True), "-created_at", "-pk")[:MOST_SHOWN]


def find(*, user: Any, pk: int) -> StockAlert | None:
    """One that the account waits for."""
    own = Q(user=user) | Q(email=user.email.strip().lower())
    return StockAlert.objects.filter(own, pk=pk, told_at=None).first()


def stop(*, alert: StockAlert) -> None:
    alert.delete()


def tell_returned() -> int:
    """Tell those who wait for what is back; how many. Safe to run side by side."""
    now = timezone.now()
    StockAlert.objects.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED).delete()
    back = (
        StockAlert.objects.waiting()
        .filter(
            variant__active=True,
            variant__product__listing__isnull=False,
            variant__stock__on_hand__gt=F("variant__stock__reserved"),
        )
        .values_list("variant_id", flat=True)
        .distinct()
    )
    return sum(tell(variant_id=pk) for pk in back[:AT_ONCE])


def tell(*, variant_id: int) -> int:
    """The next ones in the queue of this variant."""
    now = timezone.now()
    variant = Variant.objects.select_related("stock", "product").get(pk=variant_id)
    lately = StockAlert.objects.filter(variant=variant, told_at__gt=now - PAUSE).count()
    room = max(0, TOLD_PER_PIECE * variant.available - lately)
    told = 0
    for alert in StockAlert.objects.waiting().filter(variant=variant).order_by("confirmed_at", "pk")[:room]:
        with transaction.atomic():
            if StockAlert.objects.filter(pk=alert.pk, told_at=None).update(told_at=now):
                mail(alert, "stock_back")
                told += 1
    return told


def mail(alert: StockAlert, kind: str) -> None:
    with translation.override(alert.language):
        links = {
            "stock_alert_confirm": reverse("store:stock_alert_confirm", kwargs={"token": alert.token}),
            "stock_back": alert.variant.product.get_absolute_url(),
        }
        stop_url = absolute(reverse("store:stock_alert_stop", kwargs={"token": alert.token}))
        context = {"variant": str(alert.variant), "url": absolute(links[kind]), "unsubscribe_url": stop_url}
    queue_mail(
        kind=kind,
        to=alert.email,
        context=context,
        language=alert.language,
        reference=f"stock-alert/{alert.pk}",
        headers={"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
