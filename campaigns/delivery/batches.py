"""One claimed batch over one connection."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from campaigns.delivery import claims, results
from campaigns.delivery.claims import Held
from campaigns.delivery.compiled import Compiled
from campaigns.delivery.envelopes import Envelope, ServerTrouble, Transport
from campaigns.delivery.gaps import Addressee
from campaigns.delivery.journal import Answer, Journal
from campaigns.delivery.lookout import Stopped, Watched, lookout
from campaigns.delivery.replies import Verdict, classify
from campaigns.models import Claim, Run

LEFT_US = (Verdict.SENT, Verdict.IN_DOUBT)


@dataclass
class Report:
    """How a batch went."""

    answered: int = 0
    # What left us, taken or in doubt.
    taken: int = 0
    seconds: float = 0.0
    trouble: str = ""
    # The server refuses us by policy, however well it takes connections.
    refuses_us: bool = False
    stopped: bool = False


@dataclass
class Lease:
    """When the claim was last renewed; it lives as long as the connection."""

    claim: Claim
    renewed: float = field(default_factory=time.monotonic)

    def keep(self) -> None:
        """ClaimLost when it can't be kept; then nothing more may be sent."""
        now = time.monotonic()
        if now - self.renewed >= claims.LEASE.total_seconds():
            raise claims.ClaimLost
        if now - self.renewed >= claims.RENEW_EVERY_SECONDS:
            claims.renew(self.claim)
            self.renewed = now


class Batch:
    """Deliveries of one run that this connection holds, until each has an outcome or is given back."""

    def __init__(
        self,
        *,
        lease: Lease,
        journal: Journal,
        run: Run,
        compiled: Callable[[int | None], Compiled],
        held: list[Held],
        stop: threading.Event,
        until: float,
        put_off: dict[int, datetime],
    ) -> None:
        self.lease, self.journal, self.run, self.compiled = lease, journal, run, compiled
        self.held, self.put_off = [item for item in held if item.pk not in put_off], put_off
        self.stop, self.until = stop, until
        self.report = Report()
        self.answers: list[Answer] = []
        self.unanswered: int | None = None
        self.offered: list[int] = []
        self.suppressed: list[int] = []
        self.refused: list[str] = []
        self.emails = {item.pk: item.email for item in held}
        self.tries = {item.pk: item.tries for item in held}

    def transmit(self, transport: Transport) -> Report:
        """Send; `record` has to follow. Whatever else is raised leaves the journal to tell."""
        began = time.monotonic()
        watched = lookout.watch(self.run, [item.recipient for item in self.held])
        try:
            for envelope, reply in transport.transmit(self.envelopes(watched), self.begin):
                self.note(Answer(envelope.delivery, timezone.now(), reply))
        except ServerTrouble as error:
            self.report.trouble = str(error)
        finally:
            lookout.forget(watched)
        self.report.seconds = time.monotonic() - began
        self.report.answered = len(self.answers)
        self.report.taken = sum(classify(answer.reply) in LEFT_US for answer in self.answers)
        self.report.taken += self.unanswered is not None
        self.report.refuses_us = self.report.refuses_us or results.is_about_us(self.refused)
        return self.report

    def envelopes(self, watched: Watched) -> Iterator[Envelope]:
        """The messages, one at a time, as long as they may go out."""
        for number, item in enumerate(self.held):
            self.lease.keep()
            if self.stop.is_set() or time.monotonic() >= self.until:
                self.report.stopped = True
                return
            if results.is_about_us(self.refused):
                self.report.refuses_us = True
                return
            try:
                may_be_written_to = lookout.may_be_written_to(watched, number)
            except Stopped:
                self.report.stopped = True
                return
            if not may_be_written_to:
                self.suppressed.append(item.pk)
                continue
            self.offered.append(item.pk)
            is_tracked = item.recipient in watched.view.tracked
            addressee = Addressee(item.pk, item.email, item.full_name, item.attributes, is_tracked)
            yield self.compiled(item.content).envelope(addressee)

    def begin(self, delivery: int) -> None:
        self.journal.begin(delivery)
        self.unanswered = delivery

    def note(self, answer: Answer) -> None:
        self.journal.end(answer)
        self.unanswered = None
        self.answers.append(answer)
        if classify(answer.reply) is Verdict.POLICY:
            self.refused.append(self.emails[answer.delivery])

    def suspects(self) -> set[int]:
        """Who was being offered when the connection failed, if it did: perhaps the server can't bear one of them."""
        if not self.report.trouble:
            return set()
        return set(self.offered) - {answer.delivery for answer in self.answers} - {self.unanswered or 0}

    def unsent(self) -> list[str]:
        """The addresses whose turn did not come."""
        done = {answer.delivery for answer in self.answers} | {self.unanswered}
        return [item.email for item in self.held if item.pk not in done]

    def record(self) -> None:
        """Everything in one transaction; afterwards the journal has nothing left to tell."""
        outcomes = results.outcomes_of(
            self.answers,
            tries=self.tries,
            emails=self.emails,
        )
        outcomes += [results.suppressed(delivery) for delivery in self.suppressed]
        outcomes += [results.put_off(delivery, until) for delivery, until in self.put_off.items()]
        if self.unanswered is not None:
            outcomes.append(results.in_doubt(self.unanswered, f"No answer to the message: {self.report.trouble}"))
        results.record(self.lease.claim, self.run, outcomes, emails=self.emails, give_back=True)
        self.journal.clear()
