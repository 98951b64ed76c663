"""Which orders a mailing has brought."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.deliveries import Delivery
from campaigns.models.runs import Run
from store.models import Order


class Attribution(models.Model):
    """An order that a message brought: once, for the last message clicked, else for the coupon that it used."""

    class Way(models.TextChoices):
        CLICK = "click", _("Click")
        COUPON = "coupon", _("Coupon")

    order = models.OneToOneField(Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.CASCADE, related_name="attributions")
    delivery = models.ForeignKey(
        Delivery, verbose_name=_("delivery"), null=True, on_delete=models.SET_NULL, related_name="attributions"
    )
    way = models.CharField(_("by"), max_length=6, choices=Way, default=Way.CLICK)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    refunded = models.DecimalField(_("refunded"), max_digits=12, decimal_places=2, default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3)
    at = models.DateTimeField(_("paid"))

    class Meta:
        verbose_name = _("order brought by a mailing")
        verbose_name_plural = _("orders brought by mailings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.order_id} ← {self.run_id}"
