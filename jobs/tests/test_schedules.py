from pydoc import locate

import pytest
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from accounts.tests.factories import SuperuserFactory, UserFactory
from jobs import schedules
from jobs.errors import JobError

pytestmark = pytest.mark.django_db


def test_every_registered_schedule_has_its_row_and_nothing_else_has() -> None:
    schedules.synchronise()
    assert set(Schedule.objects.values_list("name", flat=True)) == set(schedules.registry)


def test_every_registered_function_can_be_found() -> None:
    assert all(callable(locate(entry.func)) for entry in schedules.registry.values())


def test_synchronising_keeps_what_an_operator_chose_and_wipes_what_would_stop_everything() -> None:
    schedule = Schedule.objects.get(func="jobs.heartbeat.beat")
    schedules.set_interval(schedule=schedule, by=SuperuserFactory(), minutes=7)
    schedules.pause(schedule=schedule, by=SuperuserFactory())
    Schedule.objects.update(args="(malformed", kwargs="also {")
    Schedule.objects.create(func="os.system", args="'rm -rf /'", name="left over")
    schedules.synchronise()
    schedule.refresh_from_db()
    assert (schedule.minutes, schedule.repeats, schedule.args) == (7, 0, "")
    assert not Schedule.objects.filter(func="os.system").exists()


# django-q2's scheduler drops the connection that it finds in a transaction.
@pytest.mark.django_db(transaction=True)
def test_a_paused_schedule_rests() -> None:
    for schedule in Schedule.objects.filter(cluster=None):
        schedules.pause(schedule=schedule, by=SuperuserFactory())
    scheduler()
    assert not OrmQ.objects.exists()
    schedules.resume(schedule=Schedule.objects.get(func="jobs.heartbeat.beat"), by=SuperuserFactory())
    scheduler()
    assert OrmQ.objects.get().task["func"] == "jobs.heartbeat.beat"


def test_only_superusers_change_schedules() -> None:
    schedule = Schedule.objects.first()
    assert schedule is not None
    with pytest.raises(JobError):
        schedules.pause(schedule=schedule, by=UserFactory(groups=["Managers"]))
