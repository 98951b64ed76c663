"""Who buys, and where the goods go."""

import re
from dataclasses import asdict, dataclass, fields, replace

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from store.countries import NAMES
from store.models import Order

REQUIRED = ("email", "full_name", "line1", "city", "country")
# Letters and figures; which of them a country gives out is for its tax office to say.
VAT_NUMBER = re.compile(r"[A-Z0-9]{4,20}")
# Countries without postal codes (Universal Postal Union); elsewhere one is asked for.
WITHOUT_POSTAL_CODE = frozenset(
    """
    AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK IE JM KI KM KN KP LY ML
    MO MR MW NR NU PA QA RW SB SC SL SR ST SX SY TD TF TG TK TL TO TT TV UG VU YE ZW
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Customer:
    """Name, contact and address of an order, as typed."""

    email: str
    full_name: str
    line1: str
    city: str
    country: str
    phone: str = ""
    line2: str = ""
    region: str = ""
    postal_code: str = ""
    company: str = ""
    vat_number: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def clean(customer: Customer, *, is_collected: bool = False) -> Customer:
    """The same, trimmed and normalised; raises ValidationError with a sentence per field.

    Whoever collects the goods (`is_collected`) need not say where they live.
    """
    tidy = replace(customer, **{name: tidied(value) for name, value in customer.as_dict().items()})
    vat_number = re.sub(r"[\s.-]", "", tidy.vat_number).upper()
    tidy = replace(tidy, email=tidy.email.lower(), country=tidy.country.upper(), vat_number=vat_number)
    errors = missing(tidy, is_collected) | too_long(tidy)
    if vat_number and not VAT_NUMBER.fullmatch(vat_number):
        errors.setdefault("vat_number", _("Enter a VAT number like LV40003000000."))
    if "email" not in errors:
        try:
            validate_email(tidy.email)
        except ValidationError:
            errors["email"] = _("Enter an e-mail address like name@example.com.")
    if "country" not in errors and tidy.country not in NAMES:
        errors["country"] = _("Choose a country from the list.")
    try:
        tidy = replace(tidy, phone=clean_phone(tidy.phone, tidy.country))
    except ValidationError as error:
        errors["phone"] = error.messages[0]
    if errors:
        raise ValidationError({name: [sentence] for name, sentence in errors.items()})
    return tidy


def tidied(value: str) -> str:
    """One line without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def missing(customer: Customer, is_collected: bool) -> dict[str, str]:
    required: tuple[str, ...] = REQUIRED if customer.country in WITHOUT_POSTAL_CODE else (*REQUIRED, "postal_code")
    if is_collected:
        required = ("email", "full_name", "country")
    return {name: _("This field is required.") for name in required if not getattr(customer, name)}


def too_long(customer: Customer) -> dict[str, str]:
    errors = {}
    for item in fields(customer):
        most = getattr(Order._meta.get_field(item.name), "max_length", 0)
        if len(getattr(customer, item.name)) > most:
            errors[item.name] = _("At most %(most)d characters.") % {"most": most}
    return errors


def clean_phone(text: str, country: str) -> str:
    """As E.164; a number without its country code is read as one of `country`. Empty stays empty."""
    if not text:
        return ""
    sentence = _("Enter a telephone number with its country code, like +371 20 000 000.")
    try:
        number = phonenumbers.parse(text, country if country in NAMES else None)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(sentence) from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(sentence)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
