"""Ten seconds of sending over one connection: claim, deliver, write down, again."""

import logging
import random
import threading
import time
from collections import deque
from datetime import datetime
from enum import Enum

from django.db.models import Exists, OuterRef

from campaigns.delivery import breaker, claims, recovery
from campaigns.delivery.batches import Batch, Lease, Report
from campaigns.delivery.compiled import Compiled, compile_run
from campaigns.delivery.envelopes import ServerTrouble, Transport
from campaigns.delivery.journal import Journal
from campaigns.delivery.transports import new_transport
from campaigns.models import Claim, Delivery, Mailing, Run

logger = logging.getLogger(__name__)

SLICE_SECONDS = 10.0
# How often a connection tells the breaker that all is well.
REPORT_SECONDS = 1.0


class End(Enum):
    """Why a slice ended."""

    NOTHING_DUE = "nothing due"
    TIME_IS_UP = "time is up"
    NO_SLOT = "no slot"
    TROUBLE = "trouble"


def due_runs(*, mailing: Mailing | None = None, now: datetime | None = None) -> list[Run]:
    """Runs with something to send now, in random order: no owner waits behind another's million."""
    due = Delivery.objects.due(now).filter(run=OuterRef("pk"))
    found = Run.objects.sendable(now).filter(Exists(due)).select_related("mailing__owner")
    if mailing is not None:
        found = found.filter(mailing=mailing)
    runs = list(found)
    random.shuffle(runs)
    return runs


def run_slice(
    *,
    seconds: float = SLICE_SECONDS,
    in_slot: bool = True,
    stop: threading.Event | None = None,
    mailing: Mailing | None = None,
    probe_at_once: bool = False,
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
    journal = Journal.create()
    try:
        claim = claims.take(journal, in_slot=in_slot)
    except BaseException:
        journal.remove()
        raise
    if claim is None:
        journal.remove()
        return End.NO_SLOT
    sender = Sender(claim, journal, probing=probing, stop=stop or threading.Event(), seconds=seconds)
    try:
        return sender.send(mailing)
    finally:
        sender.close()


class Sender:
    """A claim, its journal and its connection."""

    def __init__(self, claim: Claim, journal: Journal, *, probing: bool, stop: threading.Event, seconds: float) -> None:
        self.journal, self.probing, self.stop = journal, probing, stop
        self.lease = Lease(claim)
        self.until = time.monotonic() + seconds
        self.transport: Transport | None = None
        self.compiled: dict[int, Compiled] = {}
        self.reported = 0.0

    def send(self, mailing: Mailing | None) -> End:
        try:
            self.transport = new_transport()
            self.transport.open()
        except ServerTrouble as error:
            breaker.trip(str(error))
            return End.TROUBLE
        runs: deque[Run] = deque()
        while time.monotonic() < self.until and not self.stop.is_set():
            runs = runs or deque(due_runs(mailing=mailing))
            if not runs:
                return End.NOTHING_DUE
            run = runs.popleft()
            report = self.send_batch(run)
            if report is None or report.stopped:
                continue
            runs.append(run)
            if not self.went_well(report):
                return End.TROUBLE
        return End.TIME_IS_UP

    def send_batch(self, run: Run) -> Report | None:
        """None when the run has nothing due any more."""
        assert self.transport is not None  # noqa: S101
        self.lease.keep()
        held = claims.claim_batch(self.lease.claim, run, limit=1 if self.probing else claims.BATCH)
        if not held:
            return None
        if run.pk not in self.compiled:
            self.compiled[run.pk] = compile_run(run)
        batch = Batch(
            lease=self.lease,
            journal=self.journal,
            run=run,
            compiled=self.compiled[run.pk],
            held=held,
            stop=self.stop,
            until=self.until,
        )
        return batch.deliver(self.transport)

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
        """Leave. What is still held (the database failed, say) keeps claim and journal for recovery."""
        if self.transport is not None:
            self.transport.close()
        try:
            empty = recovery.drop(self.lease.claim)
        except Exception:
            self.journal.release()
            raise
        if empty:
            self.journal.remove()
        else:
            self.journal.release()
