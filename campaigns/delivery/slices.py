"""Ten seconds of sending over one connection: claim, deliver, write down, again."""

import contextlib
import logging
import random
import threading
import time
from collections import deque
from concurrent.futures import Executor
from datetime import datetime
from enum import Enum
from functools import partial

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from campaigns import contents, quiet_hours
from campaigns.delivery import breaker, claims, recovery, throttles
from campaigns.delivery.batches import Batch, Report
from campaigns.delivery.claims import Held
from campaigns.delivery.compiled import Compiled, compile_content
from campaigns.delivery.envelopes import ServerTrouble, Transport
from campaigns.delivery.lanes import Lane, Lanes, writer
from campaigns.delivery.throttles import Allowance, Limit
from campaigns.delivery.transports import new_transport
from campaigns.models import Content, Delivery, Mailing, Run

logger = logging.getLogger(__name__)

SLICE_SECONDS = 10.0
# How often a connection tells the breaker that all is well.
REPORT_SECONDS = 1.0
# A batch is about so long, and so large: large ones cost the database less, short ones let other owners come.
BATCH_SECONDS = 2.0
BATCH_SIZES = (50, 500)
# How old the list of runs may grow: what has come due since then gets its turn.
RUNS_SECONDS = 5.0
# For a throttle a connection waits so long at most; the next minute's tick goes on.
PATIENCE_SECONDS = 5.0
# A connection keeps so many compiled messages at most.
KEPT = 50


class End(Enum):
    """Why a slice ended."""

    NOTHING_DUE = "nothing due"
    TIME_IS_UP = "time is up"
    NO_SLOT = "no slot"
    TROUBLE = "trouble"
    THROTTLED = "throttled"


def due_runs(*, mailing: Mailing | None = None, now: datetime | None = None) -> list[Run]:
    """Runs with something to send now, in random order: no owner waits behind another's million."""
    due = Delivery.objects.due(now).filter(run=OuterRef("pk"))
    # The rest of an A/B test has no content until its winner is known.
    may_go = Q(first__isnull=False, decide_at__isnull=True) | Q(known__isnull=False, decide_at__isnull=False)
    waiting = {"first": first_of(due), "known": first_of(due.filter(content__isnull=False))}
    found = Run.objects.sendable(now).alias(**waiting).filter(may_go).select_related("mailing__owner")
    if mailing is not None:
        found = found.filter(mailing=mailing)
    runs = list(found)
    random.shuffle(runs)
    return runs


def first_of(due: QuerySet[Delivery]) -> Subquery:
    """By the index of each run: for EXISTS beside another PostgreSQL would read all that wait, of all runs."""
    return Subquery(due.order_by("next_try_at").values("pk")[:1])


def run_slice(
    *,
    seconds: float = SLICE_SECONDS,
    in_slot: bool = True,
    stop: threading.Event | None = None,
    mailing: Mailing | None = None,
    probe_at_once: bool = False,
    results_writer: Executor | None = None,
) -> End:
    """Send what is due, for so long at most; of one mailing only if it is given.

    While the server is in trouble only one slice every half minute tries, with one message, unless `probe_at_once`.
    """
    recovery.recover()
    if not due_runs(mailing=mailing):
        return End.NOTHING_DUE
    probing = breaker.is_open()
    if probing and not breaker.may_probe(at_once=probe_at_once):
        return End.TROUBLE
    lane = Lane.take(in_slot=in_slot)
    if lane is None:
        return End.NO_SLOT
    with contextlib.ExitStack() as stack:
        results_writer = results_writer or stack.enter_context(writer())
        lanes = Lanes(lane, results_writer)
        sender = Sender(lanes, probing=probing, stop=stop or threading.Event(), seconds=seconds)
        stack.callback(sender.close)
        return sender.send(mailing)


def claim_awake(lane: Lane, run: Run, *, limit: int) -> list[Held]:
    """Due deliveries, less those whose recipients have quiet hours now: they wait for the end of these."""
    while held := claims.claim_batch(lane.lease.claim, run, limit=limit):
        people = {item.pk: item.recipient for item in held}
        asleep = quiet_hours.put_off(lane.lease.claim, run.mailing, people)
        if awake := [item for item in held if item.pk not in asleep]:
            return awake
        lane.lease.keep()
    return []


class Sender:
    """A connection and its two lanes."""

    def __init__(self, lanes: Lanes, *, probing: bool, stop: threading.Event, seconds: float) -> None:
        self.lanes, self.probing, self.stop = lanes, probing, stop
        self.batch_size = claims.BATCH
        self.until = time.monotonic() + seconds
        self.transport: Transport | None = None
        # By run and content.
        self.compiled: dict[tuple[int, int | None], Compiled] = {}
        self.limits: dict[int, list[Limit]] = {}
        # Runs that wait for a throttle, and until when.
        self.resting: dict[int, float] = {}
        self.suspects: set[int] = set()
        self.reported = self.runs_until = 0.0

    def send(self, mailing: Mailing | None) -> End:
        runs: deque[Run] = deque()
        while time.monotonic() < self.until and not self.stop.is_set():
            if not runs or time.monotonic() > self.runs_until:
                runs = self.due_runs(mailing)
            if not runs and not self.resting:
                return End.NOTHING_DUE
            if not runs:
                wait = min(self.resting.values()) - time.monotonic()
                if wait > PATIENCE_SECONDS:
                    return End.THROTTLED
                self.stop.wait(max(wait, 0.0))
                continue
            run = runs.popleft()
            try:
                report = self.send_batch(run)
            except ServerTrouble as error:
                breaker.trip(str(error))
                return End.TROUBLE
            if report is None or report.stopped:
                continue
            runs.append(run)
            if not self.went_well(report):
                return End.TROUBLE
        return End.TIME_IS_UP

    def due_runs(self, mailing: Mailing | None) -> deque[Run]:
        """What a batch gives back is due again: none may be under way when there seems to be nothing left."""
        found = due_runs(mailing=mailing)
        if not found:
            self.lanes.settle()
            found = due_runs(mailing=mailing)
        now = time.monotonic()
        self.runs_until = now + RUNS_SECONDS
        self.limits.clear()
        due = {run.pk for run in found}
        self.resting = {pk: until for pk, until in self.resting.items() if until > now and pk in due}
        return deque(run for run in found if run.pk not in self.resting)

    def send_batch(self, run: Run) -> Report | None:
        """None when the run has nothing due any more, or must wait. ServerTrouble when no connection comes up."""
        allowance = self.allowance(run)
        if not allowance.number:
            self.resting[run.pk] = time.monotonic() + allowance.wait.total_seconds()
            return None
        try:
            transport = self.connected()
        except ServerTrouble:
            allowance.settle(offered=0, taken=0)
            raise
        lane = self.lanes.next()
        held = claim_awake(lane, run, limit=allowance.number)
        if not held:
            allowance.settle(offered=0, taken=0)
            return None
        batch = Batch(
            lease=lane.lease,
            journal=lane.journal,
            run=run,
            compiled=partial(self.compiled_for, run),
            held=held,
            stop=self.stop,
            until=self.until,
            put_off=throttles.put_off({item.pk: item.email for item in held}),
        )
        report = batch.transmit(transport)
        self.step_round(batch)
        self.lanes.record(lane, batch)
        allowance.settle(offered=len(held) - len(batch.unsent()) - len(batch.put_off), taken=report.taken)
        throttles.give_back_unsent(batch.unsent())
        if report.trouble or report.stopped or report.refuses_us:
            lane.settle()
        else:
            self.batch_size = fitting(report)
        return report

    def step_round(self, batch: Batch) -> None:
        """Put off whom the connection failed at first thing, or for the second time: the others shall get through."""
        suspects = batch.suspects()
        guilty = suspects & self.suspects if batch.report.answered else suspects
        batch.put_off |= dict.fromkeys(guilty, timezone.now() + breaker.PROBE_EVERY * 2)
        self.suspects |= suspects

    def allowance(self, run: Run) -> Allowance:
        """How many of the run's messages may go out in a batch now."""
        if run.pk not in self.limits:
            self.limits[run.pk] = throttles.limits_of(run)
        return Allowance.ask(self.limits[run.pk], 1 if self.probing else self.batch_size)

    def connected(self) -> Transport:
        """Not before there is something to send: a mailing that waits for its throttle bothers no server."""
        if self.transport is None:
            transport = new_transport()
            transport.open()
            self.transport = transport
        return self.transport

    def compiled_for(self, run: Run, content: int | None) -> Compiled:
        """The content of this number; without one, the run's own words."""
        found = self.compiled.get((run.pk, content))
        if found is None:
            if len(self.compiled) >= KEPT:
                self.compiled.clear()
            row = contents.of_run(run) if content is None else Content.objects.get(pk=content)
            row.run = run
            found = self.compiled[run.pk, content] = compile_content(row)
        return found

    def went_well(self, report: Report) -> bool:
        """Tell the breaker. After trouble on a connection that did carry messages a new one is tried at once."""
        if report.refuses_us:
            breaker.trip(report.trouble or "The server refuses this sender's messages by policy.", certain=True)
            return False
        if report.answered and (self.probing or time.monotonic() - self.reported > REPORT_SECONDS):
            breaker.close()
            self.probing, self.reported = False, time.monotonic()
        if not report.trouble:
            return True
        logger.warning("Trouble with the mail server: %s", report.trouble)
        try:
            if report.answered and self.transport is not None:
                self.transport.open()
                return True
        except ServerTrouble as error:
            report.trouble = str(error)
        breaker.trip(report.trouble)
        return False

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()
        self.lanes.close()


def fitting(report: Report) -> int:
    """How many messages the next batch should have, at the pace of the last."""
    smallest, largest = BATCH_SIZES
    return round(min(max(report.answered / max(report.seconds, 0.001) * BATCH_SECONDS, smallest), largest))
