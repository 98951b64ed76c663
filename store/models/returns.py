"""Goods that come back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.orders import Order, OrderLine
from store.models.payments import Refund


class ReturnStatus(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    APPROVED = "approved", _("Approved")
    RECEIVED = "received", _("Goods received")
    REFUNDED = "refunded", _("Paid back")
    REFUSED = "refused", _("Refused")


RETURN_TRANSITIONS: dict[str, frozenset[str]] = {
    ReturnStatus.REQUESTED: frozenset({ReturnStatus.APPROVED, ReturnStatus.REFUSED}),
    ReturnStatus.APPROVED: frozenset({ReturnStatus.RECEIVED, ReturnStatus.REFUSED}),
    ReturnStatus.RECEIVED: frozenset({ReturnStatus.REFUNDED, ReturnStatus.REFUSED}),
    ReturnStatus.REFUNDED: frozenset(),
    ReturnStatus.REFUSED: frozenset(),
}


class Return(models.Model):
    """A customer's wish to send something back, and what became of it."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="returns")
    status = models.CharField(_("status"), max_length=10, choices=ReturnStatus, default=ReturnStatus.REQUESTED)
    reason = models.CharField(_("reason"), max_length=1000)
    answer = models.CharField(_("answer to the customer"), max_length=1000, blank=True)
    restocked = models.BooleanField(_("goods put back"), default=False)
    refund = models.OneToOneField(Refund, null=True, blank=True, on_delete=models.SET_NULL, related_name="goods_return")
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering: ClassVar = ["-pk"]
        permissions: ClassVar = [("process_return", "Can answer and receive returns")]
        indexes: ClassVar = [models.Index(fields=["status", "-id"], name="return_by_status")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=ReturnStatus.values), name="return_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}/{self.pk}"

    def can_become(self, status: str) -> bool:
        return status in RETURN_TRANSITIONS[self.status]


class ReturnLine(models.Model):
    """So many pieces of an order line."""

    goods_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="return_lines")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("return line")
        verbose_name_plural = _("return lines")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goods_return", "order_line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line.sku}"
