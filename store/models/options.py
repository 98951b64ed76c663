"""What variants of a product differ by: colour, size, storage …"""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from store.slugs import free_slug

MAX_OPTIONS = 3
COLOUR = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", _("A colour is written like #2b3d66."))


class OptionType(ClusterableModel):
    """One thing that a shopper chooses; types stand in the order in which they are chosen."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("name in addresses"), max_length=40, unique=True)
    is_colour = models.BooleanField(_("shown as colours"), default=False)
    filterable = models.BooleanField(_("lists can be narrowed by it"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name or self.slug


class OptionValue(Orderable):
    """One answer: navy, XL, 256 GB."""

    option_type = ParentalKey(OptionType, on_delete=models.CASCADE, related_name="values")
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("name in addresses"), max_length=60, blank=True)
    swatch = models.CharField(_("colour"), max_length=7, blank=True, validators=[COLOUR], help_text=_("Like #2b3d66."))

    class Meta(Orderable.Meta):
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [models.UniqueConstraint(fields=["option_type", "slug"], name="option_value_slug")]

    def __str__(self) -> str:
        return f"{self.option_type}: {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            others = OptionValue.objects.filter(option_type=self.option_type_id)
            self.slug = free_slug(others, self.name_en or self.name_ru or self.name, max_length=60)  # type: ignore[attr-defined]
        super().save(*args, **kwargs)


class WithOptions(models.Model):
    """Up to MAX_OPTIONS values of different types, in the order of the types; `store.options.assign` sets them."""

    option1 = models.ForeignKey(
        OptionValue,
        verbose_name=_("first option"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    option2 = models.ForeignKey(
        OptionValue,
        verbose_name=_("second option"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    option3 = models.ForeignKey(
        OptionValue,
        verbose_name=_("third option"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def value_ids(self) -> tuple[int, ...]:
        ids = (self.option1_id, self.option2_id, self.option3_id)
        return tuple(pk for pk in ids if pk is not None)


OPTION_CONSTRAINTS: list[models.BaseConstraint] = [
    models.UniqueConstraint(
        F("product"),
        F("option1"),
        Coalesce(F("option2"), Value(0)),
        Coalesce(F("option3"), Value(0)),
        condition=Q(option1__isnull=False),
        name="variant_combination",
    ),
    # No gaps and nothing twice: with the values in the order of their types a combination is written in one way.
    models.CheckConstraint(
        condition=(Q(option1__isnull=False) | Q(option2__isnull=True))
        & (Q(option2__isnull=False) | Q(option3__isnull=True)),
        name="variant_options_without_gap",
    ),
    models.CheckConstraint(
        condition=~Q(option1=F("option2")) & ~Q(option2=F("option3")) & ~Q(option1=F("option3")),
        name="variant_options_differ",
    ),
]
