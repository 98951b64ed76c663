"""Lists from files of every sort, taken in as a long job."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from campaigns.errors import CampaignError
from campaigns.list_import import columns, files, job
from campaigns.models import Recipient, RecipientField, Tag
from campaigns.suppression import suppress
from campaigns.tests.factories import RecipientFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from jobs import work as works
from jobs.models import Work, WorkState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def imported(user: User, data: bytes, **options: Any) -> Work:
    file = SimpleUploadedFile("people.csv", data)
    seen = columns.preview(file=file, owner=user)
    file.seek(0)
    settled: dict[str, Any] = {
        "mapping": [column.target for column in seen.columns],
        "names": [column.name for column in seen.columns],
        "has_heading": seen.has_heading,
        "consent_basis": "opt-in",
    }
    work = job.start_import(owner=user, file=file, name="people.csv", **settled | options)
    works.run(work_id=work.pk)
    work.refresh_from_db()
    return work


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


TABLE = "E-mail;Имя;Фамилия\nanna@пример.рф;Анна;Ли\nbo@example.com;Бо;Ким\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("cp1251"),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        workbook(("E-mail", "Имя", "Фамилия"), ("anna@пример.рф", "Анна", "Ли"), ("bo@example.com", "Бо", "Ким")),
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


def test_each_refused_row_says_its_line_and_why() -> None:
    user = owner()
    data = (
        b"email,name\nann@example.com,Ann\nnonsense,X\nANN@example.com,Ann\nbo@example.com,B\x00o\n\ncy@example.com,"
        + b"x" * 201
    )
    work = imported(user, data)
    assert work.counts["added"] == 1
    assert list(work.refusals.values_list("number", flat=True)) == [3, 4, 5, 7]
    assert "line 2" in work.refusals.all()[1].reason
    page = logged_in(user).get(url("list_work_refused", work.pk))
    text = b"".join(page).decode("utf-8-sig")
    assert "nonsense" in text


def test_own_fields_new_ones_tags_and_time_zones_are_taken_over() -> None:
    user = owner()
    RecipientField.objects.create(owner=user, key="age", label="Age", kind="number")
    rows = [
        b"email,age,city,tags,time zone",
        b'ann@example.com,30,Riga,"vip, fair",Europe/Riga',
        b"bo@example.com,old,,,",
        b"cy@example.com,,,,Nowhere",
    ]
    data = b"\n".join(rows)
    work = imported(
        user, data, mapping=["email", "own:age", "new:text", "tags", "time_zone"], tag_names=["autumn"], known="fill"
    )
    ann = user.recipients.get()
    assert ann.attributes == {"age": 30, "city": "Riga"}
    assert ann.time_zone == "Europe/Riga"
    assert {tag.name for tag in ann.tags.all()} == {"vip", "fair", "autumn"}
    assert work.refused == 2


@pytest.mark.parametrize(
    ("known", "name", "comment"), [("leave", "Ann", ""), ("fill", "Ann", "new"), ("replace", "Anna", "new")]
)
def test_what_becomes_of_the_known_is_the_owners_choice(known: str, name: str, comment: str) -> None:
    user = owner()
    RecipientFactory(owner=user, email="ann@example.com", full_name="Ann", comment="")
    work = imported(user, b"email,name,comment\nAnn@example.com,Anna,new\n", known=known)
    ann = user.recipients.get()
    assert (ann.full_name, ann.comment) == (name, comment)
    assert work.counts["untouched" if known == "leave" else "changed"] == 1


def test_the_suppressed_stay_suppressed_whatever_is_stated() -> None:
    user = owner()
    gone = RecipientFactory(owner=user, email="known@example.com")
    for email in ("gone@example.com", gone.email):
        suppress(owner_id=user.pk, emails=[email], reason="unsubscribed", state="unsubscribed")
    imported(user, b"gone@example.com\nknown@example.com\n", known="replace")
    assert set(user.recipients.values_list("state", flat=True)) == {Recipient.State.UNSUBSCRIBED}


def test_a_killed_import_goes_on_at_its_checkpoint_and_adds_nobody_twice(monkeypatch: Any) -> None:
    user = owner()
    monkeypatch.setattr(job, "BATCH", 2)
    monkeypatch.setattr(job, "BATCH_OF_SQLITE", 2)
    data = b"".join(b"reader%d@example.com\n" % number for number in range(7)) + b"reader0@example.com\n"

    def killed(self: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(works.Shift, "breathe", killed)
        imported(user, data)
    work = Work.objects.get()
    assert user.recipients.count() == 2
    Work.objects.update(leased_until=None)
    works.run(work_id=work.pk)
    work.refresh_from_db()
    assert (work.state, work.done, work.counts["added"]) == (WorkState.DONE, 8, 7)
    assert [row.number for row in work.refusals.all()] == [8]
    again = imported(user, data)
    assert (again.counts["added"], again.counts["untouched"]) == (0, 7)


def test_a_batch_costs_the_same_few_queries_however_many_rows_it_has(django_assert_max_num_queries: Any) -> None:
    user = owner()
    data = b"".join(b"reader%d@example.com,Jo\n" % number for number in range(150))
    with django_assert_max_num_queries(45):
        imported(user, data)
    assert user.recipients.count() == 150


@pytest.mark.parametrize("data", [b"", b"\n \n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(CampaignError):
        list(files.read(io.BytesIO(data))) or columns.preview(file=io.BytesIO(data), owner=owner())


def test_a_mapping_without_addresses_or_with_two_is_refused() -> None:
    user = owner()
    for mapping in (["full_name", ""], ["email", "email"], ["email", "own:none"]):
        with pytest.raises(CampaignError):
            imported(user, b"ann@example.com,Ann\n", mapping=mapping)
    with pytest.raises(ValidationError):
        imported(user, b"ann@example.com\n", tag_names=["x" * 61])


def test_the_pages_lead_from_the_file_to_its_progress_and_only_its_owner_sees_them() -> None:
    user, stranger = owner(), owner()
    client = logged_in(user)
    file = SimpleUploadedFile("people.csv", b"email,name,city\nann@example.com,Ann,Riga\n")
    columns_page = client.post(url("import_upload"), {"file": file}).headers["Location"]
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
