"""All that is due, from here: the command line's way to send.

Python uses one core a process, so on PostgreSQL a process per core works, each with its share of the connections.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import Executor

from django.db import InterfaceError, OperationalError, connection, connections

from campaigns import runs
from campaigns.delivery import breaker, slices
from campaigns.delivery.lanes import writer
from campaigns.delivery.stopping import stop_on_signals
from campaigns.models import Mailing
from jobs.processes import die_with_parent

logger = logging.getLogger(__name__)

CONNECTIONS = {"sqlite": 2, "postgresql": 4}
# To begin a slice costs as much as a few hundred messages.
SLICE_SECONDS = 300.0
# A database that is restarted is back by then.
PATIENCE_SECONDS = 60.0


def deliver_everything(
    *, stop: threading.Event, mailing: Mailing | None = None, number_of_connections: int | None = None
) -> None:
    """Send until nothing is due, throttles close, the server is in trouble, or `stop` is set."""
    if breaker.is_open():
        # One connection finds out whether the server is back, with one message.
        slices.run_slice(in_slot=False, stop=stop, mailing=mailing, probe_at_once=True)
    count = number_of_connections or CONNECTIONS[connection.vendor]
    if connection.in_atomic_block:
        # Other connections would not see what this one has not committed.
        count = 1
    processes = min(count, os.cpu_count() or 1) if connection.vendor == "postgresql" else 1
    if processes > 1 and slices.due_runs(mailing=mailing):
        deliver_in_processes(stop, mailing, shares(count, processes))
        # For a process that was killed.
        count = 1
    if not stop.is_set():
        deliver_in_threads(stop, mailing, count)
    runs.close_finished()


def shares(count: int, processes: int) -> list[int]:
    return [count // processes + (number < count % processes) for number in range(processes)]


def deliver_in_processes(stop: threading.Event, mailing: Mailing | None, counts: list[int]) -> None:
    """Until all of them have ended; a stop is passed on."""
    # A connection to the database can't be shared.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=deliver_in_child, args=(mailing, count)) for count in counts]
    for child in children:
        child.start()
    while any(child.is_alive() for child in children):
        for child in children:
            if stop.is_set() and child.is_alive():
                child.terminate()
            # In steps: a signal is handled between them.
            child.join(0.2)
    for child in children:
        if child.exitcode:
            logger.error("A sending process ended with %s; what it held is recovered", child.exitcode)


def deliver_in_child(mailing: Mailing | None, count: int) -> None:
    die_with_parent()
    with stop_on_signals(signal.SIGTERM, signal.SIGINT) as stop:
        deliver_in_threads(stop, mailing, count)
    connections.close_all()


def deliver_in_threads(stop: threading.Event, mailing: Mailing | None, count: int) -> None:
    """So many connections of this process."""
    with writer() as results_writer:
        arguments = (stop, mailing, results_writer)
        helpers = [threading.Thread(target=help_deliver, args=arguments) for _number in range(count - 1)]
        for helper in helpers:
            helper.start()
        try:
            deliver_until_done(*arguments)
        finally:
            for helper in helpers:
                while helper.is_alive():
                    # In steps, as above.
                    helper.join(0.2)


def help_deliver(stop: threading.Event, mailing: Mailing | None, results_writer: Executor | None) -> None:
    """Another connection, in a thread with a database connection of its own."""
    try:
        deliver_until_done(stop, mailing, results_writer)
    finally:
        connections.close_all()


def deliver_until_done(stop: threading.Event, mailing: Mailing | None, results_writer: Executor | None) -> None:
    """One connection's work, through restarts of the database."""
    failing_since: float | None = None
    while not stop.is_set():
        try:
            end = slices.run_slice(
                seconds=SLICE_SECONDS, in_slot=False, stop=stop, mailing=mailing, results_writer=results_writer
            )
            failing_since = None
        except (OperationalError, InterfaceError) as error:
            failing_since = failing_since or time.monotonic()
            if time.monotonic() - failing_since > PATIENCE_SECONDS:
                raise
            logger.warning("The database does not answer; trying again: %s", error)
            connection.close()
            stop.wait(1.0)
            continue
        if end in (slices.End.NOTHING_DUE, slices.End.THROTTLED) or (end is slices.End.TROUBLE and breaker.is_open()):
            return
        if end is slices.End.TROUBLE:
            stop.wait(0.5)
