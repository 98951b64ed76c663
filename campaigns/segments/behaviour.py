"""Questions about mailings: who was sent, opened and clicked what."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from campaigns.models import Delivery

# Only a message that went out can be opened; the moment of each event.
MOMENTS = {"sent": "finished_at", "opened": "opened_at", "clicked": "clicked_at"}


def condition(subject: str, test: str, value: Any) -> Q:
    """“Not opened” asks those who were sent something: who got nothing could not have opened it."""
    got = Delivery.objects.filter(recipient=OuterRef("pk"), status=Delivery.Status.SENT)
    if test in ("mailing", "not-mailing"):
        got = got.filter(run__mailing=value)
    elif test in ("within", "not-within"):
        got = got.filter(finished_at__gte=timezone.now() - timedelta(days=value))
    did = happened(subject, test, value, got)
    if test in ("ever", "within", "mailing"):
        return Q(Exists(did))
    if subject == "sent":
        return ~Q(Exists(did))
    return Q(Exists(got)) & ~Q(Exists(did))


def happened(subject: str, test: str, value: Any, got: QuerySet[Delivery]) -> QuerySet[Delivery]:
    if subject == "sent":
        return got
    moment = MOMENTS[subject]
    if test == "within":
        sent = Delivery.objects.filter(recipient=OuterRef("pk"), status=Delivery.Status.SENT)
        return sent.filter(**{f"{moment}__gte": timezone.now() - timedelta(days=value)})
    return got.filter(**{f"{moment}__isnull": False})
