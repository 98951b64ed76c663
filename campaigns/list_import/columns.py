"""Which column of a file is what: guessed from its heading and its cells, corrected by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from itertools import islice
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns import own_fields
from campaigns.errors import CampaignError
from campaigns.list_import import files
from campaigns.models import RecipientField
from campaigns.segments.vocabulary import OWN

SHOWN_ROWS, LOOKED_AT = 8, 200
NEW = "new:"
# Headings as people write them, without blanks, dashes, dots and underscores.
HEADINGS = {
    "email": ("email", "mail", "emailaddress", "address", "почта", "элпочта", "электроннаяпочта", "адрес", "имейл"),
    "full_name": ("name", "fullname", "фио", "полноеимя", "имяифамилия"),
    "first": ("first", "firstname", "givenname", "имя"),
    "middle": ("middle", "middlename", "patronymic", "отчество"),
    "last": ("last", "lastname", "surname", "familyname", "фамилия"),
    "comment": ("comment", "comments", "note", "notes", "комментарий", "примечание"),
    "tags": ("tag", "tags", "labels", "метки", "теги"),
    "time_zone": ("timezone", "zone", "часовойпояс"),
    "language": ("language", "lang", "язык"),
}
TARGETS: dict[str, str | Promise] = {
    "email": gettext_lazy("E-mail"),
    "full_name": gettext_lazy("Full name"),
    "first": gettext_lazy("First name"),
    "middle": gettext_lazy("Middle name"),
    "last": gettext_lazy("Last name"),
    "comment": gettext_lazy("Comment"),
    "tags": gettext_lazy("Tags"),
    "time_zone": gettext_lazy("Time zone"),
    "language": gettext_lazy("Language"),
}
# Several columns may go there; into the others one.
MANY = ("tags",)
# What stands beside the address in a list without a heading.
UNNAMED = ("full_name", "comment")


@dataclass(frozen=True)
class Column:
    name: str
    samples: list[str]
    target: str


@dataclass(frozen=True)
class Preview:
    columns: list[Column]
    has_heading: bool


def preview(*, file: IO[bytes], owner: User) -> Preview:
    """The first rows, and what the columns seem to be. Raises CampaignError for a file without a table of addresses."""
    rows = [row.cells for row in islice(files.read(file), LOOKED_AT)]
    if not rows:
        raise CampaignError(_("There is nothing in it to import."))
    width = max(len(cells) for cells in rows)
    if width > files.MAX_COLUMNS:
        sentence = _("The table has more than %(most)s columns. Leave out those that you don’t need, please.")
        raise CampaignError(sentence % {"most": files.MAX_COLUMNS})
    if not any("@" in cell for cells in rows for cell in cells):
        raise CampaignError(_("No column holds e-mail addresses. Is this the right file?"))
    has_heading = not any("@" in cell for cell in rows[0])
    targets = guess(rows, width, has_heading, own_fields.fields_of(owner))
    body = rows[1:] if has_heading else rows
    columns = []
    for index in range(width):
        name = rows[0][index].strip() if has_heading and index < len(rows[0]) else ""
        samples = [cells[index][:60] if index < len(cells) else "" for cells in body[:SHOWN_ROWS]]
        columns.append(Column(name or _("Column %(n)s") % {"n": index + 1}, samples, targets.get(index, "")))
    return Preview(columns, has_heading)


def guess(rows: list[list[str]], width: int, has_heading: bool, fields: list[RecipientField]) -> dict[int, str]:
    named = by_heading(rows[0], fields) if has_heading else {}
    if "email" in named.values():
        return named
    counts = [sum("@" in cells[index] for cells in rows if index < len(cells)) for index in range(width)]
    email = counts.index(max(counts))
    if has_heading:
        return named | {email: "email"}
    others = [index for index in range(width) if index != email]
    # As people type lists: an address, a name, perhaps a note. In a wider table nobody knows.
    rest = zip(others, UNNAMED, strict=False) if len(others) <= len(UNNAMED) else ()
    return {email: "email", **dict(rest)}


def by_heading(cells: Sequence[str], fields: Sequence[RecipientField]) -> dict[int, str]:
    """What the words of a heading mean; each target once."""
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        target = by_name(cell, fields)
        if target and (target in MANY or target not in found.values()):
            found[index] = target
    return found


def by_name(cell: str, fields: Sequence[RecipientField]) -> str:
    word = "".join(character for character in cell.lower() if character not in " -_.\ufeff\xa0\0")
    for name, words in HEADINGS.items():
        if word in words:
            return name
    for field in fields:
        if word and word in (field.key.replace("_", ""), field.label.lower().replace(" ", "")):
            return f"{OWN}{field.key}"
    return ""


def targets_for(owner: User) -> list[tuple[Any, Any]]:
    """Choices of a column: what recipients have, the owner's fields, and fields to be made."""
    own = [(f"{OWN}{field.key}", field.label) for field in own_fields.fields_of(owner)]
    kinds = [(f"{NEW}{value}", label) for value, label in RecipientField.Kind.choices]
    groups: list[tuple[Any, Any]] = [("", _("Leave out")), (_("Recipient"), list(TARGETS.items()))]
    if own:
        groups.append((_("Own fields"), own))
    return [*groups, (_("A new field"), kinds)]


def settled(*, owner: User, mapping: Sequence[str], names: Sequence[str]) -> dict[str, list[int]]:
    """Target → columns, new fields made. Raises CampaignError when the mapping makes no sense."""
    allowed = {value for _label, group in targets_for(owner)[1:] for value, _name in group}
    found: dict[str, list[int]] = {}
    for index, target in enumerate(mapping):
        if not target:
            continue
        if target not in allowed:
            raise CampaignError(_("Column %(n)s: choose one of the values that are offered.") % {"n": index + 1})
        if target in found and target not in MANY and not target.startswith(NEW):
            raise CampaignError(_("Two columns can't go into the same field."))
        found.setdefault(target, []).append(index)
    if "email" not in found:
        raise CampaignError(_("Say which column holds the e-mail addresses."))
    fresh = {target: found.pop(target) for target in list(found) if target.startswith(NEW)}
    for target, indexes in fresh.items():
        for index in indexes:
            field = own_fields.add_named_field(owner=owner, label=names[index], kind=target.removeprefix(NEW))
            found[f"{OWN}{field.key}"] = [index]
    return found


def cell(cells: Sequence[str], columns: Mapping[str, Sequence[int]], name: str) -> str:
    indexes = columns.get(name, ())
    if not indexes:
        return ""
    return " ".join([cells[index].strip() for index in indexes if index < len(cells)]).strip()


def addressee(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> tuple[str, str]:
    """Name (mostly none) and address; also as mail programs copy them: Jo Reader <jo@example.com>."""
    email = cell(cells, columns, "email")
    return parseaddr(email) if email.endswith(">") else ("", email)
