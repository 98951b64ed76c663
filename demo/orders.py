"""Half a year of orders, placed and paid through the shop's own verbs and then dated back."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from demo import ledger
from demo.content.people import COMPANIES, CUSTOMERS, Customer
from demo.history import silently
from demo.people import address_of
from store import carts, checkout, expiry, fulfilment, listing, orders, returns
from store.customers import Customer as Buyer
from store.errors import SoldOut
from store.invoices import issuing
from store.models import (
    Carrier,
    Cart,
    Invoice,
    Order,
    OrderEvent,
    OrderStatus,
    Payment,
    Product,
    Refund,
    Shipment,
    Variant,
    WebhookEvent,
)
from store.payments import gateways, refunds, sandbox_cards, sending, starting
from store.payments.sandbox import CODE as SANDBOX

ON_DELIVERY = "on-delivery"

PER_CUSTOMER = 5
DAYS, RECENT = 180, 4
# A shop that grows: the smaller, the more of its orders are old.
GROWTH = 1.35
ALL_DONE = 8
SERIES, CREDIT_SERIES = "DEMO", "DEMO-CN"
STAFF = "shop@example.com"
Step = Callable[[Order], None]
# Carriers and their tracking pages.
CARRIERS = (
    ("DPD", "https://tracking.dpd.de/status/en_US/parcel/{number}"),
    ("DHL", "https://www.dhl.com/en/express/tracking.html?AWB={number}"),
    ("Omniva", "https://www.omniva.lv/private/track_and_trace?barcode={number}"),
)


@dataclass(frozen=True)
class Plan:
    """One order to be: whose, how long ago, and how it went (see ENDINGS)."""

    name: str
    customer: Customer
    email: str
    age: timedelta
    ending: str


def make(*, people: dict[str, User | None], scale: int = 1) -> int:
    """Place what earlier runs have not placed; returns how many orders were made now."""
    variants = list(
        Variant.objects.filter(product__in=ledger.keys(Product), stock__on_hand__gt=F("stock__reserved"))
        .select_related("product", "stock")
        .order_by("pk")
    )
    for name, address in CARRIERS:
        carrier, is_new = Carrier.objects.get_or_create(name=name, defaults={"tracking_url": address})
        if is_new:
            ledger.record(carrier, name)
    known = ledger.known(Order)
    made = 0
    for plan in plans(scale):
        if plan.name not in known and variants:
            made += place(plan, people.get(plan.email), variants)
    write_documents()
    # The book keeps its keys as text; the listing would take them for other products and drop every row.
    products = Product.objects.filter(pk__in=ledger.keys(Product)).values_list("pk", flat=True)
    listing.refresh(product_ids=products, indexing=False)
    return made


def plans(scale: int) -> list[Plan]:
    """The oldest first, so that every step of the stock is one that could have happened."""
    found = []
    for copy in range(1, scale + 1):
        for customer in CUSTOMERS:
            email = address_of(customer, copy)
            chance = random.Random(email)
            for number in range(PER_CUSTOMER):
                days = RECENT if chance.random() < 0.06 else DAYS
                age = timedelta(minutes=30 + int(chance.random() ** GROWTH * (days * 24 * 60 - 30)))
                found.append(Plan(f"{email}/{number}", customer, email, age, ending(age.days, chance)))
    return sorted(found, key=lambda plan: plan.age, reverse=True)


def ending(days: int, chance: random.Random) -> str:
    """What has become of an order of this age."""
    drawn = chance.random()
    if drawn < 0.05:
        return "cancelled"
    if drawn < 0.11:
        return "expired"
    if days >= ALL_DONE:
        late = "return_waiting" if days < 25 and drawn < 0.5 else "part_refunded" if drawn < 0.3 else "delivered"
        return "refunded" if drawn < 0.16 else "declined_first" if drawn < 0.2 else late
    by_age = {
        0: ("waiting", "paid", "paid", "owed"),
        1: ("waiting", "paid", "packed", "owed"),
        2: ("waiting", "packed", "shipped", "owed_sent"),
    }
    return chance.choice(by_age.get(days, ("shipped", "shipped", "delivered", "owed_sent")))


def place(plan: Plan, user: User | None, variants: list[Variant]) -> bool:
    chance = random.Random(plan.name)
    with silently():
        cart = Cart.objects.create(key=carts.new_key(), country=plan.customer.country)
        for variant in chance.sample(variants, min(len(variants), chance.choice((1, 1, 1, 2, 2, 3)))):
            put(cart, variant.sku, 2 if variant.price < 40 and chance.random() < 0.3 else 1)
        if not cart.lines.exists():
            cart.delete()
            return False
        order = checkout.place_order(
            cart=cart,
            customer=buyer(plan),
            shipping_method=chance.choice(("standard", "standard", "standard", "express")),
            payment=way_to_pay(plan.ending),
            token=f"demo/{plan.name}"[:64],
            user=user,
            language=plan.customer.language,
        )
        ENDINGS[plan.ending](order)
        date_back(order, plan.age, chance)
        ledger.record(order, plan.name)
        ledger.record(cart, plan.name)
    return True


def put(cart: Cart, sku: str, quantity: int) -> None:
    try:
        carts.add(cart=cart, sku=sku, quantity=quantity)
    except SoldOut:
        # An earlier order took the last one; that happens in shops.
        return


def buyer(plan: Plan) -> Buyer:
    customer = plan.customer
    company = random.Random(plan.name).choice((*COMPANIES, *[("", "")] * 8))
    return Buyer(
        company=company[0],
        vat_number=company[1],
        email=plan.email,
        full_name=customer.name,
        phone=f"+4477009{random.Random(plan.email).randrange(100_000):05}",
        line1=customer.line1,
        city=customer.city,
        postal_code=customer.postal_code,
        country=customer.country,
    )


def way_to_pay(ending: str) -> str:
    """Transfers wait for days, couriers take what is owed; everything else is paid at the test gateway where that is
    offered."""
    offered = {gateway.code for gateway in gateways.choices()}
    if ending.startswith("owed") and ON_DELIVERY in offered:
        return ON_DELIVERY
    return SANDBOX if SANDBOX in offered and ending not in ("waiting", "owed") else "offline"


def pay(order: Order) -> None:
    payment = starting.start(order=order)
    if payment.gateway == SANDBOX:
        sandbox_cards.pay(payment=payment, card=sandbox_cards.PAYS)
    else:
        starting.paid_by_hand(order=order, actor=STAFF)


def decline(order: Order) -> None:
    payment = starting.start(order=order)
    if payment.gateway == SANDBOX:
        sandbox_cards.pay(payment=payment, card=sandbox_cards.DECLINED)


def advance(order: Order, *steps: str) -> None:
    pay(order)
    for step in steps:
        fulfilment.advance(order=order, to=step, actor=STAFF)


def send(order: Order) -> None:
    """Packed, and with one of the demo's carriers on its way."""
    advance(order, OrderStatus.PACKED)
    chance = random.Random(order.number)
    carrier, prefix = chance.choice(CARRIERS[:2])[0], chance.choice(("RR", "CC"))
    number = f"{prefix}{chance.randrange(10**8, 10**9)}LV"
    fulfilment.ship(order=order, actor=STAFF, carrier=carrier, tracking_number=number)


def deliver(order: Order) -> None:
    send(order)
    fulfilment.deliver(order=order, actor=STAFF)


def refund_part(order: Order) -> None:
    """One piece goes back."""
    deliver(order)
    line = order.lines.all()[0]
    made = refunds.refund(order=order, lines=[(line.pk, 1)], actor=STAFF, reason="Arrived scratched", sent_first=True)
    sending.send(refund_id=made.pk)


def ask_return(order: Order) -> None:
    deliver(order)
    line = order.lines.all()[0]
    returns.ask(order=order, lines=[(line.pk, 1)], reason="It does not fit.", actor=order.email)


def refund(order: Order) -> None:
    advance(order, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)
    for row in refunds.refund_order(order=order, actor=STAFF, reason="Sent back within 30 days"):
        sending.send(refund_id=row.pk)


def expire(order: Order) -> None:
    decline(order)
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    order.refresh_from_db()
    expiry.expire(order=order)


def pay_at_second_try(order: Order) -> None:
    decline(order)
    advance(order, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)


def wait(order: Order) -> None:
    starting.start(order=order)


def send_unpaid(order: Order) -> None:
    """The courier takes the money; where the shop has no such way of payment it is sent like any other."""
    if not order.goods_first:
        send(order)
        return
    wait(order)
    for step in (OrderStatus.PACKED, OrderStatus.SHIPPED):
        fulfilment.advance(order=order, to=step, actor=STAFF)


def cancel(order: Order) -> None:
    starting.close_all(order_id=orders.cancel(order=order, actor=order.email).pk)


ENDINGS: dict[str, Step] = {
    "waiting": wait,
    "owed": wait,
    "owed_sent": send_unpaid,
    "cancelled": cancel,
    "expired": expire,
    "paid": pay,
    "packed": lambda order: advance(order, OrderStatus.PACKED),
    "shipped": send,
    "delivered": deliver,
    "part_refunded": refund_part,
    "return_waiting": ask_return,
    "declined_first": pay_at_second_try,
    "refunded": refund,
}


def write_documents() -> None:
    """What the worker would have issued then, in series of the demo's own: the shop's numbers stay without gaps."""
    paid = Order.objects.filter(pk__in=ledger.keys(Order), paid_at__isnull=False)
    for order in paid.exclude(invoices__kind=Invoice.Kind.INVOICE).order_by("paid_at"):
        issuing.issue(order=order, series=SERIES, at=order.paid_at)
        write_credit_notes(order)


def write_credit_notes(order: Order) -> None:
    for refund in Refund.objects.filter(payment__order=order, status=Refund.Status.SUCCEEDED):
        issuing.credit(refund=refund, series=CREDIT_SERIES, at=refund.created_at)


# How long after the order each step was taken.
PACE = {
    OrderStatus.PAID: timedelta(minutes=4),
    OrderStatus.PACKED: timedelta(hours=7),
    OrderStatus.SHIPPED: timedelta(hours=26),
    OrderStatus.DELIVERED: timedelta(days=4),
    OrderStatus.REFUNDED: timedelta(days=7),
    OrderStatus.CANCELLED: timedelta(minutes=50),
    OrderStatus.EXPIRED: timedelta(minutes=41),
}
# Entries without a step: what the card said, or what customer and shop wrote to each other afterwards.
NOTE_AT_ONCE, NOTE_LATER = timedelta(minutes=1), timedelta(hours=30)


def date_back(order: Order, age: timedelta, chance: random.Random) -> None:
    """Move the order and its whole trail to where the plan says it was; nothing lands in the future."""
    now = timezone.now()
    placed = now - age
    moment, is_paid = placed, False
    events = list(OrderEvent.objects.filter(order=order).order_by("pk"))
    for event in events:
        if event.to_status:
            wanted = placed + PACE.get(OrderStatus(event.to_status), timedelta()) * chance.uniform(0.8, 1.3)
        else:
            wanted = moment + (NOTE_LATER if is_paid else NOTE_AT_ONCE)
        moment = min(max(wanted, moment), now)
        is_paid = is_paid or event.to_status == OrderStatus.PAID
        event.at = moment
    OrderEvent.objects.bulk_update(events, ["at"])
    steps = {event.to_status: event.at for event in events if event.to_status}
    shift = order.placed_at - placed
    order.refresh_from_db()
    paid = steps.get(OrderStatus.PAID)
    Order.objects.filter(pk=order.pk).update(
        placed_at=placed,
        paid_at=paid,
        expires_at=order.expires_at - shift,
        deliver_from=order.deliver_from - age,
        deliver_to=order.deliver_to - age,
    )
    payments = Payment.objects.filter(order=order)
    references = list(payments.values_list("reference", flat=True))
    payments.update(created_at=placed, updated_at=paid or moment, checked_at=paid or moment)
    Refund.objects.filter(payment__order=order).update(created_at=moment)
    for parcel in order.shipments.all():
        arrived = steps.get(OrderStatus.DELIVERED) if parcel.delivered_at else None
        Shipment.objects.filter(pk=parcel.pk).update(shipped_at=steps[OrderStatus.SHIPPED], delivered_at=arrived)
    order.returns.update(requested_at=moment, changed_at=moment)
    WebhookEvent.objects.filter(gateway=SANDBOX, payload__reference__in=references).update(
        received_at=paid or placed, processed_at=paid or placed
    )
