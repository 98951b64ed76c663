"""Any provider that django-anymail knows, through its backend."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any

import requests
from anymail.exceptions import AnymailAPIError, AnymailConfigurationError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection

from campaigns import return_path
from campaigns.delivery.elastic import ABOUT_US, LATER, NOT_TAKEN, REFUSED, UNDECIDED
from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble, refusal

NAMED = {"from", "to", "reply-to", "subject", "mime-version", "content-type", "content-transfer-encoding", "date"}
# What the key is called, where it is not `api_key`.
KEYS = {"postmark": "server_token", "mailersend": "api_token", "mailtrap": "api_token"}
TAKEN = {"sent", "queued", "unknown"}


class AnymailTransport:
    """One of anymail's backends; `options` are its settings."""

    def __init__(self, *, provider: str, options: dict[str, Any]) -> None:
        self.provider, self.options = provider, options
        self.backend: Any = None

    def open(self) -> None:
        try:
            self.backend = get_connection(f"anymail.backends.{self.provider}.EmailBackend", **self.options)
            self.backend.open()
        except (ImportError, AnymailError, AnymailConfigurationError, requests.RequestException) as error:
            raise ServerTrouble(f"{self.provider}: {error}") from error

    def transmit(self, envelopes: Iterator[Envelope], begin: Callable[[int], None]) -> Iterator[tuple[Envelope, Reply]]:
        for envelope in envelopes:
            if refused := refusal(envelope, takes_any_script=True):
                yield envelope, refused
                continue
            begin(envelope.delivery)
            reply = self.send(message_of(envelope))
            yield envelope, reply
            if reply.code == NOT_TAKEN:
                raise ServerTrouble(reply.text)

    def send(self, message: Any) -> Reply:
        try:
            self.backend.send_messages([message])
        except AnymailRecipientsRefused as error:
            return Reply(REFUSED, " ".join(str(error).split())[:500])
        except AnymailAPIError as error:
            return reply_of(error)
        except AnymailError as error:
            # Raised before anything was sent: the provider has no such feature.
            return Reply(REFUSED, " ".join(str(error).split())[:500])
        status = message.anymail_status
        if status.status and status.status <= TAKEN:
            return Reply(250, f"2.0.0 Ok: {status.message_id}")
        return Reply(REFUSED, f"{self.provider}: {', '.join(sorted(status.status or {'no status'}))}")

    def close(self) -> None:
        if self.backend is not None:
            self.backend.close()


def reply_of(error: AnymailAPIError) -> Reply:
    """What an error of the API means in SMTP's terms."""
    text, status = " ".join(str(error).split())[:500], error.status_code
    if isinstance(error, requests.ConnectTimeout):
        return Reply(NOT_TAKEN, text)
    if isinstance(error, requests.ConnectionError) and "NewConnectionError" in text:
        return Reply(NOT_TAKEN, text)
    if status is None or status < 400 or status in (408, 502, 504):
        return Reply(UNDECIDED, text)
    if status in ABOUT_US or status in (429, 503):
        return Reply(NOT_TAKEN, text)
    return Reply(LATER if status >= 500 else REFUSED, text)


def message_of(envelope: Envelope) -> EmailMultiAlternatives:
    """The compiled message as Django's, with the delivery's token for the provider's events."""
    source = message_from_bytes(envelope.content, policy=policy.default)
    text, html = source.get_body(("plain",)), source.get_body(("html",))
    message = EmailMultiAlternatives(
        subject=str(source["subject"] or ""),
        body=text.get_content() if text else "",
        from_email=str(source["from"]),
        to=[envelope.recipient],
        reply_to=[str(source["reply-to"])] if source["reply-to"] else None,
        headers={name: str(value) for name, value in source.items() if name.lower() not in NAMED},
    )
    if html:
        message.attach_alternative(html.get_content(), "text/html")
    message.metadata = {"delivery": return_path.token(envelope.delivery)}  # type: ignore[attr-defined]
    return message
