"""One message to one recipient, and every try at it."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.recipients import Recipient
from campaigns.models.runs import Run


class Claim(models.Model):
    """A connection that holds deliveries: renewed while it sends, released when its journal was replayed."""

    # UNIQUE: so many slices run in the `mail` cluster at once. The command line needs no slot.
    slot = models.PositiveSmallIntegerField(null=True, blank=True, unique=True)
    journal_host = models.CharField(max_length=32)
    journal = models.CharField(max_length=64, unique=True)
    lease_until = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.journal


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def owned_by(self, user: Any) -> "DeliveryQuerySet":
        return self.filter(run__mailing__owner=user)

    def due(self, now: datetime | None = None) -> "DeliveryQuerySet":
        return self.filter(status=Delivery.Status.QUEUED, next_try_at__lte=now or timezone.now())

    def undecided(self) -> "DeliveryQuerySet":
        return self.filter(status__in=[Delivery.Status.QUEUED, Delivery.Status.CLAIMED])


class Delivery(models.Model):
    """What becomes of one recipient of one run. Written by `campaigns.delivery` only."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        CLAIMED = "claimed", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        IN_DOUBT = "in_doubt", _("In doubt")
        SUPPRESSED = "suppressed", _("Suppressed")

    run = models.ForeignKey(
        Run, verbose_name=_("run"), on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    email = models.CharField(_("e-mail"), max_length=254)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    claim = models.ForeignKey(
        Claim, null=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False, editable=False
    )
    last_code = models.PositiveSmallIntegerField(_("last reply code"), null=True)
    last_response = models.CharField(_("server's last answer"), max_length=500, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar[models.Manager["Delivery"]] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "recipient"], name="delivery_once_per_run"),
            models.CheckConstraint(
                condition=Q(status="claimed", claim__isnull=False) | (~Q(status="claimed") & Q(claim__isnull=True)),
                name="delivery_claimed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "next_try_at"], name="delivery_due", condition=Q(status="queued")),
            models.Index(fields=["claim"], name="delivery_claim", condition=Q(claim__isnull=False)),
            models.Index(fields=["run", "status", "id"], name="delivery_page"),
        ]

    def __str__(self) -> str:
        return self.email


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def owned_by(self, user: Any) -> "AttemptQuerySet":
        return self.filter(delivery__run__mailing__owner=user)


class Attempt(models.Model):
    """One try: when, what came of it, and what the server said, word for word."""

    class Status(models.TextChoices):
        SENT = "sent", _("Sent")
        DEFERRED = "deferred", _("Deferred")
        FAILED = "failed", _("Failed")
        IN_DOUBT = "in_doubt", _("In doubt")

    delivery = models.ForeignKey(
        Delivery, verbose_name=_("delivery"), on_delete=models.CASCADE, related_name="attempts"
    )
    at = models.DateTimeField(_("at"))
    status = models.CharField(_("status"), max_length=8, choices=Status)
    code = models.PositiveSmallIntegerField(_("reply code"), null=True)
    response = models.CharField(_("server's answer"), max_length=500, blank=True)

    objects: ClassVar[models.Manager["Attempt"]] = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.code or '–'} {self.response}"
