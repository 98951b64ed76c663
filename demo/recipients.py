"""Whom the demo's campaign owners write to."""

import random
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.models import Recipient, Suppression
from demo import ledger
from demo.content.people import COMMENTS, CUSTOMERS, FIRST_NAMES, LAST_NAMES, RUSSIAN_NAMES, Customer

DOMAINS = ("example.com", "example.org", "example.net", "mail.test")
ENGLISH_LIST = 300
# Writes for the shop as well.
SHOP_OWNER = "owner@example.com"
# Of those who signed up themselves so many let opens and clicks be noted.
AGREED = 0.7
STATES = Recipient.State
# Of a hundred people so many have left, bounced, complained or never confirmed.
LOST = ((STATES.UNSUBSCRIBED, 3), (STATES.BOUNCED, 2), (STATES.COMPLAINED, 1), (STATES.UNCONFIRMED, 4))
SUPPRESSED: dict[str, str] = {
    STATES.UNSUBSCRIBED: Suppression.Reason.UNSUBSCRIBED,
    STATES.BOUNCED: Suppression.Reason.BOUNCED,
    STATES.COMPLAINED: Suppression.Reason.COMPLAINED,
}


def english_names() -> list[tuple[str, str]]:
    """(local part, full name) of as many different people as the list has."""
    pairs = [(first, last) for first in FIRST_NAMES.split() for last in LAST_NAMES.split()]
    chosen = random.Random("recipients").sample(pairs, ENGLISH_LIST)
    return [(ascii_only(f"{first}.{last}".lower()), f"{first} {last}") for first, last in chosen]


def ascii_only(text: str) -> str:
    return text.translate(str.maketrans("äöåü", "aoau"))


def make(owner: User) -> list[Recipient]:
    """The owner's list, complete; people who are there already stay as they are."""
    names = RUSSIAN_NAMES if owner.language == "ru" else english_names()
    drafts = [draft(owner, local, name) for local, name in names]
    if owner.email == SHOP_OWNER:
        drafts += [buyer(owner, customer) for customer in CUSTOMERS]
    known = set(Recipient.objects.owned_by(owner).values_list("email", flat=True))
    fresh = [row for row in drafts if row.email not in known]
    Recipient.objects.bulk_create(fresh, 500)
    Recipient.objects.filter(pk__in=[row.pk for row in fresh]).update(created_at=timezone.now() - timedelta(days=120))
    ledger.record_all({f"{owner.email}/{row.email}": row for row in fresh})
    suppress(owner, fresh)
    return list(Recipient.objects.owned_by(owner).filter(email__in=[row.email for row in drafts]).order_by("pk"))


def draft(owner: User, local: str, name: str) -> Recipient:
    chance = random.Random(f"{owner.email}/{local}")
    state = lot(chance)
    basis = Recipient.Consent.CUSTOMER if chance.random() < 0.35 else Recipient.Consent.OPT_IN
    is_confirmed = state != STATES.UNCONFIRMED
    person = Recipient(
        owner=owner,
        email=f"{local}@{chance.choice(DOMAINS)}",
        full_name=name,
        comment=chance.choice(COMMENTS)[owner.language] if chance.random() < 0.2 else "",
        consent_basis=basis if is_confirmed else Recipient.Consent.NONE,
        consent_source="/newsletter/" if is_confirmed and basis == Recipient.Consent.OPT_IN else "",
        consented_at=timezone.now() - timedelta(days=chance.randrange(120, 600)) if is_confirmed else None,
        state=state,
    )
    # Last, so that the people stay those whom earlier versions have made.
    if basis == Recipient.Consent.OPT_IN and chance.random() < AGREED:
        person.tracking_agreed_at = person.consented_at
    return person


def buyer(owner: User, customer: Customer) -> Recipient:
    """Who has bought in the shop is written to as a customer."""
    chance = random.Random(f"{owner.email}/{customer.email}")
    return Recipient(
        owner=owner,
        email=customer.email,
        full_name=customer.name,
        language=customer.language,
        consent_basis=Recipient.Consent.CUSTOMER,
        consent_source="/checkout/",
        consented_at=timezone.now() - timedelta(days=chance.randrange(120, 300)),
        state=STATES.ACTIVE,
    )


def lot(chance: random.Random) -> str:
    drawn = chance.random() * 100
    for state, share in LOST:
        if drawn < share:
            return state
        drawn -= share
    return STATES.ACTIVE


def suppress(owner: User, people: list[Recipient]) -> None:
    rows = [
        Suppression(owner=owner, email_hash=row.email_hash, reason=SUPPRESSED[row.state])
        for row in people
        if row.state in SUPPRESSED
    ]
    known = set(Suppression.objects.filter(owner=owner).values_list("email_hash", flat=True))
    fresh = [row for row in rows if row.email_hash not in known]
    Suppression.objects.bulk_create(fresh)
    ledger.record_all({f"{owner.email}/{row.email_hash}": row for row in fresh})
