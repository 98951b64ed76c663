"""What was bought."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.models.carts import Cart
from store.models.catalogue import Variant
from store.models.order_notes import sentence


@dataclass(frozen=True)
class TaxPart:
    """What is taxed at one rate (in per cent), without the tax, and the tax."""

    rate: Decimal
    net: Decimal
    tax: Decimal

    def as_data(self) -> dict[str, str]:
        return {"rate": f"{self.rate.normalize():f}", "net": str(self.net), "tax": str(self.tax)}


class OrderStatus(models.TextChoices):
    PLACED = "placed", _("Awaiting payment")
    PAID = "paid", _("Paid")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")
    REFUNDED = "refunded", _("Refunded")


# The only ways from one status to another. An expired order comes back when its payment arrives late and the goods
# are still there; a paid one that is called off becomes “refunded” when its money has gone back. What is paid at
# handover goes the ways of OWED until its money is there.
TRANSITIONS: dict[str, frozenset[str]] = {
    OrderStatus.PLACED: frozenset({OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.EXPIRED}),
    OrderStatus.PAID: frozenset({OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.CANCELLED, OrderStatus.REFUNDED}),
    OrderStatus.PACKED: frozenset({OrderStatus.SHIPPED, OrderStatus.REFUNDED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.REFUNDED}),
    OrderStatus.DELIVERED: frozenset({OrderStatus.REFUNDED}),
    OrderStatus.EXPIRED: frozenset({OrderStatus.PAID}),
    OrderStatus.CANCELLED: frozenset({OrderStatus.REFUNDED}),
    OrderStatus.REFUNDED: frozenset(),
}
# Goods first, money later: an unpaid order is packed and sent, and called off when it comes back refused. (Once it is
# delivered it is invoiced, and is only waited for.)
OWED: dict[str, frozenset[str]] = {
    OrderStatus.PLACED: TRANSITIONS[OrderStatus.PLACED] | {OrderStatus.PACKED, OrderStatus.SHIPPED},
    OrderStatus.PACKED: frozenset({OrderStatus.SHIPPED, OrderStatus.CANCELLED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED}),
    OrderStatus.DELIVERED: frozenset(),
}
# What one says instead where the customer comes for the goods.
COLLECTED: dict[str, str | Promise] = {
    OrderStatus.SHIPPED: _("Ready for pick-up"),
    OrderStatus.DELIVERED: _("Collected"),
}


class OrderQuerySet(models.QuerySet["Order"]):
    def overdue(self, now: datetime | None = None) -> "OrderQuerySet":
        """Unpaid ones whose time to be paid is over. What we are to bring before it is paid waits for us."""
        late = self.filter(status=OrderStatus.PLACED, expires_at__lte=now or timezone.now())
        return late.exclude(goods_first=True, pickup_at="")

    def to_pack(self) -> "OrderQuerySet":
        """Nobody has begun with them, and nothing is to be waited for."""
        return self.filter(Q(status=OrderStatus.PAID) | Q(status=OrderStatus.PLACED, goods_first=True))

    def to_collect(self) -> "OrderQuerySet":
        """Those of which a courier or the desk takes the money."""
        return self.filter(goods_first=True, paid_at=None, status__in=list(OWED))


class Order(models.Model):
    """One purchase. Prices, names and the address are those of the moment it was placed."""

    # The way of payment that it was placed with a moment ago; not stored.
    gateway_in_hand: Any = None
    number = models.CharField(_("number"), max_length=11, unique=True, editable=False)
    token = models.CharField(max_length=43, editable=False)
    checkout_token = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
    )
    cart = models.ForeignKey(Cart, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(_("e-mail"), db_index=True)
    full_name = models.CharField(_("name"), max_length=150)
    # Of buyers who need an invoice to their firm.
    company = models.CharField(_("company"), max_length=150, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    line1 = models.CharField(_("street and house"), max_length=200, blank=True)
    line2 = models.CharField(_("flat, floor"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2)
    language = models.CharField(_("language"), max_length=8, default="en")
    status = models.CharField(_("status"), max_length=10, choices=OrderStatus, default=OrderStatus.PLACED)
    currency = models.CharField(_("currency"), max_length=3)
    subtotal = models.DecimalField(_("goods"), max_digits=12, decimal_places=2)
    shipping = models.DecimalField(_("delivery"), max_digits=12, decimal_places=2)
    discount = models.DecimalField(_("discount"), max_digits=12, decimal_places=2, default=0)
    coupon_code = models.CharField(_("coupon"), max_length=40, blank=True, db_index=True)
    tax = models.DecimalField(_("tax"), max_digits=12, decimal_places=2)
    # [{"rate", "net", "tax"}] as decimal strings, the highest rate first; `tax_parts` reads it.
    taxes = models.JSONField(default=list, blank=True, editable=False)
    shipping_tax = models.DecimalField(_("tax on delivery"), max_digits=12, decimal_places=2, default=0)
    shipping_tax_rate = models.DecimalField(_("tax rate of delivery, %"), max_digits=5, decimal_places=2, default=0)
    tax_included = models.BooleanField(_("tax is included"), default=True)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    # What has gone back of it; kept by `store.payments.refunds` behind the order's lock.
    refunded = models.DecimalField(_("given back"), max_digits=12, decimal_places=2, default=0, editable=False)
    shipping_code = models.CharField(_("delivery code"), max_length=32)
    shipping_name = models.CharField(_("way of delivery"), max_length=80)
    # Where it is collected, as shown at the checkout; empty where it is sent.
    pickup_at = models.TextField(_("collected at"), blank=True)
    terms = models.ForeignKey(
        "company.TermsVersion",
        verbose_name=_("terms accepted"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    deliver_from = models.DateField(_("arrives from"))
    deliver_to = models.DateField(_("arrives until"))
    gateway = models.CharField(_("way of payment"), max_length=16)
    # Paid when the goods are handed over: they go out before the money comes.
    goods_first = models.BooleanField(_("paid at handover"), default=False, editable=False)
    attribution = models.JSONField(null=True, blank=True, editable=False)
    placed_at = models.DateTimeField(_("placed"), default=timezone.now, editable=False)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("to be paid until"), editable=False)

    objects: ClassVar[models.Manager["Order"]] = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering: ClassVar = ["-placed_at", "-pk"]
        permissions: ClassVar = [
            ("process_order", "Can mark orders as paid, packed, shipped, delivered, cancelled"),
            ("refund_order", "Can refund orders"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "expires_at"], name="order_overdue"),
            models.Index(fields=["-placed_at", "-id"], name="order_newest"),
            models.Index(fields=["status", "-placed_at", "-id"], name="order_by_status"),
            models.Index(fields=["paid_at"], name="order_paid_at"),
            models.Index(fields=["user", "-placed_at", "-id"], name="order_of_user"),
            models.Index(
                fields=["status", "placed_at"], condition=Q(goods_first=True, paid_at=None), name="order_to_collect"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(total__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(condition=Q(status__in=OrderStatus.values), name="order_status_known"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0) & Q(refunded__lte=F("total")), name="order_refunded_within"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("store:order_detail", kwargs={"number": self.number})

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """The status as one says it of this order."""
        return self.label(self.status)

    def label(self, status: str) -> str:
        """A status as one says it of an order that is collected, or paid later."""
        if self.is_pickup and status in COLLECTED:
            return str(COLLECTED[status])
        if self.goods_first and status == OrderStatus.PLACED:
            return str(_("Placed"))
        return str(OrderStatus(status).label)

    def can_become(self, status: str) -> bool:
        table = OWED if self.is_owed else TRANSITIONS
        return status in table[self.status]

    @property
    def is_owed(self) -> bool:
        """Its money comes when the goods are handed over, and has not come yet."""
        return self.goods_first and self.paid_at is None and self.status in OWED

    @property
    def to_collect(self) -> Decimal:
        """What the courier or the desk takes."""
        return self.total if self.is_owed else Decimal(0)

    @property
    def has_deadline(self) -> bool:
        """It expires unless it is paid until `expires_at`."""
        return self.status == OrderStatus.PLACED and (self.is_pickup or not self.goods_first)

    @property
    def is_payable(self) -> bool:
        """Its customer may pay it now, in whatever way."""
        return self.status == OrderStatus.PLACED and (not self.has_deadline or self.expires_at > timezone.now())

    @property
    def awaits_money(self) -> bool:
        return self.status == OrderStatus.PLACED or self.is_owed

    @property
    def is_to_send(self) -> bool:
        """Nothing but ourselves keeps its goods here."""
        return self.status in (OrderStatus.PAID, OrderStatus.PACKED) or (
            self.is_owed and self.status == OrderStatus.PLACED
        )

    @property
    def is_paid(self) -> bool:
        """The money is here and stays here."""
        standing = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)
        return self.paid_at is not None and self.status in standing

    @property
    def is_partly_refunded(self) -> bool:
        """Some of its money has gone back, and some stays here."""
        return 0 < self.refunded < self.total

    @property
    def is_invoiceable(self) -> bool:
        """Did its buyer owe or pay what it says? Stays so when the money has gone back: then a credit note follows."""
        return self.paid_at is not None or (self.goods_first and self.status == OrderStatus.DELIVERED)

    @property
    def is_pickup(self) -> bool:
        return bool(self.pickup_at)

    @property
    def tax_parts(self) -> list[TaxPart]:
        """What is taxed at each rate, the highest first; the taxes add up to `tax`."""
        return [TaxPart(*(Decimal(part[name]) for name in ("rate", "net", "tax"))) for part in self.taxes]

    @property
    def items(self) -> list[tuple[int, int]]:
        """`(variant id, quantity)` as `store.stock` takes them; variants deleted since are left out."""
        return [(line.variant_id, line.quantity) for line in self.lines.all() if line.variant_id]


class OrderLine(models.Model):
    """One line as it was sold; what the shop changes or deletes later does not change it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, null=True, blank=True, on_delete=models.SET_NULL, related_name="order_lines")
    sku = models.CharField(_("SKU"), max_length=64)
    name = models.CharField(_("name"), max_length=400)
    quantity = models.PositiveIntegerField(_("quantity"))
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    # The line's share of the order's discount and tax: all shares add up to the cent.
    discount = models.DecimalField(_("discount"), max_digits=12, decimal_places=2, default=0)
    tax = models.DecimalField(_("tax"), max_digits=12, decimal_places=2, default=0)
    tax_rate = models.DecimalField(_("tax rate, %"), max_digits=5, decimal_places=2, default=0)
    # Of the quantity: paid back (or about to be); sent; paid back without having been sent; on the shelf again.
    refunded = models.PositiveIntegerField(_("refunded"), default=0, editable=False)
    shipped = models.PositiveIntegerField(_("shipped"), default=0, editable=False)
    called_off = models.PositiveIntegerField(_("called off"), default=0, editable=False)
    restocked = models.PositiveIntegerField(_("put back"), default=0, editable=False)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_quantity"),
            models.CheckConstraint(
                condition=Q(discount__gte=0) & Q(discount__lte=models.F("total")), name="order_line_discount_within"
            ),
            models.CheckConstraint(condition=Q(refunded__lte=F("quantity")), name="order_line_refunded_within"),
            models.CheckConstraint(condition=Q(restocked__lte=F("quantity")), name="order_line_restocked_within"),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("shipped") + F("called_off")), name="order_line_shipped_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def net(self) -> Decimal:
        """What it costs without its tax, the discount taken off."""
        taxed = self.total - self.discount
        return taxed - self.tax if self.order.tax_included else taxed

    @property
    def paid(self) -> Decimal:
        """What the customer pays for it: less its discount, with its tax."""
        return self.net + self.tax

    @property
    def refundable(self) -> int:
        """So many pieces can still be paid back."""
        return self.quantity - self.refunded

    @property
    def outstanding(self) -> int:
        """So many pieces are still to be sent."""
        return self.quantity - self.shipped - self.called_off


class OrderEvent(models.Model):
    """One entry of an order's timeline. `actor` is an e-mail, “gateway” or empty for the shop itself.

    What the shop itself has to say is `code` and `params` (see `order_notes`), `note` is what somebody typed.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("at"), default=timezone.now)
    from_status = models.CharField(_("from"), max_length=10, choices=OrderStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=OrderStatus, blank=True)
    actor = models.CharField(_("by"), max_length=254, blank=True)
    code = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict, blank=True)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    internal = models.BooleanField(_("for staff only"), default=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("timeline")
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["at"], name="order_event_at")]

    def __str__(self) -> str:
        return self.text or self.get_to_status_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.note = self.note[:2000].replace("\x00", "")
        super().save(*args, **kwargs)

    def get_to_status_display(self) -> str:  # type: ignore[no-redef]
        return self.order.label(self.to_status) if self.to_status else ""

    @property
    def text(self) -> str:
        """What there is to say besides the status, in the active language."""
        said = sentence(self.code, self.params) if self.code else ""
        return " ".join(part for part in (said, self.note) if part)
