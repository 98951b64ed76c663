"""Elastic Email's HTTP API, version 4 (`POST /v4/emails/transactional`).

What got no answer, or one that is no JSON, is in doubt and not sent again by itself. Its `Idempotency-Key` is not used:
the answers it repeats for a day would include refusals whose reason is gone.
"""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any

from campaigns import return_path
from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble, refusal
from campaigns.delivery.http import HTTPAnswer, HTTPConnection

PATH = "/v4/emails/transactional"
# Our key, our account, our address: whoever the message is for.
ABOUT_US = {401, 402, 403, 404, 405, 407}
# A missing or expired key, or one without the access level, is answered with 400, and only the words tell.
ABOUT_OUR_ACCOUNT = re.compile(r"api\W?key|access|credit|account", re.IGNORECASE)
# Opens and clicks are noted here, of those who agreed; the account's own setting would note everybody's.
UNTRACKED = {"TrackOpens": False, "TrackClicks": False}
NOT_TAKEN, REFUSED, LATER, UNDECIDED = 421, 554, 451, 0
# Fields of their own in the request.
NAMED = {"from", "to", "reply-to", "subject", "mime-version", "content-type", "content-transfer-encoding", "date"}


class ElasticTransport:
    """One connection to the API."""

    def __init__(self, *, key: str, base: str, timeout: float) -> None:
        self.connection = HTTPConnection(base, headers={"X-ElasticEmail-ApiKey": key}, timeout=timeout)

    def open(self) -> None:
        self.connection.open()

    def transmit(self, envelopes: Iterator[Envelope], begin: Callable[[int], None]) -> Iterator[tuple[Envelope, Reply]]:
        for envelope in envelopes:
            if refused := refusal(envelope, takes_any_script=True):
                yield envelope, refused
                continue
            number = envelope.delivery
            answer = self.connection.post(PATH, payload_of(envelope), lambda number=number: begin(number))  # type: ignore[misc]
            reply = reply_of(answer)
            yield envelope, reply
            if reply.code == NOT_TAKEN:
                raise ServerTrouble(reply.text)

    def close(self) -> None:
        self.connection.close()


def payload_of(envelope: Envelope) -> dict[str, Any]:
    """The message as the API wants it. `Postback` comes back with every event about it."""
    message = message_from_bytes(envelope.content, policy=policy.default)
    parts = [("HTML", message.get_body(("html",))), ("PlainText", message.get_body(("plain",)))]
    content = {
        "From": str(message["from"]),
        "Subject": str(message["subject"] or ""),
        "Body": [
            {"ContentType": kind, "Content": part.get_content(), "Charset": "utf-8"} for kind, part in parts if part
        ],
        "Headers": {name: str(value) for name, value in message.items() if name.lower() not in NAMED},
        "Postback": return_path.token(envelope.delivery),
    }
    if message["reply-to"]:
        content["ReplyTo"] = str(message["reply-to"])
    return {"Recipients": {"To": [envelope.recipient]}, "Content": content, "Options": UNTRACKED}


def reply_of(answer: HTTPAnswer) -> Reply:
    """The answer in SMTP's terms, which the rest of the engine speaks."""
    text = f"HTTP {answer.status}: {' '.join(answer.text.split())}"[:500]
    is_object = isinstance(answer.data, dict)
    if 200 <= answer.status < 300:
        if is_object and (answer.data.get("MessageID") or answer.data.get("TransactionID")):
            return Reply(250, f"2.0.0 Ok: {answer.data.get('MessageID') or answer.data['TransactionID']}")
        return Reply(UNDECIDED, text)
    if answer.status in ABOUT_US or answer.status in (429, 503):
        return Reply(NOT_TAKEN, text)
    if answer.status == 400 and ABOUT_OUR_ACCOUNT.search(text):
        return Reply(NOT_TAKEN, text)
    if answer.status >= 500:
        # A failure that the API itself reports; from a gateway in front of it nobody knows what became of the message.
        return Reply(LATER, text) if is_object and answer.data.get("Error") else Reply(UNDECIDED, text)
    if answer.status == 408 or answer.status < 400:
        return Reply(UNDECIDED, text)
    # It does not say whom it means: where recipients of three domains get it, it is us.
    return Reply(REFUSED, f"5.7.0 {text}")
