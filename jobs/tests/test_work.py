"""Long work: done in slices, resumed after a kill, called off, and seen by those whom it concerns."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from accounts.models import User
from accounts.tests.factories import SuperuserFactory, UserFactory
from jobs import work as works
from jobs.errors import JobError
from jobs.models import Work, WorkState
from jobs.tests.kinds import NAME, counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    with counting():
        yield


def ask(owner: User | None = None, **params: Any) -> Work:
    return works.start(kind=NAME, title="Count", owner=owner, params={"to": 5} | params)


def made() -> int:
    return User.objects.filter(email__startswith="row").count()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_work_is_queued_and_done_with_its_counts(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        work = ask()
    assert OrmQ.objects.get().task["args"] == (work.pk,)
    works.run(work_id=work.pk)
    work.refresh_from_db()
    assert (work.state, work.done, work.total, work.percent, work.counts) == ("done", 5, 5, 100, {"made": 5})
    assert (work.refused, work.refusals.count(), made()) == (2, 2, 5)
    assert works.run(work_id=work.pk) is None


def test_a_slice_hands_over_to_the_next(monkeypatch: Any, django_capture_on_commit_callbacks: Any) -> None:
    monkeypatch.setattr(works, "SLICE_SECONDS", 0)
    work = ask()
    for _slice in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            works.run(work_id=work.pk)
    assert (made(), OrmQ.objects.count()) == (4, 4)
    work.refresh_from_db()
    assert (work.state, work.percent) == ("running", 80)


def test_two_workers_do_not_do_the_same_work() -> None:
    work = ask()
    assert works.claim(work.pk) is not None
    assert works.run(work_id=work.pk) is None
    assert made() == 0


def test_what_a_killed_worker_left_goes_on_at_its_checkpoint(django_capture_on_commit_callbacks: Any) -> None:
    work = ask()
    Work.objects.filter(pk=work.pk).update(
        state="running", claim="dead", leased_until=timezone.now() - timedelta(seconds=1), done=3, total=5
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert works.resume_abandoned() == 1
    works.run(work_id=OrmQ.objects.get().task["args"][0])
    work.refresh_from_db()
    assert (work.state, made()) == ("done", 2)


def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    work = ask()
    first = works.claim(work.pk)
    assert first is not None
    Work.objects.filter(pk=work.pk).update(claim="another")
    with pytest.raises(works.LostClaim):
        works.Shift(first).step(done=1)
    work.refresh_from_db()
    assert work.done == 0


def test_one_that_waits_is_called_off_at_once_and_a_running_one_after_its_batch() -> None:
    work = ask()
    works.cancel(work=work)
    assert work.state == WorkState.CANCELLED
    with pytest.raises(JobError):
        works.cancel(work=work)
    running = ask(stop_at=2)
    works.run(work_id=running.pk)
    running.refresh_from_db()
    assert (running.state, running.done, made()) == ("cancelled", 2, 2)


def test_an_unexpected_error_ends_it_without_telling_secrets() -> None:
    work = ask(break_at=3)
    works.run(work_id=work.pk)
    work.refresh_from_db()
    assert (work.state, made()) == ("failed", 2)
    assert work.error and "secret" not in work.error


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(JobError):
        works.start(kind="no.such", title="x", owner=None)


def test_only_the_owner_and_those_with_the_permission_see_it() -> None:
    owner = UserFactory(groups=["Content managers"])
    work = ask(owner)
    other_kind = Work.objects.create(kind="unknown", title="Hidden")
    keeper, stranger = UserFactory(groups=["Shop managers"]), UserFactory(groups=["Managers"])
    for user, status in ((owner, 200), (keeper, 200)):
        assert client_of(user).get(f"/admin/jobs/works/inspect/{work.pk}/").status_code == status
        assert client_of(user).get(f"/admin/jobs/works/{work.pk}/progress/").status_code == status
        assert client_of(user).get(f"/admin/jobs/works/inspect/{other_kind.pk}/").status_code == 404
        assert b"Count" in client_of(user).get("/admin/jobs/works/").content
    for address in ("progress", "file", "refused"):
        assert client_of(stranger).get(f"/admin/jobs/works/{work.pk}/{address}/").status_code in (302, 404)
    assert client_of(stranger).post(f"/admin/jobs/works/{work.pk}/cancel/").status_code in (302, 404)
    work.refresh_from_db()
    assert work.state == WorkState.WAITING


def test_the_page_shows_progress_refused_rows_and_files() -> None:
    admin = SuperuserFactory()
    client = client_of(admin)
    work = ask(admin)
    page = client.get(f"/admin/jobs/works/inspect/{work.pk}/").content.decode()
    assert "Call it off" in page and "data-work" in page
    works.run(work_id=work.pk)
    page = client.get(f"/admin/jobs/works/inspect/{work.pk}/").content.decode()
    assert "=odd" in page and "Call it off" not in page
    answer = client.get(f"/admin/jobs/works/{work.pk}/refused/")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines == ["Row,Key,Reason", "2,key,'=odd", "4,key,'=odd"]
    assert client.get(f"/admin/jobs/works/{work.pk}/file/").status_code == 404


def test_the_button_calls_it_off() -> None:
    admin = SuperuserFactory()
    work = ask(admin)
    address = f"/admin/jobs/works/{work.pk}/cancel/"
    assert client_of(admin).get(address).status_code == 405
    assert client_of(admin).post(address).status_code == 302
    work.refresh_from_db()
    assert work.state == WorkState.CANCELLED


def test_files_are_kept_privately_and_go_with_the_old_work(settings: Any) -> None:
    work = works.start(
        kind=NAME, title="x", owner=None, params={"to": 0}, file=ContentFile(b"secret", name="../../x.csv")
    )
    assert work.file.path.startswith(str(settings.PRIVATE_ROOT)) and ".." not in work.file.name
    assert Client().get(f"/media/{work.file.name}").status_code == 404
    path = Path(work.file.path)
    Work.objects.filter(pk=work.pk).update(state="done", ended_at=timezone.now() - works.KEPT - timedelta(days=1))
    assert works.forget_old() == 1
    assert not path.exists()
