"""What delivery costs and how long it takes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from store.models.taxes import TaxClass


class ShippingKind(models.TextChoices):
    FLAT = "flat", _("One price")
    WEIGHT = "weight", _("By weight")
    TOTAL = "total", _("By the value of the goods")
    PICKUP = "pickup", _("Collected by the customer")


class ShippingMethod(ClusterableModel):
    """A way of delivery: what it costs, where to and how long it takes."""

    if TYPE_CHECKING:
        steps: "models.Manager[ShippingStep]"

    code = models.SlugField(_("code"), max_length=32, unique=True, help_text=_("The API's name for it."))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind of price"), max_length=8, choices=ShippingKind, default=ShippingKind.FLAT)
    price = models.DecimalField(
        _("price"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("Where the price goes by weight or value, the steps below count instead."),
    )
    tax_class = models.ForeignKey(
        TaxClass,
        verbose_name=_("tax class"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the usual rate of the country."),
    )
    pickup_address = models.TextField(_("address to collect from"), blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
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

    @property
    def is_pickup(self) -> bool:
        return self.kind == ShippingKind.PICKUP

    @property
    def has_steps(self) -> bool:
        return self.kind in (ShippingKind.WEIGHT, ShippingKind.TOTAL)

    def cost(self, *, subtotal: Decimal, weight: int, steps: Iterable["ShippingStep"] = ()) -> Decimal | None:
        """Its price for goods worth `subtotal` that weigh `weight` grams; None where it does not take so much."""
        price: Decimal | None = self.price
        if self.has_steps:
            measure = Decimal(weight) / 1000 if self.kind == ShippingKind.WEIGHT else subtotal
            fitting = [step for step in steps if step.up_to is None or measure <= step.up_to]
            smallest = min(fitting, key=lambda step: (step.up_to is None, step.up_to or 0), default=None)
            price = smallest.price if smallest else None
        if price is not None and self.free_from is not None and subtotal >= self.free_from:
            return Decimal(0)
        return price


class ShippingStep(models.Model):
    """One row of a method's price table: up to so many kilograms, or goods worth so much."""

    method = ParentalKey(ShippingMethod, on_delete=models.CASCADE, related_name="steps")
    up_to = models.DecimalField(
        _("up to"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Kilograms, or the value of the goods. Empty: everything above."),
    )
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering: ClassVar = [models.F("up_to").asc(nulls_last=True)]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(price__gte=0), name="shipping_step_price_not_negative"),
            models.UniqueConstraint(
                fields=["method", "up_to"],
                name="shipping_step_once",
                violation_error_message=_("There is such a step already."),
            ),
        ]

    def __str__(self) -> str:
        return f"≤ {self.up_to}: {self.price}" if self.up_to is not None else str(self.price)
