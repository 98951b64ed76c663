"""Tables in every form that people send, and cells that no spreadsheet evaluates."""

import pytest

from campaigns import csv_files
from campaigns.errors import CampaignError

TABLE = "email;name\nжанна@example.com;Жанна Ёлкина\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.encode("cp1251"),
        b"\xef\xbb\xbf" + TABLE.encode("cp1251"),
        TABLE.encode("utf-16"),
    ],
    ids=["utf-8", "utf-8 with mark", "cp1251", "cp1251 behind utf-8's mark", "utf-16 with mark"],
)
def test_text_survives_in_every_encoding(data: bytes) -> None:
    assert csv_files.decode(data) == TABLE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(encoding: str) -> None:
    text = "email,name\njo@example.com,Jo\nann@example.com,Ann\n"
    assert csv_files.decode(text.encode(encoding)) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f"email{delimiter}name\na@b.co{delimiter}Ann\nc@d.co{delimiter}Cy\n"
    assert [row.cells for row in csv_files.read(text)] == [["email", "name"], ["a@b.co", "Ann"], ["c@d.co", "Cy"]]


def test_a_comma_inside_a_semicolon_table_is_no_delimiter() -> None:
    rows = list(csv_files.read("a@b.co;Smith, Ann\nc@d.co;Cy\n"))
    assert rows[0].cells == ["a@b.co", "Smith, Ann"]


def test_rows_carry_the_line_where_they_begin() -> None:
    rows = list(csv_files.read('email,comment\n\na@b.co,"two\nlines"\nc@d.co,x\n'))
    assert [row.line for row in rows] == [1, 3, 5]


def test_lines_may_end_in_any_way() -> None:
    assert [row.cells[0] for row in csv_files.read("a@b.co\r\nc@d.co\re@f.co\n")] == ["a@b.co", "c@d.co", "e@f.co"]


def test_a_cell_without_end_is_explained() -> None:
    with pytest.raises(CampaignError, match="quotation mark"):
        list(csv_files.read('a@b.co,"' + "x" * 200_000))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_neutralised(cell: str) -> None:
    assert csv_files.neutral(cell) == f"'{cell}"


def test_a_written_table_reads_back() -> None:
    data = b"".join(
        csv_files.write(["email", "name"], [["jo@example.com", "=cmd|' /C calc'!A0"], ["😀@example.com", None]])
    )
    assert data.startswith(b"\xef\xbb\xbf")
    rows = [row.cells for row in csv_files.read(csv_files.decode(data))]
    assert rows == [["email", "name"], ["jo@example.com", "'=cmd|' /C calc'!A0"], ["😀@example.com", ""]]
