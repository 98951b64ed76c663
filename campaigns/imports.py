"""Recipients from a pasted list or a file, with a reason for each row that is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import csv_files
from campaigns.errors import CampaignError
from campaigns.models import Recipient
from campaigns.recipients import Entry, add_recipients

MAX_ROWS = 5_000
MAX_BYTES = 5 * 1024 * 1024
SHOWN = 50
SAMPLE_ROWS = 50

# Headings as people write them, without blanks, dashes, dots and underscores.
HEADINGS = {
    "email": ("email", "mail", "emailaddress", "address", "почта", "элпочта", "электроннаяпочта", "адрес", "имейл"),
    "full_name": ("name", "fullname", "фио", "полноеимя", "имяифамилия"),
    "first": ("first", "firstname", "givenname", "имя"),
    "middle": ("middle", "middlename", "patronymic", "отчество"),
    "last": ("last", "lastname", "surname", "familyname", "фамилия"),
    "comment": ("comment", "comments", "note", "notes", "комментарий", "примечание"),
}


@dataclass(frozen=True)
class Refused:
    line: int
    text: str
    reason: str


@dataclass
class ImportReport:
    """`known` were in the list already and stay as they are."""

    added: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def refused_shown(self) -> list[Refused]:
        return self.refused[:SHOWN]

    @property
    def refused_hidden(self) -> int:
        return max(len(self.refused) - SHOWN, 0)

    @property
    def refused_text(self) -> str:
        """The refused rows, to be mended and imported again."""
        return "\n".join(refused.text for refused in self.refused)


def import_recipients(
    *, owner: User, data: bytes | str, consent_basis: str = Recipient.Consent.NONE, consent_source: str = ""
) -> ImportReport:
    """Put everybody in the table into the owner's list. The same table twice adds nobody twice.

    Raises CampaignError when nothing of it can be read.
    """
    rows = read_table(data)
    columns, has_heading = find_columns([row.cells for row in rows[:SAMPLE_ROWS]])
    rows = rows[has_heading:]
    if len(rows) > MAX_ROWS:
        raise CampaignError(
            _("There are %(rows)s rows; up to %(most)s can be imported at a time. Please divide the file.")
            % {"rows": len(rows), "most": MAX_ROWS}
        )
    entries = [entry(row.cells, columns, consent_basis, consent_source) for row in rows]
    added = add_recipients(owner=owner, entries=entries)
    report = ImportReport(added=len(added.recipients), known=len(added.known))
    for position, error in sorted(added.errors.items()):
        if position not in added.known:
            row = rows[position]
            report.refused.append(Refused(row.line, ", ".join(row.cells).replace("\0", "␀"), reason(error)))
    return report


def read_table(data: bytes | str) -> list[csv_files.Row]:
    if len(data) > MAX_BYTES:
        raise CampaignError(_("The file is larger than 5 MB. Please divide it."))
    rows = list(csv_files.read(csv_files.decode(data) if isinstance(data, bytes) else data))
    if not rows:
        raise CampaignError(_("There is nothing in it to import."))
    return rows


def find_columns(sample: Sequence[list[str]]) -> tuple[dict[str, int], bool]:
    """Where each field stands, and whether the first row is a heading."""
    named = heading(sample[0])
    if "email" in named:
        return named, True
    width = max(len(cells) for cells in sample)
    with_at = [sum("@" in cells[index] for cells in sample if index < len(cells)) for index in range(width)]
    if not any(with_at):
        raise CampaignError(_("No column holds e-mail addresses. Is this the right file?"))
    email = with_at.index(max(with_at))
    others = [index for index in range(width) if index != email]
    return {"email": email, **dict(zip(("full_name", "comment"), others, strict=False))}, False


def heading(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        word = "".join(character for character in cell.lower() if character not in " -_.\ufeff\xa0\0")
        for name, words in HEADINGS.items():
            if word in words:
                found.setdefault(name, index)
    return found


def entry(cells: list[str], columns: dict[str, int], consent_basis: str, consent_source: str) -> Entry:
    def cell(name: str) -> str:
        index = columns.get(name, -1)
        return cells[index].strip() if 0 <= index < len(cells) else ""

    email, full_name = cell("email"), cell("full_name")
    if email.endswith(">"):
        # As mail programs copy it: Jo Reader <jo@example.com>
        written, email = parseaddr(email)
        full_name = full_name or written
    if not full_name:
        full_name = " ".join(part for part in (cell("first"), cell("middle"), cell("last")) if part)
    return Entry(email, full_name, cell("comment"), consent_basis, consent_source)


def reason(error: ValidationError) -> str:
    return " ".join(error.messages)
