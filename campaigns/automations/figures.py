"""How series are doing: people on the way and through, messages sent, orders that followed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from campaigns.models import Attribution, Automation, Enrolment, Run, Step


@dataclass(frozen=True)
class Figures:
    """`revenue` is what was paid less what went back, in the shop's currency."""

    on_the_way: int = 0
    through: int = 0
    left: int = 0
    sent: int = 0
    orders: int = 0
    revenue: Decimal = Decimal(0)


def figures_of(automations: Iterable[Automation]) -> dict[int, Figures]:
    """Three queries for a page of series; those without anybody are there too, with zeros."""
    ids = [automation.pk for automation in automations]
    found = dict.fromkeys(ids, Figures())
    people = Enrolment.objects.filter(automation__in=ids).order_by().values("automation")
    for row in people.annotate(
        on_the_way=Count("pk", filter=Q(ended_at__isnull=True)),
        through=Count("pk", filter=Q(end=Enrolment.End.DONE)),
        left=Count("pk", filter=Q(ended_at__isnull=False) & ~Q(end=Enrolment.End.DONE)),
    ):
        pk = row.pop("automation")
        found[pk] = Figures(**row)
    by = F("mailing__automation_step__automation")
    runs = Run.objects.filter(mailing__automation_step__automation__in=ids).order_by()
    for pk, sent in runs.values_list(by).annotate(Sum("sent")):
        found[pk] = replace(found[pk], sent=sent or 0)
    by = F("run__mailing__automation_step__automation")
    orders = Attribution.objects.filter(run__mailing__automation_step__automation__in=ids).order_by()
    for pk, number, amount, refunded in orders.values_list(by).annotate(Count("pk"), Sum("amount"), Sum("refunded")):
        found[pk] = replace(found[pk], orders=number, revenue=(amount or Decimal(0)) - (refunded or Decimal(0)))
    return found


def sent_by_step(automation: Automation) -> dict[int, int]:
    rows = Step.objects.filter(automation=automation).order_by().annotate(sent=Sum("mailing__runs__sent"))
    return {step.pk: step.sent or 0 for step in rows}
