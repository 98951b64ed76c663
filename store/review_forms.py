"""What buyers type about a product."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from store.models.reviews import MAX_TEXT
from store.reviews import MOST_NAME, MOST_TITLE

WORDS = [
    (5, _("5 – excellent")),
    (4, _("4 – good")),
    (3, _("3 – fair")),
    (2, _("2 – poor")),
    (1, _("1 – bad")),
]


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files; what they are is found out by `company.uploads`."""

    widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(PicturesField, self).clean(file, initial) for file in files]


class ReviewForm(forms.Form):
    """The rules are those of `store.reviews`."""

    stars = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[
            (5, _("5 – excellent")),
            (4, _("4 – good")),
            (3, _("3 – fair")),
            (2, _("2 – poor")),
            (1, _("1 – bad")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please give one to five stars.")},
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=MOST_TITLE)
    text = forms.CharField(
        label=_("Your opinion"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6, "minlength": 10})
    )
    author = forms.CharField(
        label=_("Shown as"), required=False, max_length=MOST_NAME, help_text=_("This name stands beside your review.")
    )
    pictures = PicturesField(
        label=_("Pictures"), required=False, help_text=_("Up to four, 10 MB each. Where they were taken is not kept.")
    )


class ReportForm(forms.Form):
    note = forms.CharField(label=_("What is wrong with it?"), max_length=300, required=False)
