"""Which products are bought with which, counted from paid orders."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.catalogue import Product
from store.models.orders import Order


class PairKind(models.TextChoices):
    TOGETHER = "T", _("In one order")
    NEXT = "N", _("In the following order")


class ProductPair(models.Model):
    """How often `other` was bought with (or after) `product`; the pair of a product with itself is its own demand.

    `score` is what `store.copurchases.weight` adds up: newer orders count more, so no row fades by itself.
    """

    # Millions of rows that no editor refers to; checking both keys of each would be most of the time of counting.
    wagtail_reference_index_ignore = True

    kind = models.CharField(max_length=1, choices=PairKind)
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    other = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    score = models.FloatField(default=0)
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("bought together")
        verbose_name_plural = _("bought together")
        constraints: ClassVar = [models.UniqueConstraint(fields=["product", "kind", "other"], name="product_pair_once")]
        indexes: ClassVar = [models.Index(fields=["product", "kind", "-score"], name="product_pair_best")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind} {self.other_id}"


class CountedBasket(models.Model):
    """What of an order is in the counts, so that it is counted once and can be taken out again exactly."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.CASCADE, related_name="basket")
    # Product ids, sorted.
    products = models.JSONField(default=list)
    bought_at = models.DateTimeField(default=timezone.now)
    # The customer's basket before this one, when it was not long ago.
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="following")

    class Meta:
        verbose_name = _("counted order")
        verbose_name_plural = _("counted orders")

    def __str__(self) -> str:
        return str(self.order_id)
