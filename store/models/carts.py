"""What somebody is about to buy."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.catalogue import Variant

MAX_QUANTITY = 999


class Cart(models.Model):
    """A visitor's cart, found by its random key; an account has one of its own."""

    key = models.CharField(max_length=43, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="cart",
    )
    # Where to and how: what the totals are worked out for until the checkout asks.
    country = models.CharField(_("country"), max_length=2, blank=True)
    shipping_method = models.CharField(_("way of delivery"), max_length=32, blank=True)
    coupon = models.ForeignKey(
        "store.Coupon", verbose_name=_("coupon"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What was typed at the checkout, by field: kept over reloads and log-ins, emptied by the order.
    draft = models.JSONField(default=dict, blank=True, editable=False)
    updated = models.DateTimeField(_("last change"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class CartLineQuerySet(models.QuerySet["CartLine"]):
    def to_buy(self) -> "CartLineQuerySet":
        """Without those that are kept for later."""
        return self.filter(kept=False)


class CartLine(models.Model):
    """One variant in a cart. `price_seen` is what the shopper saw when adding it; the live price is charged."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"))
    price_seen = models.DecimalField(_("price when added"), max_digits=12, decimal_places=2)
    kept = models.BooleanField(_("kept for later"), default=False)

    objects: ClassVar[CartLineQuerySet] = CartLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once_per_variant"),
            models.CheckConstraint(condition=Q(quantity__gte=1) & Q(quantity__lte=999), name="cart_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
