"""The refused rows of an import as they stood in the file, each with its reason: to be mended and imported again."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from campaigns.list_import.columns import TARGETS
from jobs.models import Work

# So many are mended by hand; more of them in the file.
MENDED = 500


def table(work: Work) -> Iterator[Sequence[object]]:
    """For a spreadsheet; the columns as they were in the file follow the line and the reason."""
    yield (_("Line"), _("Why"), *names(work))
    for number, reason, cells in rows(work):
        yield (number, reason, *cells)


def text(work: Work) -> str:
    """The first of the refused rows as one would paste them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names(work))
    writer.writerows(cells for _number, _reason, cells in islice(rows(work), MENDED))
    return buffer.getvalue().replace("\0", "␀")


def names(work: Work) -> list[str]:
    """The heading of the file; where it had none, what its columns were taken for."""
    found = list(work.params.get("names", ()))
    if not work.params.get("has_heading"):
        for target, indexes in work.params.get("columns", {}).items():
            for index in indexes:
                found[index] = str(TARGETS.get(target, found[index]))
    return found


def rows(work: Work) -> Iterator[tuple[int, str, list[str]]]:
    """Line, reason and cells; both the refusals and what was read are in the order of lines."""
    if not work.spool:
        return
    refusals = work.refusals.order_by("number").values_list("number", "reason").iterator(1000)
    with work.spool.open("rb") as spool:
        lines = iter(spool)
        for number, reason in refusals:
            for line in lines:
                # Only what is wanted is taken apart: a line begins with its number, `[12, …`.
                if int(line[1 : line.index(b",")]) == number:
                    yield number, reason, json.loads(line)[1]
                    break
