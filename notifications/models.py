"""Mail that the site owes somebody, and notices on the web."""

import hashlib
import hmac
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime | None = None) -> "OutgoingMailQuerySet":
        return self.filter(status=OutgoingMail.Status.QUEUED, next_try_at__lte=now or timezone.now())

    def abandoned(self, now: datetime | None = None) -> "OutgoingMailQuerySet":
        """Claimed by a worker whose lease has run out: it was killed."""
        return self.filter(status=OutgoingMail.Status.SENDING, claimed_until__lt=now or timezone.now())


class OutgoingMail(models.Model):
    """One transactional mail: kept until a server has taken it, however long that takes."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=64, db_index=True)
    reference = models.CharField(_("reference"), max_length=64, blank=True, db_index=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    from_email = models.CharField(_("from"), max_length=255, blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    # Pairs of kind and key (see notifications.attachments).
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.QUEUED)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    # Sent again by hand: a new Message-ID, or the addressee's server would hide it as a duplicate.
    resends = models.PositiveSmallIntegerField(_("sent again"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    response = models.CharField(_("server's answer"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects: ClassVar[models.Manager["OutgoingMail"]] = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "next_try_at"], name="outgoing_due")]
        constraints = [
            models.CheckConstraint(
                name="outgoing_sending_is_claimed",
                condition=~models.Q(status="sending") | models.Q(claimed_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def message_id(self) -> str:
        """The same at every try, so that a mail that went out twice is shown once (RFC 5322 3.6.4)."""
        name = f"{self.pk}.{self.resends}"
        seal = hmac.new(settings.SECRET_KEY.encode(), f"outgoing:{name}".encode(), hashlib.sha256).hexdigest()[:16]
        return f"<{name}.{seal}@{urlsplit(settings.SITE_URL).hostname}>"


class Notice(models.Model):
    """A sentence for somebody who may be looking at the site right now."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="notices"
    )
    text = models.CharField(_("text"), max_length=255)
    url = models.CharField(_("address"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text
