"""What this site asks of its campaign owners."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

PERCENT = [MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))]


@register_setting(icon="mail", order=140)
class MailingRules(BaseGenericSetting):
    """One row for the whole site."""

    approve_first = models.BooleanField(
        _("a new owner’s first mailing waits for a manager"),
        default=False,
        help_text=_("Administrators, the shop itself and owners who have sent before do not wait."),
    )
    daily_quota = models.PositiveIntegerField(
        _("messages a day"),
        null=True,
        blank=True,
        help_text=_("For each owner who has no figure of their own. Empty: as many as the server takes."),
    )
    hourly_limit = models.PositiveIntegerField(
        _("messages an hour"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For each mailing that has no lower figure of its own. Empty: no limit."),
    )
    bounce_percent = models.DecimalField(
        _("a mailing pauses above this share of wrong addresses, %"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(5),
        validators=PERCENT,
    )
    complaint_percent = models.DecimalField(
        _("a mailing pauses above this share of complaints, %"),
        max_digits=5,
        decimal_places=2,
        default=Decimal("0.3"),
        validators=PERCENT,
    )

    class Meta:
        verbose_name = _("rules of mailings")
        verbose_name_plural = _("rules of mailings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
