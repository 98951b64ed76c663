"""Cells of the admin's lists."""

import pytest
from django.template.loader import get_template
from django.utils import translation


@pytest.mark.parametrize(("language", "expected"), [("en", "yes"), ("ru", "да")])
def test_a_tick_is_read_out_in_the_readers_language(language: str, expected: str) -> None:
    with translation.override(language):
        cell = get_template("wagtailadmin/tables/boolean_cell.html").render({"value": True})
    assert f">{expected}<" in "".join(cell.split()) and "True" not in cell
