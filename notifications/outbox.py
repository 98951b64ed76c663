"""Mail of the embedded default: written to disk, read in the browser at /outbox/."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesHeaderParser, BytesParser
from email.policy import default as policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

# How many of the newest are looked through by a search.
SEARCHED = 2000


class OutboxBackend(BaseEmailBackend):
    """Writes each message to OUTBOX_DIR as `<time>-<random>.eml`; names sort by time, a file appears complete."""

    last_answer = ""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if not message.recipients():
                continue
            name = store(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
            self.last_answer = f"250 {name}"
        return len(email_messages)


def store(content: bytes) -> str:
    """Write one message and return its file's name."""
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(content)
    unfinished.rename(folder / name)
    return name


@dataclass(frozen=True)
class Letter:
    """A stored message as the list shows it."""

    name: str
    sender: str
    to: str
    subject: str
    at: datetime


def names() -> list[str]:
    """All stored messages, newest first."""
    return sorted((path.name for path in Path(settings.OUTBOX_DIR).glob("*.eml")), reverse=True)


def letters(file_names: Sequence[str]) -> list[Letter]:
    """Their headers. A file that has gone meanwhile is left out."""
    return [letter for name in file_names if (letter := read_headers(name))]


def search(words: str) -> list[str]:
    """Names of those among the newest whose addressee or subject contains `words`."""
    wanted = words.casefold()
    return [
        letter.name
        for letter in letters(names()[:SEARCHED])
        if wanted in letter.subject.casefold() or wanted in letter.to.casefold()
    ]


def read_headers(name: str) -> Letter | None:
    try:
        with (Path(settings.OUTBOX_DIR) / name).open("rb") as file:
            message: Any = BytesHeaderParser(policy=policy).parse(file)
    except FileNotFoundError:
        return None
    return Letter(
        name=name,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=written_at(name),
    )


def written_at(name: str) -> datetime:
    try:
        return datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:  # a file that somebody put there
        return datetime.fromtimestamp((Path(settings.OUTBOX_DIR) / name).stat().st_mtime, UTC)


def read(name: str) -> ParsedMessage | None:
    """The whole message, None when there is no such file."""
    try:
        content = (Path(settings.OUTBOX_DIR) / name).read_bytes()
    except FileNotFoundError:
        return None
    return BytesParser(policy=policy).parsebytes(content)  # type: ignore[arg-type,return-value]


def part(message: ParsedMessage, kind: str) -> str:
    """The text of the `plain` or `html` part, empty without one."""
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""
