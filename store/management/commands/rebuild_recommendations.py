"""`manage.py rebuild_recommendations`: count all paid orders anew."""

from typing import Any

from django.core.management.base import BaseCommand

from store import copurchases


class Command(BaseCommand):
    help = "Counts anew, from all paid orders, what is bought together and what is bought next."

    def handle(self, *args: Any, **options: Any) -> None:
        counted = copurchases.rebuild()
        self.stdout.write(f"{counted} orders counted.")
