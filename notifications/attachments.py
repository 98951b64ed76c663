"""What hangs on a mail: named when the mail is queued, made when it is sent, so that no file is stored twice."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str


# By kind: from a key of the app's own (a primary key, say) to the file; None when there is none any more.
makers: dict[str, Callable[[str], Attachment | None]] = {}


def register(kind: str, make: Callable[[str], Attachment | None]) -> None:
    """Let mails carry attachments of this kind. Call it in `AppConfig.ready()`."""
    makers[kind] = make


def make(wanted: Iterable[tuple[str, str]]) -> list[Attachment]:
    """The files of these (kind, key) pairs. One that cannot be made does not keep the mail from going out."""
    found = []
    for kind, key in wanted:
        try:
            attachment = makers[kind](key)
        except Exception:
            logger.exception("The attachment %s %s could not be made", kind, key)
        else:
            if attachment is not None:
                found.append(attachment)
    return found
