"""Claims: who holds what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import runs
from campaigns.delivery import claims, recovery
from campaigns.delivery.envelopes import Reply
from campaigns.delivery.journal import Answer, Journal, remove_orphans
from campaigns.models import Claim, Delivery, Run
from campaigns.tests.factories import MailingFactory, RecipientFactory

pytestmark = pytest.mark.django_db


def launched(number: int) -> Run:
    mailing = MailingFactory()
    RecipientFactory.create_batch(number, owner=mailing.owner)
    (run,) = runs.open_due_runs()
    run.refresh_from_db()
    return run


def claimed(run: Run, *, limit: int) -> tuple[Claim, Journal, list[claims.Held]]:
    journal = Journal.create()
    claim = claims.take(journal, in_slot=False)
    assert claim is not None
    return claim, journal, claims.claim_batch(claim, run, limit=limit)


def test_a_batch_takes_no_more_than_it_asks_for_and_nobody_elses() -> None:
    run = launched(5)
    _first, _journal, held = claimed(run, limit=2)
    _second, _journal, others = claimed(run, limit=9)
    assert (len(held), len(others)) == (2, 3)
    assert not {item.pk for item in held} & {item.pk for item in others}


def test_only_what_is_due_is_claimed() -> None:
    run = launched(2)
    late = run.deliveries.first()
    Delivery.objects.filter(pk=late.pk).update(next_try_at=timezone.now() + timedelta(minutes=1))
    assert late.pk not in {item.pk for item in claimed(run, limit=9)[2]}


def test_a_claim_that_is_gone_cannot_be_renewed() -> None:
    claim, _journal, _held = claimed(launched(0), limit=1)
    Claim.objects.all().delete()
    with pytest.raises(claims.ClaimLost):
        claims.renew(claim)


def test_slots_are_taken_one_by_one(settings: object) -> None:
    taken = [claims.take(Journal.create(), in_slot=True) for _number in range(len(claims.slots()) + 1)]
    assert [claim and claim.slot for claim in taken] == [*claims.slots(), None]


def test_a_living_connection_is_left_alone() -> None:
    run = launched(3)
    claimed(run, limit=3)
    assert recovery.recover() == 0
    assert run.deliveries.filter(status="claimed").count() == 3


def test_a_dead_connections_journal_decides() -> None:
    run = launched(5)
    _claim, journal, (answered, deferred, begun, *rest) = claimed(run, limit=5)
    for delivery, reply in ((answered, Reply(250, "Ok")), (deferred, Reply(451, "later"))):
        journal.begin(delivery.pk)
        journal.end(Answer(delivery.pk, timezone.now(), reply))
    journal.begin(begun.pk)
    journal.release()
    assert recovery.recover() == 1
    statuses = dict(run.deliveries.values_list("pk", "status"))
    assert [statuses[item.pk] for item in (answered, deferred, begun, *rest)] == [
        "sent",
        "queued",
        "in_doubt",
        "queued",
        "queued",
    ]
    run.refresh_from_db()
    assert (run.sent, run.in_doubt, run.queued) == (1, 1, 3)
    assert (recovery.recover(), Claim.objects.count(), journal.path.exists()) == (0, 0, False)


def test_half_a_line_is_no_answer() -> None:
    run = launched(1)
    _claim, journal, (held,) = claimed(run, limit=1)
    journal.begin(held.pk)
    journal.release()
    with journal.path.open("ab") as file:
        file.write(b"e %d 1700000000.0 25" % held.pk)
    recovery.recover()
    assert run.deliveries.get().status == "in_doubt"


def test_another_hosts_journal_is_waited_for_and_then_written_off() -> None:
    run = launched(2)
    _claim, journal, _held = claimed(run, limit=1)
    journal.remove()
    Claim.objects.update(journal_host="elsewhere")
    assert recovery.recover() == 0
    Claim.objects.update(lease_until=timezone.now() - timedelta(minutes=11))
    assert recovery.recover() == 1
    assert sorted(run.deliveries.values_list("status", flat=True)) == ["in_doubt", "queued"]


def test_journals_that_no_claim_knows_are_removed_unless_somebody_holds_them() -> None:
    dead, living = Journal.create(), Journal.create()
    dead.release()
    remove_orphans(older_than_seconds=-1)
    assert (dead.path.exists(), living.path.exists()) == (False, True)


def test_after_a_restart_of_the_machine_nothing_is_concluded_from_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    run = launched(2)
    _claim, journal, (answered, silent) = claimed(run, limit=2)
    journal.clear()
    journal.end(Answer(answered.pk, timezone.now(), Reply(250, "Ok")))
    journal.release()
    monkeypatch.setattr("campaigns.delivery.journal.boot", lambda: "another")
    recovery.recover()
    assert dict(run.deliveries.values_list("pk", "status")) == {answered.pk: "sent", silent.pk: "in_doubt"}
