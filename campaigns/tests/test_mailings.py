"""What owners and managers may do with mailings, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from campaigns import mailings, runs
from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.tests.factories import DeliveryFactory, MailingFactory, MessageFactory, OwnerFactory, RecipientFactory

pytestmark = pytest.mark.django_db
TOMORROW = timezone.now() + timedelta(days=1)


def schedule(**fields: Any) -> Mailing:
    message = fields.pop("message", None) or MessageFactory()
    values = {"owner": message.owner, "message": message, "recipients": None, "start": TOMORROW} | fields
    return mailings.schedule_mailing(**values)


def test_a_mailing_for_later_waits() -> None:
    mailing = schedule()
    assert (mailing.status, mailing.next_run_at) == ("created", TOMORROW)
    assert mailing.all_recipients


@pytest.mark.django_db(transaction=True)
def test_a_mailing_that_is_due_is_opened_by_the_worker_not_by_the_caller() -> None:
    mailing = schedule(start=timezone.now())
    assert not mailing.runs.exists()
    assert [task.func() for task in OrmQ.objects.all()] == ["campaigns.tasks.tick"]


def test_the_picked_recipients_are_kept_once_each() -> None:
    message = MessageFactory()
    recipients = RecipientFactory.create_batch(3, owner=message.owner)
    ids = [recipients[0].pk, recipients[1].pk, recipients[0].pk]
    mailing = schedule(message=message, recipients=ids)
    assert set(mailing.recipients.all()) == set(recipients[:2])
    assert not mailing.all_recipients


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    message, other = MessageFactory(), RecipientFactory()
    now = timezone.now()
    for wrong, sentence in (
        ({"recipients": []}, "at least one"),
        ({"recipients": [other.pk]}, "not in your list"),
        ({"recipients": [10**12]}, "not in your list"),
        ({"end": TOMORROW}, "end must be after"),
        ({"start": now - timedelta(days=2), "end": now - timedelta(days=1)}, "passed already"),
        ({"periodicity": "hourly"}, "once, daily"),
        ({"time_zone": "Nowhere"}, "not a time zone"),
        ({"owner": OwnerFactory()}, "message is not in your list"),
        ({"message": MessageFactory(body="{{ password }}")}, "password"),
    ):
        with pytest.raises(CampaignError, match=sentence):
            schedule(**{"message": message, **wrong})
    assert not Mailing.objects.exists()


def test_a_blocked_owner_cannot_launch() -> None:
    with pytest.raises(CampaignError, match="blocked"):
        schedule(message=MessageFactory(owner__blocked_at=timezone.now()))


def test_a_start_in_the_past_of_a_daily_mailing_means_the_last_occurrence() -> None:
    mailing = schedule(start=timezone.now() - timedelta(days=3, hours=1), periodicity="daily")
    (run,) = runs.open_due_runs()
    assert run.occurrence == mailing.start + timedelta(days=3)


def test_every_transition_that_the_table_does_not_name_is_refused() -> None:
    verbs = {
        "paused": mailings.pause_mailing,
        "cancelled": mailings.cancel_mailing,
        "resumed": mailings.resume_mailing,
    }
    allowed = {
        ("created", "paused"), ("created", "cancelled"), ("running", "paused"), ("running", "cancelled"),
        ("paused", "cancelled"), ("paused", "resumed"),
    }  # fmt: skip
    for status in Mailing.Status.values:
        for verb, function in verbs.items():
            mailing = MailingFactory(status=status, start=TOMORROW)
            if (status, verb) in allowed:
                function(mailing=mailing)
                assert mailing.status == ("created" if verb == "resumed" else verb)
            else:
                with pytest.raises(CampaignError):
                    function(mailing=mailing)


def test_whoever_was_slower_is_told_so() -> None:
    mailing = MailingFactory(status="running")
    same = Mailing.objects.get(pk=mailing.pk)
    mailings.pause_mailing(mailing=mailing)
    with pytest.raises(CampaignError, match="just changed"):
        mailings.cancel_mailing(mailing=same)


def test_occurrences_that_fell_into_a_pause_are_not_made_up_for() -> None:
    mailing = MailingFactory(periodicity="daily", status="paused", start=timezone.now() - timedelta(days=3))
    mailings.resume_mailing(mailing=mailing)
    assert mailing.next_run_at > timezone.now()
    once = MailingFactory(status="paused", start=timezone.now() - timedelta(days=3))
    mailings.resume_mailing(mailing=once)
    assert once.next_run_at == once.start


def test_a_disabled_mailing_goes_on_when_it_is_enabled() -> None:
    mailing = MailingFactory(status="running")
    with pytest.raises(CampaignError, match="reason"):
        mailings.disable_mailing(mailing=mailing, reason=" \0 ")
    mailings.disable_mailing(mailing=mailing, reason="Complaints\nabout it")
    assert (mailing.is_disabled, mailing.disabled_reason, mailing.status) == (True, "Complaints about it", "running")
    assert not Mailing.objects.due().exists()
    mailings.enable_mailing(mailing=mailing)
    assert not mailing.is_disabled
    assert Mailing.objects.due().exists()


def test_only_a_mailing_that_was_never_opened_can_be_deleted() -> None:
    mailings.delete_mailing(mailing=MailingFactory())
    delivery = DeliveryFactory()
    with pytest.raises(CampaignError, match="cancelled, not deleted"):
        mailings.delete_mailing(mailing=delivery.run.mailing)
    assert Mailing.objects.count() == 1


def test_a_change_concerns_the_coming_runs() -> None:
    mailing = MailingFactory(status="paused", periodicity="daily", start=datetime(2026, 1, 1, tzinfo=UTC))
    values = {"message": mailing.message, "recipients": None, "end": None, "periodicity": "weekly", "time_zone": "UTC"}
    mailings.change_mailing(mailing=mailing, start=TOMORROW, **values)
    assert (mailing.next_run_at, mailing.status) == (TOMORROW, "paused")
    with pytest.raises(CampaignError, match="Pause"):
        mailings.change_mailing(mailing=MailingFactory(status="running"), start=TOMORROW, **values)
