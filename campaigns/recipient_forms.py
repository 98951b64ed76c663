"""Forms about the people in a list, and about how the list is sorted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.time_zones import time_zone_choices
from campaigns import own_fields, tags
from campaigns.forms import CHECK, ConsentFields, RecipientForm
from campaigns.joining_forms import OwnField, own_name
from campaigns.list_import.columns import targets_for
from campaigns.list_import.files import MAX_BYTES
from campaigns.list_import.job import KNOWN, LEAVE
from campaigns.models import OptInForm, Recipient, RecipientField, Tag, Topic
from campaigns.recipients import Entry

TOO_LARGE = gettext_lazy("The file is larger than 50 MB. Please divide it.")
TAGS_HELP = gettext_lazy("Commas between them; what is new is made.")
TAGS = {"list": "known-tags", "autocomplete": "off"}


class WholeRecipientForm(RecipientForm):
    """A recipient with all that an owner may know of them."""

    tags = forms.CharField(
        label=gettext_lazy("Tags"), required=False, max_length=1300, help_text=TAGS_HELP, widget=forms.TextInput(TAGS)
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    language = forms.CharField(label=gettext_lazy("Language"), max_length=8, required=False)
    consent_wording = forms.CharField(
        label=gettext_lazy("The words they agreed to"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consented_at = forms.DateTimeField(
        label=gettext_lazy("Consented at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    field_order = ["email", "full_name", "tags"]

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = self.fields["time_zone"]
        assert isinstance(zones, forms.ChoiceField)  # noqa: S101 - for the type checker
        zones.choices = [("", "–"), *time_zone_choices()]
        self.own = own_fields.fields_of(owner)
        for own in self.own:
            self.fields[own_name(own.key)] = OwnField(own)
        asked = ("consent_basis", "consent_source", "consent_wording", "consented_at")
        own_names = [own_name(own.key) for own in self.own]
        self.order_fields(["email", "full_name", "tags", *own_names, "time_zone", "language", "comment", *asked])

    def entry(self) -> Entry:
        values = {name: value for name, value in self.cleaned_data.items() if not name.startswith("own_")}
        fields = {own.key: self.cleaned_data[own_name(own.key)] for own in self.own}
        return Entry(**{**values, "tags": tags.names_in(values["tags"]), "fields": fields})

    @staticmethod
    def initial_of(recipient: Recipient) -> dict[str, Any]:
        names = ("email", "full_name", "comment", "consent_basis", "consent_source", "time_zone", "language")
        return {
            **{name: getattr(recipient, name) for name in names},
            **{own_name(key): value for key, value in recipient.attributes.items()},
            "tags": ", ".join(tag.name for tag in recipient.tags.all()),
            "consent_wording": recipient.consent_wording.text if recipient.consent_wording else "",
            "consented_at": recipient.consented_at,
        }


class FieldForm(forms.Form):
    """A field of the owner's; its key and kind are settled once it is there."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=80)
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        help_text=gettext_lazy("Small Latin letters, digits and _; messages use it as {{ key }}."),
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=RecipientField.Kind.choices)


class TagForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=tags.MAX_NAME)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(label=gettext_lazy("Join it with"), queryset=Tag.objects.none())

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        into.queryset = Tag.objects.filter(owner=tag.owner).exclude(pk=tag.pk)


class SourceForm(forms.Form):
    """Where a list comes from: a file, or the clipboard."""

    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file"),
        required=False,
        help_text=gettext_lazy("Up to 50 MB; the columns are assigned on the next page."),
        # The browser says it before a minute of uploading is wasted.
        widget=forms.FileInput(
            attrs={"accept": ".csv,.txt,.tsv,.xlsx", "data-most-bytes": MAX_BYTES, "data-too-large": TOO_LARGE}
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste a list"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "spellcheck": "false",
                "placeholder": gettext_lazy("jo@example.com, Jo Reader, met at the fair"),
            }
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("file") and not (values.get("text") or "").strip():
            self.add_error("file", _("Choose a file or paste a list."))
        return values

    def source(self) -> File[bytes]:
        """The file; what was pasted is one, too."""
        values = self.cleaned_data
        return values["file"] or ContentFile(values["text"].encode(), name=_("pasted list"))


class MappingForm(ConsentFields):
    """What the columns of a file are, and what becomes of its people."""

    has_heading = forms.BooleanField(
        label=gettext_lazy("The first row is a heading"), required=False, widget=forms.CheckboxInput(attrs=CHECK)
    )
    known = forms.ChoiceField(
        label=gettext_lazy("Those who are in your list already"),
        choices=KNOWN,
        initial=LEAVE,
        widget=forms.RadioSelect(attrs=CHECK),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags for all of them"),
        required=False,
        max_length=1300,
        help_text=TAGS_HELP,
        widget=forms.TextInput(TAGS),
    )

    def __init__(self, *args: Any, owner: User, columns: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = targets_for(owner)
        for index, column in enumerate(columns):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=column.name, choices=choices, required=False, initial=column.target
            )
        self.order_fields(["has_heading"])

    @property
    def table(self) -> list[tuple[Any, list[str]]]:
        """Each column's control, with what stands in its first rows."""
        return [(self[f"column_{index}"], column.samples) for index, column in enumerate(self.columns)]

    @property
    def others(self) -> list[Any]:
        return [field for field in self if not field.name.startswith("column_")]

    def arguments(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "mapping": [values[f"column_{index}"] for index in range(len(self.columns))],
            "names": [column.name for column in self.columns],
            "tag_names": tags.names_in(values["tags"]),
            **{name: values[name] for name in ("has_heading", "known", "consent_basis", "consent_source")},
        }


class OptInFormForm(forms.ModelForm[OptInForm]):
    """A sign-up form, as its owner sets it up."""

    own = forms.MultipleChoiceField(
        label=gettext_lazy("Fields to ask for"), required=False, widget=forms.CheckboxSelectMultiple(attrs=CHECK)
    )

    class Meta:
        model = OptInForm
        fields = [
            "name",
            "heading",
            "introduction",
            "consent_text",
            "asks_name",
            "asks_tracking",
            "tags",
            "topics",
            "thanks",
            "is_open",
        ]
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 2}),
            "consent_text": forms.Textarea(attrs={"rows": 3}),
            "thanks": forms.Textarea(attrs={"rows": 2}),
            "tags": forms.CheckboxSelectMultiple(attrs=CHECK),
            "topics": forms.CheckboxSelectMultiple(attrs=CHECK),
            "asks_name": forms.CheckboxInput(attrs=CHECK),
            "asks_tracking": forms.CheckboxInput(attrs=CHECK),
            "is_open": forms.CheckboxInput(attrs=CHECK),
        }
        help_texts = {
            "name": gettext_lazy("Kept with each recipient as the source of the consent."),
            "consent_text": gettext_lazy("Stands beside the box to be ticked, and is kept word for word as the proof."),
            "thanks": gettext_lazy("Shown once the form is sent; empty: a sentence about the mailbox."),
        }

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(field.key, field.label) for field in own_fields.fields_of(owner)]
        asked = self.fields["own"]
        assert isinstance(asked, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        asked.choices = choices
        self.initial["own"] = self.instance.fields
        for name, rows in (("tags", Tag.objects.filter(owner=owner)), ("topics", Topic.objects.owned_by(owner))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
            field.queryset = rows
            if not rows.exists():
                del self.fields[name]
        if not choices:
            del self.fields["own"]

    def arguments(self) -> dict[str, Any]:
        """For `joining.save_form`."""
        values = dict(self.cleaned_data)
        own = values.pop("own", [])
        return values | {"fields": own}
