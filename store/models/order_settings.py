"""What customers may do with an order by themselves."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="list-ul", order=210)
class OrderSettings(BaseGenericSetting):
    """Set once for the shop."""

    customers_cancel_paid = models.BooleanField(
        _("customers may cancel what they have paid"),
        default=True,
        help_text=_("As long as it is not packed; all the money goes back at once."),
    )
    return_days = models.PositiveSmallIntegerField(
        _("days to send something back"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("Counted from the day of delivery; 0: customers write to us instead."),
    )
    delivered_after_days = models.PositiveSmallIntegerField(
        _("days after which a parcel counts as delivered"),
        default=14,
        validators=[MaxValueValidator(365)],
        help_text=_("Counted from the day it left us; 0: only when somebody says so."),
    )

    panels: ClassVar = [FieldPanel(name) for name in ("customers_cancel_paid", "return_days", "delivered_after_days")]

    class Meta:
        verbose_name = _("orders and returns")
