"""`manage.py read_bounces`: the same as the task does every few minutes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaigns.errors import CampaignError
from campaigns.inbound.mailboxes import read_bounces


class Command(BaseCommand):
    help = "Read bounces and complaints from the mailbox of MAILINGS_INBOX_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAILINGS_INBOX_URL:
            raise CommandError("MAILINGS_INBOX_URL is not set: there is no mailbox to read.")
        try:
            counts = read_bounces()
        except CampaignError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{kind}: {count}" for kind, count in sorted(counts.items())) or "nothing new")
