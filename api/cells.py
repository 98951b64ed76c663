"""Cells of CSV and XLSX files that spreadsheets will not run as formulas (CWE-1236)."""

from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would calculate gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def as_written(value: Any) -> Any:
    """What stood there before `harmless`, so that an exported file can be read in again."""
    is_guarded = isinstance(value, str) and value.startswith("'") and value[1:].startswith(DANGEROUS)
    return value[1:] if is_guarded else value
