"""What can be said of products in a form that lists can be narrowed by, and the flat table which they count."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from store.models.catalogue import Category, Product, ProductListing
from store.slugs import free_slug


class AttributeKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("attribute", "Text")
    NUMBER = "number", _("Number")
    FLAG = "flag", _("Yes or no")
    CHOICE = "choice", _("One of several")


class Attribute(ClusterableModel):
    """One property; of the products of some categories and what stands in them, or of all."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("name in addresses"), max_length=36, unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=AttributeKind.choices, default=AttributeKind.TEXT)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("Of numbers, like kg."))
    filterable = models.BooleanField(_("lists can be narrowed by it"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("position"), default=0)
    categories = models.ManyToManyField(
        Category,
        verbose_name=_("categories"),
        blank=True,
        related_name="attributes",
        help_text=_("With all that stands in them; none: of every product."),
    )

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=AttributeKind.TEXT, filterable=True),
                name="attribute_texts_are_no_filters",
                violation_error_message=_("Lists cannot be narrowed by a free text."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class AttributeChoice(Orderable):
    """One answer of an attribute of the kind CHOICE."""

    attribute = ParentalKey(Attribute, on_delete=models.CASCADE, related_name="choices")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("name in addresses"), max_length=60, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [models.UniqueConstraint(fields=["attribute", "slug"], name="attribute_choice_slug")]

    def __str__(self) -> str:
        return f"{self.attribute}: {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            others = AttributeChoice.objects.filter(attribute=self.attribute_id)
            self.slug = free_slug(others, self.name_en or self.name_ru or self.name, max_length=60)  # type: ignore[attr-defined]
        super().save(*args, **kwargs)


class ProductAttribute(Orderable):
    """What is so of one product: the field of the attribute's kind holds it."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="attributes")
    attribute = models.ForeignKey(
        Attribute, verbose_name=_("attribute"), on_delete=models.PROTECT, related_name="values"
    )
    choice = models.ForeignKey(
        AttributeChoice, verbose_name=_("choice"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.DecimalField(_("number"), max_digits=14, decimal_places=4, null=True, blank=True)
    flag = models.BooleanField(_("yes or no"), null=True, blank=True)
    text = models.CharField(pgettext_lazy("attribute", "text"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("attribute of the product")
        verbose_name_plural = _("attributes of the product")
        constraints = [models.UniqueConstraint(fields=["product", "attribute"], name="product_attribute_once")]

    def __str__(self) -> str:
        return f"{self.attribute}: {self.value}"

    @property
    def value(self) -> str | Decimal | bool | AttributeChoice | None:
        return self.choice or self.text or (self.number if self.number is not None else self.flag)

    def clean(self) -> None:
        if self.attribute_id is None:
            return
        given = {
            AttributeKind.CHOICE: self.choice_id is not None,
            AttributeKind.NUMBER: self.number is not None,
            AttributeKind.FLAG: self.flag is not None,
            AttributeKind.TEXT: bool(self.text or self.text_en or self.text_ru),  # type: ignore[attr-defined]
        }
        kind = AttributeKind(self.attribute.kind)
        if not given[kind] or sum(given.values()) > 1:
            sentence = gettext("Fill in “%(field)s”, and only that: “%(name)s” is of this kind.")
            raise ValidationError(sentence % {"field": kind.label, "name": self.attribute})
        if self.choice is not None and self.choice.attribute_id != self.attribute_id:
            raise ValidationError({"choice": gettext("This is no choice of “%(name)s”.") % {"name": self.attribute}})


class ListingFacet(models.Model):
    """One property of a product on sale, as lists count and narrow by it. Kept by `store.listing`, never edited.

    `facet`: “a.” and the attribute's slug, or “o.” and the option's; `value`: the choice's slug, 1 or 0, or the number.
    """

    listing = models.ForeignKey(ProductListing, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=48)
    value = models.CharField(max_length=60)
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "facet", "value"], name="listing_facet_once")]
        indexes = [models.Index(fields=["facet", "value", "listing"], name="listing_facet_by_value")]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.facet}={self.value}"
