"""The links of a message to other sites, tried by a worker: no page waits for them, it shows what is known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from campaigns import link_probe
from campaigns.checks import Finding, is_broken, is_own
from campaigns.contents import addresses_in
from campaigns.models import LinkCheck, Message
from campaigns.rendering import rendered

MOST = 40
AT_ONCE = 10
# Together less than a task may take.
SECONDS = 45
PAUSE = timedelta(seconds=30)
# A task that has not come back by then is lost.
LOST = timedelta(minutes=10)
FRESH = timedelta(days=1)
# What stays wrong; the rest may be a bad hour of the other side.
FINAL = ("404", "410", link_probe.NO_HOST, link_probe.PRIVATE)


@dataclass(frozen=True)
class LinkState:
    """`untried` of the message's `count` links to other sites have not been tried since they stand there."""

    count: int
    untried: int
    checked_at: datetime | None
    is_pending: bool
    findings: list[Finding]

    @property
    def is_fresh(self) -> bool:
        """Whether the answers are of today, and are all there are."""
        return not self.untried and self.checked_at is not None and self.checked_at > timezone.now() - FRESH


def remote_links(message: Message) -> list[str]:
    """Those whose form is right; this site's own are looked up without the network (`campaigns.checks`)."""
    words = rendered(message)
    found = (url for url in addresses_in(words.html, words.text) if not is_own(url) and not is_broken(url))
    return list(found)[:MOST]


def ask(*, message: Message) -> bool:
    """Have a worker try the links. False when that was asked for just now."""
    now = timezone.now()
    with transaction.atomic():
        row, is_new = LinkCheck.objects.select_for_update().get_or_create(message=message, defaults={"asked_at": now})
        if not is_new and row.asked_at > now - PAUSE:
            return False
        LinkCheck.objects.filter(pk=row.pk).update(asked_at=now)
        transaction.on_commit(lambda: async_task("campaigns.tasks.try_links", message.pk))
    return True


def ask_if_old(*, message: Message) -> None:
    """Before a mailing is launched, unless the answers are fresh or on their way."""
    state = state_of(message)
    if state.count and not state.is_fresh and not state.is_pending:
        ask(message=message)


def try_links(*, message_id: int, probe: Callable[[str], str] = link_probe.probe) -> int:
    """How many were tried. What does not end in time counts as silent."""
    message = Message.objects.select_related("owner").filter(pk=message_id).first()
    if message is None:
        return 0
    pool = ThreadPoolExecutor(AT_ONCE)
    asked = {url: pool.submit(probe, url) for url in remote_links(message)}
    done, _left = wait(asked.values(), timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    results = {url: answer.result() if answer in done else link_probe.SILENT for url, answer in asked.items()}
    LinkCheck.objects.filter(message=message).update(checked_at=timezone.now(), results=results)
    return len(results)


def state_of(message: Message) -> LinkState:
    row = LinkCheck.objects.filter(message=message.pk).first()
    links, known = remote_links(message), row.results if row else {}
    is_running = row is not None and (row.checked_at is None or row.checked_at < row.asked_at)
    return LinkState(
        count=len(links),
        untried=sum(url not in known for url in links),
        checked_at=row.checked_at if row else None,
        is_pending=row is not None and is_running and row.asked_at > timezone.now() - LOST,
        findings=[found(url, known[url]) for url in links if known.get(url)],
    )


def found(url: str, problem: str) -> Finding:
    sentences = {
        link_probe.NO_HOST: _("There is no such site: %(url)s"),
        link_probe.PRIVATE: _("Readers cannot follow this link, it leads into a private network: %(url)s"),
        link_probe.LOOP: _("%(url)s leads from one address to the next."),
        link_probe.SILENT: _("%(url)s does not answer."),
    }
    sentence = sentences.get(problem) or _("%(url)s answers with %(status)d.")
    values = {"url": url[:200], "status": int(problem) if problem.isdecimal() else 0}
    return Finding("error" if problem in FINAL else "warning", "link_dead", sentence % values)
