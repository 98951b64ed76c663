"""From a file, or from the clipboard, to the progress of an import."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.list_import import files
from campaigns.models import Tag
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from jobs import work as works
from jobs.models import Work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def test_the_pages_lead_from_the_file_to_its_progress_and_only_its_owner_sees_them() -> None:
    user, stranger = owner(), owner()
    client = logged_in(user)
    file = SimpleUploadedFile("people.csv", b"email,name,city\nann@example.com,Ann,Riga\n")
    columns_page = client.post(url("recipient_import"), {"file": file}).headers["Location"]
    page = client.get(columns_page)
    assert page.status_code == 200
    assert "Riga" in page.content.decode()
    assert logged_in(stranger).get(columns_page).status_code == 404
    typed = {
        "has_heading": "on",
        "column_0": "email",
        "column_1": "full_name",
        "column_2": "new:text",
        "known": "leave",
    }
    assert client.post(columns_page, typed).status_code == 422
    done = client.post(columns_page, {**typed, "consent_basis": "opt-in", "tags": "fair"})
    work = Work.objects.get()
    assert done.headers["Location"] == url("list_work", work.pk)
    works.run(work_id=work.pk)
    assert "Done" in client.get(url("list_work", work.pk)).content.decode()
    assert logged_in(stranger).get(url("list_work", work.pk)).status_code == 404
    assert user.recipients.get().attributes == {"city": "Riga"}
    assert Tag.objects.get().name == "fair"


def taken_in(client: Client, text: str, **options: Any) -> Work:
    """A pasted list, with the columns as they were guessed."""
    answer = client.post(url("recipient_import"), {"text": text})
    assert answer.status_code == 302, answer.context["form"].errors
    form = client.get(answer.headers["Location"]).context["form"]
    guessed = {f"column_{index}": column.target for index, column in enumerate(form.columns)}
    heading = {"has_heading": "on"} if form.initial["has_heading"] else {}
    answer = client.post(
        answer.headers["Location"], {**guessed, **heading, "known": "leave", "consent_basis": "opt-in", **options}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    work = Work.objects.latest("pk")
    works.run(work_id=work.pk)
    work.refresh_from_db()
    return work


def test_a_pasted_list_is_the_same_work_as_a_file() -> None:
    user = owner()
    client = logged_in(user)
    work = taken_in(client, "ann@example.com, Ann, fair\nBo Kim <bo@example.com>\nnonsense\nANN@example.com, Twice\n")
    assert (work.counts["added"], work.refused) == (2, 2)
    assert list(user.recipients.order_by("pk").values_list("email", "full_name", "comment")) == [
        ("ann@example.com", "Ann", "fair"),
        ("bo@example.com", "Bo Kim", ""),
    ]
    page = client.get(url("list_work", work.pk)).content.decode()
    assert "Enter a valid email address." in page
    assert "The same address stands in line 1." in page


def test_refused_rows_come_back_as_they_were_to_be_mended_and_imported_again() -> None:
    user = owner()
    client = logged_in(user)
    work = taken_in(client, "E-mail;Имя;Комментарий\nann@example.com;Анна;да\nбез адреса;Бо;нет, ещё\n")
    page = client.get(url("recipient_import"), {"mend": work.pk})
    text = page.context["form"].initial["text"]
    assert text.splitlines() == ["E-mail,Имя,Комментарий", 'без адреса,Бо,"нет, ещё"']
    again = taken_in(client, text.replace("без адреса", "bo@example.com"))
    assert (again.counts["added"], again.refused) == (1, 0)
    assert user.recipients.get(email="bo@example.com").comment == "нет, ещё"
    table = b"".join(client.get(url("list_work_refused", work.pk))).decode("utf-8-sig")
    assert "Line,Why,E-mail,Имя,Комментарий" in table
    assert 'без адреса,Бо,"нет, ещё"' in table
    assert logged_in(owner()).get(url("recipient_import"), {"mend": work.pk}).context["form"].initial["text"] == ""


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ({}, "Choose a file or paste a list."),
        ({"text": " \n"}, "Choose a file or paste a list."),
        ({"text": "Ann\nBo\n"}, "No column holds e-mail addresses."),
        ({"text": "ann@example.com\0"}, "Null characters are not allowed."),
        ({"file": b"\n;;\n \n"}, "There is nothing in it to import."),
        ({"file": b"\x00\x01\x02" * 400}, "No column holds e-mail addresses."),
        ({"file": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"}, "No column holds e-mail addresses."),
        ({"file": b"\xd0\xcf\x11\xe0old"}, "old Excel file"),
        ({"file": b"PK\x03\x04broken"}, "This workbook can&#x27;t be read"),
        ({"file": b"ann@example.com" + b"," * 300}, "more than 300 columns"),
        ({"file": b'ann@example.com,"' + b"x" * 200_000}, "Is a quotation mark left open?"),
        ({"file": b""}, "The submitted file is empty."),
    ],
    ids=[
        "nothing",
        "blanks",
        "no-address",
        "nul",
        "blank-rows",
        "binary",
        "pdf",
        "xls",
        "zip",
        "wide",
        "quote",
        "empty",
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(source: dict[str, Any], sentence: str) -> None:
    if isinstance(source.get("file"), bytes):
        source = {"file": SimpleUploadedFile("people.csv", source["file"])}
    answer = logged_in(owner()).post(url("recipient_import"), source)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_limit_of_a_file_is_said_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    client = logged_in(owner())
    assert "Up to 50 MB" in client.get(url("recipient_import")).content.decode()
    monkeypatch.setattr("campaigns.recipient_forms.MAX_BYTES", 10)
    answer = client.post(url("recipient_import"), {"file": SimpleUploadedFile("people.csv", b"ann@example.com")})
    assert answer.status_code == 422
    assert "larger than 50 MB" in answer.content.decode()


@pytest.mark.parametrize("width", [300])
def test_a_table_of_many_columns_is_shown_and_taken(width: int) -> None:
    client = logged_in(user := owner())
    heading = ",".join(["email", *(f"c{number}" for number in range(width - 1))])
    work = taken_in(client, f"{heading}\nann@example.com{',x' * (width - 1)}\n", column_7="new:text")
    assert (work.refused, user.recipients.get().attributes) == (0, {"c6": "x"})
    assert width == files.MAX_COLUMNS
