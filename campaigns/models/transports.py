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
