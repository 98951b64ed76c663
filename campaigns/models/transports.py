"""The way out, and whether it is open."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Transport(models.Model):
    """A breaker: while a mail server is in trouble nobody's attempts are spent on it."""

    name = models.CharField(_("name"), max_length=32, primary_key=True)
    open_since = models.DateTimeField(_("in trouble since"), null=True, blank=True)
    next_probe_at = models.DateTimeField(_("next probe"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    response = models.CharField(_("server's answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail servers")

    def __str__(self) -> str:
        return self.name


class Bucket(models.Model):
    """A token bucket that all workers share: of the transport, an owner's day, a mailing's hour, a domain."""

    name = models.CharField(_("name"), max_length=300, primary_key=True)
    tokens = models.FloatField(_("left"))
    filled_at = models.DateTimeField(_("filled"))

    class Meta:
        verbose_name = _("throttle")
        verbose_name_plural = _("throttles")

    def __str__(self) -> str:
        return self.name


class InboundReport(models.Model):
    """A bounce or complaint that came by mail, read once: its digest, and what it was."""

    digest = models.CharField(max_length=64, primary_key=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    kind = models.CharField(_("kind"), max_length=12)
    details = models.CharField(_("details"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("report by mail")
        verbose_name_plural = _("reports by mail")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"
