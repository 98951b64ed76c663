"""Signatures, as dkimpy verifies them."""

import dkim as verifier
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from campaigns import dkim

PLAIN = (
    b"From: =?utf-8?b?0JrQsNGC0Y8=?= <shop@example.com>\r\n"
    b"To: Jo  Reader\r\n <jo@example.net>\r\n"
    b"Subject: News \t of the week\r\n"
    b"Message-ID: <1.2.3@example.com>\r\n"
    b"Date: Sat, 21 Nov 2026 20:00:00 -0000\r\n"
    b"List-Unsubscribe: <https://example.com/u/x/>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"\r\n"
)
BODIES = [
    b"Hello\r\n",
    b"",
    b"\r\n\r\n",
    b"two  blanks \t at the end \t\r\n\r\n \r\n",
    b".dot\r\nno end",
    b"\xd1\x8f\r\n",
]


@pytest.fixture(scope="module")
def rsa_key() -> str:
    return dkim.new_key()


def ed25519_key() -> str:
    return (
        ed25519.Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def verified(message: bytes, key: str) -> bool:
    def published(name: bytes, timeout: int = 5) -> bytes | None:
        return dkim.record_of(key).encode() if name == b"vitrina._domainkey.example.com." else None

    return bool(verifier.verify(message, dnsfunc=published))


@pytest.mark.parametrize("body", BODIES)
def test_an_rsa_signature_is_verified(rsa_key: str, body: bytes) -> None:
    signed = dkim.signer_of("example.com", "vitrina", rsa_key).signed(PLAIN + body)
    assert signed.endswith(PLAIN + body)
    assert verified(signed, rsa_key)


def test_an_ed25519_signature_is_verified() -> None:
    key = ed25519_key()
    assert verified(dkim.signer_of("example.com", "vitrina", key).signed(PLAIN + b"Hello\r\n"), key)


@pytest.mark.parametrize(
    "forged",
    [b"Subject: Another\r\n", b"From: other@example.com\r\n", b"List-Unsubscribe: <https://evil.example/>\r\n"],
)
def test_a_header_that_is_added_breaks_the_signature(rsa_key: str, forged: bytes) -> None:
    signed = dkim.signer_of("example.com", "vitrina", rsa_key).signed(PLAIN + b"Hello\r\n")
    assert not verified(forged + signed, rsa_key)


def test_a_word_that_is_changed_breaks_the_signature(rsa_key: str) -> None:
    signed = dkim.signer_of("example.com", "vitrina", rsa_key).signed(PLAIN + b"Hello\r\n")
    assert not verified(signed.replace(b"Hello", b"Hullo"), rsa_key)


def test_the_signature_keeps_its_lines_short(rsa_key: str) -> None:
    signed = dkim.signer_of("example.com", "vitrina", rsa_key).signed(PLAIN + b"Hello\r\n")
    assert max(len(line) for line in signed.split(b"\r\n")) <= 78


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="."):
        dkim.signer_of("example.com", "vitrina", "nonsense")
