"""Payments that the cardholder takes back through the bank."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from store.models.payments import Payment


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def undecided(self) -> "DisputeQuerySet":
        return self.filter(closed_at=None)


class Dispute(models.Model):
    """One dispute as Stripe tells of it (https://docs.stripe.com/api/disputes/object)."""

    class Status(models.TextChoices):
        WARNING_NEEDS_RESPONSE = "warning_needs_response", _("Inquiry: answer it")
        WARNING_UNDER_REVIEW = "warning_under_review", _("Inquiry: being looked at")
        WARNING_CLOSED = "warning_closed", _("Inquiry closed")
        NEEDS_RESPONSE = "needs_response", _("Answer it")
        UNDER_REVIEW = "under_review", _("Being looked at")
        WON = "won", _("Won: the money stays")
        LOST = "lost", _("Lost: the money is gone")
        PREVENTED = "prevented", _("Settled before it began")

    payment = models.ForeignKey(Payment, verbose_name=_("payment"), on_delete=models.PROTECT, related_name="disputes")
    reference = models.CharField(_("reference"), max_length=255, unique=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=64, blank=True)
    status = models.CharField(_("status"), max_length=32, choices=Status, default=Status.NEEDS_RESPONSE)
    # Stripe has taken the disputed sum (and its fee) from the balance, and not put it back.
    withdrawn = models.BooleanField(_("money withdrawn"), default=False)
    due_at = models.DateTimeField(_("answer by"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # When the latest event that is counted in was made: older ones that come late change nothing.
    told_at = models.DateTimeField(editable=False)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering: ClassVar = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def needs_answer(self) -> bool:
        return self.status in (self.Status.NEEDS_RESPONSE, self.Status.WARNING_NEEDS_RESPONSE)
