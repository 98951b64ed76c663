"""What is sent to whom, when and how often."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.labels import Segment, Tag, Topic
from campaigns.models.messages import Message
from campaigns.models.owners import SenderAddress
from campaigns.models.recipients import Recipient


class MailingQuerySet(models.QuerySet["Mailing"]):
    def owned_by(self, user: Any) -> "MailingQuerySet":
        return self.filter(owner=user)

    def regular(self) -> "MailingQuerySet":
        """Those that somebody planned; an automation's messages are sent through mailings too."""
        return self.filter(kind=Mailing.Kind.REGULAR)

    def permitted(self) -> "MailingQuerySet":
        """Neither disabled by a manager nor of a blocked owner."""
        return self.filter(disabled_at__isnull=True, owner__blocked_at__isnull=True)

    def due(self, now: datetime | None = None) -> "MailingQuerySet":
        """Those with an occurrence that has come and has no run yet."""
        waiting = (Mailing.Status.CREATED, Mailing.Status.RUNNING)
        return self.permitted().filter(status__in=waiting, next_run_at__lte=now or timezone.now())

    def active(self, now: datetime | None = None) -> "MailingQuerySet":
        """Running, in their window, and permitted."""
        now = now or timezone.now()
        in_window = Q(start__lte=now) & (Q(end__isnull=True) | Q(end__gt=now))
        return self.permitted().filter(in_window, status=Mailing.Status.RUNNING)


class Mailing(models.Model):
    """A message, its recipients and its calendar. Changed by the verbs in `campaigns.mailings` only."""

    class Status(models.TextChoices):
        CREATED = "created", _("Created")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    class Periodicity(models.TextChoices):
        ONCE = "once", _("Once")
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Mailing")
        STEP = "step", _("Message of an automation")

    class Metric(models.TextChoices):
        CLICKS = "clicks", _("Clicks")
        ORDERS = "orders", _("Orders")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        "created": frozenset({"running", "paused", "cancelled", "completed"}),
        "running": frozenset({"paused", "cancelled", "completed"}),
        "paused": frozenset({"created", "running", "cancelled"}),
        # Its failures may be tried again.
        "completed": frozenset({"running"}),
        "cancelled": frozenset(),
    }

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="mailings"
    )
    message = models.ForeignKey(Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="mailings")
    all_recipients = models.BooleanField(_("to all recipients"), default=False)
    recipients = models.ManyToManyField(
        Recipient,
        verbose_name=_("recipients"),
        through="MailingRecipient",
        related_name="mailings",
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.REGULAR, editable=False)
    sender = models.ForeignKey(
        SenderAddress,
        verbose_name=_("sender"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mailings",
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="mailings"
    )
    # Whoever is in one of the segments, has one of the tags, or was picked by hand; less the excluded.
    segments = models.ManyToManyField(Segment, verbose_name=_("segments"), blank=True, related_name="mailings")
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="mailings")
    excluded_segments = models.ManyToManyField(
        Segment, verbose_name=_("excluded segments"), blank=True, related_name="mailings_without"
    )
    excluded_tags = models.ManyToManyField(
        Tag, verbose_name=_("excluded tags"), blank=True, related_name="mailings_without"
    )
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"), null=True, blank=True)
    periodicity = models.CharField(_("periodicity"), max_length=8, choices=Periodicity, default=Periodicity.ONCE)
    # ISO weekdays, 1 for Monday: of a weekly mailing. Empty: the weekday of its start.
    weekdays = models.JSONField(_("weekdays"), default=list, blank=True)
    # Of a monthly one; None: the day of its start. The 31st is a short month's last day.
    month_day = models.PositiveSmallIntegerField(_("day of the month"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    own_clocks = models.BooleanField(_("by the recipient’s clock"), default=False)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    hourly_limit = models.PositiveIntegerField(_("messages an hour"), null=True, blank=True)
    # An A/B test: this share of the recipients, in percent, gets the rivals; the rest the winner, so much later.
    test_share = models.PositiveSmallIntegerField(_("share of the test"), null=True, blank=True)
    test_metric = models.CharField(_("the winner has most"), max_length=6, choices=Metric, default=Metric.CLICKS)
    test_hours = models.PositiveSmallIntegerField(_("hours until the winner"), default=24)
    mark = models.CharField(
        _("advertising mark"), max_length=64, blank=True, help_text=_("For example the erid that the law asks for.")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.CREATED, editable=False)
    next_run_at = models.DateTimeField(_("next run"), null=True, blank=True, editable=False)
    # Why it was paused, as `campaigns.pausing` puts it into words: empty when its owner did it.
    paused_for = models.CharField(_("paused because"), max_length=255, blank=True, editable=False)
    # What came before it was resumed is forgiven: bounces and complaints count from then on.
    watched_from = models.DateTimeField(null=True, editable=False)
    disabled_at = models.DateTimeField(_("disabled at"), null=True, blank=True, editable=False)
    disabled_reason = models.CharField(_("reason for disabling"), max_length=255, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects: ClassVar[models.Manager["Mailing"]] = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]
        permissions = [
            ("disable_mailing", _("Can disable and enable mailings")),
            ("view_all", _("Can see what every owner has")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gt=F("start")),
                name="mailing_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
        ]
        indexes = [
            models.Index(fields=["next_run_at"], name="mailing_due", condition=Q(next_run_at__isnull=False)),
            models.Index(fields=["status"], name="mailing_status"),
        ]

    def __str__(self) -> str:
        return self.message.subject

    @property
    def is_finished(self) -> bool:
        return self.status in (self.Status.COMPLETED, self.Status.CANCELLED)

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None

    @property
    def is_editable(self) -> bool:
        """Runs that are open were frozen; what is edited concerns the coming ones."""
        return self.status in (self.Status.CREATED, self.Status.PAUSED)

    @property
    def is_deletable(self) -> bool:
        """While nothing was sent; afterwards the history belongs to the recipients too."""
        return not self.runs.exists()

    def may_become(self, status: str) -> bool:
        return status in self.TRANSITIONS[self.status]


class MailingRecipient(models.Model):
    """A recipient picked for a mailing by hand."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, db_index=False, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "recipient"], name="mailing_recipient_once")]

    def __str__(self) -> str:
        return f"{self.mailing_id}: {self.recipient_id}"
