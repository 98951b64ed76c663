"""A list is taken in while its worker is killed, again and again: everybody once, every refusal once."""

import csv
import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.mailing_site import RECIPIENTS
from tests.running_site import RunningSite, fresh_postgres, wait_for

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not RECIPIENTS.exists(), reason=f"the real addresses are not here: {RECIPIENTS}"),
]
# Six batches on PostgreSQL, so that there is a middle to be killed in.
COUNT, BROKEN_EVERY = 12_000, 500
START = """
from django.core.files import File
from accounts.models import User
from campaigns.list_import import job
owner = User.objects.create_user('importer@example.com')
with open({path!r}, 'rb') as file:
    work = job.start_import(
        owner=owner, file=File(file, name='people.csv'), name='people.csv', mapping=['email', 'full_name'],
        names=['E-mail', 'Name'], has_heading=True, consent_basis='opt-in')
print(work.pk)
"""
RESUME = "from jobs.work import resume_abandoned; resume_abandoned()"
REPORT = """
import json
from campaigns.models import Recipient
from jobs.models import Work
work = Work.objects.get(pk={pk})
print(json.dumps(dict(
    state=work.state, done=work.done, total=work.total, percent=work.percent, counts=work.counts,
    refused=work.refused, lines=list(work.refusals.order_by('pk').values_list('number', flat=True)),
    emails=list(Recipient.objects.values_list('email', flat=True)))))
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RunningSite]:
    with fresh_postgres() as database_url:
        if not database_url:
            pytest.skip("progress is watched from outside on PostgreSQL; set TEST_DATABASE_URL")
        site = RunningSite(tmp_path, database_url=database_url)
        site.prepare()
        try:
            yield site
        finally:
            site.stop()


def write_list(path: Path) -> tuple[set[str], list[int]]:
    """Real people, and in their midst rows that must be refused; the addresses, and those rows' lines."""
    emails, broken, line = set(), [], 1
    with gzip.open(RECIPIENTS, "rt", encoding="utf-8") as source, path.open("w", encoding="utf-8") as target:
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow(["E-mail", "Name"])
        for number, person in enumerate(islice(csv.DictReader(source), COUNT), 1):
            rows.writerow([person["email"], f"{person['first']} {person['last']}"])
            emails.add(person["email"])
            line += 1
            if not number % BROKEN_EVERY:
                rows.writerow(["nonsense" if number % (2 * BROKEN_EVERY) else person["email"], "Twice or never"])
                line += 1
                broken.append(line)
    return emails, broken


def test_an_import_whose_worker_is_killed_takes_everybody_once(site: RunningSite) -> None:
    path = site.var / "people.csv"
    emails, broken = write_list(path)
    pk = int(site.manage("shell", "--no-imports", "-c", START.format(path=str(path))))
    with closing(psycopg2.connect(site.environment["DATABASE_URL"])) as connection:
        connection.autocommit = True

        def ask(statement: str) -> Any:
            with connection.cursor() as cursor:
                cursor.execute(statement, [pk])
                return cursor.fetchone() if cursor.description else None

        for least in (1, COUNT // 2):
            site.start("worker")
            what = f"it is past {least} rows"
            wait_for(lambda least=least: ask("SELECT done FROM jobs_work WHERE id = %s")[0] >= least, what)  # type: ignore[misc]
            site.kill("worker")
            done, total, state = ask("SELECT done, total, state FROM jobs_work WHERE id = %s")
            assert (least <= done < total, state) == (True, "running")
            # What the killed worker holds runs out with the time.
            ask("UPDATE jobs_work SET leased_until = now() - interval '1 second' WHERE id = %s")
            site.manage("shell", "--no-imports", "-c", RESUME)
        site.start("worker")
        wait_for(lambda: ask("SELECT state FROM jobs_work WHERE id = %s")[0] != "running", "it has ended")
    report = json.loads(site.manage("shell", "--no-imports", "-c", REPORT.format(pk=pk)))
    assert (report["state"], report["done"], report["percent"]) == ("done", report["total"], 100)
    assert report["total"] == COUNT + len(broken)
    assert (len(report["emails"]), set(report["emails"])) == (len(emails), emails)
    assert report["counts"]["added"] == len(emails)
    assert (report["refused"], report["lines"]) == (len(broken), broken)
