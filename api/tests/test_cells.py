"""Cells that a spreadsheet would run."""

from typing import Any

import pytest

from api.cells import as_written, harmless


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_is_a_text_with_an_apostrophe_and_comes_back(value: str) -> None:
    assert harmless(value) == f"'{value}"
    assert as_written(harmless(value)) == value


@pytest.mark.parametrize("value", ["a", "", "'tis", 5, -5, None])
def test_everything_else_is_left_alone(value: Any) -> None:
    assert harmless(value) == as_written(value) == value
