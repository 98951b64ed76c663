"""What somebody would like to have, and who waits for sold-out goods."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.catalogue import Product, Variant


class Wishlist(models.Model):
    """A visitor's wishes, found by a random key; an account has one of its own."""

    key = models.CharField(max_length=43, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="wishlist",
    )
    # Whoever has it may read the list; none until the owner asks for it.
    share_key = models.CharField(max_length=22, unique=True, null=True, editable=False)
    updated = models.DateTimeField(_("last change"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("wishlist")
        verbose_name_plural = _("wishlists")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Wish(models.Model):
    """One product on a wishlist."""

    wishlist = models.ForeignKey(Wishlist, on_delete=models.CASCADE, related_name="wishes")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["wishlist", "product"], name="wish_once")]

    def __str__(self) -> str:
        return str(self.product_id)


class StockAlertQuerySet(models.QuerySet["StockAlert"]):
    def waiting(self) -> "StockAlertQuerySet":
        """Asked for, confirmed, not told yet."""
        return self.filter(confirmed_at__isnull=False, told_at=None)


class StockAlert(models.Model):
    """Somebody who wants to hear when a variant is back: told once, in the order of confirming."""

    variant = models.ForeignKey(Variant, verbose_name=_("variant"), on_delete=models.CASCADE, related_name="alerts")
    email = models.EmailField(_("e-mail"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="stock_alerts",
    )
    token = models.CharField(max_length=43, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=8, default="en")
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects: ClassVar[StockAlertQuerySet] = StockAlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("wait for stock")
        verbose_name_plural = _("waiting for stock")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["variant", "email"], condition=Q(told_at=None), name="stock_alert_once_per_address"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["variant", "confirmed_at"],
                condition=Q(told_at=None, confirmed_at__isnull=False),
                name="stock_alert_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.email
