"""Trying one address that an owner wrote: on public hosts only, briefly, and without reading what comes.

Names are resolved, checked and connected to as `store.imports.fetch` does it, at each redirect anew.
"""

import http.client
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from store.imports.fetch import PORTS, FetchError, NotPublic, connect, is_public, resolve, target_of

MAX_REDIRECTS = 4
# An answer may come in drops: then the connection is cut.
DEADLINE = 8.0
WEB = (80, 443, 8080, 8443)
REDIRECTS = (301, 302, 303, 307, 308)
# They keep robots out: readers are let in.
GUARDED = (401, 403, 407, 429, 451, 999)
NO_HOST, PRIVATE, SILENT, LOOP = "no_host", "private", "silent", "loop"
Check = Callable[[str], bool]


def probe(url: str, *, allowed: Check = is_public, ports: tuple[int, ...] = WEB) -> str:
    """ "" for an address that answers; a status as digits, or one of the words above. Other ports are not tried."""
    problem = follow("HEAD", url, allowed, ports)
    # Some servers do not know HEAD, or answer it carelessly.
    return follow("GET", url, allowed, ports) if problem.isdecimal() or problem == SILENT else problem


def follow(method: str, url: str, allowed: Check, ports: tuple[int, ...]) -> str:
    for _hop in range(MAX_REDIRECTS + 1):
        try:
            status, location = answer(method, url, allowed, ports)
        except NotPublic:
            return PRIVATE
        except FetchError:
            return NO_HOST
        except (OSError, http.client.HTTPException, ValueError):
            return SILENT
        if status not in REDIRECTS or not location:
            return "" if status < 400 or status in GUARDED else str(status)
        url = urljoin(url, location)
    return LOOP


def answer(method: str, url: str, allowed: Check, ports: tuple[int, ...]) -> tuple[int, str]:
    """Status, and the address that it points to."""
    parts = urlsplit(url)
    host, scheme = parts.hostname or "", parts.scheme.lower()
    port = parts.port or PORTS[scheme] if scheme in PORTS else 0
    if port not in ports:
        return 200, ""
    connection = connect(scheme, host, resolve(host, port, allowed, url), port)
    cutter = threading.Timer(DEADLINE, cut, [connection.sock])
    cutter.daemon = True
    cutter.start()
    try:
        agent = f"Vitrina link check (+{settings.SITE_URL})"
        connection.request(method, target_of(parts), headers={"Accept": "*/*", "User-Agent": agent})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        cutter.cancel()
        connection.close()


def cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
