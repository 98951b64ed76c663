"""A kind of long work for tests: counts to a number, a few at a time, and remembers what it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from accounts.models import User
from jobs import work as works
from jobs.work import Kind, Shift

NAME = "tests.count"


def count(shift: Shift) -> None:
    while shift.work.done < shift.params["to"]:
        with transaction.atomic():
            User.objects.create(email=f"row{shift.work.done}@example.com")
            refused = [(shift.work.done + 1, "key", "=odd")] if shift.work.done % 2 else []
            shift.step(done=shift.work.done + 1, total=shift.params["to"], counts={"made": 1}, refused=refused)
            if shift.params.get("break_at") == shift.work.done:
                raise ValueError("secret of the house")
        if shift.params.get("stop_at") == shift.work.done:
            works.cancel(work=type(shift.work).objects.get(pk=shift.work.pk))
        shift.breathe()


@contextmanager
def counting(**options: Any) -> Iterator[Kind]:
    kind = Kind(
        name=NAME, label="Counting", run=count, permission="store.view_stock", counts={"made": "Made"}, **options
    )
    works.register(kind)
    try:
        yield kind
    finally:
        works.kinds.pop(NAME)
