"""Counting views without a write per view.

A view is a line appended to this process's file under VAR_DIR/views. Every few seconds the file is set aside and
its sum goes into the database, together with the file's name: a process killed between the commit and the file's
removal leaves a name behind that shows the next one that nothing is left to count. A file whose process is gone
(its flock is free) is taken over by whoever comes by: on start, and at the minute's tick.
"""

import fcntl
import os
import re
import threading
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from blog.models import BlogPage, BlogPageViews, FlushedBatch

FOLDER = Path(settings.VAR_DIR) / "views"
# Names of batches are kept for as long as a file could turn up again.
KEPT = timedelta(days=7)
BOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|monitor|fetch|curl|wget|python|httpx|aiohttp|okhttp|java/|go-http|ruby|perl"
    r"|headless|lighthouse|facebookexternalhit|whatsapp|telegram|embedly|feed|rss|archive|check|validator|libwww",
    re.IGNORECASE,
)


def is_bot(user_agent: str) -> bool:
    """Whether the user agent names a machine; one without a name is one."""
    return not user_agent.strip() or bool(BOTS.search(user_agent))


class ViewFile:
    """This process's open file, locked for as long as the process lives."""

    def __init__(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.pid = os.getpid()
        self.lock = threading.Lock()
        self.open()

    def open(self) -> None:
        """A new file under lock. Somebody who recovers may hold it first, and then takes it away."""
        while True:
            self.path = FOLDER / f"{self.pid}-{uuid.uuid4().hex}.open"
            self.file: IO[bytes] = self.path.open("ab", buffering=0)
            fcntl.flock(self.file, fcntl.LOCK_EX)
            if self.path.exists():
                return
            self.file.close()

    def append(self, page_id: int) -> None:
        with self.lock:
            self.file.write(b"%d\n" % page_id)

    def set_aside(self) -> Path | None:
        """Close the file under its final name and go on in a new one; nothing when it is empty."""
        with self.lock:
            if not self.path.exists() or not self.path.stat().st_size:
                return None
            batch = self.path.rename(self.path.with_suffix(".batch"))
            self.file.close()
            self.open()
            return batch


_current: ViewFile | None = None
_guard = threading.Lock()


def view_file() -> ViewFile:
    """The file of this very process; a fork gets one of its own, and its own flusher."""
    global _current
    with _guard:
        if _current is None or _current.pid != os.getpid():
            _current = ViewFile()
            if settings.VIEWS_FLUSH_SECONDS:
                threading.Thread(target=keep_flushing, name="view-counts", daemon=True).start()
        return _current


def start() -> None:
    """Begin to flush; called when a web process starts, so that views left by a killed one are not lost."""
    view_file()


def record(*, page_id: int) -> None:
    """Note one view. Costs an append; whether there is such a post is found out when it is counted."""
    view_file().append(page_id)


def keep_flushing() -> None:
    pause = threading.Event()
    while True:
        try:
            flush()
        finally:
            connections.close_all()
        pause.wait(settings.VIEWS_FLUSH_SECONDS)


def flush() -> int:
    """Count what this process noted and what dead ones left behind; the number of views counted."""
    batch = view_file().set_aside()
    counted = count(batch) if batch else 0
    return counted + recover()


def recover() -> int:
    """Count the files whose process is gone. Safe to run twice, and by several processes together."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    counted = 0
    for path in sorted(FOLDER.glob("*.*")):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                counted += count(path)
        except (BlockingIOError, FileNotFoundError):
            continue
    FlushedBatch.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return counted


def count(path: Path) -> int:
    """Add the file's lines to the counts, once, and remove it. A torn last line is left out."""
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return 0
    views = Counter(int(line) for line in lines if line.isdigit() and len(line) < 10)
    with transaction.atomic():
        _batch, is_new = FlushedBatch.objects.get_or_create(name=path.stem)
        if is_new:
            add(views)
    path.unlink(missing_ok=True)
    return views.total() if is_new else 0


def add(views: Counter[int]) -> None:
    known = BlogPage.objects.filter(pk__in=views).values_list("pk", flat=True)
    BlogPageViews.objects.bulk_create([BlogPageViews(page_id=pk) for pk in known], ignore_conflicts=True)
    # In one order everywhere, so that two processes never wait for each other.
    for pk in sorted(known):
        BlogPageViews.objects.filter(page_id=pk).update(count=F("count") + views[pk])
