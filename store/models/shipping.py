"""What delivery and tax cost."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ShippingMethod(models.Model):
    """A way of delivery: what it costs, where to and how long it takes."""

    code = models.SlugField(_("code"), max_length=32, unique=True, help_text=_("The API's name for it."))
    name = models.CharField(_("name"), max_length=80)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    free_from = models.DecimalField(
        _("free from"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Goods of at least this amount are delivered free; empty: never."),
    )
    countries = models.JSONField(
        _("countries"), default=list, blank=True, help_text=_("Codes such as LV, LT, EE; empty: everywhere.")
    )
    min_days = models.PositiveSmallIntegerField(_("days, at least"), default=2)
    max_days = models.PositiveSmallIntegerField(_("days, at most"), default=5)
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("way of delivery")
        verbose_name_plural = _("ways of delivery")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(price__gte=0), name="shipping_price_not_negative"),
            models.CheckConstraint(
                condition=Q(min_days__lte=models.F("max_days")),
                name="shipping_days_in_order",
                violation_error_message=_("“At least” must not be more than “at most”."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def delivers_to(self, country: str) -> bool:
        """True where the country is among its countries, or is not known yet."""
        return not self.countries or not country or country in self.countries

    def cost(self, subtotal: Decimal) -> Decimal:
        """Its price for goods worth `subtotal`."""
        if self.free_from is not None and subtotal >= self.free_from:
            return Decimal(0)
        return self.price


class TaxRate(models.Model):
    """The tax of one country, in per cent, inside the prices or on top of them."""

    country = models.CharField(_("country"), max_length=2, unique=True)
    rate = models.DecimalField(
        _("rate, %"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    included = models.BooleanField(_("included in the prices"), default=True)
    is_home = models.BooleanField(
        _("the shop's own country"),
        default=False,
        help_text=_("Where a shopper is taken to live until they say where."),
    )

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering: ClassVar = ["country"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rate__gte=0) & Q(rate__lte=100), name="tax_rate_per_cent"),
            models.UniqueConstraint(
                fields=["is_home"],
                condition=Q(is_home=True),
                name="tax_rate_one_home",
                violation_error_message=_("Another country is the shop's own already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.rate.normalize():f} %"
