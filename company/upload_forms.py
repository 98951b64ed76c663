"""Wagtail's forms for pictures and documents, with this site's rules for uploads."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from company.uploads import UploadRefused, check_document, check_picture, check_size, stripped


class CheckedImageField(WagtailImageField):
    """Broken pictures are refused before Wagtail opens them: it would answer with an error page."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            try:
                check_size(data, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
                check_picture(data)
            except UploadRefused as error:
                raise ValidationError(str(error)) from error
        return super().to_python(data)


class ImageForm(BaseImageForm):
    """Wagtail's own checks, our own before them; what the camera wrote is taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (field := self.fields.get("file")) is not None:
            options = {"label": field.label, "required": field.required, "widget": field.widget}
            self.fields["file"] = CheckedImageField(**options)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        try:
            return stripped(file) or file
        except UploadRefused as error:
            raise ValidationError(str(error)) from error
        finally:
            file.seek(0)


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                check_size(file, settings.MAX_DOCUMENT_BYTES)
                check_document(file)
            except UploadRefused as error:
                raise ValidationError(str(error)) from error
        return file
