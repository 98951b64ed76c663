"""What the clusters call: ids in, one verb each, safe to run twice."""

import signal

from django_q.models import OrmQ
from django_q.tasks import async_task

from campaigns import runs
from campaigns.delivery import claims, journal, recovery, slices
from campaigns.delivery.stopping import stop_on_signals
from campaigns.models import Claim

# With so much waiting in the `mail` cluster, another slice would only wait behind it.
MAX_WAITING = 20


def tick() -> None:
    """Each minute, and when a mailing was saved that is due (default cluster)."""
    runs.open_due_runs()
    recovery.recover()
    journal.remove_orphans()
    runs.close_finished()
    # A claim whose host is another one is recovered there.
    if slices.due_runs() or Claim.objects.exists():
        wake_senders()


def wake_senders() -> None:
    """As many slices as there are slots; those that find none end at once."""
    if OrmQ.objects.filter(key="mail").count() < MAX_WAITING:
        for _slot in claims.slots():
            async_task("campaigns.tasks.deliver", cluster="mail")


def deliver() -> str:
    """One slice (`mail` cluster); where there is more to send it queues its successor."""
    with stop_on_signals(signal.SIGTERM) as stop:
        end = slices.run_slice(stop=stop)
        runs.close_finished()
    if end is slices.End.TIME_IS_UP:
        async_task("campaigns.tasks.deliver", cluster="mail")
    return end.value
