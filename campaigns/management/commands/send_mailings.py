"""The command-line sender."""

import signal
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from campaigns import runs
from campaigns.delivery import breaker, recovery
from campaigns.delivery.everything import deliver_everything
from campaigns.delivery.stopping import stop_on_signals
from campaigns.models import Delivery, Mailing, Run
from campaigns.statistics import runs_figures


class Command(BaseCommand):
    help = "Opens the mailings that are due and delivers them, in this process, until nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mailing", type=int, metavar="ID", help="this mailing only")
        parser.add_argument("--now", metavar="TIME", help="open what is due at this time (ISO 8601) instead of now")
        parser.add_argument("--connections", type=int, metavar="N", help="to the mail server, at once")

    def handle(self, *args: Any, **options: Any) -> None:
        now = moment(options["now"])
        mailing = named(options["mailing"])
        with stop_on_signals(signal.SIGTERM, signal.SIGINT) as stop:
            recovery.recover()
            opened = runs.open_due_runs(now=now, mailing=mailing)
            deliver_everything(stop=stop, mailing=mailing, number_of_connections=options["connections"])
            self.report(opened, mailing)

    def report(self, opened: list[Run], mailing: Mailing | None) -> None:
        touched = Run.objects.filter(pk__in=[run.pk for run in opened])
        if mailing is not None:
            touched = Run.objects.filter(mailing=mailing)
        figures = runs_figures(touched)
        self.stdout.write(
            f"{len(opened)} opened; {figures.sent} sent, {figures.failed} failed,"
            f" {figures.in_doubt} in doubt, {figures.queued} waiting"
        )
        waiting = Delivery.objects.due().filter(run__in=Run.objects.sendable()).count()
        if breaker.is_open():
            self.stderr.write(f"The mail server is in trouble: {breaker.state().response} ({waiting} are waiting)")


def moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        parsed = parse_datetime(text)
    except ValueError:
        parsed = None
    if parsed is None:
        raise CommandError(_("“%(text)s” is not a time; write it like 2026-11-30T09:00+03:00.") % {"text": text})
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)


def named(pk: int | None) -> Mailing | None:
    if pk is None:
        return None
    mailing = Mailing.objects.filter(pk=pk).first()
    if mailing is None:
        raise CommandError(_("There is no mailing %(id)s.") % {"id": pk})
    return mailing
