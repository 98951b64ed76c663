"""Fetches a picture from an address that somebody else wrote: from public hosts only, small, and soon or not at all.

The name is resolved here, every address it has is checked, and the connection is made to the checked address itself:
a name that answers differently the second time (DNS rebinding) leads nowhere.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from store.errors import StoreError

MAX_BYTES = 12 * 1024 * 1024
MAX_REDIRECTS = 3
TIMEOUT = 6.0
DEADLINE = 20.0
PORTS = {"http": 80, "https": 443}
BLOCK = 64 * 1024
Check = Callable[[str], bool]


class FetchError(StoreError):
    """The picture could not be fetched; the text says why."""

    code = "picture_not_fetched"


class NotPublic(FetchError):
    """The host is not on the public Internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the Internet at large (not of this machine, its network, or a cloud's)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # IPv4 in IPv6 clothes: mapped, 6to4 (RFC 3056), Teredo (RFC 4380) and NAT64 (RFC 6052).
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(url: str, *, allowed: Check = is_public, ports: tuple[int, ...] = (80, 443)) -> bytes:
    """The content behind `url`. Raises FetchError."""
    deadline = time.monotonic() + DEADLINE
    for _hop in range(MAX_REDIRECTS + 1):
        try:
            answer = ask(url, allowed, ports, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(_("%(url)s does not answer.") % {"url": url[:200]}) from error
        if isinstance(answer, bytes):
            return answer
        url = urljoin(url, answer)
    raise FetchError(_("%(url)s leads from one address to the next.") % {"url": url[:200]})


def ask(url: str, allowed: Check, ports: tuple[int, ...], deadline: float) -> bytes | str:
    """The content, or the address that the answer points to."""
    parts = urlsplit(url)
    host, scheme = parts.hostname or "", parts.scheme.lower()
    port = parts.port or PORTS.get(scheme, 0)
    if scheme not in PORTS or not host or port not in ports or parts.username is not None:
        raise FetchError(_("%(url)s is not an address of a picture on the web.") % {"url": url[:200]})
    connection = connect(scheme, host, resolve(host, port, allowed, url), port)
    try:
        connection.request("GET", target_of(parts), headers={"Accept": "image/*", "User-Agent": "Vitrina"})
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            return response.headers.get("Location", "")
        if response.status != 200:
            sentence = _("%(url)s answers with %(status)d.")
            raise FetchError(sentence % {"url": url[:200], "status": response.status})
        return read(response, url, deadline)
    finally:
        connection.close()


def target_of(parts: SplitResult) -> str:
    """What a request names of the address, in ASCII."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return path if path.isascii() else quoted(path)


def quoted(path: str) -> str:
    return "".join(
        letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in path
    )


def resolve(host: str, port: int, allowed: Check, url: str) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(_("There is no host “%(host)s”.") % {"host": host[:100]}) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise NotPublic(_("%(url)s is not on the public Internet.") % {"url": url[:200]})
    return addresses[0]


def connect(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    """A connection to `address` that speaks to `host`."""
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((address, port), timeout=TIMEOUT)
    if scheme == "https":
        try:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise
    connection.sock = plain
    return connection


def read(response: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
    """Block by block: neither a lie about the length nor one byte a second keeps us here."""
    parts: list[bytes] = []
    size = 0
    while block := response.read1(BLOCK):
        size += len(block)
        parts.append(block)
        if size > MAX_BYTES:
            raise FetchError(_("%(url)s is larger than %(most)d MB.") % {"url": url[:200], "most": MAX_BYTES >> 20})
        if time.monotonic() > deadline:
            raise FetchError(_("%(url)s takes too long.") % {"url": url[:200]})
    return b"".join(parts)
