"""The command line, and the cluster's tasks."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import OrmQ

from campaigns import tasks
from campaigns.models import Claim, Mailing
from campaigns.tests.factories import MailingFactory, RecipientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    settings.OUTBOX_DIR = tmp_path
    return tmp_path


def addressees(outbox: Path) -> list[str]:
    return sorted(re.search(b"<(.*)>", path.read_bytes())[1].decode() for path in outbox.glob("*.eml"))  # type: ignore[index]


def test_it_opens_what_is_due_and_delivers_it(outbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mailing = MailingFactory()
    recipients = RecipientFactory.create_batch(3, owner=mailing.owner)
    call_command("send_mailings")
    assert addressees(outbox) == sorted(recipient.email for recipient in recipients)
    assert capsys.readouterr().out == "1 opened; 3 sent, 0 failed, 0 in doubt, 0 waiting\n"
    call_command("send_mailings")
    assert len(addressees(outbox)) == 3
    assert Mailing.objects.get().status == Mailing.Status.COMPLETED


def test_it_can_be_told_which_mailing(outbox: Path) -> None:
    first, second = MailingFactory(), MailingFactory()
    wanted = RecipientFactory(owner=first.owner)
    RecipientFactory(owner=second.owner)
    call_command("send_mailings", mailing=first.pk)
    assert addressees(outbox) == [wanted.email]
    assert not second.runs.exists()


def test_it_can_be_told_that_it_is_later(outbox: Path) -> None:
    mailing = MailingFactory(start=timezone.now() + timedelta(days=7))
    RecipientFactory(owner=mailing.owner)
    call_command("send_mailings")
    assert addressees(outbox) == []
    call_command("send_mailings", now=(mailing.start + timedelta(minutes=1)).isoformat())
    assert len(addressees(outbox)) == 1


@pytest.mark.parametrize("options", [{"mailing": 10**9}, {"now": "tomorrow"}, {"now": "2026-13-45T00:00"}])
def test_it_says_what_it_does_not_understand(options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("send_mailings", **options)


def test_the_tick_opens_runs_and_wakes_the_senders_of_the_mail_cluster(outbox: Path) -> None:
    mailing = MailingFactory()
    RecipientFactory(owner=mailing.owner)
    tasks.tick()
    waiting = OrmQ.objects.all()
    assert {(task.key, task.func()) for task in waiting} == {("mail", "campaigns.tasks.deliver")}
    assert [tasks.deliver(), tasks.deliver()] == ["nothing due", "nothing due"]
    assert len(addressees(outbox)) == 1
    assert Mailing.objects.get().status == Mailing.Status.COMPLETED
    assert not Claim.objects.exists()


def test_the_tick_wakes_nobody_when_there_is_nothing_to_send_or_too_much_waits(outbox: Path) -> None:
    tasks.tick()
    assert not OrmQ.objects.exists()
    mailing = MailingFactory()
    RecipientFactory(owner=mailing.owner)
    for _tick in range(30):
        tasks.tick()
    assert OrmQ.objects.count() <= tasks.MAX_WAITING + 2
