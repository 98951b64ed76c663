"""Mailings with a past: what was sent is written down as rows, no mail leaves."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from campaigns.message_templates import create_from_template, offered
from campaigns.models import Attempt, Delivery, Mailing, MailingRecipient, Message, Recipient, Run
from campaigns.scheduling import next_occurrence, occurrences_of
from demo import ledger, recipients, responses
from demo.content.letters import DEFERRED, FAILED, IN_DOUBT, LETTERS, PLANS, SENT, TEMPLATE, Plan
from demo.content.people import LOGINS

HOUR = 9
# One connection takes so many a second.
RATE = 40
IN_DOUBT_IN = "autumn"


def make() -> None:
    """Lists, messages, mailings and their history for the owners among the log-ins, as far as those exist."""
    emails = {plan.owner for plan in PLANS} & {login.email for login in LOGINS}
    owners = [owner for email in sorted(emails) if (owner := ledger.find(User, email))]
    for owner in owners:
        people = recipients.make(owner)
        missing = [plan for plan in PLANS if plan.owner == owner.email and ledger.find(Mailing, plan.name) is None]
        for plan in missing:
            with transaction.atomic():
                make_mailing(plan, owner, people)
        for template in offered(owner):
            letter_of(owner, TEMPLATE + template.key)
        if missing:
            responses.turn_on(owner)
            responses.bring_orders(owner)


def make_mailing(plan: Plan, owner: User, people: list[Recipient]) -> None:
    mailing = scheduled(plan, owner)
    ledger.record(mailing, plan.name)
    chance = random.Random(plan.name)
    chosen = (
        people if plan.recipients is None else sorted(chance.sample(people, plan.recipients), key=lambda row: row.pk)
    )
    if not mailing.all_recipients:
        MailingRecipient.objects.bulk_create(MailingRecipient(mailing=mailing, recipient=row) for row in chosen)
    past = list(takewhile(lambda moment: moment <= timezone.now(), occurrences_of(mailing)))
    for number, moment in enumerate(past):
        run = write_run(mailing, moment, addressees(chosen, number), plan, chance)
        responses.answer(run, is_last=number == min(1, len(past) - 1), chance=random.Random(f"{plan.name}/{number}"))


def scheduled(plan: Plan, owner: User) -> Mailing:
    """The mailing itself, at nine in the morning of its owner; finished, running or to come, as its dates say."""
    message = letter_of(owner, plan.letter)
    mailing = Mailing(
        owner=owner,
        message=message,
        all_recipients=plan.recipients is None,
        start=morning(owner, plan.starts),
        end=morning(owner, plan.ends) + timedelta(hours=8) if plan.ends is not None else None,
        periodicity=plan.periodicity,
        time_zone=owner.time_zone,
    )
    now = timezone.now()
    mailing.next_run_at = next_occurrence(mailing, after=now)
    started = mailing.start <= now
    status = Mailing.Status.CREATED if not started else Mailing.Status.RUNNING
    mailing.status = Mailing.Status.COMPLETED if started and mailing.next_run_at is None else status
    mailing.save()
    written = min(now, mailing.start) - timedelta(days=1)
    Mailing.objects.filter(pk=mailing.pk).update(created_at=written, updated_at=written)
    Message.objects.filter(pk=message.pk, created_at__gt=written).update(created_at=written, updated_at=written)
    return mailing


def letter_of(owner: User, name: str) -> Message:
    """Written once: a plain one, or one of blocks that begins with a template."""

    def write() -> Message:
        if name.startswith(TEMPLATE):
            return create_from_template(owner=owner, template=name.removeprefix(TEMPLATE))
        return Message.objects.create(owner=owner, subject=LETTERS[name].subject, body=LETTERS[name].body)

    return ledger.once(Message, f"{owner.email}/{name}", write)


def morning(owner: User, days_ago: int) -> datetime:
    local = timezone.now().astimezone(ZoneInfo(owner.time_zone)) - timedelta(days=days_ago)
    return local.replace(hour=HOUR, minute=0, second=0, microsecond=0)


def addressees(people: list[Recipient], number: int) -> list[Recipient]:
    """Who was still in the list by the run of this number: bounces show in the first, people leave after the second."""
    gone = {Recipient.State.UNCONFIRMED}
    gone |= {Recipient.State.BOUNCED} if number > 0 else set()
    gone |= {Recipient.State.UNSUBSCRIBED, Recipient.State.COMPLAINED} if number > 1 else set()
    return [row for row in people if row.state not in gone]


def write_run(mailing: Mailing, moment: datetime, people: list[Recipient], plan: Plan, chance: random.Random) -> Run:
    run = Run.objects.create(
        mailing=mailing,
        occurrence=moment,
        status=Run.Status.COMPLETED,
        subject=mailing.message.subject,
        body=mailing.message.body,
        frozen_through=people[-1].pk if people else 0,
        total=len(people),
        opened_at=moment + timedelta(seconds=20),
    )
    content = responses.freeze(run)
    deliveries, attempts = [], []
    for position, person in enumerate(people):
        at = run.opened_at + timedelta(seconds=2 + position / RATE)
        delivery = Delivery(
            run=run,
            recipient=person,
            email=person.email,
            full_name=person.full_name,
            next_try_at=at,
            content=content,
        )
        doubtful = plan.name == IN_DOUBT_IN and position == len(people) // 2
        tries = list(story(delivery, person, at, doubtful, plan.trouble, chance))
        close(delivery, tries)
        deliveries.append(delivery)
        attempts += tries
    Delivery.objects.bulk_create(deliveries, 500)
    Attempt.objects.bulk_create(attempts, 500)
    count(run, deliveries)
    return run


def story(
    delivery: Delivery, person: Recipient, at: datetime, doubtful: bool, trouble: float, chance: random.Random
) -> Iterable[Attempt]:
    """The tries at one recipient, with what a server says in such a case."""
    if doubtful:
        yield Attempt(delivery=delivery, at=at, status=Attempt.Status.IN_DOUBT, response=IN_DOUBT)
        return
    if person.state == Recipient.State.BOUNCED:
        yield answered(delivery, at, Attempt.Status.FAILED, *FAILED[0])
        return
    if chance.random() < trouble:
        yield answered(delivery, at, Attempt.Status.DEFERRED, *chance.choice(DEFERRED))
        at += timedelta(minutes=5, seconds=chance.randrange(120))
        if chance.random() < 0.3:
            yield answered(delivery, at, Attempt.Status.FAILED, *chance.choice(FAILED[1:]))
            return
    token = f"{chance.getrandbits(40):010X}"
    text = chance.choice(SENT).format(token=token, number=int(at.timestamp()))
    yield Attempt(delivery=delivery, at=at, status=Attempt.Status.SENT, code=250, response=text)


def answered(delivery: Delivery, at: datetime, status: str, code: int, text: str) -> Attempt:
    return Attempt(delivery=delivery, at=at, status=status, code=code, response=text.replace("{email}", delivery.email))


def close(delivery: Delivery, tries: list[Attempt]) -> None:
    """The delivery ends as its last try did."""
    last = tries[-1]
    delivery.status = Delivery.Status(last.status)
    delivery.tries = len(tries)
    delivery.last_code, delivery.last_response = last.code, last.response
    delivery.finished_at = delivery.next_try_at = last.at


def count(run: Run, deliveries: list[Delivery]) -> None:
    tally = {name: sum(1 for row in deliveries if row.status == name) for name in ("sent", "failed", "in_doubt")}
    ended = max((row.finished_at for row in deliveries if row.finished_at), default=run.opened_at)
    Run.objects.filter(pk=run.pk).update(completed_at=ended + timedelta(seconds=1), **tally)
