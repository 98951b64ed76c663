"""Lists as people bring them, taken in at once."""

import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from campaigns.list_import import columns, job
from jobs import work as works
from jobs.models import Work


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
