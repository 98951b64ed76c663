"""The addresses that are told: made, changed, switched off, guarded."""

import base64
import ipaddress
import secrets
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _

from store.errors import StoreError
from store.imports.fetch import is_public
from store.models import HookEndpoint, HookEvent

CHOOSABLE = [event for event in HookEvent if event != HookEvent.TEST]
MOST_URL = 500
ANY_KEY, ANY_SECONDS = "hooks:any", 60


class BadEndpoint(StoreError):
    """An address that is not sent to, or an event that does not exist; `extra["field"]` says which."""

    code = "bad_endpoint"


def create(*, url: str, events: Iterable[str], description: str = "") -> HookEndpoint:
    """The answer holds the secret: it is shown this once. Raises BadEndpoint."""
    return HookEndpoint.objects.create(
        url=checked_url(url), events=checked_events(events), description=described(description), secret=new_secret()
    )


def change(
    *, endpoint: HookEndpoint, url: str, events: Iterable[str], description: str = "", active: bool = True
) -> HookEndpoint:
    """Switching on again forgets that it failed."""
    endpoint.url, endpoint.events = checked_url(url), checked_events(events)
    endpoint.description = described(description)
    if active and not endpoint.active:
        endpoint.failing_since, endpoint.disabled_reason = None, ""
    endpoint.active = active
    endpoint.save()
    return endpoint


def switch_on(*, endpoint: HookEndpoint) -> HookEndpoint:
    """What waits for it is sent at the next round."""
    return change(endpoint=endpoint, url=endpoint.url, events=endpoint.events, description=endpoint.description)


def are_any() -> bool:
    """Asked at every order, so that the answer is kept a little."""
    kept = caches["local"].get(ANY_KEY)
    if kept is None:
        kept = HookEndpoint.objects.filter(active=True).exists()
        caches["local"].set(ANY_KEY, kept, ANY_SECONDS)
    return bool(kept)


def renew_secret(*, endpoint: HookEndpoint) -> str:
    """What was signed with the old one fails at the receiver from now on."""
    endpoint.secret = new_secret()
    endpoint.save(update_fields=["secret"])
    return endpoint.secret


def new_secret() -> str:
    """32 random bytes, as Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def checked_events(events: Iterable[str]) -> list[str]:
    chosen = sorted(set(events))
    if not chosen or not set(chosen) <= {event.value for event in CHOOSABLE}:
        raise BadEndpoint(_("Please choose at least one of the events."), field="events")
    return chosen


def described(text: str) -> str:
    return text.replace("\x00", "").strip()[:200]


def checked_url(url: str) -> str:
    """HTTPS to a host of the public net; with DEBUG also plain HTTP and this machine. The address itself is looked at
    again on every delivery, because names change where they lead."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    schemes = ("https", "http") if settings.DEBUG else ("https",)
    fits = parts.scheme in schemes and parts.hostname and not parts.username and not parts.password and port != 0
    if not fits or len(url) > MOST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise BadEndpoint(_("Please give an address that begins with https:// and holds no password."), field="url")
    host = parts.hostname or ""
    if not settings.DEBUG and (is_literal(host) and not is_public(host) or "." not in host and ":" not in host):
        raise BadEndpoint(private_sentence(), field="url")
    return url


def private_sentence() -> str:
    return _("This address leads into a private network: webhooks go to public addresses only.")


def is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def resolve(host: str, port: int) -> str:
    """The one address to connect to. Raises BadEndpoint when the name leads anywhere that is not public."""
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise BadEndpoint(_("There is no such host: %(host)s") % {"host": host}, field="url") from error
    if not settings.DEBUG and not all(is_public(address) for address in found):
        raise BadEndpoint(private_sentence(), field="url")
    # IPv4 first: it is what works everywhere.
    return sorted(found, key=lambda address: (":" in address, address))[0]
