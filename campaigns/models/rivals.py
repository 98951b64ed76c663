"""The messages that compete in an A/B test."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.mailings import Mailing
from campaigns.models.messages import Message


class Rival(models.Model):
    """One message of an A/B test; the mailing's own message is the first."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="rivals", db_index=False)
    message = models.ForeignKey(Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(_("letter"), max_length=1)

    class Meta:
        verbose_name = _("rival message")
        verbose_name_plural = _("rival messages")
        ordering = ["mailing", "letter"]
        constraints = [models.UniqueConstraint(fields=["mailing", "letter"], name="rival_once")]

    def __str__(self) -> str:
        return self.letter
