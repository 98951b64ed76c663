"""What a code takes off the price, and who has used it."""

import unicodedata
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from store.models.catalogue import Brand, Category, Product
from store.models.orders import Order

MAX_CODE = 40


class CouponKind(models.TextChoices):
    PERCENT = "percent", _("Per cent")
    AMOUNT = "amount", _("Amount")
    FREE_SHIPPING = "free_shipping", _("Free delivery")


class Coupon(ClusterableModel):
    """A code. `used` counts the orders that hold it now; the CHECK keeps it within `max_uses` whatever happens."""

    code = models.CharField(_("code"), max_length=MAX_CODE, help_text=_("Capital or small letters do not matter."))
    key = models.CharField(max_length=MAX_CODE * 3, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=CouponKind, default=CouponKind.PERCENT)
    value = models.DecimalField(
        _("value"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("Per cent, or the amount; nothing for free delivery."),
    )
    minimum = models.DecimalField(
        _("from goods worth"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    excludes_sale = models.BooleanField(
        _("not for reduced goods"), default=False, help_text=_("Goods that show a price before are left out.")
    )
    max_uses = models.PositiveIntegerField(
        _("uses in all"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    max_uses_each = models.PositiveIntegerField(
        _("uses by each customer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted by account and by e-mail. Empty: no limit."),
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    active = models.BooleanField(_("valid"), default=True)
    batch = models.CharField(_("batch"), max_length=60, blank=True, help_text=_("Codes made together; for yourself."))
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(max_uses=None) | Q(used__lte=F("max_uses")),
                name="coupon_not_overused",
                violation_error_message=_("It has been used more often already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="percent", value__gt=0, value__lte=100)
                | Q(kind="amount", value__gt=0)
                | Q(kind="free_shipping"),
                name="coupon_value_fits_kind",
                violation_error_message=_("Per cent go from 1 to 100, an amount must be more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(starts_at__lt=F("ends_at")),
                name="coupon_period_in_order",
                violation_error_message=_("It ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.code.strip()
        self.key = code_key(self.code)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """The key is not in any form, which would then let the database say it."""
        others = Coupon.objects.filter(key=code_key(self.code)).exclude(pk=self.pk)
        if self.code and not code_key(self.code):
            raise ValidationError({"code": _("A code has letters or figures.")})
        if self.code and others.exists():
            raise ValidationError({"code": _("There is a coupon with this code already.")})
        for name in ("starts_at", "ends_at"):
            at = getattr(self, name)
            if at is not None and not 1970 < at.year < 9000:
                raise ValidationError({name: _("This day is too far away.")})

    @property
    def is_free_shipping(self) -> bool:
        return self.kind == CouponKind.FREE_SHIPPING


def code_key(code: str) -> str:
    """What two spellings of a code have in common (Unicode NFKC, case folded, without blanks and controls)."""
    folded = unicodedata.normalize("NFKC", code).casefold()
    return "".join(char for char in folded if char.isprintable() and not char.isspace())[: MAX_CODE * 3]


class CouponTarget(models.Model):
    """One thing that a coupon is limited to; without any it holds for all goods."""

    coupon = ParentalKey(Coupon, on_delete=models.CASCADE, related_name="targets")
    product = models.ForeignKey(Product, verbose_name=_("product"), null=True, blank=True, on_delete=models.CASCADE)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        help_text=_("With everything that stands in it."),
    )
    brand = models.ForeignKey(Brand, verbose_name=_("brand"), null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(product__isnull=False) | Q(category__isnull=False) | Q(brand__isnull=False),
                name="coupon_target_named",
                violation_error_message=_("Choose a product, a category or a brand."),
            )
        ]

    def __str__(self) -> str:
        return str(self.product or self.category or self.brand)


class CouponUse(models.Model):
    """One order's hold on a coupon; given back (`released_at`) when the order comes to nothing.

    `slot` counts a customer's uses where they are limited: no two orders of one e-mail take the same.
    """

    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="uses", verbose_name=_("coupon"))
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="coupon_use", verbose_name=_("order"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email_key = models.CharField(max_length=254)
    slot = models.PositiveIntegerField(null=True, editable=False)
    amount = models.DecimalField(_("discount"), max_digits=12, decimal_places=2, default=Decimal(0))
    used_at = models.DateTimeField(_("used"), default=timezone.now)
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name = _("coupon use")
        verbose_name_plural = _("coupon uses")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["coupon", "user"], name="coupon_use_by_user")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["coupon", "email_key", "slot"],
                condition=Q(released_at=None),
                name="coupon_use_slot_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id}: {self.order_id}"
