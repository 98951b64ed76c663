"""Invoices and credit notes: numbered without gaps, never changed once issued."""

from datetime import datetime, time
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from store.models.orders import Order
from store.models.payments import Refund

PREFIX = RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", _("Capital letters and figures, with hyphens between them."))


@register_setting(icon="doc-full", order=120)
class InvoiceSettings(BaseSiteSetting):
    """When documents are issued, and what their numbers look like."""

    when_paid = models.BooleanField(
        _("issue when the order is paid"),
        default=True,
        help_text=_("Otherwise staff issue each invoice by hand at the order."),
    )
    invoice_prefix = models.CharField(
        _("invoice numbers begin with"),
        max_length=12,
        default="INV",
        validators=[PREFIX],
        help_text=_("Numbers run from 1 in each series and year; another beginning is another series."),
    )
    credit_note_prefix = models.CharField(
        _("credit note numbers begin with"), max_length=12, default="CN", validators=[PREFIX]
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Stands under the total of every invoice."))

    panels = [
        MultiFieldPanel([FieldPanel("when_paid")], _("When")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("invoice_prefix"), FieldPanel("credit_note_prefix")])], _("Numbers")
        ),
        MultiFieldPanel([FieldPanel("note_en"), FieldPanel("note_ru")], _("Note")),
    ]

    class Meta:
        verbose_name = _("invoices")

    def __str__(self) -> str:
        return f"{self.invoice_prefix}, {self.credit_note_prefix}"


class InvoiceCounter(models.Model):
    """The last number given in a series in a year. Its row lock is what keeps numbers without gap or double."""

    series = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "year"], name="invoice_counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def issued_between(self, first: Any, last: Any) -> "InvoiceQuerySet":
        """Of these days, both included, in the site's time zone, in the order of their numbers."""
        zone = timezone.get_current_timezone()
        begin, end = datetime.combine(first, time.min, zone), datetime.combine(last, time.max, zone)
        return self.filter(issued_at__gte=begin, issued_at__lte=end).order_by("series", "year", "sequence")


class Invoice(models.Model):
    """One document. `data` is all that it says (see `store.invoices.contents`), frozen on the day it was issued."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.PROTECT, related_name="invoices")
    refund = models.OneToOneField(
        Refund, verbose_name=_("refund"), null=True, on_delete=models.PROTECT, related_name="credit_note"
    )
    corrects = models.ForeignKey(
        "self", verbose_name=_("corrects"), null=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    series = models.CharField(_("series"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("number in the series"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, db_index=True)
    buyer = models.CharField(_("buyer"), max_length=200)
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    tax = models.DecimalField(_("tax"), max_digits=12, decimal_places=2)
    language = models.CharField(_("language"), max_length=8)
    data = models.JSONField(_("content"))

    objects: ClassVar[InvoiceQuerySet] = InvoiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering: ClassVar = ["-issued_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "year", "sequence"], name="invoice_sequence_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(kind="invoice"), name="invoice_once_per_order"),
            models.CheckConstraint(
                condition=Q(kind="invoice", refund=None, corrects=None)
                | Q(kind="credit_note", refund__isnull=False, corrects__isnull=False),
                name="invoice_credit_note_has_refund",
            ),
            models.CheckConstraint(condition=Q(total__gte=0, tax__gte=0), name="invoice_not_negative"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="invoice_sequence_from_one"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An issued document does not change: issue a credit note.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("store:order_invoice", kwargs={"number": self.order.number, "document": self.number})

    @property
    def filename(self) -> str:
        return f"{self.number}.pdf"
