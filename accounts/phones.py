"""Telephone numbers, kept as E.164 (ITU-T): a plus sign, the country, the number."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def normalise_phone(text: str) -> str:
    """The number as it is stored; empty stays empty. Raises ValidationError with a sentence for the form."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text.strip())
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("Write the number with its country code, for example +49 30 901820.")) from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(_("This is not a complete telephone number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
