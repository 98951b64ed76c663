"""What runs low: as each variant says, or as the shop says for all."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import F, PositiveIntegerField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import User
from notifications.notices import notify
from store.models import Stock, StockSettings

TOLD = "store.low_stock.told"


def usual() -> int:
    """The threshold of variants without one of their own."""
    return StockSettings.load().low_at


def with_levels(rows: QuerySet[Stock]) -> QuerySet[Stock]:
    """Adds `free` (pieces that can be sold) and `threshold`."""
    return rows.annotate(
        free=F("on_hand") - F("reserved"),
        threshold=Coalesce("low_at", Value(usual()), output_field=PositiveIntegerField()),
    )


def low(*, include_out: bool = True) -> QuerySet[Stock]:
    """What is for sale and has reached its threshold, the scarcest first."""
    for_sale = Stock.objects.filter(variant__active=True, variant__product__active=True)
    rows = with_levels(for_sale).filter(free__lte=F("threshold"))
    rows = rows if include_out else rows.filter(free__gt=0)
    return rows.select_related("variant__product").order_by("free", "variant__sku")


def keepers() -> QuerySet[User]:
    """Those who keep the stock: by their group or by themselves."""
    return User.objects.allowed_in().with_right("store.change_stock")


def tell_managers() -> int:
    """Leave shop managers one notice a day when something runs low. Returns how many were told."""
    if not StockSettings.load().notice:
        return 0
    count = low().count()
    # Whoever adds the key first tells: two workers would otherwise say it twice.
    if not count or not cache.add(f"{TOLD}.{timezone.localdate():%Y-%m-%d}", True, timedelta(days=2).total_seconds()):
        return 0
    told = 0
    for user in keepers():
        with translation.override(getattr(user, "language", "") or translation.get_language() or "en"):
            text = ngettext("%(count)d variant runs low.", "%(count)d variants run low.", count) % {"count": count}
        notify(user=user, text=text, url=reverse("store_low_stock"))
        told += 1
    return told
