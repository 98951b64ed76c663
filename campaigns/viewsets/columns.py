"""Cells of the admin's lists."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import multigetattr


class MomentColumn(Column):
    """A point in time, written out: plans lie in the future, where “3 days ago” says nothing."""

    def get_value(self, instance: Any) -> str:
        moment: datetime | None = multigetattr(instance, self.accessor)
        return date_format(timezone.localtime(moment), "j E Y, H:i") if moment else "–"


class AnswerColumn(Column):
    """The server's words, cut to a line."""

    def get_value(self, instance: Any) -> str:
        text = str(multigetattr(instance, self.accessor) or "–")
        return text if len(text) <= 80 else f"{text[:79]}…"
