"""Whether a run may still go out and who may still be written to, asked for all connections of this process at once.

By the clock, not by the message: a SELECT per message would cap the sender, and one per connection does so at 32.
"""

import json
import threading
import time
from collections import defaultdict
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Exists
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from campaigns.models import Recipient, Run
from campaigns.suppression import unsuppressed

# An answer serves as long: a change is heeded within a message or 100 ms.
FRESH_SECONDS = 0.09
# Who looks, looks for the others too whose answer is half as old.
WORTH_RENEWING_SECONDS = FRESH_SECONDS / 2
# How many recipients are looked at: first so many, then twice as many as went out since the last look, and a few.
LOOK_AHEAD = 24
A_FEW = 4
HERE = object()


class Stopped(Exception):
    """The mailing does not run any more, is disabled or out of its window, or its owner is blocked."""


class View(NamedTuple):
    """Who among the recipients before number `end` may be written to, asked at `asked`."""

    start: int = 0
    end: int = 0
    asked: float = 0.0
    mailable: frozenset[int] = frozenset()
    # Those of them whose opens and clicks may be noted.
    tracked: frozenset[int] = frozenset()
    stopped: bool = False


class Question:
    """Who of some recipients may be written to by a run that may go out; composed once, asked ten times a second."""

    def __init__(self, run: Run) -> None:
        self.run = run
        sendable = Run.objects.sendable(Now()).filter(pk=run.pk)
        recipients = unsuppressed(owner_id=run.mailing.owner_id).filter(Exists(sendable), chosen())
        self.sql, self.params = recipients.values_list("pk", "tracking_agreed_at").query.sql_with_params()

    def ask(self, ids: set[int]) -> tuple[frozenset[int], frozenset[int], bool]:
        """Those who may, those of them who agreed to be tracked, and whether the run has stopped."""
        chosen = list(ids) if connection.vendor == "postgresql" else json.dumps(list(ids))
        params: list[Any] = [chosen if param is HERE else param for param in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        found = frozenset(pk for pk, _agreed in rows)
        tracked = frozenset(pk for pk, agreed in rows if agreed)
        # Seldom is somebody missing without a reason of their own.
        stopped = not found and not Run.objects.sendable().filter(pk=self.run.pk).exists()
        return found, tracked, stopped


def chosen() -> RawSQL:
    """Those whose keys stand in the parameter HERE: an array, whose length the planner of PostgreSQL looks at."""
    keys = "= ANY(%s::bigint[])" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    return RawSQL(f'"{Recipient._meta.db_table}"."id" {keys}', [HERE], output_field=BooleanField())  # noqa: S611


class Watched:
    """A batch under way: its recipients in order, and how far it has come."""

    def __init__(self, question: Question, recipients: list[int | None]) -> None:
        self.question, self.recipients = question, recipients
        self.position = 0
        self.view = View()

    def is_stale(self, seconds: float) -> bool:
        return self.position >= self.view.end or time.monotonic() - self.view.asked >= seconds

    @property
    def coming(self) -> range:
        """The numbers of the recipients that the next look is about."""
        ahead = 2 * (self.position - self.view.start) + A_FEW if self.view.asked else LOOK_AHEAD
        return range(self.position, min(self.position + ahead, len(self.recipients)))


class Lookout:
    """One per process. A connection whose answer is old asks for all; those who come meanwhile wait for that."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.watched: set[Watched] = set()
        self.questions: dict[int, Question] = {}

    def watch(self, run: Run, recipients: list[int | None]) -> Watched:
        with self.lock:
            if not self.watched:
                # Nobody is at work: the table shall not grow for ever.
                self.questions.clear()
            question = self.questions.get(run.pk) or self.questions.setdefault(run.pk, Question(run))
            watched = Watched(question, recipients)
            self.watched.add(watched)
        return watched

    def forget(self, watched: Watched) -> None:
        with self.lock:
            self.watched.discard(watched)

    def may_be_written_to(self, watched: Watched, number: int) -> bool:
        """Whether the recipient of that number may, as of 90 ms ago at most; raises Stopped."""
        watched.position = number
        if watched.is_stale(FRESH_SECONDS):
            with self.lock:
                if watched.is_stale(FRESH_SECONDS):
                    self.look()
        if watched.view.stopped:
            raise Stopped
        return watched.recipients[number] in watched.view.mailable

    def look(self) -> None:
        """Renew the answers that are old: one query per run."""
        groups: dict[Question, list[Watched]] = defaultdict(list)
        for watched in self.watched:
            if watched.is_stale(WORTH_RENEWING_SECONDS):
                groups[watched.question].append(watched)
        for question, group in groups.items():
            # Their connections move on meanwhile: each answer is for the stretch that was asked about.
            asked = {watched: watched.coming for watched in group}
            now = time.monotonic()
            ids = {pk for one, coming in asked.items() for number in coming if (pk := one.recipients[number])}
            found, tracked, stopped = question.ask(ids)
            for watched, coming in asked.items():
                watched.view = View(coming.start, coming.stop, now, found, tracked, stopped)


lookout = Lookout()
