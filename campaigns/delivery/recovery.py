"""After a kill: what the dead connection's journal says is written down, the rest is given back."""

import logging
from collections import defaultdict
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.delivery import results
from campaigns.delivery.journal import Answer, Entries, Journal, host
from campaigns.models import Claim, Delivery, Run

logger = logging.getLogger(__name__)

# So long the host that has the journal may take to come back.
WAIT_FOR_HOST = timedelta(minutes=10)
REBOOTED = "The machine was restarted while this was being sent; whether the server took it is not known."
KILLED = "The sender was stopped before the server's answer came."
JOURNAL_LOST = "The sender was lost together with its journal; whether the server took the message is not known."


def recover() -> int:
    """Settle the claims of dead connections. How many there were. Anybody may call it at any time."""
    count = 0
    for claim in Claim.objects.all():
        if claim.journal_host == host():
            count += recover_here(claim)
        elif claim.lease_until + WAIT_FOR_HOST < timezone.now():
            count += write_off(claim)
    return count


def recover_here(claim: Claim) -> bool:
    """Replay the claim's journal, unless its process lives or somebody else does it."""
    try:
        journal = Journal.seize(claim.journal)
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return claim.lease_until + WAIT_FOR_HOST < timezone.now() and write_off(claim)
    if not Claim.objects.filter(pk=claim.pk).exists():
        journal.release()
        return False
    entries = journal.read()
    settle(claim, entries, unresolved=KILLED if entries.complete else REBOOTED)
    if not drop(claim):
        journal.release()
        return False
    journal.remove()
    logger.warning("Recovered the deliveries of a sender that was killed (claim %s)", claim.pk)
    return True


def write_off(claim: Claim) -> bool:
    """The journal will not come back: what the claim holds can't be decided."""
    count = claim.deliveries.count()
    settle(claim, Entries(), unresolved=JOURNAL_LOST)
    drop(claim)
    logger.error("A sender's journal is lost; %s deliveries are in doubt (claim %s)", count, claim.pk)
    return True


def settle(claim: Claim, entries: Entries, *, unresolved: str) -> None:
    """Write the journal's ends, put what was begun without an end in doubt, give the rest back.

    Of a journal that may have lost lines everything without an end is in doubt.
    """
    held: dict[Run, list[Delivery]] = defaultdict(list)
    for delivery in claim.deliveries.select_related("run__mailing"):
        held[delivery.run].append(delivery)
    answers = {answer.delivery: answer for answer in entries.answers}
    for run, deliveries in held.items():
        unanswered = entries.unanswered if entries.complete else {delivery.pk for delivery in deliveries} - set(answers)
        settle_run(claim, run, deliveries, answers, unanswered, unresolved)


def settle_run(
    claim: Claim,
    run: Run,
    deliveries: list[Delivery],
    answers: dict[int, Answer],
    unanswered: set[int],
    unresolved: str,
) -> None:
    emails = {delivery.pk: delivery.email for delivery in deliveries}
    outcomes = results.outcomes_of(
        [answers[pk] for pk in emails if pk in answers],
        tries={delivery.pk: delivery.tries for delivery in deliveries},
        emails=emails,
    )
    outcomes += [results.in_doubt(pk, unresolved) for pk in emails if pk in unanswered]
    # Another run of the same claim may still have to be settled: give back this run's only.
    results.record(claim, run, outcomes, emails=emails, give_back=False)
    Delivery.objects.filter(claim=claim, run=run).update(status=Delivery.Status.QUEUED, claim=None)


def drop(claim: Claim) -> bool:
    """Delete the claim unless it holds something: what a killed process had sent off may arrive this late."""
    try:
        with transaction.atomic():
            if Delivery.objects.filter(claim=claim).exists():
                return False
            return bool(Claim.objects.filter(pk=claim.pk).delete()[0])
    except IntegrityError:
        return False
