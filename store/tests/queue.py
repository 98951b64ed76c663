"""The worker, in the test's own process."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.utils.module_loading import import_string
from django_q.models import OrmQ

Capture = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


def run_queue(capture: Capture) -> list[str]:
    """Run what is queued, and what that queues, but for mail; the names of the tasks that ran."""
    done = []
    while (row := OrmQ.objects.order_by("pk").first()) is not None:
        task = row.task
        row.delete()
        if task["func"].startswith("notifications."):
            continue
        with capture(execute=True):
            import_string(task["func"])(*task["args"])
        done.append(task["func"])
    return done


@contextmanager
def committed(capture: Capture) -> Iterator[None]:
    """What happens inside is committed at the end, and the worker does what follows from it."""
    with capture(execute=True):
        yield
    run_queue(capture)
