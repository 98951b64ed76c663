"""What was handed to whom, and how to follow it."""

from typing import ClassVar
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.orders import Order, OrderLine

PLACE = "{number}"


def check_template(value: str) -> None:
    """An address at which the tracking number has its place."""
    if PLACE not in value:
        raise ValidationError(_("Write {number} where the tracking number goes."))
    URLValidator(schemes=["https", "http"])(value.replace(PLACE, "1"))


class Carrier(models.Model):
    """Who carries parcels, and where one sees where they are."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    tracking_url = models.CharField(
        _("tracking page"),
        max_length=300,
        blank=True,
        validators=[check_template],
        help_text=_("With {number} where the tracking number goes; empty when there is no such page."),
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def link(self, number: str) -> str:
        return self.tracking_url.replace(PLACE, quote(number, safe="")) if number else ""


class Shipment(models.Model):
    """One parcel of an order. The carrier's name and the link stay as they were when it left."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="shipments")
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    tracking_url = models.CharField(_("tracking link"), max_length=500, blank=True)
    actor = models.CharField(_("by"), max_length=254, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), default=timezone.now)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    # One form sent twice is one parcel.
    token = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["shipped_at"], condition=Q(delivered_at=None), name="shipment_under_way"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.carrier, self.tracking_number) if part) or str(_("Parcel"))


class ShipmentLine(models.Model):
    """So many pieces of an order line."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="shipment_lines")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shipment", "order_line"], name="shipment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="shipment_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line.sku}"
