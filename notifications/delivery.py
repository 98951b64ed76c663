"""Handing outgoing mail to the mail server.

At least once: a worker that dies between the server's answer and our note of it leaves the mail claimed; when
the lease has run out it is sent again under the same Message-ID. It is never lost.
"""

import logging
import random
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from notifications.answers import Answer, understand
from notifications.models import OutgoingMail
from notifications.outgoing import compose

logger = logging.getLogger(__name__)

Status = OutgoingMail.Status
# Longer than a task may run (60 s) plus the guard's grace.
LEASE = timedelta(seconds=120)
# Minutes until the next try; the last step is repeated for ever.
RETRY_MINUTES = (1, 3, 10, 30, 60)
# No new mail is begun after so many seconds: the task must end within its minute.
BUDGET_SECONDS = 25
BATCH = 100
# While the server is known to be down, only the sweep tries: a hanging server must not hold every worker.
SERVER_DOWN = "notifications:server-down"
SERVER_DOWN_SECONDS = 45


def deliver(*, first: int | None = None) -> int:
    """Send the mail `first`, then whatever else is due, over one connection. Returns how many were sent."""
    take_back_abandoned()
    if cache.get(SERVER_DOWN):
        return 0
    round_ = Round()
    try:
        while round_.goes_on and (due := next_due(first)):
            first = None
            for pk in due:
                if not round_.goes_on:
                    break
                if mail := claim(pk):
                    round_.send(mail)
    finally:
        round_.close()
    return round_.sent


class Round:
    """One connection and what is sent over it."""

    def __init__(self) -> None:
        self.connection: Any = get_connection(timeout=settings.EMAIL_TIMEOUT)
        self.end = time.monotonic() + BUDGET_SECONDS
        self.sent = 0
        self.sent_on_connection = 0
        self.server_down = False

    @property
    def goes_on(self) -> bool:
        return not self.server_down and time.monotonic() < self.end

    def send(self, mail: OutgoingMail) -> None:
        try:
            if self.connection.open():
                self.sent_on_connection = 0
            self.connection.send_messages([compose(mail)])
        except Exception as error:
            self.failed(mail, understand(error))
        else:
            self.sent += 1
            self.sent_on_connection += 1
            record_sent(mail, getattr(self.connection, "last_answer", ""))

    def failed(self, mail: OutgoingMail, answer: Answer) -> None:
        if answer.server_down:
            self.close()
            if self.sent_on_connection:
                # It took some and hung up: servers limit messages per connection. A new one may do.
                self.sent_on_connection = 0
                record_retry(mail, answer.text, at=timezone.now())
                return
            self.server_down = True
            cache.set(SERVER_DOWN, "1", SERVER_DOWN_SECONDS)
        if answer.final:
            record_failed(mail, answer.text)
        else:
            record_retry(mail, answer.text)

    def close(self) -> None:
        try:
            self.connection.close()
        except Exception as error:
            logger.info("The mail server hung up before we did: %s", error)


def sweep() -> int:
    """Scheduled each minute: what nobody has woken us for, or whose time has come again."""
    cache.delete(SERVER_DOWN)
    return deliver()


def next_due(first: int | None) -> list[int]:
    due = OutgoingMail.objects.due()
    if first is not None and due.filter(pk=first).exists():
        return [first]
    return list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:BATCH])


def claim(pk: int) -> OutgoingMail | None:
    """Take the mail for the length of the lease; None when somebody was faster."""
    now = timezone.now()
    taken = (
        OutgoingMail.objects.due(now)
        .filter(pk=pk)
        .update(status=Status.SENDING, claimed_until=now + LEASE, tries=F("tries") + 1)
    )
    return OutgoingMail.objects.get(pk=pk) if taken else None


def take_back_abandoned() -> None:
    OutgoingMail.objects.abandoned().update(status=Status.QUEUED, claimed_until=None, next_try_at=timezone.now())


def record_sent(mail: OutgoingMail, answer: str) -> None:
    """Whoever holds the claim by now: it was sent."""
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=Status.SENT, sent_at=timezone.now(), claimed_until=None, response=clean(answer)
    )


def record_failed(mail: OutgoingMail, answer: str) -> None:
    logger.warning("Mail %s (%s) is refused for good: %s", mail.pk, mail.kind, answer)
    ours(mail).update(status=Status.FAILED, claimed_until=None, response=clean(answer))


def record_retry(mail: OutgoingMail, answer: str, *, at: Any = None) -> None:
    logger.info("Mail %s (%s) is tried again later: %s", mail.pk, mail.kind, answer)
    ours(mail).update(
        status=Status.QUEUED, claimed_until=None, response=clean(answer), next_try_at=at or later(mail.tries)
    )


def ours(mail: OutgoingMail) -> Any:
    """The row while our claim stands: a worker that was slow changes nothing any more."""
    return OutgoingMail.objects.filter(pk=mail.pk, status=Status.SENDING, claimed_until=mail.claimed_until)


def later(tries: int) -> Any:
    minutes = RETRY_MINUTES[min(tries, len(RETRY_MINUTES)) - 1]
    return timezone.now() + timedelta(minutes=minutes * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret


def clean(answer: str) -> str:
    return answer.replace("\x00", "")[:255]
