"""What recipients tell the site about its owners."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.deliveries import Delivery
from campaigns.models.mailings import Mailing


class AbuseReport(models.Model):
    """“Report abuse” in a message's footer: managers read it and decide."""

    class Reason(models.TextChoices):
        NOT_ASKED = "not-asked", _("I never asked for this")
        FRAUD = "fraud", _("It tries to cheat people")
        OFFENSIVE = "offensive", _("It is offensive or unlawful")
        OTHER = "other", _("Something else")

    mailing = models.ForeignKey(
        Mailing, verbose_name=_("mailing"), on_delete=models.CASCADE, related_name="abuse_reports"
    )
    # One report per message received.
    delivery = models.OneToOneField(
        Delivery, verbose_name=_("delivery"), null=True, on_delete=models.SET_NULL, related_name="abuse_report"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    text = models.TextField(_("what happened"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True, db_index=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handled by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(_("decision"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("report of abuse")
        verbose_name_plural = _("reports of abuse")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.mailing_id})"
