"""`manage.py check_stock`: do the movements add up to the stock?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from store import movements


class Command(BaseCommand):
    help = "Compares every stock row with the sum of its movements; fails when one differs."

    def handle(self, **options: Any) -> None:
        wrong = movements.mismatches()
        for row in wrong:
            self.stdout.write(
                f"{row.sku}: {row.on_hand} on hand and {row.reserved} reserved, "
                f"the ledger says {row.ledger_on_hand} and {row.ledger_reserved}"
            )
        if wrong:
            raise CommandError(f"{len(wrong)} stock rows differ from their ledger.")
        self.stdout.write("Every stock row is the sum of its movements.")
