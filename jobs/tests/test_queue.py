from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import Failure, OrmQ
from django_q.tasks import async_task

from jobs import heartbeat
from jobs.broker import MAX_FETCHES, GuardedQueue
from jobs.models import Fetch, Heartbeat

pytestmark = pytest.mark.django_db


def fetch_as_a_worker_that_dies(broker: GuardedQueue) -> bool:
    broker.guarded = True  # the tests' process must not die with its parent
    OrmQ.objects.update(lock=timezone.now() - timedelta(seconds=1))
    return bool(broker.dequeue())


def test_the_clusters_use_the_guarded_queue() -> None:
    assert isinstance(get_broker(), GuardedQueue)


def test_a_task_that_kills_its_worker_each_time_is_given_up() -> None:
    task_id = async_task("jobs.heartbeat.beat", "vitrina")
    broker = get_broker()
    assert [fetch_as_a_worker_that_dies(broker) for _ in range(MAX_FETCHES)] == [True] * MAX_FETCHES
    assert fetch_as_a_worker_that_dies(broker) is False
    failure = Failure.objects.get()
    assert (failure.pk, failure.func, failure.args) == (task_id, "jobs.heartbeat.beat", ("vitrina",))
    assert "worker was killed" in failure.result
    assert not OrmQ.objects.exists() and not Fetch.objects.exists()


def test_a_finished_task_leaves_no_count_behind() -> None:
    async_task("jobs.heartbeat.beat")
    broker = get_broker()
    fetch_as_a_worker_that_dies(broker)
    broker.acknowledge(OrmQ.objects.get().pk)
    assert not OrmQ.objects.exists() and not Fetch.objects.exists()


def test_a_payload_signed_with_another_key_does_not_stop_the_queue() -> None:
    OrmQ.objects.create(key="vitrina", payload="garbage", lock=timezone.now())
    broker = get_broker()
    for _ in range(MAX_FETCHES + 1):
        fetch_as_a_worker_that_dies(broker)
    assert not OrmQ.objects.exists()


def test_heartbeats_tell_which_cluster_is_silent() -> None:
    assert heartbeat.silent_clusters() == ["vitrina", "mail"]
    heartbeat.beat()
    heartbeat.beat_mail()
    assert heartbeat.silent_clusters() == []
    Heartbeat.objects.filter(cluster="mail").update(at=timezone.now() - timedelta(seconds=151))
    assert heartbeat.silent_clusters() == ["mail"]


def test_old_counts_are_tidied_away() -> None:
    Fetch.objects.create(queue_id=1)
    Fetch.objects.create(queue_id=2)
    Fetch.objects.filter(queue_id=1).update(last_at=timezone.now() - timedelta(days=3))
    assert heartbeat.forget_old_fetches() == 1
