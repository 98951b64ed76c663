"""The form of a bulk edit."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from store.bulk_prices import PriceMode, PriceRule, Rounding
from store.bulk_products import MAX_VARIANTS, Edit, StockMode, Visibility
from store.imports.values import text
from store.stock import MAX_ON_HAND


class BulkEditForm(forms.Form):
    """Which variants, and what happens to them."""

    skus = forms.CharField(
        label=_("SKUs"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One per line, pasted from anywhere; empty: all that the product list showed."),
    )
    price_mode = forms.ChoiceField(label=_("Price"), required=False, choices=PriceMode.choices)
    price_value = forms.DecimalField(
        label=_("Amount or percent"),
        required=False,
        max_digits=12,
        decimal_places=2,
        help_text=_("With a minus it becomes cheaper."),
    )
    rounding = forms.ChoiceField(label=_("Round the price"), required=False, choices=Rounding.choices)
    keep_old_price = forms.BooleanField(
        label=_("Show the old price as the price before"), required=False, help_text=_("Where it becomes cheaper.")
    )
    stock_mode = forms.ChoiceField(label=_("Stock on hand"), required=False, choices=StockMode.choices)
    stock_value = forms.IntegerField(label=_("Pieces"), required=False, min_value=-MAX_ON_HAND, max_value=MAX_ON_HAND)
    visibility = forms.ChoiceField(label=_("For sale"), required=False, choices=Visibility.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=200, help_text=_("Stands in the log and in the stock movements.")
    )

    def clean_skus(self) -> list[str]:
        lines = self.cleaned_data["skus"].replace(",", "\n").replace(";", "\n").splitlines()
        skus = list(dict.fromkeys(sku[:64] for line in lines if (sku := text(line))))
        if len(skus) > MAX_VARIANTS:
            raise ValidationError(gettext("Choose at most %(most)d variants at once.") % {"most": MAX_VARIANTS})
        return skus

    def clean_price_value(self) -> Decimal | None:
        value: Decimal | None = self.cleaned_data["price_value"]
        if value is not None and not value.is_finite():
            raise ValidationError(gettext("Enter a number."))
        return value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for mode, value in (("price_mode", "price_value"), ("stock_mode", "stock_value")):
            if data.get(mode) and data.get(value) is None and value not in self.errors:
                self.add_error(value, gettext("Enter a number."))
        if not self.errors and not any(data.get(name) for name in ("price_mode", "stock_mode", "visibility")):
            raise ValidationError(gettext("Choose what is to be changed."))
        return data

    def edit(self) -> Edit:
        data = self.cleaned_data
        return Edit(
            price=PriceRule(data["price_mode"], data["price_value"] or Decimal(0), data["rounding"]),
            keep_old_price=data["keep_old_price"],
            stock_mode=data["stock_mode"],
            stock_value=data["stock_value"] or 0,
            visibility=data["visibility"],
        )
