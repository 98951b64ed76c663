"""What is taxed, where and how much."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from company.money import format_percent


class TaxClass(models.Model):
    """A kind of goods that some country taxes differently: books, food. What has no class is taxed as usual."""

    code = models.SlugField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("tax class")
        verbose_name_plural = _("tax classes")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class TaxRate(models.Model):
    """The tax of one country, in per cent, inside the prices or on top of them.

    The rate without a class is the country's usual one: it also says whether tax is included, and holds for every
    class that has no rate of its own there.
    """

    country = models.CharField(_("country"), max_length=2)
    tax_class = models.ForeignKey(
        TaxClass,
        verbose_name=_("tax class"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rates",
        help_text=_("Empty: the usual rate of the country."),
    )
    rate = models.DecimalField(
        _("rate, %"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    included = models.BooleanField(
        _("included in the prices"),
        default=True,
        help_text=_("Counts at the usual rate; the country's other rates follow it."),
    )
    is_home = models.BooleanField(
        _("the shop's own country"),
        default=False,
        help_text=_("Where a shopper is taken to live until they say where."),
    )

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering: ClassVar = ["country", "tax_class"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rate__gte=0) & Q(rate__lte=100), name="tax_rate_per_cent"),
            models.UniqueConstraint(
                fields=["is_home"],
                condition=Q(is_home=True),
                name="tax_rate_one_home",
                violation_error_message=_("Another country is the shop's own already."),
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(tax_class=None),
                name="tax_rate_one_usual",
                violation_error_message=_("This country has its usual rate already."),
            ),
            models.UniqueConstraint(
                fields=["country", "tax_class"],
                name="tax_rate_once_per_class",
                violation_error_message=_("This country has a rate for this class already."),
            ),
            models.CheckConstraint(
                condition=Q(is_home=False) | Q(tax_class=None),
                name="tax_rate_home_is_usual",
                violation_error_message=_("Only the usual rate says which country is the shop's own."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {format_percent(self.rate)}"
