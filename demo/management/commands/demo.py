"""`manage.py demo`: content to look at, and its removal."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from accounts.models import User
from demo import (
    carts,
    catalogue,
    frame,
    lists,
    mailings,
    orders,
    pages,
    people,
    plans,
    removal,
    reviews,
    rules,
    series,
    shipping,
    warehouse,
    watching,
)
from demo.content.people import LOGINS, PASSWORD
from demo.images import Images
from demo.models import Made
from store import customer_records, ratings
from store.models import Order, Product
from store.pictures import prepare

PLACES = ("/", "/admin/", "/campaigns/", "/outbox/", "/api/v1/docs")
# Root, front page and journal, in two languages: what `home.trees` makes by itself.
PAGES_OF_AN_EMPTY_SITE = 5


class Command(BaseCommand):
    help = "Makes demo content: pages, posts, a catalogue, customers, orders, mailings. Run twice it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--first", action="store_true", help="only on a site that has nothing of its own yet")
        parser.add_argument("--scale", type=int, default=1, help="so many times the products, customers and orders")
        parser.add_argument("--remove", action="store_true", help="take away what the demo has made, and only that")

    def handle(self, *args: Any, first: bool, scale: int, remove: bool, **options: Any) -> None:
        if scale < 1:
            raise CommandError("--scale takes a whole number from 1.")
        if remove:
            self.report(removal.remove())
            customer_records.rebuild()
            ratings.recount()
        elif not first or not is_in_use():
            self.make(scale)
        if first:
            self.tell_where_to_go()

    def make(self, scale: int) -> None:
        """Everything, in the order in which things stand on each other."""
        images = Images()
        self.say("Demo: products …")
        catalogue.make(images=images, scale=scale)
        site = pages.make(images=images)
        frame.make(site=site)
        self.say("Demo: people, orders, mailings …")
        shipping.make()
        rules.make()
        logins = people.make_logins()
        orders.make(people=people.make_customers(scale=scale), scale=scale)
        carts.make(scale=scale)
        self.say("Demo: reviews …")
        reviews.make()
        customer_records.rebuild()
        warehouse.make()
        series.appoint()
        mailings.make()
        series.make()
        lists.make()
        plans.make()
        watching.make()
        self.say("Demo: pictures in all sizes …")
        prepare(product_ids=Product.objects.filter(slug__in=catalogue.codes()).values_list("pk", flat=True))
        pages.prepare_pictures(images)
        if not logins:
            self.say("Demo: no log-ins were made, because their password is public and DEBUG is off.")
        self.say("Demo: done.")

    def tell_where_to_go(self) -> None:
        self.say("")
        for path in PLACES:
            self.say(f"  http://127.0.0.1:{settings.PORT}{path}")
        if settings.DEMO_LOGINS_ALLOWED and Made.objects.filter(kind="accounts.user").exists():
            self.say(f"\n  Log-ins (password {PASSWORD}):")
            for login in LOGINS:
                self.say(f"    {login.email:26}{login.does}")
        self.say("")

    def report(self, report: removal.Report) -> None:
        for label, count in sorted(report.removed.items()):
            self.say(f"Removed {count} {label}")
        for name in report.restored:
            self.say(f"Put back {name}")
        for name in report.kept:
            self.say(f"Kept, because something of yours needs it: {name}")
        if not (report.removed or report.restored or report.kept):
            self.say("There is nothing of the demo's here.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def is_in_use() -> bool:
    """The demo was made before, or somebody has put something of their own here."""
    return (
        Made.objects.exists()
        or Product.objects.exists()
        or Order.objects.exists()
        or Page.objects.count() > PAGES_OF_AN_EMPTY_SITE
        or User.objects.filter(is_superuser=False).exists()
    )
