"""Who has bought here, with an account or without, and what staff know about them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CustomerRecord(models.Model):
    """The figures of everybody who has ordered under one (normalised) e-mail address.

    A cache of what `store_order` says, so that a list of customers sorts by what they spent without adding up all
    orders; written by `store.customer_records` alone.
    """

    email = models.EmailField(_("e-mail"), unique=True, editable=False)
    full_name = models.CharField(_("name"), max_length=150, editable=False)
    country = models.CharField(_("country"), max_length=2, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    orders = models.PositiveIntegerField(_("orders"), default=0, editable=False)
    paid_orders = models.PositiveIntegerField(_("paid orders"), default=0, editable=False)
    # What was paid less what was given back, in the shop's currency.
    spent = models.DecimalField(_("spent"), max_digits=14, decimal_places=2, default=0, editable=False)
    first_paid_at = models.DateTimeField(_("first paid order"), null=True, editable=False)
    last_order_at = models.DateTimeField(_("last order"), editable=False)
    # The newest entry of any timeline that these figures know of.
    event_id = models.BigIntegerField(default=0, editable=False, db_index=True)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering: ClassVar = ["-last_order_at", "-pk"]
        permissions: ClassVar = [("view_sales", "Can see the sales figures")]
        indexes: ClassVar = [
            models.Index(fields=["-last_order_at", "-id"], name="customer_latest"),
            models.Index(fields=["-spent", "-id"], name="customer_best"),
            models.Index(fields=["first_paid_at"], name="customer_since"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(paid_orders__lte=models.F("orders")), name="customer_paid_within_orders")
        ]

    def __str__(self) -> str:
        return self.email


class CustomerNote(models.Model):
    """What one of the staff wrote about a customer. Kept by e-mail: records can be made anew from the orders."""

    email = models.EmailField(_("e-mail"), db_index=True, editable=False)
    text = models.TextField(_("note"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note on a customer")
        verbose_name_plural = _("notes on customers")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]
