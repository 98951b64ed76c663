"""The book of what the demo made: each row by a name of the demo's own, so that a second run finds it again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from wagtail.models import Page

from demo.models import Made

M = TypeVar("M", bound=models.Model)


def kind_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def find(model: type[M], name: str) -> M | None:
    """The row that an earlier run made under this name, if it still exists."""
    entry = Made.objects.filter(kind=kind_of(model), name=name).first()
    return model._base_manager.filter(pk=entry.object_id).first() if entry else None


def record(row: models.Model, name: str) -> None:
    record_all({name: row})


def record_all(rows: Mapping[str, models.Model]) -> None:
    """Record new rows by name, all of one model."""
    entries = [Made(kind=kind_of(type(row)), name=name, object_id=str(row.pk)) for name, row in rows.items()]
    Made.objects.bulk_create(
        entries, 500, update_conflicts=True, unique_fields=["kind", "name"], update_fields=["object_id", "changes"]
    )


def once(model: type[M], name: str, make: Callable[[], M]) -> M:
    """The row of this name, made now if there is none."""
    row = find(model, name)
    if row is None:
        row = make()
        record(row, name)
    return row


def known(model: type[models.Model]) -> dict[str, str]:
    """Name → primary key of everything of this model that was made and still exists."""
    entries = Made.objects.filter(kind=kind_of(model)).values_list("name", "object_id")
    there = {str(pk) for pk in model._base_manager.values_list("pk", flat=True)}
    return {name: pk for name, pk in entries if pk in there}


def keys(model: type[models.Model]) -> set[str]:
    """Primary keys of the rows that the demo made (not of those that it only changed)."""
    return set(Made.objects.filter(kind=kind_of(model), changes={}).values_list("object_id", flat=True))


def written(row: models.Model, fields: Iterable[str]) -> dict[str, str | None]:
    """None stays None: as text it would be a word."""
    return {
        name: None if _field(row, name).value_from_object(row) is None else _field(row, name).value_to_string(row)
        for name in fields
    }


def change(row: models.Model, name: str, **values: Any) -> None:
    """Write into a row that is the operator's, remembering what stood there.

    A field in which somebody has written since (or before: it is no longer blank or at its default) is left alone.
    """
    if Made.objects.filter(kind=kind_of(type(row)), name=name).exists() or getattr(
        row, "has_unpublished_changes", False
    ):
        return
    free = {field: value for field, value in values.items() if _is_blank(row, field)}
    before = written(row, free)
    for field, value in free.items():
        setattr(row, field, value)
    _store(row)
    row.refresh_from_db()
    changes = {field: [before[field], text] for field, text in written(row, free).items()}
    Made.objects.create(kind=kind_of(type(row)), name=name, object_id=str(row.pk), changes=changes)


def undo(entry: Made) -> bool:
    """Put back what stood in the row, where it still says what the demo wrote; whether anything was put back."""
    row = apps.get_model(entry.kind)._base_manager.filter(pk=entry.object_id).first()
    if row is None:
        return False
    now = written(row, entry.changes)
    ours = {field: before for field, (before, after) in entry.changes.items() if now[field] == after}
    for field, before in ours.items():
        setattr(row, _field(row, field).attname, _field(row, field).to_python(before))
    if ours:
        _store(row)
    return bool(ours)


def _store(row: models.Model) -> None:
    """Pages by a revision, or the editor would show the text before."""
    if isinstance(row, Page):
        row.save_revision().publish()
    else:
        row.save()


def _field(row: models.Model, name: str) -> Any:
    return row._meta.get_field(name)


def _is_blank(row: models.Model, name: str) -> bool:
    value, default = getattr(row, name), _field(row, name).get_default()
    return not value or value == default
