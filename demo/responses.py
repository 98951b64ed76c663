"""What the demo's readers did with the mail: opened, clicked, bought, complained, left; programs clicked too."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from campaigns import contents, owners
from campaigns.models import Attribution, Content, Delivery, DeliveryEvent, Link, Mailing, Message, Recipient, Run
from campaigns.rendering import rendered
from demo import ledger
from store.models import Order

Kind = DeliveryEvent.Kind
STATES = Recipient.State
PATHS = ("/store/", "/blog/", "/store/search/?q=wool")
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SCANNER = "Barracuda Sentinel (EE)"
# Of those who agreed so many open, of those who opened so many click; of all so many are scanned.
OPENS, CLICKS, SCANS = 0.52, 0.34, 0.05
LEFT: dict[str, Kind] = {STATES.COMPLAINED: Kind.COMPLAINED, STATES.UNSUBSCRIBED: Kind.UNSUBSCRIBED}
BUYS_WITHIN = timedelta(days=6)


def turn_on(owner: User) -> None:
    """Opens and clicks are off unless an owner wants them."""
    wish = owners.settings_of(owner)
    if not (wish.notes_opens or wish.notes_clicks):
        wish.notes_opens = wish.notes_clicks = True
        wish.save()


def freeze(run: Run) -> Content:
    """The message as it went out; a plain one with three links of the site at its end."""
    if run.mailing.message.kind == Message.Kind.BLOCKS:
        return contents.freeze(run=run, message=run.mailing.message)
    urls = [settings.SITE_URL + path for path in PATHS]
    sent = Message(owner=run.mailing.owner, subject=run.subject, body="\n".join([run.body, "", *urls]))
    return contents.store(run=run, message=run.mailing.message, rival=None, words=rendered(sent))


def answer(run: Run, *, is_last: bool, chance: random.Random) -> None:
    """Events of the run's deliveries, their first moments and the run's counts, as the engine would have kept them."""
    deliveries = list(run.deliveries.select_related("recipient").order_by("pk"))
    links = list(Link.objects.filter(content__run=run))
    gone = set(
        DeliveryEvent.objects.filter(kind__in=LEFT.values(), delivery__recipient__owner=run.mailing.owner).values_list(
            "delivery__recipient", flat=True
        )
    )
    events = [event for row in deliveries for event in done_with(row, links, chance, leaves=is_last, gone=gone)]
    now = timezone.now()
    events = [event for event in events if event.at <= now]
    for event in events:
        name = f"{event.kind}_at"
        if not event.by_machine and getattr(event.delivery, name) is None:
            setattr(event.delivery, name, event.at)
    kinds = (Kind.OPENED, Kind.CLICKED, Kind.BOUNCED, Kind.COMPLAINED, Kind.UNSUBSCRIBED)
    touched = {event.delivery.pk: event.delivery for event in events if not event.by_machine}
    Delivery.objects.bulk_update(touched.values(), [f"{kind}_at" for kind in kinds], 500)
    DeliveryEvent.objects.bulk_create(events, 500)
    for link in links:
        link.clicks = sum(1 for event in events if event.link == link and not event.by_machine)
    Link.objects.bulk_update(links, ["clicks"])
    counts = {str(kind): sum(getattr(row, f"{kind}_at") is not None for row in deliveries) for kind in kinds}
    Run.objects.filter(pk=run.pk).update(**counts)


def done_with(
    row: Delivery, links: list[Link], chance: random.Random, *, leaves: bool, gone: set[int]
) -> Iterator[DeliveryEvent]:
    person, sent = row.recipient, row.finished_at
    if person is None or sent is None:
        return
    if row.status == Delivery.Status.FAILED and person.state == STATES.BOUNCED:
        yield DeliveryEvent(delivery=row, kind=Kind.BOUNCED, at=sent, details=row.last_response)
    if row.status != Delivery.Status.SENT:
        return
    if leaves and person.state in LEFT and person.pk not in gone:
        yield DeliveryEvent(delivery=row, kind=LEFT[person.state], at=sent + hours(chance, 9))
    if person.tracking_agreed_at is None:
        return
    if chance.random() < SCANS:
        at = sent + timedelta(seconds=2)
        for link in links:
            yield DeliveryEvent(delivery=row, kind=Kind.CLICKED, at=at, link=link, by_machine=True, details=SCANNER)
    if chance.random() < OPENS:
        opened = sent + hours(chance, 7)
        yield DeliveryEvent(delivery=row, kind=Kind.OPENED, at=opened, details=READER)
        if chance.random() < CLICKS:
            link = chance.choices(links[:3], weights=(5, 3, 1)[: len(links)])[0]
            at = opened + timedelta(seconds=chance.randrange(8, 240))
            yield DeliveryEvent(delivery=row, kind=Kind.CLICKED, at=at, link=link, details=READER)


def hours(chance: random.Random, usual: float) -> timedelta:
    """Most within the first hours, some days later."""
    return timedelta(hours=min(chance.expovariate(1 / usual), 120))


def bring_orders(owner: User) -> None:
    """Orders of the demo's that came soon after a click count for its mailing: a third of them."""
    clicks = DeliveryEvent.objects.filter(
        kind=Kind.CLICKED,
        by_machine=False,
        link__url__contains="/store/",
        delivery__run__mailing__owner=owner,
        delivery__run__mailing__in=ledger.keys(Mailing),
    )
    found = list(clicks.select_related("delivery").order_by("at"))
    orders = Order.objects.filter(pk__in=ledger.keys(Order), paid_at__isnull=False).order_by("pk")
    used: set[int] = set()
    for order in orders.exclude(pk__in=Attribution.objects.values("order")):
        chance = random.Random(order.number)
        near = [one for one in found if timedelta(0) < order.placed_at - one.at < BUYS_WITHIN and one.pk not in used]
        if near and chance.random() < 0.35:
            click = chance.choice(near)
            used.add(click.pk)
            count(order, click.delivery)


def count(order: Order, delivery: Delivery) -> None:
    paid: datetime = order.paid_at or order.placed_at
    Attribution.objects.create(
        order=order,
        run_id=delivery.run_id,
        delivery=delivery,
        amount=order.total,
        refunded=order.refunded,
        currency=order.currency,
        at=paid,
    )
