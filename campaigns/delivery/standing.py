"""Whether a run may still go out, asked once for all connections of this process."""

import time

from campaigns.models import Run

# With the connection's own clock (batches.STANDING_SECONDS) a stop is seen within 100 ms.
FRESH_SECONDS = 0.03

# Run → when it was asked, and the answer. A race between threads costs one more query.
answers: dict[int, tuple[float, bool]] = {}


def may_be_sent(run: Run) -> bool:
    """Whether its mailing runs, is in its window and not disabled, and its owner not blocked; 30 ms old at most."""
    asked = time.monotonic()
    at, answer = answers.get(run.pk, (0.0, False))
    if asked - at > FRESH_SECONDS:
        answer = Run.objects.sendable().filter(pk=run.pk).exists()
        answers[run.pk] = asked, answer
    return answer


def forget(run: Run) -> None:
    """When a connection begins a batch: it asks anew, and the table does not grow."""
    answers.pop(run.pk, None)
