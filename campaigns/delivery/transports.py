"""Which way mailings leave this site."""

from django.conf import settings

from campaigns.delivery.envelopes import ServerTrouble, Transport
from campaigns.delivery.outbox import OutboxTransport
from campaigns.delivery.smtp import Server, SMTPTransport

# The breaker's row; one way out for the whole site.
NAME = "mail"


def new_transport() -> Transport:
    """A connection of its own for the caller, not open yet; ServerTrouble if EMAIL_URL names none."""
    scheme = settings.EMAIL_URL.partition(":")[0]
    if scheme == "outbox":
        return OutboxTransport(settings.OUTBOX_DIR)
    if not scheme.startswith("smtp"):
        raise ServerTrouble(f"Mailings need an smtp:// address in EMAIL_URL, not {scheme}://")
    return SMTPTransport(
        Server(
            host=settings.EMAIL_HOST,
            port=settings.EMAIL_PORT or (465 if settings.EMAIL_USE_SSL else 25),
            user=settings.EMAIL_HOST_USER or "",
            password=settings.EMAIL_HOST_PASSWORD or "",
            use_tls=settings.EMAIL_USE_TLS,
            use_ssl=settings.EMAIL_USE_SSL,
            timeout=settings.EMAIL_TIMEOUT,
        )
    )
