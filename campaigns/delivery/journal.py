"""What a connection was doing: an append-only file that outlives its process.

`b <delivery>` before the body goes out, `e <delivery> <time> <code> <text>` after the answer. The process holds
`flock` on the file: when it is free, the process is dead, whatever the database thinks.

Lines are not forced to the disk one by one: a kill loses none of them, a power cut may. The first line names the boot
of the machine, so that after another one nothing is concluded from what a journal does not say.
"""

import contextlib
import fcntl
import os
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from campaigns.delivery.envelopes import Reply

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Answer(NamedTuple):
    """An answer, and when it came."""

    delivery: int
    at: datetime
    reply: Reply


@dataclass
class Entries:
    """A journal, read back: answers in order, and what was begun without an answer."""

    answers: list[Answer] = field(default_factory=list)
    unanswered: set[int] = field(default_factory=set)
    # Whether what is not here did not happen.
    complete: bool = False


def boot() -> str:
    """The name of the machine's current boot; empty where the system gives none."""
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


def directory() -> Path:
    path = Path(settings.VAR_DIR) / "journal"
    path.mkdir(parents=True, exist_ok=True)
    return path


def host() -> str:
    """The name of this journal directory: who can see a claim's journal."""
    path = directory() / "host"
    if not path.exists():
        part = directory() / f"host.{secrets.token_hex(8)}"
        part.write_text(secrets.token_hex(16))
        # Fails when somebody else was faster; then theirs is the name.
        with contextlib.suppress(FileExistsError):
            os.link(part, path)
        part.unlink()
    return path.read_text()


class Journal:
    """A journal that this process holds."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self.descriptor = path, descriptor

    @classmethod
    def create(cls) -> "Journal":
        path = directory() / f"{secrets.token_hex(16)}.journal"
        journal = cls(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600))
        fcntl.flock(journal.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.write(journal.descriptor, journal.head)
        os.fsync(journal.descriptor)
        return journal

    @classmethod
    def seize(cls, name: str) -> "Journal":
        """The journal of a dead process; BlockingIOError while it lives, FileNotFoundError if the file is gone."""
        path = directory() / name
        journal = cls(path, os.open(path, os.O_RDWR | os.O_APPEND))
        try:
            fcntl.flock(journal.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            journal.release()
            raise
        return journal

    @property
    def head(self) -> bytes:
        return f"h {boot()}\n".encode()

    def begin(self, delivery: int) -> None:
        os.write(self.descriptor, b"b %d\n" % delivery)

    def end(self, answer: Answer) -> None:
        code = -1 if answer.reply.code is None else answer.reply.code
        text = " ".join(answer.reply.text.split())
        line = f"e {answer.delivery} {answer.at.timestamp():.6f} {code} {text}\n"
        os.write(self.descriptor, line.encode(errors="replace"))

    def read(self) -> Entries:
        entries = Entries()
        lines = self.path.read_bytes().split(b"\n")
        # What stands behind the last newline was being written when the process died.
        for line in lines[:-1]:
            kind, _space, rest = line.decode(errors="replace").partition(" ")
            if kind == "h":
                entries.complete = rest == boot()
            elif kind == "b":
                entries.unanswered.add(int(rest))
            elif kind == "e":
                answer = parse_answer(rest)
                entries.unanswered.discard(answer.delivery)
                entries.answers.append(answer)
        return entries

    def clear(self) -> None:
        """After its results were committed."""
        os.ftruncate(self.descriptor, len(self.head))

    def release(self) -> None:
        """Let go; the file stays, for whoever recovers it."""
        os.close(self.descriptor)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.release()


def parse_answer(rest: str) -> Answer:
    delivery, at, code, text = rest.split(" ", 3)
    number = int(code)
    reply = Reply(None if number == -1 else number, text)
    return Answer(int(delivery), datetime.fromtimestamp(float(at), UTC), reply)


def remove_orphans(*, older_than_seconds: float = 86400) -> None:
    """Journals that no claim knows: their process died between making the file and making the claim."""
    for path in directory().glob("*.journal"):
        try:
            if time.time() - path.stat().st_mtime > older_than_seconds:
                Journal.seize(path.name).remove()
        except (BlockingIOError, FileNotFoundError):
            continue
