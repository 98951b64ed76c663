"""Writing down what came of a batch: attempts, deliveries, counts and suppressions, in one transaction."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from campaigns import engagement
from campaigns.delivery.journal import Answer
from campaigns.delivery.replies import Verdict, classify
from campaigns.models import Attempt, Claim, Delivery, Run

# RFC 5321 4.5.4.1 asks for four to five days of trying at most; after three a reader has no use for the news.
GIVE_UP_AFTER = timedelta(days=3)
MAX_RESPONSE = 500
# By so many domains, a refusal by policy is meant for us, not for the recipient.
POLICY_DOMAINS = 3
# Statuses that a run counts, each in the column of its name.
COUNTED = ("sent", "failed", "in_doubt", "suppressed")


class Outcome(NamedTuple):
    """What becomes of one delivery. Without `attempt` nothing was tried."""

    delivery: int
    status: str
    at: datetime
    attempt: str | None = None
    code: int | None = None
    response: str = ""
    next_try_at: datetime | None = None
    bounced: bool = False

    def row(self, stored: Callable[[datetime], Any]) -> list[Any]:
        """As `source` reads it; `stored` gives a moment the way the database keeps it."""
        at = str(stored(self.at))
        again = str(stored(self.next_try_at)) if self.next_try_at else None
        finished = None if self.status == Delivery.Status.QUEUED else at
        return [self.delivery, self.status, at, self.attempt, self.code, self.response, again, finished]


COLUMNS = {
    "id": "bigint",
    "status": "text",
    "at": "timestamptz",
    "attempt": "text",
    "code": "int",
    "response": "text",
    "next_try_at": "timestamptz",
    "finished_at": "timestamptz",
}
# One parameter carries a whole batch, on both databases; jsonb, as PostgreSQL parses a json anew for each column.
ELEMENT = {
    "postgresql": "(value->>{number})::{kind} AS {name}",
    "sqlite": "json_extract(value, '$[{number}]') AS {name}",
}
ELEMENTS = {"postgresql": "jsonb_array_elements(%s::jsonb)", "sqlite": "json_each(%s)"}
INSERT_ATTEMPTS = (
    "INSERT INTO {attempts} (delivery_id, at, status, code, response)"
    " SELECT d.id, o.at, o.attempt, o.code, o.response FROM {source} JOIN {deliveries} d ON d.id = o.id"
    " WHERE d.claim_id = %s AND o.attempt IS NOT NULL"
)
UPDATE_DELIVERIES = (
    "UPDATE {deliveries} SET status = o.status, claim_id = NULL, finished_at = o.finished_at,"
    " tries = tries + CASE WHEN o.attempt IS NULL THEN 0 ELSE 1 END,"
    " trying_since = CASE WHEN o.attempt = 'deferred' THEN COALESCE(trying_since, o.at) ELSE trying_since END,"
    " next_try_at = COALESCE(o.next_try_at, {deliveries}.next_try_at),"
    " last_code = CASE WHEN o.response = '' THEN last_code ELSE o.code END,"
    " last_response = CASE WHEN o.response = '' THEN last_response ELSE o.response END"
    " FROM {source} WHERE {deliveries}.id = o.id AND claim_id = %s RETURNING {deliveries}.status"
)


def source() -> str:
    """SQL that reads the parameter as rows, under the name `o`."""
    element = ELEMENT[connection.vendor]
    columns = (element.format(number=n, name=name, kind=kind) for n, (name, kind) in enumerate(COLUMNS.items()))
    return f"(SELECT {', '.join(columns)} FROM {ELEMENTS[connection.vendor]}) AS o"  # noqa: S608


def outcome_of(answer: Answer, verdict: Verdict, *, tries: int, since: datetime) -> Outcome:
    """What an answer means for a delivery that was tried `tries` times before, at first at `since`."""
    text = answer.reply.text.replace("\0", "")[:MAX_RESPONSE]
    outcome = Outcome(answer.delivery, Delivery.Status.FAILED, answer.at, code=answer.reply.code, response=text)
    if verdict is Verdict.NOT_TAKEN:
        # Not at once: where it is this message that a server says so to, the others come first.
        return outcome._replace(status=Delivery.Status.QUEUED, next_try_at=answer.at + back_off(0))
    if verdict is Verdict.SENT:
        return outcome._replace(status=Delivery.Status.SENT, attempt=Attempt.Status.SENT)
    if verdict is Verdict.IN_DOUBT:
        return outcome._replace(status=Delivery.Status.IN_DOUBT, attempt=Attempt.Status.IN_DOUBT, code=None)
    if verdict is Verdict.DEFERRED:
        again = answer.at + back_off(tries)
        if again < since + GIVE_UP_AFTER:
            return outcome._replace(status=Delivery.Status.QUEUED, attempt=Attempt.Status.DEFERRED, next_try_at=again)
    return outcome._replace(attempt=Attempt.Status.FAILED, bounced=verdict is Verdict.BOUNCED)


def outcomes_of(answers: Iterable[Answer], *, tries: Mapping[int, int], emails: Mapping[int, str]) -> list[Outcome]:
    """The outcomes of one connection's answers. A policy that refuses many domains is nobody's attempt."""
    judged = [(answer, classify(answer.reply)) for answer in answers]
    ours = is_about_us(emails[answer.delivery] for answer, verdict in judged if verdict is Verdict.POLICY)
    since = trying_since(answer.delivery for answer, verdict in judged if verdict is Verdict.DEFERRED)
    return [
        Outcome(answer.delivery, Delivery.Status.QUEUED, answer.at)
        if ours and verdict is Verdict.POLICY
        else outcome_of(answer, verdict, tries=tries[answer.delivery], since=since.get(answer.delivery, answer.at))
        for answer, verdict in judged
    ]


def trying_since(deferred: Iterable[int]) -> dict[int, datetime]:
    """When those that were deferred before were so for the first time, or since their owner had them tried again.

    Not since the run was opened: it may have waited for a clock, a throttle or a server, or go on for ever.
    """
    keys = list(deferred)
    rows = Delivery.objects.filter(pk__in=keys, trying_since__isnull=False) if keys else Delivery.objects.none()
    return {pk: since for pk, since in rows.values_list("pk", "trying_since") if since is not None}


def is_about_us(refused: Iterable[str]) -> bool:
    """Whether refusals by policy of these addresses mean the sender."""
    return len({email.rpartition("@")[2].lower() for email in refused}) >= POLICY_DOMAINS


def back_off(tries: int) -> timedelta:
    """The wait before the next try: half to all of the step, so that those refused together do not return together."""
    steps = settings.CAMPAIGNS_RETRY_SECONDS
    step = steps[min(tries, len(steps) - 1)]
    return timedelta(seconds=step * random.uniform(0.5, 1.0))  # noqa: S311


def in_doubt(delivery: int, why: str) -> Outcome:
    return Outcome(
        delivery,
        Delivery.Status.IN_DOUBT,
        timezone.now(),
        attempt=Attempt.Status.IN_DOUBT,
        response=why.replace("\0", "")[:MAX_RESPONSE],
    )


def suppressed(delivery: int) -> Outcome:
    return Outcome(delivery, Delivery.Status.SUPPRESSED, timezone.now())


def put_off(delivery: int, until: datetime) -> Outcome:
    """Its recipient's domain is busy; nothing was tried."""
    return Outcome(delivery, Delivery.Status.QUEUED, timezone.now(), next_try_at=until)


def record(claim: Claim, run: Run, outcomes: Iterable[Outcome], *, emails: Mapping[int, str], give_back: bool) -> int:
    """Write the outcomes of deliveries that the claim still holds; with `give_back` the others wait again.

    How many were written. Repeating it changes nothing.
    """
    outcomes = list(outcomes)
    refusals = {item.delivery: (emails[item.delivery], item.response) for item in outcomes if item.bounced}
    with transaction.atomic():
        counts = write(claim, outcomes) if outcomes else Counter[str]()
        if give_back:
            Delivery.objects.filter(claim=claim).update(status=Delivery.Status.QUEUED, claim=None)
        if refusals:
            counts["bounced"] = engagement.note_refusals(
                owner_id=run.mailing.owner_id, refusals=refusals, at=timezone.now()
            )
        # Last, so that connections that share the run wait for each other as briefly as may be.
        counted = {name: F(name) + counts[name] for name in (*COUNTED, "bounced") if counts[name]}
        if counted:
            Run.objects.filter(pk=run.pk).update(**counted)
    return sum(counts[name] for name in COUNTED) + counts[Delivery.Status.QUEUED]


def write(claim: Claim, outcomes: list[Outcome]) -> Counter[str]:
    """Statuses that were set, counted."""
    names = {
        "source": source(),
        "attempts": Attempt._meta.db_table,
        "deliveries": Delivery._meta.db_table,
    }
    stored = connection.ops.adapt_datetimefield_value
    rows = json.dumps([outcome.row(stored) for outcome in outcomes])
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ATTEMPTS.format(**names), [rows, claim.pk])
        cursor.execute(UPDATE_DELIVERIES.format(**names), [rows, claim.pk])
        return Counter(status for (status,) in cursor.fetchall())
