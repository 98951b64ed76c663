"""One claimed batch over one connection."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from campaigns.delivery import claims, results, standing
from campaigns.delivery.claims import Held
from campaigns.delivery.compiled import Addressee, Compiled
from campaigns.delivery.envelopes import Envelope, ServerTrouble, Transport
from campaigns.delivery.journal import Answer, Journal
from campaigns.delivery.replies import Verdict, classify
from campaigns.models import Claim, Delivery, Run
from campaigns.suppression import mailable

# By the clock, not by the message: a SELECT per message would cap the sender.
STANDING_SECONDS = 0.07
RECIPIENTS_SECONDS = 0.1
# How many recipients are looked at first; from then on twice as many as went out since the last look.
LOOK_AHEAD = 32


@dataclass
class Report:
    """How a batch went."""

    sent: int = 0
    answered: int = 0
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
        compiled: Compiled,
        held: list[Held],
        stop: threading.Event,
        until: float,
    ) -> None:
        self.lease, self.journal, self.run, self.compiled = lease, journal, run, compiled
        self.held, self.stop, self.until = held, stop, until
        self.report = Report()
        self.answers: list[Answer] = []
        self.unanswered: int | None = None
        self.suppressed: list[int] = []
        self.mailable: set[int] = set()
        self.looked_from = self.looked_to = 0
        self.next_look = 0.0
        self.refused: list[str] = []
        self.emails = {item.pk: item.email for item in held}

    def deliver(self, transport: Transport) -> Report:
        """Send, and write down what came of it. Whatever else is raised leaves the journal to tell."""
        standing.forget(self.run)
        try:
            for envelope, reply in transport.transmit(self.envelopes(), self.begin):
                self.note(Answer(envelope.delivery, timezone.now(), reply))
        except ServerTrouble as error:
            self.report.trouble = str(error)
        self.record()
        return self.report

    def envelopes(self) -> Iterator[Envelope]:
        """The messages, one at a time, as long as they may go out."""
        next_check = 0.0
        for number, item in enumerate(self.held):
            now = time.monotonic()
            if now >= next_check:
                if not self.may_go_on():
                    self.report.stopped = True
                    return
                next_check = now + STANDING_SECONDS
            if results.is_about_us(self.refused):
                self.report.refuses_us = True
                return
            if number >= self.looked_to or now >= self.next_look:
                self.look_ahead(number)
            if item.recipient not in self.mailable:
                self.suppressed.append(item.pk)
                continue
            yield self.compiled.envelope(Addressee(item.pk, item.email, item.full_name))

    def may_go_on(self) -> bool:
        """Whether the run may still go out, and we were not told to stop."""
        self.lease.keep()
        if self.stop.is_set() or time.monotonic() >= self.until:
            return False
        return standing.may_be_sent(self.run)

    def look_ahead(self, number: int) -> None:
        """Who of the next recipients may still be written to."""
        ahead = max(LOOK_AHEAD, 2 * (number - self.looked_from))
        coming = self.held[number : number + ahead]
        ids = [item.recipient for item in coming if item.recipient is not None]
        recipients = mailable(owner_id=self.run.mailing.owner_id).filter(pk__in=ids)
        self.mailable = set(recipients.values_list("pk", flat=True))
        self.looked_from, self.looked_to = number, number + len(coming)
        self.next_look = time.monotonic() + RECIPIENTS_SECONDS

    def begin(self, delivery: int) -> None:
        self.journal.begin(delivery)
        self.unanswered = delivery

    def note(self, answer: Answer) -> None:
        self.journal.end(answer)
        self.unanswered = None
        self.answers.append(answer)
        if classify(answer.reply) is Verdict.POLICY:
            self.refused.append(self.emails[answer.delivery])

    def record(self) -> None:
        """Everything in one transaction; afterwards the journal has nothing left to tell."""
        outcomes = results.outcomes_of(
            self.answers,
            tries={item.pk: item.tries for item in self.held},
            emails=self.emails,
            opened_at=self.run.opened_at,
        )
        outcomes += [results.suppressed(delivery) for delivery in self.suppressed]
        if self.unanswered is not None:
            outcomes.append(results.in_doubt(self.unanswered, f"No answer to the message: {self.report.trouble}"))
        results.record(self.lease.claim, self.run, outcomes, emails=self.emails, give_back=True)
        self.journal.clear()
        self.report.refuses_us = self.report.refuses_us or results.is_about_us(self.refused)
        self.report.sent = sum(outcome.status == Delivery.Status.SENT for outcome in outcomes)
        self.report.answered = len(self.answers)
