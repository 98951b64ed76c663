"""Forms of the stock in the Wagtail admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from store import stock
from store.models import MovementReason

CHOICES = [(reason.value, reason.label) for reason in stock.BY_HAND]


class AdjustForm(forms.Form):
    """So many pieces more or fewer, and why."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CHOICES)
    pieces = forms.IntegerField(
        label=_("Pieces"),
        min_value=-stock.MAX_ON_HAND,
        max_value=stock.MAX_ON_HAND,
        help_text=_("How many were received, returned or lost. For a correction: a minus takes them away."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=255, required=False, help_text=_("For example the number of the delivery note.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        # Nobody should have to type a minus for what is broken.
        if data.get("reason") == MovementReason.DAMAGED and data.get("pieces"):
            data["pieces"] = -abs(data["pieces"])
        return data
