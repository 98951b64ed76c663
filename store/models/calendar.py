"""On which days parcels leave."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from accounts.time_zones import time_zone_choices


@register_setting(icon="calendar-alt", order=130)
class DeliveryCalendar(BaseGenericSetting):
    """What delivery dates are counted by; one row for the whole shop."""

    cut_off = models.PositiveSmallIntegerField(
        _("orders until this hour leave the same day"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(24)],
        help_text=_("0 to 24; later ones count from the next working day. Empty: all day."),
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    holidays = models.TextField(
        _("holidays"),
        blank=True,
        help_text=_("One day on each line: 25.12 comes every year, 29.03.2027 once. A name may follow."),
    )

    panels = [FieldPanel("cut_off"), FieldPanel("time_zone"), FieldPanel("holidays")]

    class Meta:
        verbose_name = _("delivery calendar")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        known = {name for _region, names in time_zone_choices() for name in flat(names)}
        if self.time_zone not in known:
            raise ValidationError({"time_zone": _now("There is no time zone “%(name)s”.") % {"name": self.time_zone}})
        for line in self.holidays.splitlines():
            if line.strip() and not day_of(line):
                raise ValidationError({"holidays": _now("“%(line)s” is not a day like 25.12.") % {"line": line[:40]}})

    def is_holiday(self, day: date) -> bool:
        named = {day_of(line) for line in self.holidays.splitlines()}
        return (day.day, day.month, 0) in named or (day.day, day.month, day.year) in named


def flat(names: object) -> list[str]:
    return [names] if isinstance(names, str) else [name for name, _label in names]  # type: ignore[attr-defined]


def day_of(line: str) -> tuple[int, int, int] | None:
    """Day, month and year (0: every year) of “25.12” or “29.03.2027 Easter Monday”; None for anything else."""
    parts = line.split()[0].strip(".").split(".") if line.split() else []
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    day, month, year = (*map(int, parts), 0)[:3]
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return day, month, year
