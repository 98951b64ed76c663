from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Task
from django_q.tasks import async_task

from accounts.tests.factories import SuperuserFactory, UserFactory
from jobs.heartbeat import beat
from notifications.models import OutgoingMail
from notifications.outgoing import enqueue

pytestmark = pytest.mark.django_db

LISTS = ("queue", "failures", "schedules", "heartbeats", "mail")


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def failure() -> Failure:
    now = timezone.now()
    task = Task.objects.create(
        id="f" * 32,
        name="sad-task",
        func="jobs.heartbeat.beat",
        args=("vitrina",),
        kwargs={},
        started=now - timedelta(seconds=1),
        stopped=now,
        success=False,
        result="It broke : Traceback …",
        attempt_count=3,
    )
    return Failure.objects.get(pk=task.pk)


@pytest.mark.parametrize("name", LISTS)
def test_managers_look_and_others_do_not(name: str, failure: Failure) -> None:
    beat()
    async_task("jobs.heartbeat.beat")
    enqueue(kind="test", to="a@example.com", subject="Hello", text="x")
    assert client_of(UserFactory(groups=["Managers"])).get(f"/admin/jobs/{name}/").status_code == 200
    assert client_of(UserFactory(groups=["Shop managers"])).get(f"/admin/jobs/{name}/").status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_nobody_adds_edits_or_deletes_rows(name: str) -> None:
    client = client_of(SuperuserFactory())
    assert client.get(f"/admin/jobs/{name}/new/").status_code == 302
    schedule = Schedule.objects.first()
    assert schedule is not None
    client.post(f"/admin/jobs/schedules/edit/{schedule.pk}/", {"func": "os.system"})
    client.post(f"/admin/jobs/schedules/delete/{schedule.pk}/")
    assert Schedule.objects.get(pk=schedule.pk).func == schedule.func


def test_the_queue_shows_what_waits_and_what_is_at_work() -> None:
    async_task("jobs.heartbeat.beat", "vitrina")
    async_task("jobs.heartbeat.beat_mail", cluster="mail")
    OrmQ.objects.filter(key="mail").update(lock=timezone.now() + timedelta(minutes=4))
    OrmQ.objects.create(key="vitrina", payload="signed with another key", lock=timezone.now())
    page = client_of(SuperuserFactory()).get("/admin/jobs/queue/").content.decode()
    assert "jobs.heartbeat.beat_mail" in page and "Waiting" in page and "At work" in page


def test_a_failure_is_queued_again_once(failure: Failure) -> None:
    client = client_of(SuperuserFactory())
    page = client.get("/admin/jobs/failures/").content.decode()
    address = f"/admin/jobs/failures/{failure.pk}/retry/"
    assert "It broke" in page and "Traceback" not in page and address in page
    assert client.get(address).status_code == 200 and OrmQ.objects.count() == 0, "looking does nothing"
    assert "is queued again" in client.post(address, follow=True).content.decode()
    assert OrmQ.objects.get().task["args"] == ("vitrina",)
    assert "queued again already" in client.post(address).content.decode()
    assert OrmQ.objects.count() == 1
    assert address not in client.get("/admin/jobs/failures/").content.decode()
    assert "Traceback" in client.get(f"/admin/jobs/failures/inspect/{failure.pk}/").content.decode()


def test_a_schedule_is_paused_resumed_run_and_given_another_interval() -> None:
    client = client_of(SuperuserFactory())
    schedule = Schedule.objects.get(func="jobs.heartbeat.beat")
    base = f"/admin/jobs/schedules/{schedule.pk}"
    client.post(f"{base}/pause/")
    schedule.refresh_from_db()
    assert schedule.repeats == 0
    assert "Paused" in client.get("/admin/jobs/schedules/").content.decode()
    client.post(f"{base}/resume/")
    client.post(f"{base}/interval/", {"minutes": "15"})
    schedule.refresh_from_db()
    assert (schedule.repeats, schedule.minutes) == (-1, 15)
    assert schedule.next_run is not None and schedule.next_run > timezone.now() + timedelta(minutes=14)
    client.post(f"{base}/run/")
    assert OrmQ.objects.get().task["func"] == "jobs.heartbeat.beat"


@pytest.mark.parametrize("minutes", ["0", "-5", "99999999999", "x", ""])
def test_an_impossible_interval_is_refused_with_a_sentence(minutes: str) -> None:
    schedule = Schedule.objects.get(func="jobs.heartbeat.beat")
    response = client_of(SuperuserFactory()).post(
        f"/admin/jobs/schedules/{schedule.pk}/interval/", {"minutes": minutes}
    )
    assert response.status_code == 200
    schedule.refresh_from_db()
    assert schedule.minutes == 1


def test_managers_press_no_buttons(failure: Failure) -> None:
    client = client_of(UserFactory(groups=["Managers"]))
    schedule = Schedule.objects.get(func="jobs.heartbeat.beat")
    client.post(f"/admin/jobs/schedules/{schedule.pk}/pause/")
    client.post(f"/admin/jobs/failures/{failure.pk}/retry/")
    schedule.refresh_from_db()
    assert schedule.repeats == -1 and not OrmQ.objects.exists()
    assert "/retry/" not in client.get("/admin/jobs/failures/").content.decode()


def test_mail_is_searched_filtered_read_and_sent_again() -> None:
    client = client_of(SuperuserFactory())
    mail = enqueue(kind="order", to="ada@example.com", subject="Your order", text="<b>text</b>")
    enqueue(kind="other", to="bob@example.com", subject="Something", text="x")
    page = client.get("/admin/jobs/mail/results/?kind=order").content.decode()
    assert "ada@example.com" in page and "bob@example.com" not in page
    assert "&lt;b&gt;text" in client.get(f"/admin/jobs/mail/inspect/{mail.pk}/").content.decode()
    address = f"/admin/jobs/mail/{mail.pk}/send-again/"
    assert "still on its way" in client.post(address).content.decode()
    OutgoingMail.objects.update(status="failed", response="550 no")
    client.post(address)
    mail.refresh_from_db()
    assert (mail.status, mail.resends) == ("queued", 1)
