"""The stock room: deliveries and breakages in the ledger, and a supplier's list that was checked and has its faults."""

import csv
import io

from django.core.files.base import ContentFile
from django.db.models import F

from accounts.models import User
from demo import ledger
from jobs import work as works
from jobs.models import Work
from store import stock
from store.imports.job import start_import
from store.models import MovementReason, Product, StockMovement, Variant

KEEPER = "shop@example.com"
LIST = "supplier-list.csv"
HEADER = ["SKU", "Name", "Brand", "Category", "Price", "Stock", "Colour of the box"]
# Four that can be sold, and what is wrong with such lists again and again.
ROWS = [
    ["NW-101", "Trail bottle, steel, 0.7 l", "Norrland", "Outdoor > Bottles", "24,90", "60", "blue"],
    ["NW-102", "Trail bottle, steel, 1 l", "Norrland", "Outdoor > Bottles", "29,90", "40", "blue"],
    ["NW-103", "Camp mug, enamel", "Norrland", "Outdoor > Kitchen", "12,50", "120", "white"],
    ["NW-104", "Folding spoon", "Norrland", "Outdoor > Kitchen", "6,90", "200", "white"],
    ["NW-105", "", "Norrland", "Outdoor > Kitchen", "8,00", "10", "white"],
    ["NW-106", "Lantern", "Norrland", "Outdoor > Light", "on request", "5", "grey"],
    ["NW-103", "Camp mug, enamel, green", "Norrland", "Outdoor > Kitchen", "12,50", "30", "green"],
    ["", "Sit mat", "Norrland", "Outdoor", "9,90", "25", "grey"],
    ["NW-107", "Head lamp", "Norrland", "Outdoor > Light", "39,00", "7.5", "grey"],
]
MOVES = [
    (MovementReason.RECEIVED, 40, "Delivery note 2217"),
    (MovementReason.DAMAGED, -1, "Fell from the shelf"),
    (MovementReason.RECEIVED, 12, "Delivery note 2231"),
    (MovementReason.CORRECTED, -1, "Two in one box counted as three"),
    (MovementReason.RETURNED, 1, "Back from the photographer"),
]


def make() -> None:
    """Make what earlier runs have not made."""
    owner = User.objects.filter(email=KEEPER, pk__in=ledger.keys(User)).first()
    make_movements(owner)
    if LIST not in ledger.known(Work):
        ledger.record(make_check(owner), LIST)


def make_movements(owner: User | None) -> None:
    ours = Variant.objects.filter(product__in=ledger.keys(Product), stock__on_hand__gt=F("stock__reserved") + 2)
    known = ledger.known(StockMovement)
    for number, (variant, (reason, change, note)) in enumerate(zip(ours.order_by("sku"), MOVES, strict=False)):
        name = f"move/{number}"
        if name not in known:
            actor = owner.email if owner else ""
            stock.adjust(sku=variant.sku, change=change, reason=reason, actor=actor, note=note)
            ledger.record(StockMovement.objects.filter(sku=variant.sku).latest("pk"), name)


def make_check(owner: User | None) -> Work:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *ROWS])
    file = ContentFile(text.getvalue().encode("cp1252"), name=LIST)
    work = start_import(file=file, name=LIST, owner=owner, dry_run=True)
    while not work.has_ended:
        if works.run(work_id=work.pk) is None:
            break  # a worker was faster
        work.refresh_from_db()
    return work
