"""DKIM private keys at rest: sealed with a key derived from SECRET_KEY, so that a copy of the database signs nothing.

SECRET_KEY_FALLBACKS opens what was sealed before SECRET_KEY was changed; the daily check seals it anew.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from campaigns import dkim
from campaigns.models import SendingDomain

PURPOSE = b"campaigns dkim private key"


class Unreadable(ValueError):
    """Sealed under a SECRET_KEY that is known no more, or no key at all."""


def derived(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def box() -> MultiFernet:
    return MultiFernet([derived(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def sealed(pem: str) -> str:
    return box().encrypt(pem.encode()).decode()


def opened(stored: str) -> str:
    """The PEM again; Unreadable when it cannot be opened."""
    try:
        return box().decrypt(stored.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unreadable("The DKIM key was sealed under another SECRET_KEY.") from error


def signer_of(row: SendingDomain) -> dkim.Signer:
    """Unreadable when there is no signing with what is stored."""
    try:
        return dkim.signer_of(row.domain, row.selector, opened(row.private_key))
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("This is no DKIM key.") from error


def is_readable(row: SendingDomain) -> bool:
    """A domain without a key has none to lose."""
    try:
        return not row.private_key or bool(signer_of(row))
    except Unreadable:
        return False


def seal_anew(row: SendingDomain) -> bool:
    """Under today's SECRET_KEY, if it was sealed under an older one that is still known."""
    try:
        derived(settings.SECRET_KEY).decrypt(row.private_key.encode())
    except InvalidToken:
        fresh = sealed(opened(row.private_key))
        same = SendingDomain.objects.filter(pk=row.pk, private_key=row.private_key)
        row.private_key = fresh
        return bool(same.update(private_key=fresh))
    return False
