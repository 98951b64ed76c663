"""What a mail says that came back: a bounce, a delay, a complaint.

The forms that have a standard are read with the standard library. For old servers' own forms there is flufl.bounce
(Mailman's detectors, some twenty; kept up, version 6). It finds addresses, and we only want to know whether a failure
is for good: who it is about says the return path.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from flufl.bounce import all_failures

# Not the numbers of an IP address.
STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
REPLY_CODE = re.compile(r"(?:^|[\s:>#(])([45]\d\d)[ -]")
# Final, and not the address's fault: full, too large, expired on the way, refused by policy (RFC 3463).
NOT_ITS_FAULT = re.compile(r"4\.|5\.2\.[23]\b|5\.3\.|5\.4\.[4-7]\b|5\.[67]\.")
MAX_TEXT = 100_000


class Finding(NamedTuple):
    """`kind` as an event's; `suppresses`: the address itself is wrong."""

    kind: str
    details: str
    suppresses: bool = True


def read(data: bytes) -> Message:
    """A mail, however broken: the parser takes anything, but parts within parts without end."""
    try:
        message = message_from_bytes(data)
        for _part in message.walk():
            pass
    except RecursionError:
        return BytesHeaderParser().parsebytes(data)
    return message


def finding_of(message: Message) -> Finding | None:
    """What the mail reports; None when it is no report (an answer by hand, an absence note)."""
    if complaint := complaint_of(message):
        return complaint
    if found := delivery_status(message):
        return found
    return None if is_automatic_answer(message) else unstructured(message)


def parts(message: Message, *types: str) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() in types)


def complaint_of(message: Message) -> Finding | None:
    """An abuse report (RFC 5965). Other feedback types (`auth-failure`, `not-spam`) complain of nothing."""
    for part in parts(message, "message/feedback-report"):
        fields = fields_in(part)
        kind = fields.get("feedback-type", "").strip().lower()
        if kind in ("abuse", "fraud", "opt-out"):
            return Finding("complained", f"{kind} {fields.get('user-agent', '').strip()}".strip())
    return None


def fields_in(part: Message) -> dict[str, str]:
    """Fields of a part that holds nothing but fields, parsed as a message or left as text."""
    for inner in blocks_of(part)[:1]:
        return {name.lower(): str(value) for name, value in inner.items()}
    text = text_of(part)
    return {name.lower(): value for name, value in re.findall(r"(?m)^([\w-]+):[ \t]*(.*)$", text)}


def blocks_of(part: Message) -> list[Message]:
    """The parsed insides of a part; none where the parser has left it as text."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def delivery_status(message: Message) -> Finding | None:
    """RFC 3464: one block about the mail, then one per recipient. Ours have one recipient each."""
    for part in parts(message, "message/delivery-status"):
        for block in blocks_of(part) or [read(text_of(part).encode())]:
            action = str(block.get("action", "")).strip().lower()
            if action in ("failed", "delayed"):
                return status_finding(action, block)
    return None


def status_finding(action: str, block: Message) -> Finding:
    diagnosis = " ".join(str(block.get("diagnostic-code", "")).split())
    status = str(block.get("status", "")).split("(")[0].strip()
    # Many servers write 5.0.0 and name the real code beside it.
    said = STATUS.search(diagnosis.partition(";")[2] or diagnosis)
    code = said[0] if said and status.endswith(".0.0") else status
    details = f"{status} {diagnosis}".strip()
    if action == "delayed":
        return Finding("deferred", details, suppresses=False)
    return Finding("bounced", details, suppresses=not NOT_ITS_FAULT.match(code))


def is_automatic_answer(message: Message) -> bool:
    """Absence notes and the like (RFC 3834), which come to the return path as well."""
    automatic = str(message.get("auto-submitted", "")).strip().lower()
    if automatic.startswith("auto-replied") and not from_a_server(message):
        return True
    return "x-autoreply" in message or str(message.get("precedence", "")).lower() == "auto_reply"


def from_a_server(message: Message) -> bool:
    """Bounces have no sender, or the mail system's."""
    if str(message.get("return-path", "")).strip() == "<>":
        return True
    sender = str(message.get("from", "")).lower()
    return any(name in sender for name in ("mailer-daemon", "postmaster", "mail delivery", "mailsubsystem"))


def unstructured(message: Message) -> Finding | None:
    """A report in words."""
    try:
        temporary, permanent = all_failures(message)
    except Exception:
        # Detectors meet mails that nobody has thought of; the text is still looked at.
        temporary, permanent = frozenset(), frozenset()
    if not (temporary or permanent or from_a_server(message)):
        return None
    subject = str(message.get("subject", ""))
    text = "\n".join(text_of(part) for part in parts(message, "text/plain"))[:MAX_TEXT]
    status, reply = STATUS.search(text), REPLY_CODE.search(text)
    code = status[0] if status else f"{reply[1][0]}.0.0" if reply else ""
    details = line_with(text, code or "\0") or " ".join(subject.split())
    is_warning = re.search(r"(?i)\b(delay|warning|still being retried)", subject) is not None
    if is_warning or code.startswith("4") or (temporary and not permanent):
        return Finding("deferred", details, suppresses=False)
    return Finding("bounced", details, suppresses=not NOT_ITS_FAULT.match(code))


def line_with(text: str, code: str) -> str:
    return next((" ".join(line.split()) for line in text.splitlines() if code in line), "")


def text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        # A character set that does not exist.
        return payload.decode("latin-1")
