"""The demo's catalogue goes out into a file and comes in again: nothing changes."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from store.exports.job import start_export
from store.imports.job import start_import
from store.models import OptionValue, Product, ProductAttribute, ProductPicture, StockMovement, Variant
from store.tests.test_import_jobs import done

pytestmark = pytest.mark.django_db


def state() -> list[list[dict[str, Any]]]:
    models = (Product, Variant, ProductAttribute, OptionValue, ProductPicture, StockMovement)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_a_second_import_of_the_demo_changes_nothing(format: str) -> None:
    before = state()
    work = done(start_export(kind="store.export_catalogue", format=format, owner=None))
    file = ContentFile(work.result.read(), name=f"catalogue.{format}")
    again = done(start_import(file=file, name=file.name, owner=None, set_stock=True, fetch_pictures=True))
    assert (again.state, [row.reason for row in again.refusals.all()]) == ("done", [])
    assert again.counts == {"created": 0, "updated": 0, "unchanged": Variant.objects.count(), "pictures": 0}
    assert state() == before
