"""Tables as people have them: every encoding, delimiter and oddity."""

import pytest
from django.utils import translation

from campaigns.models import Recipient
from campaigns.tests.imported import imported, workbook
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from jobs.models import WorkState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

TABLE = "E-mail;Имя;Фамилия\nanna@пример.рф;Анна;Ли\nbo@example.com;Бо;Ким\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("cp1251"),
        b"\xef\xbb\xbf" + TABLE.encode("cp1251"),
        TABLE.replace(";", "|").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        workbook(("E-mail", "Имя", "Фамилия"), ("anna@пример.рф", "Анна", "Ли"), ("bo@example.com", "Бо", "Ким")),
    ],
    ids=[
        *("utf-8", "utf-8 with mark", "utf-16 with mark", "utf-16-le", "utf-16-be"),
        *("cp1251", "cp1251 behind utf-8's mark", "bars", "cr", "tabs", "crlf", "xlsx named csv"),
    ],
)
def test_every_way_to_write_a_table_is_read(data: bytes) -> None:
    user = owner()
    work = imported(user, data)
    assert (work.state, work.counts["added"], work.refused) == (WorkState.DONE, 2, 0)
    assert set(user.recipients.values_list("full_name", flat=True)) == {"Анна Ли", "Бо Ким"}
    assert set(user.recipients.values_list("state", flat=True)) == {Recipient.State.ACTIVE}


def test_a_file_without_a_heading_is_understood_by_its_cells() -> None:
    user = owner()
    imported(user, b"ann@example.com\nbo@example.com\n", consent_basis="none")
    assert user.recipients.filter(state="unconfirmed").count() == 2


def test_western_names_are_read_too() -> None:
    user = owner()
    imported(user, "email;name\njose@example.com;José Muñoz\n".encode("cp1252"))
    assert user.recipients.get().full_name == "José Muñoz"


def test_a_comma_inside_a_semicolon_table_is_no_delimiter() -> None:
    user = owner()
    imported(user, b"a@b.co;Smith, Ann\nc@d.co;Cy\n")
    assert user.recipients.get(email="a@b.co").full_name == "Smith, Ann"


def test_rows_are_counted_by_the_lines_where_they_begin() -> None:
    work = imported(owner(), b'email,comment\n\na@b.co,"two\nlines"\nx,\n')
    assert [row.number for row in work.refusals.all()] == [5]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("имя@пример.рф,Жанна 😀 明", "Жанна 😀 明"),
        ("a@b.co,{{ full_name }}{{ 7*7 }}", "{{ full_name }}{{ 7*7 }}"),
        ('a@b.co,"Ann\r\nBcc: x@y.co"', "Ann Bcc: x@y.co"),
        ("a@b.co,<script>", "<script>"),
    ],
    ids=["every script", "braces", "header", "tag"],
)
def test_a_name_is_taken_as_it_is_on_one_line(row: str, name: str) -> None:
    user = owner()
    imported(user, row.encode())
    assert user.recipients.get().full_name == name


@pytest.mark.parametrize(
    "email",
    ['"a@b.co\nBcc: x@y.co"', "a@b.co\tBcc:x@y.co", "a b@c.co", "a@b", "@b.co", "a@b..co", f"{'x' * 300}@b.co"],
    ids=["header", "tab", "blank", "no-dot", "no-local", "dots", "long"],
)
def test_no_odd_address_gets_into_the_list(email: str) -> None:
    user = owner()
    work = imported(user, f"ok@example.com;1\n{email};2\n".encode())
    assert work.refused == 1
    assert [row.email for row in user.recipients.all()] == ["ok@example.com"]


def test_what_was_exported_can_be_imported_as_it_was() -> None:
    user, other = owner(), owner()
    imported(user, b"email,name,comment\nann@example.com,=1+1,+371 20000000\n")
    table = b"".join(logged_in(user).get(url("recipient_export")))
    assert b"'=1+1" in table
    imported(other, table)
    assert other.recipients.values_list("full_name", "comment").get() == ("=1+1", "+371 20000000")


def test_each_refused_row_of_a_russian_owner_is_explained_in_russian() -> None:
    with translation.override("ru"):
        work = imported(owner(), "почта;фио\nanna@example.com;Анна\nне адрес;Бо\n".encode("cp1251"))
    assert "почты" in work.refusals.get().reason
