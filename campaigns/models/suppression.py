"""Who must not be written to, whatever any list says."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """An address, as a keyed hash, that one owner (or, without owner, nobody on this site) may write to."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        BOUNCED = "bounced", _("Bounced")
        COMPLAINED = "complained", _("Complained")
        MANUAL = "manual", _("By hand")

    # Outlives the account: what a person has asked for is not undone by deleting whom they asked.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    email_hash = models.CharField(_("address, hashed"), max_length=64)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        constraints = [
            models.UniqueConstraint(
                fields=["email_hash", "owner"], condition=Q(owner__isnull=False), name="suppression_once_per_owner"
            ),
            models.UniqueConstraint(
                fields=["email_hash"], condition=Q(owner__isnull=True), name="suppression_once_per_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email_hash[:12]}: {self.reason}"
