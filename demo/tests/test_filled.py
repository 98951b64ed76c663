"""What `manage.py demo` has made; each test begins with the whole of it."""

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.db.models import F, Sum
from wagtail.images import get_image_model
from wagtail.models import Page

from accounts.models import User
from campaigns.models import (
    Attempt,
    Attribution,
    Delivery,
    DeliveryEvent,
    Mailing,
    Recipient,
    Run,
)
from company.models import Company
from demo.content.people import LOGINS, PASSWORD
from demo.models import Made
from demo.tests.running import census, run
from home.models import HomePage
from notifications.models import OutgoingMail
from store.models import (
    Category,
    Invoice,
    Order,
    OrderEvent,
    Payment,
    Product,
    Stock,
)

pytestmark = pytest.mark.django_db


def test_the_log_in_that_buys_has_bought(demo) -> None:
    assert Order.objects.filter(user__email="shopper@example.com").exists()


def test_every_paid_order_has_its_papers_in_a_series_of_the_demos_own(demo) -> None:
    paid = Order.objects.filter(paid_at__isnull=False)
    assert paid.exists() and not paid.exclude(invoices__kind="invoice").exists()
    assert not Order.objects.filter(status="refunded").exclude(invoices__kind="credit_note").exists()
    assert set(Invoice.objects.values_list("series", flat=True)) == {"DEMO", "DEMO-CN"}


def test_a_second_run_changes_nothing(demo) -> None:
    before, stock = census(), list(Stock.objects.order_by("pk").values_list("on_hand", "reserved"))
    run()
    assert census() == before
    assert list(Stock.objects.order_by("pk").values_list("on_hand", "reserved")) == stock


def test_removal_keeps_what_the_operator_has_made_and_written(demo) -> None:
    shelf = Category.objects.get(slug="turntables")
    own = Product.objects.create(name="My own", slug="my-own", category=shelf, brand=Product.objects.first().brand)
    picture = get_image_model().objects.get(title="Turntable coral")
    own.pictures.create(image=picture)
    home = HomePage.objects.get(locale__language_code="en")
    home.products_title = "Mine"
    home.save()
    company = Company.for_site(home.get_site())
    company.phone = "+371 20000000"
    company.save()
    owner = User.objects.get(email="owner2@example.com")
    kept = Recipient.objects.create(owner=owner, email="mine@example.net")
    said = run("--remove")
    assert said.count("Kept") >= 4
    own.refresh_from_db()
    assert own.brand and own.category == shelf and own.pictures.get().image == picture
    assert HomePage.objects.get(pk=home.pk).products_title == "Mine"
    assert Company.for_site(home.get_site()).phone == "+371 20000000"
    assert list(Recipient.objects.all()) == [kept]


def test_every_log_in_of_the_contract_opens_with_the_password(demo) -> None:
    assert {login.email for login in LOGINS} == django_settings.DEMO_LOGINS
    for login in LOGINS:
        user = authenticate(email=login.email, password=PASSWORD)
        assert user is not None, login
        assert user.emailaddress_set.get().verified
    assert User.objects.get(email="admin@example.com").is_superuser
    assert User.objects.get(email="shop@example.com").groups.get().name == "Shop managers"


def test_log_ins_are_refused_without_debug(demo, settings) -> None:
    settings.DEBUG = settings.DEMO_LOGINS_ALLOWED = False
    assert all(authenticate(email=login.email, password=PASSWORD) is None for login in LOGINS)


def test_a_session_of_a_demo_log_in_ends_with_debug(demo, settings, client) -> None:
    client.force_login(User.objects.get(email="admin@example.com"))
    settings.DEBUG = settings.DEMO_LOGINS_ALLOWED = False
    assert client.get("/admin/").status_code == 302


def test_history_sends_no_mail_and_queues_nothing(demo) -> None:
    assert not OutgoingMail.objects.exists()
    assert not Delivery.objects.filter(status__in=["queued", "claimed"]).exists()
    assert not apps.get_model("django_q.OrmQ").objects.exists()
    assert not Mailing.objects.due().exists()


def test_the_figures_of_runs_add_up(demo) -> None:
    for row in Run.objects.all():
        assert row.total == row.deliveries.count() == row.sent + row.failed + row.in_doubt
        assert row.sent == row.deliveries.filter(status="sent").count()
    assert Delivery.objects.filter(status="in_doubt").count() == 1
    assert Delivery.objects.filter(status="failed").exists()
    assert Attempt.objects.filter(status="deferred").exists()


def test_readers_have_opened_clicked_and_bought(demo) -> None:
    runs = Run.objects.aggregate(**{name: Sum(name) for name in ("opened", "clicked", "bounced", "unsubscribed")})
    assert all(runs.values()), runs
    events = DeliveryEvent.objects.filter(by_machine=False)
    assert not events.filter(kind__in=["opened", "clicked"], delivery__recipient__tracking_agreed_at=None).exists()
    assert events.values("delivery").filter(kind="clicked").distinct().count() == runs["clicked"]
    assert DeliveryEvent.objects.filter(by_machine=True).exists()
    assert Attribution.objects.exists()


def test_orders_lie_in_the_past_and_their_trail_in_order(demo) -> None:
    for order in Order.objects.all():
        moments = list(OrderEvent.objects.filter(order=order).order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments) and moments[0] >= order.placed_at
        assert order.total == order.subtotal - order.discount + order.shipping
    assert Payment.objects.filter(status="succeeded").exists()
    assert not Stock.objects.filter(reserved__gt=F("on_hand")).exists()


def test_scale_multiplies_products_customers_and_orders(demo) -> None:
    products, orders = Product.objects.count(), Order.objects.count()
    run("--scale", "2")
    assert Product.objects.count() == 2 * products
    assert Order.objects.count() > 1.5 * orders
    assert Page.objects.filter(slug="about").count() == 2
    run("--remove")
    assert not Product.objects.exists() and not Order.objects.exists()


def test_orders_that_demo_people_place_later_go_with_the_demo(demo) -> None:
    shopper = User.objects.get(email="shopper@example.com")
    order = Order.objects.exclude(user=None).first()
    assert order is not None
    Made.objects.filter(kind="store.order", object_id=str(order.pk)).delete()
    Order.objects.filter(pk=order.pk).update(user=shopper)
    run("--remove")
    assert not Order.objects.filter(pk=order.pk).exists()
