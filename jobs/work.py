"""Long work: asked for on a page, done by the worker in slices, watched, called off, and resumed after a kill.

An app registers a kind with the function that does it. The function is given a `Shift` and calls `shift.step(…)`
inside the transaction of each batch: progress, checkpoint and refused rows are then exactly as true as what the batch
wrote. It may be started again at any checkpoint, so it must be safe to run twice.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from accounts.models import User
from jobs.errors import JobError
from jobs.models import RefusedRow, Work, WorkState

logger = logging.getLogger(__name__)

# A slice hands over to the next one after this long, so that other tasks get their turn.
SLICE_SECONDS = 20.0
LEASE = timedelta(seconds=90)
# The queue's own limit is for short tasks; reading a large workbook cannot be cut in two.
TIMEOUT_SECONDS = 230
KEPT = timedelta(days=30)
# Beyond this many the file is hopeless: nobody reads on.
MAX_REFUSED = 20_000

Refusal = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A button on the page of a work that has ended; it posts to `url`, or with `is_link` leads there."""

    label: str
    url: str
    is_link: bool = False


@dataclass(frozen=True)
class Kind:
    """What can be asked for. `permission` (or having asked for it) opens its page and files."""

    name: str
    label: str | Promise
    run: Callable[["Shift"], None]
    permission: str
    # Names of the counts on the result page, in order.
    counts: Mapping[str, str | Promise] = field(default_factory=dict)
    # What its page shows besides: pairs of name and value, and links to what may be done next.
    facts: Callable[[Work], list[tuple[str, str]]] | None = None
    next_steps: Callable[[Work, Any], list[NextStep]] | None = None


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Call it in `AppConfig.ready()`."""
    kinds[kind.name] = kind


class HandOver(Exception):
    """The slice is over; the next one goes on at the checkpoint."""


class CalledOff(Exception):
    """Somebody cancelled it."""


class LostClaim(Exception):
    """The lease ran out and another worker has it: whatever this one does now must not count."""


class Shift:
    """One slice of a work, in the hands of one worker."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.until = time.monotonic() + SLICE_SECONDS

    @property
    def params(self) -> dict[str, Any]:
        return self.work.params

    @property
    def checkpoint(self) -> dict[str, Any]:
        return self.work.checkpoint

    def step(
        self,
        *,
        done: int | None = None,
        total: int | None = None,
        counts: Mapping[str, int] | None = None,
        refused: Iterable[Refusal] = (),
        **checkpoint: Any,
    ) -> None:
        """Note how far it is; `counts` are added, the other names are kept in the checkpoint.

        Raises CalledOff or LostClaim, which undo the transaction around it.
        """
        work = self.work
        added = dict(counts or {})
        rows = [RefusedRow(work=work, number=number, key=key[:120], reason=why[:500]) for number, key, why in refused]
        work.done = work.done if done is None else done
        work.total = work.total if total is None else total
        work.checkpoint = work.checkpoint | checkpoint
        work.counts = work.counts | {name: work.counts.get(name, 0) + count for name, count in added.items()}
        with transaction.atomic():
            RefusedRow.objects.bulk_create(rows[: max(0, MAX_REFUSED - work.refused)], 500)
            work.refused += len(rows)
            held = Work.objects.filter(pk=work.pk, claim=work.claim, state=WorkState.RUNNING)
            kept = held.filter(cancel_asked=False).update(
                done=work.done,
                total=work.total,
                checkpoint=work.checkpoint,
                counts=work.counts,
                refused=work.refused,
                leased_until=timezone.now() + LEASE,
            )
            if not kept:
                raise CalledOff if held.exists() else LostClaim

    def breathe(self) -> None:
        """Call it between batches, outside of their transactions: raises HandOver when the slice is over."""
        if time.monotonic() > self.until:
            raise HandOver

    def spool(self, name: str, content: Any) -> None:
        """Keep what was read, for the slices to come."""
        self.work.spool.save(name, File(content), save=False)
        Work.objects.filter(pk=self.work.pk, claim=self.work.claim).update(spool=self.work.spool.name)

    def keep(self, name: str, content: Any) -> None:
        """The file that the work is for, to be downloaded under `name`."""
        self.work.result.save(name, File(content), save=False)
        self.work.result_name = name
        Work.objects.filter(pk=self.work.pk, claim=self.work.claim).update(
            result=self.work.result.name, result_name=name
        )


def start(
    *,
    kind: str,
    title: str,
    owner: User | None,
    params: Mapping[str, Any] | None = None,
    file: Any = None,
    extra: Any = None,
) -> Work:
    """Ask for a work; `file` and `extra` are uploads, kept privately. It is queued once this is committed."""
    if kind not in kinds:
        raise JobError(_("There is no such job."))
    work = Work(
        kind=kind,
        title=title[:200],
        owner=owner,
        params=dict(params or {}),
        language=translation.get_language() or "en",
    )
    if file is not None:
        work.file.save(file.name, file, save=False)
    if extra is not None:
        work.extra.save(extra.name, extra, save=False)
    with transaction.atomic():
        work.save()
        enqueue(work)
    return work


def enqueue(work: Work) -> None:
    transaction.on_commit(lambda: async_task("jobs.tasks.work", work.pk, q_options={"timeout": TIMEOUT_SECONDS}))


def run(*, work_id: int) -> Work | None:
    """Do one slice. None when there is nothing to do: it has ended, or another worker is at it."""
    work = claim(work_id)
    if work is None:
        return None
    with translation.override(work.language):
        try:
            kinds[work.kind].run(Shift(work))
        except HandOver:
            if release(work):
                enqueue(work)
        except CalledOff:
            end(work, WorkState.CANCELLED)
        except LostClaim:
            logger.warning("Work %s was taken over by another worker", work.pk)
        except Exception as error:
            # What the app says in a sentence is for its owner; anything else is ours to find in the log.
            known = getattr(error, "code", None) is not None or isinstance(error, JobError)
            if not known:
                logger.exception("Work %s (%s) failed", work.pk, work.kind)
            end(work, WorkState.FAILED, str(error) if known else _("An unexpected error; the log has the details."))
        else:
            end(work, WorkState.DONE)
    return work


def claim(work_id: int) -> Work | None:
    now, token = timezone.now(), secrets.token_hex(16)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    taken = unfinished().filter(free, pk=work_id).update(state=WorkState.RUNNING, claim=token, leased_until=now + LEASE)
    if not taken:
        return None
    Work.objects.filter(pk=work_id, started_at=None).update(started_at=now)
    return Work.objects.get(pk=work_id)


def release(work: Work) -> int:
    return Work.objects.filter(pk=work.pk, claim=work.claim).update(claim="", leased_until=None)


def end(work: Work, state: str, error: str = "") -> None:
    with transaction.atomic():
        ended = Work.objects.filter(pk=work.pk, claim=work.claim, state=WorkState.RUNNING).update(
            state=state, error=error[:2000], ended_at=timezone.now(), claim="", leased_until=None
        )
    if ended:
        work.refresh_from_db()


def cancel(*, work: Work) -> None:
    """What is waiting is called off at once; what runs stops after its batch. What was done stays done."""
    now = timezone.now()
    idle = Q(state=WorkState.WAITING) | Q(state=WorkState.RUNNING, leased_until=None)
    stopped = Work.objects.filter(idle, pk=work.pk).update(state=WorkState.CANCELLED, ended_at=now)
    if not stopped and not Work.objects.filter(pk=work.pk, state=WorkState.RUNNING).update(cancel_asked=True):
        raise JobError(_("This job has ended already."))
    work.refresh_from_db()


def unfinished() -> QuerySet[Work]:
    return Work.objects.filter(state__in=[WorkState.WAITING, WorkState.RUNNING])


def resume_abandoned() -> int:
    """Queue again what a killed worker left, or what was never queued. Returns how many."""
    now = timezone.now()
    left = Q(leased_until__lt=now) | Q(leased_until=None, created_at__lt=now - timedelta(minutes=5))
    abandoned = list(unfinished().filter(left))
    for work in abandoned:
        if work.cancel_asked:
            Work.objects.filter(pk=work.pk).filter(left).update(state=WorkState.CANCELLED, ended_at=now)
        else:
            enqueue(work)
    return len(abandoned)


def forget_old() -> int:
    """Delete works that ended long ago, with their files. Returns how many."""
    old = Work.objects.filter(ended_at__lt=timezone.now() - KEPT)
    for work in old:
        discard(work)
    return len(old)


def discard(work: Work) -> None:
    """Delete it with its files."""
    for each in (work.file, work.extra, work.spool, work.result):
        if each:
            with suppress(OSError):
                each.delete(save=False)
    work.delete()


def visible_to(user: Any) -> QuerySet[Work]:
    """One's own works, and those of the kinds that one may see."""
    kinds_seen = [kind.name for kind in kinds.values() if user.has_perm(kind.permission)]
    return Work.objects.filter(Q(kind__in=kinds_seen) | Q(owner=user)).select_related("owner")


def label(work: Work) -> str:
    return str(kinds[work.kind].label) if work.kind in kinds else work.kind


def counts_of(work: Work) -> list[tuple[str, int]]:
    """Named counts, as the result page shows them."""
    names = kinds[work.kind].counts if work.kind in kinds else {}
    return [(str(name), work.counts[key]) for key, name in names.items() if key in work.counts]


def facts(work: Work) -> list[tuple[str, str]]:
    show = kinds[work.kind].facts if work.kind in kinds else None
    return show(work) if show else []


def next_steps(work: Work, user: Any) -> list[NextStep]:
    offer = kinds[work.kind].next_steps if work.kind in kinds else None
    return offer(work, user) if offer else []
