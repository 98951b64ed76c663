"""The bulk edit as a long job: exactly the changes that were shown."""

import json
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from jobs import work as works
from jobs.models import Work
from jobs.work import Kind, Shift
from store import bulk_products
from store.bulk_products import Edit, Plan, StockMode
from store.models import MovementReason
from store.movements import Cause

KIND = "store.bulk_edit"
BATCH = 100


def start(*, plan: Plan, edit: Edit, owner: User | None, note: str = "") -> Work:
    """Ask for what the plan shows."""
    count = len(plan.changes)
    title = ngettext("Bulk edit of %(count)d variant", "Bulk edit of %(count)d variants", count) % {"count": count}
    lines = ContentFile(b"".join(bulk_products.lines_of(plan)), name="plan.jsonl")
    params = {"relative": edit.stock_mode == StockMode.ADD, "note": note, "count": count}
    return works.start(kind=KIND, title=title, owner=owner, params=params, file=lines)


def run(shift: Shift) -> None:
    """The checkpoint moves in the transaction of each batch: nothing is done twice."""
    owner = shift.work.owner
    cause = Cause(MovementReason.CORRECTED, actor=owner.email if owner else "", note=shift.params["note"])
    with shift.work.file.open("rb") as lines:
        lines.seek(shift.checkpoint.get("offset", 0))
        while batch := read(lines):
            with transaction.atomic():
                done, failed = bulk_products.carry_out(
                    lines=batch, relative_stock=shift.params["relative"], cause=cause
                )
                position = shift.work.done
                numbers = {line[0]: (position + number, line[2]) for number, line in enumerate(batch, 1)}
                refused = [(*numbers[variant_id], reason) for variant_id, reason in failed]
                shift.step(
                    done=position + len(batch),
                    total=shift.params["count"],
                    counts={"changed": done},
                    refused=refused,
                    offset=lines.tell(),
                )
            shift.breathe()


def read(lines: Any) -> list[bulk_products.Line]:
    batch: list[bulk_products.Line] = []
    while len(batch) < BATCH and (line := lines.readline()):
        batch.append(tuple(json.loads(line)))  # type: ignore[arg-type]
    return batch


def register() -> None:
    works.register(
        Kind(
            name=KIND,
            label=gettext_lazy("Bulk edit"),
            run=run,
            permission="store.change_product",
            counts={"changed": gettext_lazy("Changed")},
            facts=facts,
        )
    )


def facts(work: Work) -> list[tuple[str, str]]:
    note = work.params.get("note")
    return [(_("Note"), note)] if note else []
