"""One occurrence of a mailing, frozen when it was opened."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.mailings import Mailing
from campaigns.models.rivals import Rival


class RunQuerySet(models.QuerySet["Run"]):
    def owned_by(self, user: Any) -> "RunQuerySet":
        return self.filter(mailing__owner=user)

    def sendable(self, now: datetime | Now | None = None) -> "RunQuerySet":
        """Open runs whose mailing is running, in its window, not disabled, and whose owner is not blocked."""
        return self.filter(
            Q(mailing__end__isnull=True) | Q(mailing__end__gt=now or timezone.now()),
            status=Run.Status.RUNNING,
            mailing__status=Mailing.Status.RUNNING,
            mailing__disabled_at__isnull=True,
            mailing__owner__blocked_at__isnull=True,
        )


class Run(models.Model):
    """The message and the recipients of one occurrence; opened once, whoever opens it."""

    class Status(models.TextChoices):
        OPENING = "opening", _("Opening")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    mailing = models.ForeignKey(
        Mailing, verbose_name=_("mailing"), on_delete=models.CASCADE, related_name="runs", db_index=False
    )
    occurrence = models.DateTimeField(_("occurrence"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.OPENING)
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("body"))
    # Deliveries were made for every recipient up to this one: an opening that was killed goes on from here.
    frozen_through = models.BigIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(_("recipients"), default=0)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    in_doubt = models.PositiveIntegerField(_("in doubt"), default=0)
    suppressed = models.PositiveIntegerField(_("suppressed"), default=0)
    # What came afterwards; each delivery counts once in each.
    opened = models.PositiveIntegerField(_("opened"), default=0)
    clicked = models.PositiveIntegerField(_("clicked"), default=0)
    bounced = models.PositiveIntegerField(_("bounced"), default=0)
    complained = models.PositiveIntegerField(_("complained"), default=0)
    unsubscribed = models.PositiveIntegerField(_("unsubscribed"), default=0)
    winner = models.ForeignKey(
        Rival, verbose_name=_("winner"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decide_at = models.DateTimeField(_("winner chosen at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    objects: ClassVar[models.Manager["Run"]] = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["mailing", "occurrence"], name="run_once_per_occurrence")]
        indexes = [
            models.Index(fields=["mailing"], name="run_open", condition=Q(status__in=["opening", "running"])),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {timezone.localtime(self.occurrence):%Y-%m-%d %H:%M}"

    @property
    def queued(self) -> int:
        """How many have no outcome yet."""
        return self.total - self.sent - self.failed - self.in_doubt - self.suppressed
