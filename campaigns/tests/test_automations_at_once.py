"""Two ticks at once, and a death in the middle: everybody gets each step once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from campaigns import automations
from campaigns.automations import walking
from campaigns.models import Delivery, Enrolment
from campaigns.tests.series import reader, series, tick
from campaigns.tests.worlds import owner

PEOPLE = 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer: there are no two ticks at once")
def test_ticks_at_once_send_each_step_once() -> None:
    user = owner()
    series(user, "subscribed", (0, {}), (60, {}))
    for number in range(PEOPLE):
        reader(user, f"reader{number}@example.com", consented_at=timezone.now())
    for after in (timedelta(), timedelta(hours=2)):
        barrier = threading.Barrier(4)

        def run(after: timedelta = after, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            try:
                tick(after)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Enrolment.objects.count() == PEOPLE
    assert Delivery.objects.count() == 2 * PEOPLE
    assert set(Enrolment.objects.values_list("end", flat=True)) == {"done"}


@pytest.mark.django_db
def test_a_death_in_the_middle_of_a_step_leaves_it_to_be_done_once() -> None:
    user = owner()
    series(user, "subscribed", (0, {}))
    reader(user, consented_at=timezone.now())
    automations.look_for_occasions()
    enrolment = Enrolment.objects.select_related("automation__owner", "recipient").get()
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        assert walking.advance(enrolment, now=timezone.now())
        raise KeyboardInterrupt
    assert not Delivery.objects.exists()
    assert [tick(), tick()] == [1, 0]


@pytest.mark.django_db
def test_an_old_look_at_an_enrolment_does_nothing() -> None:
    user = owner()
    series(user, "subscribed", (0, {}), (0, {}))
    reader(user, consented_at=timezone.now())
    automations.look_for_occasions()
    stale = Enrolment.objects.select_related("automation__owner", "recipient").get()
    assert tick() == 1
    assert not walking.advance(stale, now=timezone.now())
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_the_database_keeps_a_person_from_being_in_a_series_twice() -> None:
    user = owner()
    automation = series(user, "subscribed", (0, {}))
    ann = reader(user)
    automations.enrol(automation=automation, recipient=ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(automation=automation, recipient=ann, occasion="other", due_at=timezone.now())
