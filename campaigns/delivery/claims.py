"""Who holds which deliveries. A claim is one connection's; its deliveries come and go in batches."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.delivery.journal import Journal, host
from campaigns.models import Claim, Delivery, Run

# Longer than anything that is waited for between two renewals.
LEASE = timedelta(seconds=90)
RENEW_EVERY_SECONDS = 15.0
BATCH = 200
# Materialised: PostgreSQL could otherwise choose (and lock) again for each row that it compares.
TAKE = (
    "WITH picked (chosen) AS MATERIALIZED ({picked})"
    " UPDATE {deliveries} SET status = %s, claim_id = %s WHERE id IN (SELECT picked.chosen FROM picked) AND status = %s"
    " RETURNING id, recipient_id, email, full_name, tries, content_id, attributes"
)


class ClaimLost(Exception):
    """The lease could not be renewed: others may take these deliveries for abandoned, so nothing more is sent."""


class Held(NamedTuple):
    """A claimed delivery."""

    pk: int
    recipient: int | None
    email: str
    full_name: str
    tries: int
    content: int | None
    attributes: dict[str, Any]


def slots() -> Sequence[int]:
    """One worker of the `mail` cluster is always left to the shop's own mail."""
    workers = int(settings.Q_CLUSTER["ALT_CLUSTERS"]["mail"]["workers"])
    return range(max(1, workers - 1))


def take(journal: Journal, *, in_slot: bool) -> Claim | None:
    """A claim for this journal; None when all slots are taken."""
    fields = {"journal": journal.path.name, "journal_host": host(), "lease_until": timezone.now() + LEASE}
    if not in_slot:
        return Claim.objects.create(**fields)
    taken = set(Claim.objects.filter(slot__isnull=False).values_list("slot", flat=True))
    for slot in slots():
        if slot not in taken:
            try:
                with transaction.atomic():
                    return Claim.objects.create(slot=slot, **fields)
            except IntegrityError:
                continue
    return None


def renew(claim: Claim) -> None:
    if not Claim.objects.filter(pk=claim.pk).update(lease_until=timezone.now() + LEASE):
        raise ClaimLost


def claim_batch(claim: Claim, run: Run, *, limit: int = BATCH, now: datetime | None = None) -> list[Held]:
    """Deliveries of the run that are due and now this claim's, in order."""
    due = Delivery.objects.due(now).filter(run=run).order_by("next_try_at")
    if run.decide_at is not None:
        # The rest of an A/B test has no content yet: it waits for the winner.
        due = due.filter(content__isnull=False)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    with transaction.atomic():
        # One statement: between choosing and taking nobody else can come.
        picked, params = due.values("pk")[:limit].query.sql_with_params()
        update = TAKE.format(picked=picked, deliveries=Delivery._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(update, [*params, Delivery.Status.CLAIMED, claim.pk, Delivery.Status.QUEUED])
            return sorted(Held(*row[:-1], attributes=json.loads(row[-1])) for row in cursor.fetchall())
