"""What the links of a message answered when they were last tried."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.messages import Message


class LinkCheck(models.Model):
    """One a message. `results`: by address, "" for one that works, else a problem (`campaigns.link_probe`)."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="link_check")
    asked_at = models.DateTimeField(_("asked"))
    checked_at = models.DateTimeField(_("checked"), null=True)
    results = models.JSONField(_("results"), default=dict)

    class Meta:
        verbose_name = _("check of links")
        verbose_name_plural = _("checks of links")

    def __str__(self) -> str:
        return str(self.message)
