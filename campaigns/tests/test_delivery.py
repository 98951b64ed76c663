"""The engine against real servers on loopback: answers, faults, stops."""

import socket
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from campaigns import mailings, runs, unsubscribing
from campaigns.delivery import breaker, slices
from campaigns.delivery.batches import Batch
from campaigns.models import Attempt, Claim, Delivery, Mailing, Recipient, Run, Suppression, Transport
from campaigns.tests.factories import MailingFactory, RecipientFactory
from campaigns.tests.smtp_server import Running, smtp_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Running]:
    with smtp_server() as running:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{running.port}"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
        settings.EMAIL_TIMEOUT = 2
        yield running


def launch(number: int = 3, **fields: Any) -> Run:
    """A mailing to so many recipients, its run open."""
    mailing = MailingFactory(**fields)
    for index in range(number):
        RecipientFactory(owner=mailing.owner, email=f"r{index}@d{index}.example.net")
    (run,) = runs.open_due_runs()
    return run


def send(**options: Any) -> slices.End:
    end = slices.run_slice(**options)
    runs.close_finished()
    return end


def outcome(run: Run) -> dict[str, int]:
    """Statuses counted from the rows; the run's own counts must agree."""
    run.refresh_from_db()
    counts = Counter(run.deliveries.values_list("status", flat=True))
    for name in ("sent", "failed", "in_doubt", "suppressed"):
        assert getattr(run, name) == counts[name]
    return dict(counts)


def test_everybody_gets_it_once_and_the_servers_answer_is_kept(server: Running) -> None:
    run = launch(450)
    assert send() is slices.End.NOTHING_DUE
    assert outcome(run) == {"sent": 450}
    assert Counter(server.recipients) == Counter(Recipient.objects.values_list("email", flat=True))
    assert (run.status, run.mailing.refresh_from_db(), run.mailing.status) == ("completed", None, "completed")
    attempt = Attempt.objects.filter(delivery__email="r7@d7.example.net").get()
    assert (attempt.status, attempt.code) == ("sent", 250)
    assert attempt.response.startswith("2.0.0 Ok: queued as ")
    assert not Claim.objects.exists()
    assert server.connections == 1


def test_it_speaks_to_a_server_that_does_not_pipeline(server: Running) -> None:
    server.server.behaviour.pipelining = False
    run = launch(5)
    send()
    assert outcome(run) == {"sent": 5}
    assert len(server.recipients) == 5


def test_a_refused_recipient_does_not_disturb_the_others(server: Running) -> None:
    server.server.behaviour.rcpt = {"r1@": "550 5.1.1 No such user", "r2@": "554 Not here"}
    server.server.behaviour.data = {"r3@": "552 5.3.4 Too big for him"}
    run = launch(5)
    send()
    assert outcome(run) == {"sent": 2, "failed": 3}
    assert sorted(server.recipients) == ["r0@d0.example.net", "r4@d4.example.net"]
    bounced = Recipient.objects.get(email="r1@d1.example.net")
    assert bounced.state == Recipient.State.BOUNCED
    suppression = Suppression.objects.get()
    assert (suppression.owner_id, suppression.email_hash) == (run.mailing.owner_id, bounced.email_hash)
    delivery = run.deliveries.get(recipient=bounced)
    assert (delivery.tries, delivery.last_code, delivery.last_response) == (1, 550, "5.1.1 No such user")
    run.refresh_from_db()
    assert (run.bounced, delivery.bounced_at is not None, delivery.events.get().kind) == (1, True, "bounced")


@pytest.mark.parametrize("pipelining", [True, False])
def test_greylisting_is_waited_out(server: Running, settings: Any, pipelining: bool) -> None:
    settings.CAMPAIGNS_RETRY_SECONDS = [60]
    server.server.behaviour.greylist = True
    server.server.behaviour.pipelining = pipelining
    run = launch(5)
    send()
    assert outcome(run) == {"queued": 5}
    waits = [delivery.next_try_at - timezone.now() for delivery in run.deliveries.all()]
    assert all(timedelta(seconds=28) < wait < timedelta(seconds=61) for wait in waits)
    assert send() is slices.End.NOTHING_DUE
    run.deliveries.update(next_try_at=timezone.now())
    send()
    assert outcome(run) == {"sent": 5}
    assert sorted(Attempt.objects.values_list("status", "code")) == [("deferred", 450)] * 5 + [("sent", 250)] * 5


def test_what_is_refused_for_three_days_fails(server: Running) -> None:
    server.server.behaviour.greylist = True
    run = launch(1)
    Delivery.objects.update(trying_since=timezone.now() - timedelta(days=3))
    send()
    assert outcome(run) == {"failed": 1}


def test_three_days_count_from_the_first_refusal_not_from_the_runs_opening(server: Running) -> None:
    server.server.behaviour.greylist = True
    run = launch(1)
    Run.objects.update(opened_at=timezone.now() - timedelta(days=30))
    send()
    assert outcome(run) == {"queued": 1}
    assert run.deliveries.get().trying_since is not None


def test_one_that_the_server_hangs_up_on_lets_the_others_through(server: Running) -> None:
    server.server.behaviour.data = {"r1@": "421 4.3.2 Not now"}
    run = launch(5)
    assert send() is slices.End.NOTHING_DUE
    assert outcome(run) == {"sent": 4, "queued": 1}
    waiting = run.deliveries.get(status="queued")
    assert (waiting.tries, waiting.next_try_at > timezone.now()) == (0, True)
    assert not breaker.is_open()


@pytest.mark.parametrize("first", ["r0@", "r2@"])
def test_one_that_breaks_every_connection_does_not_hold_up_the_others(server: Running, first: str) -> None:
    server.server.behaviour.hangs_up_on = first
    run = launch(5)
    for _probe in range(4):
        send(probe_at_once=True)
    assert outcome(run) == {"sent": 4, "queued": 1}
    assert run.deliveries.get(status="queued").tries == 0


def test_a_server_that_limits_connections_is_not_in_trouble(server: Running) -> None:
    run = launch(3)
    breaker.close()
    server.server.behaviour.max_connections = 1
    with socket.create_connection(("127.0.0.1", server.port)) as other:
        other.recv(100)
        assert send() is slices.End.TROUBLE
        assert not breaker.is_open()
    assert (outcome(run), Attempt.objects.count()) == ({"queued": 3}, 0)
    server.server.behaviour.max_connections = 0
    send()
    assert outcome(run) == {"sent": 3}


def test_an_outage_of_a_day_costs_nobody_their_three_days(server: Running) -> None:
    run = launch(3)
    server.server.behaviour.greeting = "554 5.3.2 Out of order"
    for hours in (0, 12, 24):
        Transport.objects.update(next_probe_at=timezone.now() - timedelta(hours=hours))
        assert send() is slices.End.TROUBLE
    Run.objects.update(opened_at=timezone.now() - timedelta(days=1))
    server.server.behaviour.greeting = "220 back"
    send(probe_at_once=True)
    assert outcome(run) == {"sent": 3}
    assert Attempt.objects.count() == 3


def test_what_waits_when_the_window_closes_fails_and_says_so(server: Running) -> None:
    run = launch(2)
    now = timezone.now()
    Mailing.objects.update(start=now - timedelta(hours=2), end=now - timedelta(seconds=1))
    assert send() is slices.End.NOTHING_DUE
    assert outcome(run) == {"failed": 2}
    assert "window closed" in run.deliveries.first().last_response
    assert (server.recipients, run.status) == ([], "completed")


@pytest.mark.parametrize("fault", ["drop_before_data", "drop_at_data", "garbage"])
def test_a_connection_lost_before_the_end_of_a_message_costs_nobody_anything(server: Running, fault: str) -> None:
    server.server.behaviour.fault = fault
    server.server.behaviour.at_messages = (3,)
    run = launch(6)
    send()
    expected = {"sent": 5, "in_doubt": 1} if fault == "drop_at_data" else {"sent": 6}
    assert outcome(run) == expected
    assert max(Counter(server.recipients).values()) == 1


@pytest.mark.parametrize("fault", ["drop_after_data", "hang_after_data", "garbage_after_data"])
def test_a_lost_answer_is_in_doubt_and_never_sent_again(server: Running, fault: str) -> None:
    server.server.behaviour.fault = fault
    server.server.behaviour.at_messages = (3,)
    run = launch(6)
    send()
    send(probe_at_once=True)
    assert outcome(run) == {"sent": 5, "in_doubt": 1}
    assert max(Counter(server.recipients).values()) == 1
    doubtful = run.deliveries.get(status="in_doubt")
    assert doubtful.attempts.get().status == Attempt.Status.IN_DOUBT
    assert run.status == "completed"


def test_a_server_that_is_down_costs_no_attempt_and_is_probed_now_and_then(server: Running) -> None:
    run = launch(3)
    server.server.behaviour.greeting = "421 4.3.2 Closing for tonight"
    assert send() is slices.End.TROUBLE
    assert breaker.state().response == "421 4.3.2 Closing for tonight"
    connections = server.connections
    assert send() is slices.End.TROUBLE
    assert server.connections == connections
    assert (outcome(run), Attempt.objects.count()) == ({"queued": 3}, 0)
    server.server.behaviour.greeting = "220 back"
    assert send(probe_at_once=True) is slices.End.NOTHING_DUE
    assert outcome(run) == {"sent": 3}
    assert not breaker.is_open()


@pytest.mark.parametrize("mail", ["451 4.3.0 Try later", "550 5.7.1 You may not send"])
def test_a_refused_sender_is_the_servers_trouble(server: Running, mail: str) -> None:
    server.server.behaviour.mail = mail
    run = launch(3)
    assert send() is slices.End.TROUBLE
    assert (outcome(run), Attempt.objects.count()) == ({"queued": 3}, 0)
    assert breaker.state().response == mail


def test_a_server_that_limits_a_connection_gets_another(server: Running) -> None:
    server.server.behaviour.messages_per_connection = 4
    run = launch(10)
    send()
    assert outcome(run) == {"sent": 10}
    assert server.connections == 3
    assert not breaker.is_open()


def test_a_policy_that_refuses_three_domains_means_us(server: Running) -> None:
    server.server.behaviour.data = {"r[3-9]@": "550 5.7.26 Not authenticated"}
    run = launch(10)
    assert send() is slices.End.TROUBLE
    assert outcome(run) == {"sent": 3, "queued": 7}
    assert breaker.is_open()
    assert not Recipient.objects.exclude(state="active").exists()


def test_a_policy_that_refuses_one_is_final_for_that_one(server: Running) -> None:
    server.server.behaviour.data = {"r1@": "550 5.7.1 He wants no mail"}
    run = launch(4)
    send()
    assert outcome(run) == {"sent": 3, "failed": 1}
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("change", ["paused", "cancelled", "disabled", "blocked", "closed"])
def test_a_mailing_stops_in_the_middle(server: Running, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = launch(60)
    server.server.behaviour.delay = 0.02
    now, owners = timezone.now(), User.objects.all()
    interventions = {
        "paused": lambda: mailings.pause_mailing(mailing=Mailing.objects.get()),
        "cancelled": lambda: mailings.cancel_mailing(mailing=Mailing.objects.get()),
        "disabled": lambda: mailings.disable_mailing(mailing=Mailing.objects.get(), reason="Complaints"),
        "blocked": lambda: owners.update(blocked_at=now),
        "closed": lambda: Mailing.objects.update(start=now - timedelta(days=1), end=now),
    }
    note = Batch.note

    def note_and_intervene(batch: Batch, answer: Any) -> None:
        note(batch, answer)
        if len(batch.answers) == 10:
            interventions[change]()

    monkeypatch.setattr(Batch, "note", note_and_intervene)
    slices.run_slice()
    assert 10 <= len(server.recipients) <= 10 + 6
    assert outcome(run)["queued"] == 60 - len(server.recipients)


def test_whoever_unsubscribes_in_mid_run_gets_nothing_more(server: Running) -> None:
    run = launch(3)
    Recipient.objects.filter(email__startswith="r1@").update(state=Recipient.State.UNSUBSCRIBED)
    Suppression.objects.create(email_hash=Recipient.objects.get(email__startswith="r2@").email_hash, reason="manual")
    send()
    assert outcome(run) == {"sent": 1, "suppressed": 2}
    assert (server.recipients, run.status) == (["r0@d0.example.net"], "completed")


def test_whoever_unsubscribes_while_the_run_goes_out_gets_nothing(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = launch(60)
    server.server.behaviour.delay = 0.005
    note = Batch.note

    def note_and_unsubscribe(batch: Batch, answer: Any) -> None:
        note(batch, answer)
        if len(batch.answers) == 10:
            for delivery in Delivery.objects.order_by("-pk")[:30]:
                unsubscribing.unsubscribe(token=unsubscribing.token(delivery.pk))

    monkeypatch.setattr(Batch, "note", note_and_unsubscribe)
    send(seconds=120)
    assert outcome(run) == {"sent": 30, "suppressed": 30}
    assert sorted(server.recipients) == sorted(f"r{index}@d{index}.example.net" for index in range(30))


def test_a_deleted_recipient_gets_nothing(server: Running) -> None:
    run = launch(2)
    Recipient.objects.filter(email__startswith="r1@").delete()
    send()
    assert outcome(run) == {"sent": 1, "suppressed": 1}


def test_a_slice_stops_when_told_to(server: Running) -> None:
    run = launch(3)
    stop = Event()
    stop.set()
    assert send(stop=stop) is slices.End.TIME_IS_UP
    assert outcome(run) == {"queued": 3}


def test_slices_leave_a_worker_to_the_shops_own_mail(server: Running, settings: Any) -> None:
    run = launch(1)
    for slot in (0, 1):
        Claim.objects.create(slot=slot, journal=f"j{slot}", journal_host="elsewhere", lease_until=timezone.now())
    assert send() is slices.End.NO_SLOT
    assert send(in_slot=False) is slices.End.NOTHING_DUE
    assert outcome(run) == {"sent": 1}


def test_addresses_that_no_wire_can_carry_fail_with_a_reason(server: Running) -> None:
    server.server.behaviour.smtputf8 = False
    run = launch(1)
    Delivery.objects.update(email="a@x.example>\r\nRCPT TO:<b@x.example")
    mailing_owner = run.mailing.owner
    for email in ("жанна@почта.test", "two words@x.example", "zhanna@почта.test"):
        recipient = RecipientFactory(owner=mailing_owner, email=email)
        Delivery.objects.create(run=run, recipient=recipient, email=email, next_try_at=timezone.now())
    Run.objects.update(total=4)
    send()
    assert outcome(run) == {"failed": 3, "sent": 1}
    assert server.recipients == ["zhanna@xn--80a1acny.test"]
    assert not any("b@x.example" in command for command in server.commands)  # type: ignore[attr-defined]


def test_a_server_that_offers_smtputf8_gets_local_parts_in_any_script(server: Running) -> None:
    run = launch(0)
    recipient = RecipientFactory(owner=run.mailing.owner, email="жанна@почта.test")
    Delivery.objects.create(run=run, recipient=recipient, email=recipient.email, next_try_at=timezone.now())
    Run.objects.update(total=1)
    send()
    assert server.recipients == ["жанна@xn--80a1acny.test"]
    assert "MAIL FROM:<shop@example.com> SMTPUTF8" in server.commands  # type: ignore[attr-defined]


def test_the_outbox_stands_in_for_a_server(settings: Any, tmp_path: Any) -> None:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    run = launch(3)
    send()
    assert outcome(run) == {"sent": 3}
    files = list(settings.OUTBOX_DIR.iterdir())
    assert len(files) == 3
    assert all(path.suffix == ".eml" and path.read_bytes().startswith(b"To: Jo Reader <r") for path in files)


def test_an_email_url_without_a_server_is_the_servers_trouble(settings: Any) -> None:
    settings.EMAIL_URL = "consolemail://"
    run = launch(1)
    assert send() is slices.End.TROUBLE
    assert "consolemail" in breaker.state().response
    assert outcome(run) == {"queued": 1}
