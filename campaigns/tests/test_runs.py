"""Opening runs: once each, to those who may be written to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns import addresses, contents, runs
from campaigns.audience import recipients_of
from campaigns.models import Delivery, Mailing, MailingRecipient, Recipient, Run, Suppression
from campaigns.tests.factories import MailingFactory, OwnerFactory, RecipientFactory, RunFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, 12, 0, 30, tzinfo=UTC)


def test_a_due_mailing_opens_one_run_with_a_delivery_per_recipient() -> None:
    mailing = MailingFactory()
    RecipientFactory.create_batch(3, owner=mailing.owner)
    RecipientFactory()
    (run,) = runs.open_due_runs(now=NOW)
    assert runs.open_due_runs(now=NOW) == []
    run.refresh_from_db()
    mailing.refresh_from_db()
    assert (run.status, run.total, run.subject) == (Run.Status.RUNNING, 3, mailing.message.subject)
    assert (mailing.status, mailing.next_run_at) == (Mailing.Status.RUNNING, None)
    assert set(run.deliveries.values_list("status", "tries", "next_try_at")) == {("queued", 0, NOW)}


def test_a_mailing_to_picked_recipients_goes_to_those_only() -> None:
    mailing = MailingFactory(all_recipients=False)
    picked, _other = RecipientFactory.create_batch(2, owner=mailing.owner)
    MailingRecipient.objects.create(mailing=mailing, recipient=picked)
    runs.open_due_runs(now=NOW)
    assert list(Delivery.objects.values_list("recipient", "email", "full_name")) == [
        (picked.pk, picked.email, picked.full_name)
    ]


def test_whoever_may_not_be_written_to_is_left_out() -> None:
    mailing = MailingFactory()
    for state in Recipient.State.values:
        RecipientFactory(owner=mailing.owner, state=state)
    ours, everybodys, another = RecipientFactory.create_batch(3, owner=mailing.owner)
    for recipient, owner in ((ours, mailing.owner), (everybodys, None), (another, OwnerFactory())):
        Suppression.objects.create(owner=owner, email_hash=recipient.email_hash, reason="unsubscribed")
    runs.open_due_runs(now=NOW)
    assert sorted(Delivery.objects.values_list("recipient__state", "recipient")) == sorted(
        [("active", Recipient.objects.get(state="active", pk__lt=ours.pk).pk), ("active", another.pk)]
    )


@pytest.mark.parametrize("change", ["paused", "cancelled", "completed", "disabled", "blocked", "later"])
def test_a_mailing_that_may_not_run_opens_nothing(change: str) -> None:
    mailing = MailingFactory()
    if change == "disabled":
        mailing.disabled_at = NOW
    elif change == "later":
        mailing.next_run_at = NOW + timedelta(seconds=1)
    elif change == "blocked":
        mailing.owner.blocked_at = NOW
        mailing.owner.save()
    else:
        mailing.status = change
    mailing.save()
    assert runs.open_due_runs(now=NOW) == []


def test_after_downtime_one_run_makes_up_for_all_that_were_missed() -> None:
    mailing = MailingFactory(periodicity="daily")
    later = NOW + timedelta(days=9, hours=1)
    (run,) = runs.open_due_runs(now=later)
    mailing.refresh_from_db()
    assert run.occurrence == mailing.start + timedelta(days=9)
    assert mailing.next_run_at == mailing.start + timedelta(days=10)
    assert runs.open_due_runs(now=later) == []


def test_an_opening_that_was_cut_short_goes_on_without_doubling(monkeypatch: pytest.MonkeyPatch) -> None:
    mailing = MailingFactory()
    RecipientFactory.create_batch(7, owner=mailing.owner)
    run = runs.open_run(mailing, now=NOW)
    assert run is not None
    content = contents.freeze(run=run, message=mailing.message)
    runs.insert_deliveries(run, recipients_of(run.mailing).order_by("pk")[:3], [content], now=NOW)
    monkeypatch.setattr(runs, "FREEZE_BATCH", {"sqlite": 2, "postgresql": 2})
    runs.open_due_runs(now=NOW)
    run.refresh_from_db()
    assert (run.status, run.deliveries.count()) == (Run.Status.RUNNING, 7)


def test_a_run_keeps_the_message_as_it_was_when_it_opened() -> None:
    mailing = MailingFactory()
    (run,) = runs.open_due_runs(now=NOW)
    mailing.message.subject = "Changed afterwards"
    mailing.message.save()
    run.refresh_from_db()
    assert run.subject == "News of the week"


def test_a_run_without_anybody_left_completes_and_so_does_its_mailing() -> None:
    mailing = MailingFactory()
    runs.open_due_runs(now=NOW)
    assert runs.close_finished(now=NOW) == 1
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.COMPLETED
    assert mailing.runs.get().completed_at == NOW


def test_a_recurring_mailing_goes_on_after_a_run() -> None:
    mailing = MailingFactory(periodicity="weekly", end=datetime(2026, 1, 9, tzinfo=UTC))
    runs.open_due_runs(now=NOW)
    runs.close_finished(now=NOW)
    mailing.refresh_from_db()
    assert (mailing.status, mailing.next_run_at) == (Mailing.Status.RUNNING, mailing.start + timedelta(days=7))
    runs.open_due_runs(now=NOW + timedelta(days=7))
    runs.close_finished(now=NOW)
    mailing.refresh_from_db()
    assert (mailing.status, mailing.runs.count()) == (Mailing.Status.COMPLETED, 2)


def test_the_database_refuses_a_second_run_of_an_occurrence() -> None:
    run = RunFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RunFactory(mailing=run.mailing, occurrence=run.occurrence)


def test_addresses_are_the_same_in_any_case_and_in_either_form_of_the_domain() -> None:
    same = {addresses.normalise(text) for text in (" Anna@ПОЧТА.test", "anna@почта.test", "anna@xn--80a1acny.test")}
    assert same == {"anna@xn--80a1acny.test"}
    assert addresses.email_hash("Anna@Почта.test") == addresses.email_hash("anna@xn--80a1acny.test")
