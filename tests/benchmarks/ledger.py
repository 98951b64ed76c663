"""The ledger's own limit: claims, attempts, outcomes and counts of a run with no mail server and no message."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable

from django.db import connection, connections
from django.utils import timezone

from campaigns.delivery import claims, recovery, results
from campaigns.delivery.envelopes import Reply
from campaigns.delivery.everything import shares
from campaigns.delivery.journal import Answer, Journal
from campaigns.delivery.slices import BATCH_SIZES
from campaigns.models import Run

ANSWER = Reply(250, "2.0.0 Ok: queued as 0123456789AB")


def seconds(run: Run, connections_: int) -> float:
    """How long as many connections take as the engine has, in as many processes."""
    return spread(lambda: write_down(run), connections_)


def spread(work: Callable[[], None], count: int) -> float:
    """The time that so many calls of `work` take at once, in a process per core with threads, as the engine's."""
    connections.close_all()
    processes = min(count, os.cpu_count() or 1) if connection.vendor == "postgresql" else 1
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=in_threads, args=(work, share)) for share in shares(count, processes)]
    began = time.monotonic()
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0
    return time.monotonic() - began


def in_threads(work: Callable[[], None], count: int) -> None:
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def write_down(run: Run) -> None:
    """One connection's share: every message is said to be taken."""
    journal = Journal.create()
    claim = claims.take(journal, in_slot=False)
    assert claim is not None
    while held := claims.claim_batch(claim, run, limit=BATCH_SIZES[1]):
        emails = {item.pk: item.email for item in held}
        outcomes = results.outcomes_of(
            [Answer(item.pk, timezone.now(), ANSWER) for item in held],
            tries={item.pk: item.tries for item in held},
            emails=emails,
        )
        results.record(claim, run, outcomes, emails=emails, give_back=True)
    recovery.drop(claim)
    journal.remove()
