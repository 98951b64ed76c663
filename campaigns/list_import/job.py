"""The import as a long job: the file is read into lines once, then taken in batch by batch.

Killed at any moment it goes on at the checkpoint; what a batch wrote and how far it is are one transaction.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns import addresses, tags
from campaigns.errors import CampaignError
from campaigns.list_import import files
from campaigns.list_import.columns import addressee, settled
from campaigns.list_import.files import Row
from campaigns.list_import.taking import FILL, LEAVE, REPLACE, Terms, take
from campaigns.models import Recipient, RecipientField, Tag
from campaigns.segments.vocabulary import OWN
from jobs import work as works
from jobs.errors import JobError
from jobs.models import Work
from jobs.work import Kind, Shift

KIND = "campaigns.import_recipients"
# On SQLite no transaction may hold the others up for long.
BATCH, BATCH_OF_SQLITE = 2000, 200
BEAT = 5000
KNOWN = (
    (LEAVE, gettext_lazy("Leave them as they are")),
    (FILL, gettext_lazy("Fill in what is empty")),
    (REPLACE, gettext_lazy("Replace what the file has")),
)


def start_import(
    *,
    owner: User,
    file: Any,
    name: str,
    mapping: list[str],
    names: list[str],
    has_heading: bool,
    consent_basis: str,
    consent_source: str = "",
    known: str = LEAVE,
    tag_names: Iterable[str] = (),
) -> Work:
    """Ask for the import of an uploaded file. `mapping`: a target (or nothing) for each column, `names` their headings.

    Raises CampaignError for a mapping that makes no sense, ValidationError for tags.
    """
    if consent_basis not in Recipient.Consent.values or known not in dict(KNOWN):
        raise CampaignError(_("Say what allows you to write to them."))
    with transaction.atomic():
        params = {
            "owner": owner.pk,
            "name": name[:200],
            "columns": settled(owner=owner, mapping=mapping, names=names),
            "names": names,
            "has_heading": has_heading,
            "basis": consent_basis,
            "source": consent_source.strip()[:200],
            "at": timezone.now().isoformat(),
            "known": known,
            "tags": [tag.pk for tag in tags.tags_named(owner=owner, names=tag_names)],
        }
        title = _("Import %(file)s") % {"file": name}
        return works.start(kind=KIND, title=title, owner=owner, params=params, file=file)


def run(shift: Shift) -> None:
    """One slice."""
    try:
        if not shift.work.spool:
            spool(shift)
        take_rows(shift)
    except CampaignError as error:
        raise JobError(str(error)) from error


def spool(shift: Shift) -> None:
    """The file as lines of JSON, which a later slice can enter anywhere.

    Each knows where its address stands first: no slice has to look at what others took to find who stands there twice.
    """
    count, first = 0, dict[str, int]()
    with shift.work.file.open("rb") as source, tempfile.TemporaryFile() as target:
        for count, row in enumerate(files.read(source), 1):
            norm = addresses.normalise(addressee(row.cells, shift.params["columns"])[1])
            spooled = [row.line, row.cells, first.setdefault(norm, row.line)]
            target.write(json.dumps(spooled, ensure_ascii=True).encode() + b"\n")
            if not count % BEAT:
                shift.step()
        target.seek(0)
        shift.spool("rows.jsonl", target)
    shift.step(done=0, total=max(0, count - bool(shift.params["has_heading"])))


def take_rows(shift: Shift) -> None:
    terms = terms_of(shift.params)
    size = BATCH if connection.vendor == "postgresql" else BATCH_OF_SQLITE
    with shift.work.spool.open("rb") as lines:
        if not shift.checkpoint.get("offset") and shift.params["has_heading"]:
            lines.readline()
        lines.seek(shift.checkpoint.get("offset", lines.tell()))
        while batch := read_batch(lines, size):
            with transaction.atomic():
                taken = take(terms, batch)
                done = shift.work.done + len(batch)
                shift.step(done=done, counts=taken.counts, refused=taken.refused, offset=lines.tell())
            shift.breathe()


def terms_of(params: Mapping[str, Any]) -> Terms:
    owner = User.objects.get(pk=params["owner"])
    keys = [name.removeprefix(OWN) for name in params["columns"] if name.startswith(OWN)]
    own = RecipientField.objects.owned_by(owner).filter(key__in=keys)
    return Terms(
        owner=owner,
        columns=params["columns"],
        basis=params["basis"],
        source=params["source"],
        at=datetime.fromisoformat(params["at"]),
        known=params["known"],
        tags=list(Tag.objects.filter(owner=owner, pk__in=params["tags"])),
        fields={field.key: field for field in own},
    )


def read_batch(lines: Any, size: int) -> list[Row]:
    batch: list[Row] = []
    while len(batch) < size and (line := lines.readline()):
        batch.append(Row(*json.loads(line)))
    return batch


IMPORT = Kind(
    name=KIND,
    label=gettext_lazy("Import of recipients"),
    run=run,
    permission="campaigns.view_all",
    counts={
        "added": gettext_lazy("Added"),
        "changed": gettext_lazy("Changed"),
        "untouched": gettext_lazy("Known, left as they were"),
        "suppressed": gettext_lazy("Suppressed, not to be written to"),
    },
)
