"""SIGTERM while sending: the reply in flight is awaited, results are written, then the signal does its work."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stop_on_signals(*signals: signal.Signals) -> Iterator[threading.Event]:
    """An event that the signals set; afterwards a signal that came is delivered the way it would have been."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        # Signals reach the main thread only.
        yield stop
        return
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)
        stop.set()

    before = {number: signal.signal(number, note) for number in signals}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for signal_number in came:
            os.kill(os.getpid(), signal_number)
