"""One message to one recipient, and every try at it."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.contents import Content, Link
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
    # Merge values besides, by name: the recipient's own fields, or what an automation's occasion gives.
    attributes = models.JSONField(default=dict, blank=True)
    # Which of several, in a run that goes on for ever: an automation's cart or order. Empty in a mailing's run.
    occasion = models.CharField(max_length=64, blank=True, default="")
    # None: the rest of an A/B test, before there is a winner.
    content = models.ForeignKey(
        Content, null=True, on_delete=models.SET_NULL, related_name="deliveries", db_index=False
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    # Three days of trying count from here: the first time that a server put it off.
    trying_since = models.DateTimeField(null=True, editable=False)
    claim = models.ForeignKey(
        Claim, null=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False, editable=False
    )
    last_code = models.PositiveSmallIntegerField(_("last reply code"), null=True)
    last_response = models.CharField(_("server's last answer"), max_length=500, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    # The first of each kind of event, for lists and counts; every one of them is a DeliveryEvent.
    opened_at = models.DateTimeField(_("opened"), null=True)
    clicked_at = models.DateTimeField(_("clicked"), null=True)
    bounced_at = models.DateTimeField(_("bounced"), null=True)
    complained_at = models.DateTimeField(_("complained"), null=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True)

    objects: ClassVar[models.Manager["Delivery"]] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "recipient", "occasion"], name="delivery_once_per_run"),
            models.CheckConstraint(
                condition=Q(status="claimed", claim__isnull=False) | (~Q(status="claimed") & Q(claim__isnull=True)),
                name="delivery_claimed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "next_try_at"], name="delivery_due", condition=Q(status="queued")),
            models.Index(fields=["claim"], name="delivery_claim", condition=Q(claim__isnull=False)),
            # What managers look for over all owners is rare: found without reading the many that went well.
            models.Index(
                fields=["status", "id"],
                name="delivery_trouble",
                condition=Q(status__in=["failed", "in_doubt", "suppressed"]),
            ),
            models.Index(fields=["last_code", "id"], name="delivery_refused", condition=Q(last_code__gte=400)),
            # Whoever was taken out of the list since is found by the address alone.
            models.Index(Upper("email"), name="delivery_of_nobody", condition=Q(recipient__isnull=True)),
            models.Index(fields=["run", "status", "id"], name="delivery_page"),
            *(
                models.Index(
                    fields=["run", "id"], name=f"delivery_{event}", condition=Q(**{f"{event}_at__isnull": False})
                )
                for event in ("opened", "clicked", "bounced", "complained", "unsubscribed")
            ),
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
        indexes = [
            models.Index(
                fields=["status", "id"],
                name="attempt_trouble",
                condition=Q(status__in=["deferred", "failed", "in_doubt"]),
            ),
            models.Index(fields=["code", "id"], name="attempt_refused", condition=Q(code__gte=400)),
        ]

    def __str__(self) -> str:
        return f"{self.code or '–'} {self.response}"


class DeliveryEvent(models.Model):
    """What became of a delivery after it was sent, or what its recipient did with it."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Opened")
        CLICKED = "clicked", _("Clicked")
        BOUNCED = "bounced", _("Bounced")
        DEFERRED = "deferred", _("Delayed on the way")
        COMPLAINED = "complained", _("Complained")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")

    delivery = models.ForeignKey(Delivery, verbose_name=_("delivery"), on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"), default=timezone.now)
    link = models.ForeignKey(Link, null=True, on_delete=models.SET_NULL, related_name="+")
    # A scanner's click or a proxy's open: kept, not counted.
    by_machine = models.BooleanField(_("by a machine"), default=False)
    # A report's diagnosis, or the reader's program.
    details = models.CharField(_("details"), max_length=500, blank=True)
    # What told us, once each: a report's digest, a provider's event id. None: our own page.
    source = models.CharField(max_length=80, null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "at"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
