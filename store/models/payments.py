"""Money coming and going."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.order_notes import sentence
from store.models.orders import Order, OrderLine


class PaymentStatus(models.TextChoices):
    CREATED = "created", _("Created")
    PENDING = "pending", _("Awaiting the shopper")
    REQUIRES_ACTION = "requires_action", _("Awaiting confirmation")
    PROCESSING = "processing", _("The bank is at work")
    SUCCEEDED = "succeeded", _("Paid")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")
    REFUNDED = "refunded", _("Refunded")


OPEN_PAYMENTS = (
    PaymentStatus.CREATED,
    PaymentStatus.PENDING,
    PaymentStatus.REQUIRES_ACTION,
    PaymentStatus.PROCESSING,
)


class PaymentQuerySet(models.QuerySet["Payment"]):
    def open(self) -> "PaymentQuerySet":
        return self.filter(status__in=OPEN_PAYMENTS)


class Payment(models.Model):
    """One attempt to pay an order at one gateway."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.PROTECT, related_name="payments")
    gateway = models.CharField(_("gateway"), max_length=16)
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    idempotency_key = models.CharField(max_length=64, unique=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    # What really came, as the gateway reports it.
    received = models.DecimalField(_("received"), max_digits=12, decimal_places=2, null=True, blank=True)
    # What goes back of it, or has gone: refunds that have not failed. The CHECK below keeps it within what came.
    given_back = models.DecimalField(_("given back"), max_digits=12, decimal_places=2, default=0, editable=False)
    received_currency = models.CharField(_("currency received"), max_length=3, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=PaymentStatus, default=PaymentStatus.CREATED)
    # The gateway's own names: its session, and what moves the money (empty until there is one).
    reference = models.CharField(_("reference"), max_length=255, blank=True)
    charge_reference = models.CharField(_("charge"), max_length=255, blank=True, db_index=True)
    # Stripe's charge beneath it: what some refunds and disputes name instead.
    charge_id = models.CharField(max_length=255, blank=True, db_index=True, editable=False)
    url = models.TextField(_("address to pay at"), blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    disputed = models.BooleanField(_("disputed"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)
    checked_at = models.DateTimeField(_("gateway last asked"), default=timezone.now)

    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["status", "checked_at"], name="payment_to_ask_about")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gateway", "reference"], condition=~Q(reference=""), name="payment_reference_once"
            ),
            models.UniqueConstraint(fields=["order", "attempt"], name="payment_attempt_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(given_back=0) | (Q(given_back__gt=0) & Q(given_back__lte=F("received"))),
                name="payment_given_back_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.attempt}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_PAYMENTS


class Refund(models.Model):
    """Money to be given back; sent to the gateway by a task until it has taken it."""

    class Status(models.TextChoices):
        PENDING = "pending", _("On its way")
        SUCCEEDED = "succeeded", _("Given back")
        FAILED = "failed", _("Failed")

    payment = models.ForeignKey(Payment, verbose_name=_("payment"), on_delete=models.PROTECT, related_name="refunds")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    # What staff typed, or the code of what the shop itself says (see `order_notes`); `why` is for people.
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    # Money that never was the order's (late, double, a wrong sum): no invoice speaks of it, so no credit note does.
    is_surplus = models.BooleanField(_("surplus"), default=False)
    # Of the amount: for delivery. The rest is its lines', or, without lines, a free sum.
    shipping = models.DecimalField(_("delivery"), max_digits=12, decimal_places=2, default=0)
    # Do the goods stand on the shelf again?
    restock = models.BooleanField(_("goods put back"), default=False)
    actor = models.CharField(_("by"), max_length=254, blank=True)
    # One form sent twice is one refund.
    token = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    # A failed one that was tried again, or done by hand.
    replaces = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reference = models.CharField(_("reference"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(_("error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.UniqueConstraint(
                fields=["payment", "reference"], condition=~Q(reference=""), name="refund_reference_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def why(self) -> str:
        """The reason in the active language."""
        return sentence(self.reason_code, {}) if self.reason_code else self.reason


class RefundLine(models.Model):
    """Pieces of an order line whose money goes back."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="refund_lines")
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    # Of them: never sent, and not to be sent any more.
    called_off = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("refund line")
        verbose_name_plural = _("refund lines")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["refund", "order_line"], name="refund_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(amount__gte=0) & Q(called_off__lte=F("quantity")),
                name="refund_line_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line.sku}"


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    def waiting(self, now: datetime | None = None) -> "WebhookEventQuerySet":
        """Stored, not processed yet, and due for a try."""
        return self.filter(processed_at=None, next_try_at__lte=now or timezone.now())

    def in_state(self, state: str) -> "WebhookEventQuerySet":
        """`processed`, `failed` (tried, and to be tried again) or `waiting` (not tried yet)."""
        if state == "processed":
            return self.filter(processed_at__isnull=False)
        unprocessed = self.filter(processed_at=None)
        return unprocessed.exclude(error="") if state == "failed" else unprocessed.filter(error="")


class WebhookEvent(models.Model):
    """What a gateway told us, kept before anything is done about it."""

    gateway = models.CharField(_("gateway"), max_length=16)
    event_id = models.CharField(_("event"), max_length=255)
    type = models.CharField(_("type"), max_length=100)
    payload = models.JSONField(_("content"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    error = models.CharField(_("error"), max_length=500, blank=True)
    result = models.CharField(_("result"), max_length=500, blank=True)

    objects: ClassVar[WebhookEventQuerySet] = WebhookEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["processed_at", "next_try_at"], name="webhook_waiting")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["gateway", "event_id"], name="webhook_event_once")]

    def __str__(self) -> str:
        return f"{self.gateway}: {self.type}"
