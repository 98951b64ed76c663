"""Whatever happens, in whatever order: everybody of a run has one delivery, and gets it once."""

import contextlib
import re
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from campaigns import mailings, retrying, runs, unsubscribing
from campaigns.delivery import recovery, slices
from campaigns.delivery.journal import Journal
from campaigns.errors import CampaignError
from campaigns.inbound.reading import take
from campaigns.models import Attempt, Claim, Delivery, Mailing, Run
from campaigns.tests.factories import MailingFactory, RecipientFactory
from campaigns.tests.returned_mails import dsn
from campaigns.tests.smtp_server import Behaviour, Running, smtp_server

PEOPLE = 7
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*<\d+\.(\d+)\.")
SOMEBODY = st.integers(0, PEOPLE - 1)
REPLIES = st.sampled_from(["450 4.2.0 Later", "550 5.1.1 Nobody here", "554 5.7.1 Not from you", "421 4.3.2 Closing"])
FAULTS = st.sampled_from(["drop_before_data", "drop_at_data", "drop_after_data", "garbage", "garbage_after_data"])


class Killed(BaseException):
    """As abrupt as a process of its own allows."""


class Sending(RuleBasedStateMachine):
    """A mailing, a mail server with its moods, senders that die."""

    server: Running

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        self.frozen: set[int] = set()
        self.server.server.taken.clear()

    @initialize(pipelining=st.booleans())
    def begin(self, pipelining: bool) -> None:
        self.server.server.behaviour = Behaviour(pipelining=pipelining)
        self.mailing = MailingFactory()
        for number in range(PEOPLE):
            RecipientFactory(owner=self.mailing.owner, email=f"r{number}@d{number}.example.net")

    def teardown(self) -> None:
        """Each sequence begins with an empty house."""
        try:
            self.come_to_an_end()
        finally:
            transaction.set_rollback(True)
            self.sandbox.__exit__(None, None, None)

    def come_to_an_end(self) -> None:
        """With a server that takes everything nobody stays undecided."""
        self.server.server.behaviour = Behaviour()
        with contextlib.suppress(CampaignError):
            mailings.resume_mailing(mailing=self.now())
        for _again in range(3 * PEOPLE):
            self.later()
            self.send()
            left = (Delivery.objects.undecided().count(), Claim.objects.count())
            if left == (0, 0):
                break
        assert left == (0, 0)
        self.holds()

    def now(self) -> Mailing:
        return Mailing.objects.get(pk=self.mailing.pk)

    def delivery(self, number: int) -> Delivery | None:
        return Delivery.objects.filter(email__startswith=f"r{number}@").first()

    @rule()
    def open(self) -> None:
        runs.open_due_runs()
        self.frozen = self.frozen or set(Delivery.objects.values_list("recipient", flat=True))

    @rule()
    def send(self) -> None:
        slices.run_slice(seconds=5, probe_at_once=True)
        runs.close_finished()

    @rule(after=st.integers(1, PEOPLE), moment=st.sampled_from(["begun", "answered", "written"]))
    def die(self, after: int, moment: str) -> None:
        """At one of the messages: before its body goes out, when the answer is there, or once that is noted."""
        name, is_late = ("begin" if moment == "begun" else "end"), moment != "answered"
        write, count = getattr(Journal, name), Counter[str]()

        def dying(journal: Journal, entry: Any) -> None:
            count["entries"] += 1
            if count["entries"] < after or is_late:
                write(journal, entry)
            if count["entries"] == after:
                raise Killed

        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Killed):
            patch.setattr(Journal, name, dying)
            self.send()

    @rule()
    def recover(self) -> None:
        recovery.recover()

    @rule(number=SOMEBODY, reply=REPLIES, at_rcpt=st.booleans())
    def refuse(self, number: int, reply: str, at_rcpt: bool) -> None:
        replies = self.server.server.behaviour.rcpt if at_rcpt else self.server.server.behaviour.data
        replies[f"r{number}@"] = reply

    @rule(fault=FAULTS, coming=st.integers(1, 3))
    def fail(self, fault: str, coming: int) -> None:
        behaviour = self.server.server.behaviour
        behaviour.fault, behaviour.at_messages = fault, (self.server.server.bodies + coming,)

    @rule()
    def mend(self) -> None:
        self.server.server.behaviour = Behaviour()

    @rule()
    def later(self) -> None:
        Delivery.objects.filter(status="queued").update(next_try_at=timezone.now())

    @rule(is_paused=st.booleans())
    def pause(self, is_paused: bool) -> None:
        with contextlib.suppress(CampaignError):
            (mailings.pause_mailing if is_paused else mailings.resume_mailing)(mailing=self.now())

    @rule(with_in_doubt=st.booleans())
    def retry(self, with_in_doubt: bool) -> None:
        if run := Run.objects.select_related("mailing__owner").first():
            with contextlib.suppress(CampaignError):
                retrying.retry_failed(run=run, with_in_doubt=with_in_doubt)

    @rule(number=SOMEBODY)
    def unsubscribe(self, number: int) -> None:
        if delivery := self.delivery(number):
            unsubscribing.unsubscribe(token=unsubscribing.token(delivery.pk))

    @rule(number=SOMEBODY)
    def bounce(self, number: int) -> None:
        delivery = self.delivery(number)
        if delivery and delivery.status == "sent":
            assert take(dsn(delivery)) == "bounced"

    @invariant()
    def holds(self) -> None:
        run, rows = Run.objects.first(), list(Delivery.objects.all())
        assert sorted(row.recipient_id or 0 for row in rows) == sorted(self.frozen)
        if run is None:
            return
        counts = Counter(row.status for row in rows)
        assert run.total == len(rows)
        for name in ("sent", "failed", "in_doubt", "suppressed"):
            assert getattr(run, name) == counts[name], name
        assert run.bounced == sum(row.bounced_at is not None for row in rows)
        taken = Counter(int(MESSAGE_ID.search(mail.content)[1]) for mail in self.server.server.taken)  # type: ignore[index]
        doubts = Counter(Attempt.objects.filter(status="in_doubt").values_list("delivery", flat=True))
        for row in rows:
            # A second time only to whom it was in doubt, and whose owner said so.
            assert taken[row.pk] <= 1 + doubts[row.pk]
            if row.status == "sent":
                assert taken[row.pk] >= 1
            elif row.status != "claimed":
                assert taken[row.pk] <= doubts[row.pk]


@pytest.mark.django_db
def test_whatever_happens_everybody_gets_it_once(settings: Any) -> None:
    settings.MAILINGS_BOUNCE_ADDRESS = "bounce@mail.example.com"
    with smtp_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
        run_state_machine_as_test(type("Game", (Sending,), {"server": server}), settings=PLAY)


PLAY = settings(
    max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
)
