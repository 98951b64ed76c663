"""A connection's two lanes: while a batch goes out on one, the results of the other's are written down.

Each lane has a claim and a journal of its own, so that a kill leaves both to recover and one message in doubt at most.
"""

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Self

from django.db import connection, connections

from campaigns.delivery import claims, recovery
from campaigns.delivery.batches import Batch, Lease
from campaigns.delivery.journal import Journal


@contextmanager
def writer() -> Iterator[Executor | None]:
    """A thread that writes results down, for as many connections as this process has.

    None on SQLite, which has one writer anyway, and in a transaction, which another thread could not see.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield None
        return
    with ThreadPoolExecutor(1, "results") as executor:
        try:
            yield executor
        finally:
            executor.submit(connections.close_all)


class Lane:
    """A claim with its journal, for a batch at a time."""

    def __init__(self, lease: Lease, journal: Journal) -> None:
        self.lease, self.journal = lease, journal
        self.writing: Future[None] | None = None

    @classmethod
    def take(cls, *, in_slot: bool) -> Self | None:
        """None when all slots are taken."""
        journal = Journal.create()
        try:
            claim = claims.take(journal, in_slot=in_slot)
        except BaseException:
            journal.remove()
            raise
        if claim is None:
            journal.remove()
            return None
        return cls(Lease(claim), journal)

    def settle(self) -> None:
        """Wait until what was sent is written down; raises what went wrong with that."""
        writing, self.writing = self.writing, None
        if writing is not None:
            writing.result()

    def close(self) -> None:
        """What is still held (the database failed, say) keeps claim and journal for recovery."""
        try:
            self.settle()
            empty = recovery.drop(self.lease.claim)
        except BaseException:
            self.journal.release()
            raise
        if empty:
            self.journal.remove()
        else:
            self.journal.release()


class Lanes:
    """Those of one connection. The second comes into being with the second batch, where there is a writer."""

    def __init__(self, first: Lane, writer: Executor | None) -> None:
        self.lanes, self.writer = [first], writer
        self.number_of_batches = 0

    def next(self) -> Lane:
        """The lane for another batch, free."""
        number = self.number_of_batches % 2 if self.writer else 0
        if number == len(self.lanes):
            second = Lane.take(in_slot=False)
            assert second is not None  # noqa: S101
            self.lanes.append(second)
        lane = self.lanes[number]
        lane.settle()
        lane.lease.keep()
        return lane

    def record(self, lane: Lane, batch: Batch) -> None:
        """Have the batch's outcomes written down, beside the next batch."""
        self.number_of_batches += 1
        if self.writer is None:
            batch.record()
        else:
            lane.writing = self.writer.submit(batch.record)

    def settle(self) -> None:
        for lane in self.lanes:
            lane.settle()

    def close(self) -> None:
        """Every lane is left in order, whatever happens to the others."""
        failure: BaseException | None = None
        for lane in self.lanes:
            try:
                lane.close()
            except BaseException as error:
                failure = failure or error
        if failure is not None:
            raise failure
