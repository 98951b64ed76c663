"""Values of options and choices of attributes that product files name, found or made."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from store.imports.values import RefusedRow
from store.models import AttributeChoice, OptionValue


class Answers:
    """Finds the answers of one owner (an option, an attribute) by their names in any case, or by their slugs.

    `owner` names the foreign key of `model`. In a dry run new ones exist only here, under keys below zero.
    """

    def __init__(self, model: type[Model], owner: str, *, dry_run: bool) -> None:
        self.model, self.owner, self.dry_run = model, owner, dry_run
        self.by_name: dict[tuple[int, str], Any] = {}
        self.last: dict[int, int] = {}
        self.made = 0
        rows: list[Any] = list(model._default_manager.select_related(owner).order_by("sort_order", "pk"))
        for names in (("name_en", "name_ru"), ("slug",)):
            for row in rows:
                for name in names:
                    self.remember(row, getattr(row, name))

    def remember(self, row: Any, name: str | None) -> None:
        owner_id = getattr(row, f"{self.owner}_id")
        self.last[owner_id] = max(self.last.get(owner_id, -1), row.sort_order or 0)
        if name:
            self.by_name.setdefault((owner_id, " ".join(name.split()).casefold()), row)

    def find(self, owner: Any, written: str) -> Any:
        """Raises RefusedRow for a name that is too long."""
        name = " ".join(written.split())
        found = self.by_name.get((owner.pk, name.casefold()))
        return found if found is not None else self.make(owner, name)

    def make(self, owner: Any, name: str) -> Any:
        most: int = self.model._meta.get_field("name").max_length  # type: ignore[assignment,union-attr]
        if len(name) > most:
            sentence = _("%(field)s is longer than %(most)d characters.")
            raise RefusedRow(sentence % {"field": owner.name or owner.slug, "most": most})
        position = self.last.get(owner.pk, -1) + 1
        row = self.model(**{self.owner: owner, "name_en": name, "sort_order": position})
        self.made += 1
        if self.dry_run:
            row.pk = -self.made
        else:
            row.save()
        self.remember(row, name)
        return row

    def written(self, row: Any) -> str:
        """How a file names it: by its English name, where that is its alone."""
        owner_id = getattr(row, f"{self.owner}_id")
        for name in (row.name_en, row.name_ru, row.slug):
            if name and self.by_name.get((owner_id, " ".join(name.split()).casefold())) is row:
                return str(name)
        return str(row.slug)

    def by_id(self) -> dict[int, str]:
        """Key → how a file names it."""
        return {row.pk: self.written(row) for row in {id(row): row for row in self.by_name.values()}.values()}


def option_values(*, dry_run: bool = False) -> Answers:
    return Answers(OptionValue, "option_type", dry_run=dry_run)


def attribute_choices(*, dry_run: bool = False) -> Answers:
    return Answers(AttributeChoice, "attribute", dry_run=dry_run)
