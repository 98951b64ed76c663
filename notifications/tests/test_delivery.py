from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ
from wagtail.models import Site

from company.models import Company
from notifications import delivery, outgoing
from notifications.errors import NotificationError
from notifications.models import OutgoingMail
from notifications.tasks import send_outgoing, sweep_outgoing
from notifications.tests.factories import UserFactory
from notifications.tests.mail_servers import free_port, hanging_server, mail_server, use_smtp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget_that_a_server_was_down() -> Any:
    cache.clear()
    yield
    cache.clear()


def new_mail(**fields: Any) -> OutgoingMail:
    values = {"kind": "test", "to": "ada@example.com", "subject": "Hello", "text": "Hi", "html": "<p>Hi</p>"}
    return outgoing.enqueue(**values | fields)


def test_a_queued_mail_arrives_with_the_servers_answer_noted(settings: Any) -> None:
    mail = new_mail()
    with mail_server(settings) as mailbox:
        assert send_outgoing(mail.pk) == 1
    mail.refresh_from_db()
    assert (mail.status, mail.response, mail.tries) == ("sent", "250 queued as 1", 1)
    assert mail.sent_at is not None and mail.claimed_until is None
    message = message_from_bytes(mailbox.messages[0].content)
    assert message["Message-ID"] == mail.message_id
    assert message.get_content_type() == "multipart/alternative"


def test_sending_twice_sends_once(settings: Any) -> None:
    mail = new_mail()
    with mail_server(settings) as mailbox:
        send_outgoing(mail.pk)
        assert send_outgoing(mail.pk) == 0
    assert len(mailbox.messages) == 1


def test_many_mails_share_one_connection(settings: Any) -> None:
    mails = [new_mail(to=f"person{number}@example.com") for number in range(120)]
    with mail_server(settings) as mailbox:
        assert send_outgoing(mails[60].pk) == 120
    assert len(mailbox.messages) == 120
    assert mailbox.messages[0].rcpt_tos == ["person60@example.com"], "the one it was woken for goes first"
    assert len(mailbox.connections) == 1


def test_a_server_that_limits_messages_per_connection_gets_new_connections(settings: Any) -> None:
    for number in range(10):
        new_mail(to=f"person{number}@example.com")
    with mail_server(settings, per_connection=4) as mailbox:
        assert sweep_outgoing() == 10
    assert len(mailbox.messages) == 10
    assert len(mailbox.connections) == 3


@pytest.mark.parametrize("behaviour", [{"rcpt": "550 no such user"}, {"data": "554 looks like spam"}])
def test_a_refusal_for_good_fails_with_the_reason(settings: Any, behaviour: dict[str, str]) -> None:
    mail = new_mail()
    with mail_server(settings, **behaviour):
        send_outgoing(mail.pk)
    mail.refresh_from_db()
    assert (mail.status, mail.response) == ("failed", next(iter(behaviour.values())))


def test_a_refused_mail_does_not_hold_up_the_others(settings: Any) -> None:
    new_mail(headers={"X-Broken": "two\nlines"}, to="broken@example.com")
    fine = new_mail()
    with mail_server(settings) as mailbox:
        sweep_outgoing()
    fine.refresh_from_db()
    assert fine.status == "sent"
    assert len(mailbox.messages) == 1
    assert OutgoingMail.objects.get(to="broken@example.com").status == "failed"


@pytest.mark.parametrize("behaviour", [{"rcpt": "450 greylisted"}, {"data": "452 disk full"}])
def test_a_temporary_refusal_is_tried_again_for_ever(settings: Any, behaviour: dict[str, str]) -> None:
    mail = new_mail()
    with mail_server(settings, **behaviour):
        for tries in range(1, 20):
            OutgoingMail.objects.update(next_try_at=timezone.now())
            sweep_outgoing()
            mail.refresh_from_db()
            assert (mail.status, mail.tries, mail.response) == ("queued", tries, next(iter(behaviour.values())))
            assert mail.next_try_at > timezone.now()
    assert mail.next_try_at < timezone.now() + timedelta(minutes=80)


def test_a_server_that_is_down_is_asked_once_and_loses_nothing(settings: Any) -> None:
    mails = [new_mail(to=f"person{number}@example.com") for number in range(5)]
    use_smtp(settings, free_port())
    for mail in mails:
        send_outgoing(mail.pk)
    assert sum(OutgoingMail.objects.values_list("tries", flat=True)) == 1
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"queued"}
    with mail_server(settings) as mailbox:
        OutgoingMail.objects.update(next_try_at=timezone.now())
        sweep_outgoing()
    assert len(mailbox.messages) == 5


def test_a_hanging_server_takes_one_worker_for_one_time_out(settings: Any) -> None:
    mails = [new_mail(to=f"person{number}@example.com") for number in range(3)]
    with hanging_server(settings) as connections:
        for mail in mails:
            send_outgoing(mail.pk)
        assert len(connections) == 1
    mails[0].refresh_from_db()
    assert mails[0].status == "queued"
    assert "imed out" in mails[0].response


def test_what_a_killed_worker_held_is_sent_by_the_sweep_when_its_lease_has_run_out(settings: Any) -> None:
    mail = new_mail()
    assert delivery.claim(mail.pk) is not None
    with mail_server(settings) as mailbox:
        assert sweep_outgoing() == 0, "the lease still runs"
        OutgoingMail.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert sweep_outgoing() == 1
    assert len(mailbox.messages) == 1


def test_only_one_of_two_workers_gets_a_mail() -> None:
    mail = new_mail()
    assert delivery.claim(mail.pk) is not None
    assert delivery.claim(mail.pk) is None


def test_a_slow_worker_whose_lease_was_taken_over_changes_nothing() -> None:
    mail = new_mail()
    slow = delivery.claim(mail.pk)
    OutgoingMail.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    delivery.take_back_abandoned()
    fast = delivery.claim(mail.pk)
    assert slow and fast
    delivery.record_sent(fast, "250 ok")
    delivery.record_failed(slow, "550 no")
    mail.refresh_from_db()
    assert mail.status == "sent"


def test_the_companys_sender_overrides_the_servers(settings: Any) -> None:
    assert outgoing.compose(new_mail()).from_email == settings.DEFAULT_FROM_EMAIL
    company = Company.for_site(Site.objects.get(is_default_site=True))
    company.sender = "Shop <hello@shop.example>"
    company.save()
    with mail_server(settings) as mailbox:
        sweep_outgoing()
    assert mailbox.messages[0].mail_from == "hello@shop.example"


def test_a_mail_is_queued_with_its_transaction_or_not_at_all(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        new_mail()
    assert OrmQ.objects.filter(key="mail").count() == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        new_mail()
        raise RuntimeError
    assert OutgoingMail.objects.count() == 1


def test_send_again_takes_a_new_message_id(settings: Any) -> None:
    admin = UserFactory(is_superuser=True)
    mail = new_mail()
    with pytest.raises(NotificationError):
        outgoing.send_again(mail=mail, by=admin)
    with mail_server(settings) as mailbox:
        sweep_outgoing()
        mail.refresh_from_db()
        outgoing.send_again(mail=mail, by=admin)
        sweep_outgoing()
    ids = [message_from_bytes(envelope.content)["Message-ID"] for envelope in mailbox.messages]
    assert len(set(ids)) == 2


def test_nul_and_emoji_in_a_mail_do_no_harm(settings: Any) -> None:
    mail = new_mail(subject="Caf\x00é 🎉", text="a\x00b", html="")
    with mail_server(settings) as mailbox:
        sweep_outgoing()
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert b"\x00" not in mailbox.messages[0].content
