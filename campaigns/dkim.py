"""DKIM signatures (RFC 6376, RFC 8463), relaxed/relaxed.

dkimpy signs with RSA in pure Python and reads the key anew for each message; `cryptography` does it in OpenSSL with a
key that is read once, some hundred times as fast. dkimpy is the verifier in the tests.
"""

import base64
import re
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

# Signed once more than they are there: nobody can add another (RFC 6376 8.15).
OVERSIGNED = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "list-unsubscribe", "list-unsubscribe-post"),
    *("mime-version", "content-type", "content-transfer-encoding"),
)
SIGNED_IF_THERE = ("list-id",)
RSA_BITS = 2048
BLANKS = re.compile(rb"[ \t]+")
BLANKS_AT_END = re.compile(rb"[ \t]+(?=\r\n)")


class Signer(NamedTuple):
    """A key, ready for use, and the name it is published under."""

    domain: str
    selector: str
    algorithm: str
    sign: Callable[[bytes], bytes]

    def signed(self, content: bytes) -> bytes:
        """The message with a DKIM-Signature before it. Lines end in CRLF."""
        head, _blank, body = content.partition(b"\r\n\r\n")
        fields = fields_of(head)
        names = names_to_sign(fields)
        value = (
            f"v=1; a={self.algorithm}; c=relaxed/relaxed; t={int(time.time())};\r\n"
            f" d={self.domain}; s={self.selector};\r\n"
            f" bh={base64.b64encode(sha256(relaxed_body(body)).digest()).decode()};\r\n"
            f" h={fold(':'.join(names))};\r\n b="
        )
        data = b"".join(chosen(fields, names)) + relaxed_field(b"dkim-signature", value.encode())
        signature = base64.b64encode(self.sign(data)).decode()
        lines = "\r\n ".join(signature[start : start + 72] for start in range(0, len(signature), 72))
        return f"DKIM-Signature: {value}{lines}\r\n".encode() + content


def fold(names: str) -> str:
    """Blanks around the colons do not count (RFC 6376 3.5)."""
    lines, line = [], ""
    for name in names.split(":"):
        if len(line) + len(name) > 62:
            lines.append(line)
            line = ""
        line += f"{name}:"
    return "\r\n  ".join([*lines, line.rstrip(":")])


def fields_of(head: bytes) -> list[tuple[bytes, bytes]]:
    """Names in lower case, and values as they stand, folds and all."""
    fields: list[tuple[bytes, bytes]] = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            name, value = fields[-1]
            fields[-1] = name, value + b"\r\n" + line
        elif b":" in line:
            name, _colon, value = line.partition(b":")
            fields.append((name.strip().lower(), value))
    return fields


def names_to_sign(fields: list[tuple[bytes, bytes]]) -> list[str]:
    there = [name.decode("ascii", "replace") for name, _value in fields]
    names = [name for name in there if name in OVERSIGNED or name in SIGNED_IF_THERE]
    return [*names, *OVERSIGNED]


def chosen(fields: list[tuple[bytes, bytes]], names: list[str]) -> list[bytes]:
    """The fields that are signed; of several of one name the last comes first (RFC 6376 5.4.2)."""
    left: dict[str, list[bytes]] = {}
    for field, value in fields:
        left.setdefault(field.decode("ascii", "replace"), []).append(value)
    return [relaxed_field(name.encode(), left[name].pop()) + b"\r\n" for name in names if left.get(name)]


def relaxed_field(name: bytes, value: bytes) -> bytes:
    """RFC 6376 3.4.2."""
    return name + b":" + BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" \t")


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 3.4.4: blanks at line ends and empty lines at the end do not count, a run of blanks is one."""
    # Looking first: few bodies have any of this, and a search is a hundred times as fast as a substitution.
    if b" \r\n" in body or b"\t" in body:
        body = BLANKS_AT_END.sub(b"", body)
    if b"  " in body or b"\t" in body:
        body = BLANKS.sub(b" ", body)
    if not body.endswith(b"\r\n"):
        body = body.rstrip(b" \t") + b"\r\n"
    body = body.rstrip(b"\r\n")
    return body + b"\r\n" if body else b""


@lru_cache(maxsize=64)
def signer_of(domain: str, selector: str, private_key: str) -> Signer:
    """The signer of a PEM key; ValueError when it is no RSA or Ed25519 key. Reading a key takes milliseconds."""
    key = serialization.load_pem_private_key(private_key.encode(), password=None)
    if isinstance(key, rsa.RSAPrivateKey):
        rsa_key = key
        return Signer(
            domain, selector, "rsa-sha256", lambda data: rsa_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        )
    if isinstance(key, ed25519.Ed25519PrivateKey):
        edwards = key
        # RFC 8463 3: what is signed is the hash.
        return Signer(domain, selector, "ed25519-sha256", lambda data: edwards.sign(sha256(data).digest()))
    raise ValueError("A DKIM key is an RSA or an Ed25519 key.")


def new_key() -> str:
    """A private key as PEM. RSA: far from all receivers know Ed25519 yet."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def record_of(private_key: str) -> str:
    """What to publish at `<selector>._domainkey.<domain>` as TXT."""
    key = serialization.load_pem_private_key(private_key.encode(), password=None)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
