"""E-mail addresses: the form in which they are compared, hashed and put on the wire."""

import hmac
import re
import unicodedata
from functools import lru_cache

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 254
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


def normalise(email: str) -> str:
    """The form in which two addresses are the same: NFC, lower case, domain in its ASCII form (IDNA).

    Local parts could differ by case (RFC 5321 2.4); no mailbox provider lets them.
    """
    email = email.strip()
    if email.isascii():
        return email.lower()
    local, at, domain = unicodedata.normalize("NFC", email).lower().rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}"


def validate(email: str) -> None:
    """Refuse what no mail server could take. Local parts may be in any script (RFC 6531), domains too."""
    local, _at, domain = email.rpartition("@")
    if len(email) > MAX_LENGTH or CONTROLS.search(email) or not ascii_domain(domain).isascii():
        raise ValidationError(_("Enter a valid e-mail address."), code="invalid")
    # Django knows the grammar of ASCII local parts only; letters beyond ASCII stand where letters may.
    plain = BEYOND_ASCII.sub("x", local)
    validate_email(f"{plain}@{domain}")


@lru_cache(maxsize=4096)
def ascii_domain(domain: str) -> str:
    """The domain as DNS and SMTP know it; a domain that IDNA refuses comes back as it is."""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain


def on_the_wire(email: str) -> str:
    """The address for SMTP and for headers: the local part as it was given, the domain in ASCII."""
    local, at, domain = email.strip().rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}"


def email_hash(email: str) -> str:
    """What suppression lists keep instead of the address: keyed, so that a leaked list names nobody."""
    return hash_of_normal(normalise(email))


def hash_of_normal(email_norm: str) -> str:
    """`email_hash` of an address that is normalised already."""
    return hmac.digest(settings.SUPPRESSION_KEY.encode(), email_norm.encode(), "sha256").hex()
