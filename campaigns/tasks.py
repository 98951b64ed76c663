"""What the clusters call: ids in, one verb each, safe to run twice."""

import signal

from django_q.models import OrmQ
from django_q.tasks import async_task

from campaigns import ab_tests, attribution, automations, link_checks, retrying, runs, self_pausing, sending_domains
from campaigns.delivery import claims, journal, recovery, slices
from campaigns.delivery.stopping import stop_on_signals
from campaigns.inbound import mailboxes
from campaigns.models import Claim

# With so much waiting in the `mail` cluster, another slice would only wait behind it.
MAX_WAITING = 20


def tick() -> None:
    """Each minute, and when a mailing was saved that is due (default cluster)."""
    runs.open_due_runs()
    recovery.recover()
    journal.remove_orphans()
    self_pausing.pause_unhealthy()
    self_pausing.pause_unhealthy_series()
    ab_tests.decide_due()
    retrying.resend_doubtful()
    runs.close_finished()
    # A claim whose host is another one is recovered there.
    if slices.due_runs() or Claim.objects.exists():
        wake_senders()


def walk_automations() -> str:
    """Each minute (default cluster): who has met a trigger is enrolled, and whose step is due gets it."""
    begun = automations.look_for_occasions()
    sent = automations.walk()
    if sent:
        wake_senders()
    return f"{begun} begun, {sent} queued"


def wake_senders() -> None:
    """As many slices as there are slots; those that find none end at once."""
    if OrmQ.objects.filter(key="mail").count() < MAX_WAITING:
        for _slot in claims.slots():
            async_task("campaigns.tasks.deliver", cluster="mail")


def deliver() -> str:
    """One slice (`mail` cluster); where there is more to send it queues its successor."""
    with stop_on_signals(signal.SIGTERM) as stop:
        end = slices.run_slice(stop=stop)
        self_pausing.pause_unhealthy()
        self_pausing.pause_unhealthy_series()
        runs.close_finished()
    if end is slices.End.TIME_IS_UP:
        async_task("campaigns.tasks.deliver", cluster="mail")
    return end.value


def read_bounces() -> dict[str, int]:
    """Every few minutes; how many mails of each kind came back."""
    return dict(mailboxes.read_bounces())


def catch_up_orders() -> None:
    """Each hour: orders and refunds of which no signal came through."""
    attribution.catch_up()


def check_sending_domains() -> int:
    """Those whose last check is a day old, or that are new; how many."""
    return sending_domains.check_stale()


def try_links(message_id: int) -> int:
    """The links of a message to other sites (default cluster); how many."""
    return link_checks.try_links(message_id=message_id)
