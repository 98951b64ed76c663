"""Which way mailings leave this site."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.conf import settings

from campaigns.delivery.anymail import KEYS, AnymailTransport
from campaigns.delivery.dressing import DressingTransport
from campaigns.delivery.elastic import ElasticTransport
from campaigns.delivery.envelopes import ServerTrouble, Transport
from campaigns.delivery.outbox import OutboxTransport
from campaigns.delivery.smtp import Server, SMTPTransport

# The breaker's row; one way out for the whole site.
NAME = "mail"
SMTP_SETTINGS = (
    *("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"),
    *("EMAIL_USE_TLS", "EMAIL_USE_SSL"),
)
# What a provider's customers include in their SPF record.
INCLUDES = {
    "elastic": "_spf.elasticemail.com",
    "amazon_ses": "amazonses.com",
    "brevo": "spf.brevo.com",
    "mailersend": "_spf.mailersend.net",
    "mailgun": "mailgun.org",
    "mailjet": "spf.mailjet.com",
    "mandrill": "spf.mandrillapp.com",
    "postmark": "spf.mtasv.net",
    "resend": "amazonses.com",
    "sendgrid": "sendgrid.net",
    "sparkpost": "sparkpostmail.com",
}


def new_transport() -> Transport:
    """A connection of its own for the caller, not open yet; ServerTrouble if the settings name none."""
    return DressingTransport(plain_transport(settings.MAILINGS_URL or settings.EMAIL_URL))


def plain_transport(url: str) -> Transport:
    """By the address's scheme: outbox, smtp and its kin, elastic, anymail+provider."""
    scheme, parts = url.partition(":")[0], urlsplit(url)
    key, timeout = unquote(parts.netloc.rpartition("@")[0] or parts.netloc), settings.EMAIL_TIMEOUT
    if scheme == "outbox":
        return OutboxTransport(settings.OUTBOX_DIR)
    if scheme == "elastic":
        key = key or settings.ELASTIC_EMAIL_API_KEY
        return ElasticTransport(key=key, base=settings.ELASTIC_EMAIL_API_BASE, timeout=timeout)
    if scheme.startswith("anymail+"):
        provider = scheme.partition("+")[2]
        options = {KEYS.get(provider, "api_key"): key} if key else {}
        return AnymailTransport(provider=provider, options={**options, **dict(parse_qsl(parts.query))})
    if not scheme.startswith("smtp"):
        raise ServerTrouble(f"Mailings need another address in MAILINGS_URL or EMAIL_URL than {scheme}://")
    return SMTPTransport(server_of(url))


def way_out() -> tuple[tuple[str, ...], str, str]:
    """Where mail leaves from: our own addresses, else the mail server's name, else the provider's SPF record."""
    url = settings.MAILINGS_URL or settings.EMAIL_URL
    scheme = url.partition(":")[0]
    ips = tuple(settings.MAILINGS_SENDING_IPS)
    if scheme.startswith("smtp"):
        return ips, server_of(url).host, ""
    return ips, "", INCLUDES.get(scheme.rpartition("+")[2], "")


def server_of(url: str) -> Server:
    """The mail server that an address like EMAIL_URL names."""
    if url == settings.EMAIL_URL:
        options: dict[str, Any] = {name: getattr(settings, name, None) for name in SMTP_SETTINGS}
    else:
        options = environ.Env.email_url_config(url)
    use_ssl = bool(options.get("EMAIL_USE_SSL"))
    return Server(
        host=options["EMAIL_HOST"],
        port=options["EMAIL_PORT"] or (465 if use_ssl else 25),
        user=options["EMAIL_HOST_USER"] or "",
        password=options["EMAIL_HOST_PASSWORD"] or "",
        use_tls=bool(options.get("EMAIL_USE_TLS")),
        use_ssl=use_ssl,
        timeout=settings.EMAIL_TIMEOUT,
    )
