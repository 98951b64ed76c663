"""Wagtail's forms for pictures and documents, with this site's rules for uploads."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from company.uploads import UploadRefused, check_document, check_size, stripped


class ImageForm(BaseImageForm):
    """Type, size and number of pixels are Wagtail's own checks; what the camera wrote is taken out here."""

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
