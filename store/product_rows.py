"""The rows of a product's form: variants, attributes. A product has up to a hundred, each with the same selects."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

from store.models import Stock, Variant

Choices = list[tuple[Any, str]]


class RowsFormSet(BaseChildFormSet):
    """Reads the choices of a select once, not once for each row."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if isinstance(field, forms.ModelChoiceField) and isinstance(field.widget, forms.Select):
                field.choices = self.choices_of(field)

    def choices_of(self, field: "forms.ModelChoiceField[Model]") -> Choices:
        kept: dict[Any, Choices] = self.__dict__.setdefault("kept_choices", {})
        queryset: QuerySet[Model] = field.queryset  # type: ignore[assignment]
        key = (queryset.model, field.empty_label)
        if key not in kept:
            # What the names are made of (the option of a value, the attribute of a choice) comes with them.
            rows = queryset.select_related()
            empty: Choices = [] if field.empty_label is None else [("", str(field.empty_label))]
            kept[key] = [*empty, *((row.pk, field.label_from_instance(row)) for row in rows)]
        return kept[key]


class RowsPanel(InlinePanel):
    """An InlinePanel whose rows share their choices."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        for formset in options["formsets"].values():
            formset["formset"] = RowsFormSet
        return options


def attach_stock(variants: Iterable[Variant]) -> None:
    """For variants that come out of a draft: those of the database were read with theirs."""
    found = {variant.pk: variant for variant in variants if variant.pk}
    stocks = Stock.objects.in_bulk(found)
    for pk, variant in found.items():
        Variant._meta.get_field("stock").set_cached_value(variant, stocks.get(pk))  # type: ignore[attr-defined,union-attr]
