"""All that is due, in this process: the command line's way to send."""

import logging
import threading
import time

from django.db import InterfaceError, OperationalError, connection, connections

from campaigns import runs
from campaigns.delivery import breaker, slices
from campaigns.models import Mailing

logger = logging.getLogger(__name__)

# Python sends from one core at a time; a second connection works while the first waits for the database.
CONNECTIONS = {"sqlite": 2, "postgresql": 4}
# A database that is restarted is back by then.
PATIENCE_SECONDS = 60.0


def deliver_everything(
    *, stop: threading.Event, mailing: Mailing | None = None, number_of_connections: int | None = None
) -> None:
    """Send until nothing is due, the server is in trouble, or `stop` is set."""
    if breaker.is_open():
        # One connection finds out whether the server is back, with one message.
        slices.run_slice(in_slot=False, stop=stop, mailing=mailing, probe_at_once=True)
    count = number_of_connections or CONNECTIONS[connection.vendor]
    if connection.in_atomic_block:
        # Other connections would not see what this one has not committed.
        count = 1
    helpers = [threading.Thread(target=help_deliver, args=(stop, mailing)) for _number in range(count - 1)]
    for helper in helpers:
        helper.start()
    try:
        deliver_until_done(stop, mailing)
    finally:
        for helper in helpers:
            wait_for(helper)
    runs.close_finished()


def wait_for(helper: threading.Thread) -> None:
    """In steps: a signal is handled between them."""
    while helper.is_alive():
        helper.join(0.2)


def help_deliver(stop: threading.Event, mailing: Mailing | None) -> None:
    """Another connection, in a thread with a database connection of its own."""
    try:
        deliver_until_done(stop, mailing)
    finally:
        connections.close_all()


def deliver_until_done(stop: threading.Event, mailing: Mailing | None) -> None:
    """One connection's work, through restarts of the database."""
    failing_since: float | None = None
    while not stop.is_set():
        try:
            end = slices.run_slice(in_slot=False, stop=stop, mailing=mailing)
            failing_since = None
        except (OperationalError, InterfaceError) as error:
            failing_since = failing_since or time.monotonic()
            if time.monotonic() - failing_since > PATIENCE_SECONDS:
                raise
            logger.warning("The database does not answer; trying again: %s", error)
            connection.close()
            stop.wait(1.0)
            continue
        if end is slices.End.NOTHING_DUE or (end is slices.End.TROUBLE and breaker.is_open()):
            return
        if end is slices.End.TROUBLE:
            stop.wait(0.5)
