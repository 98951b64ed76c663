"""Forms of import and export in the Wagtail admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from store.imports.columns import ATTRIBUTE, OPTION, Columns
from store.stock import MAX_ON_HAND

FORMATS = [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")]


class ImportForm(forms.Form):
    """What to read, and how. Nothing of the file is looked at before the worker does."""

    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX or JSON, gzipped or not, up to 64 MB."))
    dry_run = forms.BooleanField(
        label=_("Check only"),
        required=False,
        initial=True,
        help_text=_("Nothing is written; afterwards the same file can be imported with one click."),
    )
    set_stock = forms.BooleanField(
        label=_("Set the stock of known products too"),
        required=False,
        help_text=_("Otherwise they keep theirs, and only new ones get what the file says."),
    )
    stock = forms.IntegerField(
        label=_("Pieces of new products"),
        initial=0,
        min_value=0,
        max_value=MAX_ON_HAND,
        help_text=_("Where the file does not say."),
    )
    fetch_pictures = forms.BooleanField(label=_("Fetch pictures from the addresses in the file"), required=False)
    archive = forms.FileField(
        label=_("Pictures as a ZIP file"),
        required=False,
        help_text=_("Named like in the file, or like the SKU: A-1.jpg, A-1_2.jpg."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("file", "archive"):
            upload = data.get(name)
            if upload is not None and upload.size > settings.MAX_UPLOAD_BYTES:
                most = filesizeformat(settings.MAX_UPLOAD_BYTES)
                self.add_error(name, ValidationError(gettext("A file may have %(most)s.") % {"most": most}))
        return data


class ColumnsForm(forms.Form):
    """A select for each column of a file: what it fills, or nothing. `mapping` is what was chosen."""

    def __init__(self, *args: Any, columns: Columns, examples: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping: dict[str, str] = {}
        guessed = columns.fill(examples)
        # By position: what a column is called is somebody else's text.
        self.columns = {f"column-{number}": column for number, column in enumerate(examples)}
        for name, column in self.columns.items():
            self.fields[name] = forms.ChoiceField(
                label=column,
                choices=choices(columns),
                required=False,
                initial=guessed[column],
                help_text=" · ".join(examples[column]),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.mapping = {column: data.get(name, "") for name, column in self.columns.items()}
        met: dict[str, str] = {}
        for name, field in list(data.items()):
            if field and field in met:
                sentence = gettext("“%(column)s” is that already.") % {"column": self.columns[met[field]]}
                self.add_error(name, ValidationError(sentence))
            met.setdefault(field, name)
        if not self.errors and not {"sku", "image"} & set(self.mapping.values()):
            raise ValidationError(gettext("Say which column holds the SKU: products are found by it."))
        return data


def choices(columns: Columns) -> list[Any]:
    """Ours in groups, as a select shows them."""
    groups: dict[str, list[tuple[str, str]]] = {"": [], OPTION: [], ATTRIBUTE: []}
    for field in columns.fields.values():
        start = next((each for each in (OPTION, ATTRIBUTE) if field.name.startswith(each)), "")
        groups[start].append((field.name, field.label))
    named = [(gettext("Product"), ""), (gettext("Options"), OPTION), (gettext("Attributes"), ATTRIBUTE)]
    return [("", gettext("— ignore —")), *((label, groups[key]) for label, key in named if groups[key])]


class ExportForm(forms.Form):
    """Which table, in which format."""

    what = forms.ChoiceField(
        label=_("What"),
        choices=[
            ("store.export_catalogue", _("Catalogue with stock")),
            ("store.export_stock", _("Stock only")),
            ("store.export_movements", _("Stock movements")),
        ],
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS)
