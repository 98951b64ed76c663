"""Lists from files of every sort, taken in as a long job."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from campaigns.errors import CampaignError
from campaigns.list_import import job
from campaigns.models import Recipient, RecipientField
from campaigns.suppression import suppress
from campaigns.tests.factories import RecipientFactory
from campaigns.tests.imported import imported
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from jobs import work as works
from jobs.models import Work, WorkState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

REAL_LIST = Path(__file__).parents[3] / "shared/data/recipients_100k.csv.gz"


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


def test_a_mapping_without_addresses_or_with_two_is_refused() -> None:
    user = owner()
    for mapping in (["full_name", ""], ["email", "email"], ["email", "own:none"]):
        with pytest.raises(CampaignError):
            imported(user, b"ann@example.com,Ann\n", mapping=mapping)
    with pytest.raises(ValidationError):
        imported(user, b"ann@example.com\n", tag_names=["x" * 61])


def test_without_consent_people_stay_unconfirmed_and_with_it_its_source_and_time_are_kept() -> None:
    user = owner()
    imported(user, b"ann@example.com", consent_basis="none")
    imported(user, b"bo@example.com", consent_basis="customer", consent_source="orders of 2026")
    assert dict(user.recipients.values_list("email", "state")) == {
        "ann@example.com": "unconfirmed",
        "bo@example.com": "active",
    }
    bo = user.recipients.get(email="bo@example.com")
    assert (bo.consent_source, bo.consented_at is not None) == ("orders of 2026", True)


def test_another_owners_list_does_not_matter() -> None:
    user = owner()
    RecipientFactory(owner=owner(), email="ann@example.com")
    assert imported(user, b"ann@example.com").counts["added"] == 1


def test_a_thousand_real_rows_are_all_taken() -> None:
    if not REAL_LIST.exists():
        pytest.skip(f"{REAL_LIST} is not here: the real list is not imported")
    user = owner()
    with gzip.open(REAL_LIST) as file:
        work = imported(user, b"".join(next(file) for _line in range(1001)))
    assert (work.counts["added"], work.refused) == (1000, 0)
    assert " " in user.recipients.order_by("pk")[0].full_name
