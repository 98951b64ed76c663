"""`manage.py rebuild_customers`: the figures of all customers from their orders."""

from typing import Any

from django.core.management.base import BaseCommand

from store import customer_records


class Command(BaseCommand):
    help = "Work out the orders and the spend of every customer anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{customer_records.rebuild()} customers")
