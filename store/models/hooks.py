"""What other systems are told about orders: outgoing webhooks."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HookEvent(models.TextChoices):
    PLACED = "order.placed", _("Order placed")
    PAID = "order.paid", _("Order paid")
    PACKED = "order.packed", _("Order packed")
    SHIPPED = "order.shipped", _("Order shipped")
    DELIVERED = "order.delivered", _("Order delivered")
    CANCELLED = "order.cancelled", _("Order cancelled")
    EXPIRED = "order.expired", _("Order expired")
    REFUNDED = "order.refunded", _("Money given back")
    STOCK_LOW = "stock.low", _("Stock runs low")
    TEST = "test", _("Test")


class HookEndpoint(models.Model):
    """An address that is told about events."""

    url = models.URLField(_("address"), max_length=500)
    description = models.CharField(_("description"), max_length=200, blank=True)
    events = models.JSONField(_("events"), default=list)
    # whsec_ and 32 random bytes in base64, as Standard Webhooks has it.
    secret = models.CharField(max_length=64, editable=False)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    # Set when a delivery fails, emptied by one that succeeds.
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    disabled_reason = models.CharField(_("why it is off"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.description or self.url


class HookDelivery(models.Model):
    """One event for one endpoint, kept before it is sent, tried until it is taken or given up."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")

    endpoint = models.ForeignKey(
        HookEndpoint, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries"
    )
    # The same however often it is sent: what receivers recognise a repetition by.
    event_id = models.CharField(_("event"), max_length=64)
    event = models.CharField(_("kind"), max_length=20, choices=HookEvent)
    payload = models.JSONField(_("content"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint", "event_id"], name="hook_delivery_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "next_try_at"], name="hook_delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.event_id}"


class HookAttempt(models.Model):
    """One try: what came back."""

    delivery = models.ForeignKey(HookDelivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(_("at"), default=timezone.now)
    status_code = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    response = models.TextField(_("body"), blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(_("took"), default=0)

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.status_code or self.error)
