"""Ways of payment without a gateway."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from store.models.shipping import ShippingMethod


class OfflineMethod(models.Model):
    """One of the shop's own ways to be paid: by transfer, on delivery, at pick-up."""

    class Kind(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer: we wait for the money, then send")
        DELIVERY = "delivery", _("On delivery: we send, the courier brings the money")
        PICKUP = "pickup", _("At pick-up: paid when the goods are collected")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TRANSFER)
    code = models.SlugField(_("code"), max_length=16, unique=True, help_text=_("The API's name for it."))
    name = models.CharField(_("name"), max_length=80)
    note = models.CharField(_("note at the checkout"), max_length=200, blank=True)
    instructions = models.TextField(
        _("how to pay"),
        blank=True,
        help_text=_(
            "Stands on the order's page and in its mail; for transfers the company's bank details stand below it."
        ),
    )
    hold_days = models.PositiveSmallIntegerField(
        _("days to wait"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("How long an unpaid order holds its goods."),
    )
    shipping_methods = models.ManyToManyField(
        ShippingMethod,
        verbose_name=_("ways of delivery"),
        blank=True,
        related_name="+",
        help_text=_("Offered with these only; none: with all."),
    )
    countries = models.JSONField(
        _("countries"), default=list, blank=True, help_text=_("Codes such as LV, LT, EE; empty: everywhere.")
    )
    min_total = models.DecimalField(
        _("from a total of"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    max_total = models.DecimalField(
        _("up to a total of"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("way of payment")
        verbose_name_plural = _("ways of payment")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hold_days__gte=1), name="offline_hold_at_least_a_day"),
            models.CheckConstraint(
                condition=Q(min_total=None) | Q(max_total=None) | Q(min_total__lte=F("max_total")),
                name="offline_totals_in_order",
                violation_error_message=_("“From” must not be more than “up to”."),
            ),
            # Those are gateways' names.
            models.CheckConstraint(
                condition=~Q(code__in=["stripe", "test", "offline"]),
                name="offline_code_free",
                violation_error_message=_("This code is taken by a gateway; please choose another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
