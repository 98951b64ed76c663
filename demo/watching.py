"""What waits for managers: reports of abuse, a first mailing to approve, a mailing that was stopped."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from campaigns import pausing
from campaigns.models import AbuseReport, Delivery, Mailing
from demo import ledger

WAITING = "first"
REPORTS = (
    (AbuseReport.Reason.NOT_ASKED, "I bought a lamp once and never asked for a newsletter."),
    (AbuseReport.Reason.OTHER, "It comes twice a week although I chose once."),
)
STOPPED_BECAUSE = "Please add your postal address first: the law asks for it."


def make() -> None:
    """Once, where the demo's mailings are."""
    reported, stopped = ledger.find(Mailing, "workshop"), ledger.find(Mailing, "winter")
    newcomer = ledger.find(User, "owner2@example.com")
    model = ledger.find(Mailing, "club")
    if ledger.find(Mailing, WAITING) or not (reported and stopped and newcomer and model):
        return
    with transaction.atomic():
        report(reported)
        Mailing.objects.filter(pk=stopped.pk).update(disabled_at=timezone.now(), disabled_reason=STOPPED_BECAUSE)
        waiting = Mailing.objects.create(
            owner=newcomer,
            message=model.message,
            all_recipients=True,
            start=timezone.now() + timedelta(days=2),
            next_run_at=timezone.now() + timedelta(days=2),
            time_zone=newcomer.time_zone,
            status=Mailing.Status.PAUSED,
            paused_for=pausing.APPROVAL,
        )
        ledger.record(waiting, WAITING)


def report(mailing: Mailing) -> None:
    sent = Delivery.objects.filter(run__mailing=mailing, status=Delivery.Status.SENT).order_by("pk")
    for delivery, (reason, text) in zip(sent[: len(REPORTS)], REPORTS, strict=False):
        AbuseReport.objects.create(mailing=mailing, delivery=delivery, reason=reason, text=text)
