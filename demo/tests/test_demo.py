"""`manage.py demo`: makes, makes nothing twice, takes away only its own."""

import io
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from wagtail.images import get_image_model
from wagtail.models import Page

from accounts.models import User
from blog.models import BlogPage
from campaigns import segments
from campaigns.models import (
    Attempt,
    Attribution,
    Delivery,
    DeliveryEvent,
    Mailing,
    MailingRules,
    OptInForm,
    OwnerSettings,
    Recipient,
    Run,
    Segment,
)
from company.models import Announcement, Company
from demo.content import front
from demo.content.people import LOGINS, PASSWORD
from demo.models import Made
from home.models import HomePage, StandardPage
from notifications.models import OutgoingMail
from store.models import (
    Category,
    Invoice,
    InvoiceSettings,
    Order,
    OrderEvent,
    OrderSettings,
    Payment,
    Product,
    ProductListing,
    Stock,
    TaxRate,
)
from store.search import matching

pytestmark = pytest.mark.django_db

# History and logs of the admin, and what Wagtail keeps about languages and searches, are not content.
KEEPS = {"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.Revision", "sessions.Session"}


def census() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.label not in KEEPS]
    counts = {model._meta.label: model._base_manager.count() for model in models}
    return {label: count for label, count in counts.items() if count}


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


def test_it_fills_every_room_of_the_site(development, small_pictures) -> None:
    run()
    assert ProductListing.objects.count() == Product.objects.count() >= 115
    assert matching(ProductListing.objects.all(), "headphones").count() >= 3
    assert BlogPage.objects.live().count() == 24
    assert StandardPage.objects.live().count() == 8
    assert set(BlogPage.objects.values_list("locale__language_code", flat=True)) == {"en", "ru"}
    assert Recipient.objects.filter(owner__email="owner@example.com").count() >= 290
    for segment in Segment.objects.all():
        assert segments.matching(owner=segment.owner, rules=segment.rules).exists(), segment
    assert OptInForm.objects.count() == 2
    assert not OwnerSettings.objects.filter(owner__email__startswith="owner", postal_address="").exists()
    assert set(Mailing.objects.values_list("periodicity", flat=True)) == {"once", "daily", "weekly", "monthly"}
    assert {"delivered", "shipped", "paid", "placed", "cancelled", "expired", "refunded"} <= set(
        Order.objects.values_list("status", flat=True)
    )


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


def test_removal_leaves_nothing_behind(little) -> None:
    call_command("createcachetable", verbosity=0)
    home = HomePage.objects.get(locale__language_code="en")
    Company.for_site(home.get_site())
    Announcement.for_site(home.get_site())
    InvoiceSettings.for_site(home.get_site())
    OrderSettings.load()
    MailingRules.load()
    apps.get_model("home.Navigation").for_site(home.get_site())
    before = census()
    run()
    said = run("--remove")
    after = census()
    assert {label: count for label, count in after.items() if before.get(label) != count} == {}
    assert "Removed" in said and "Kept" not in said
    assert len(HomePage.objects.get(pk=home.pk).slides) == 0
    assert Company.for_site(home.get_site()).legal_name == ""


def test_what_was_removed_comes_again_as_the_first_time(little) -> None:
    site = HomePage.objects.get(locale__language_code="en").get_site()
    run()
    first = (Announcement.for_site(site).text_ru, Company.for_site(site).promise_en)
    run("--remove")
    bar = Announcement.objects.get(site=site)
    assert (bar.text, bar.text_en, bar.text_ru, bar.active) == ("", None, None, False)
    run()
    assert (Announcement.objects.get(site=site).text_ru, Company.objects.get(site=site).promise_en) == first
    assert first == (front.ANNOUNCEMENT.ru, front.PROMISE.en)


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


def test_it_does_not_touch_what_the_operator_had_before(little) -> None:
    mine = User.objects.create_user("owner@example.com", "a password of my own")
    shelf = Category.add_root(name_en="Sound", slug="audio")
    rate = TaxRate.objects.create(country="LV", rate=Decimal("5"), is_home=True)
    run()
    run("--remove")
    mine.refresh_from_db()
    assert mine.check_password("a password of my own")
    assert Category.objects.get().pk == shelf.pk
    assert TaxRate.objects.get() == rate


def test_the_first_start_leaves_a_site_in_use_alone(little) -> None:
    Category.add_root(name_en="Sound", slug="audio")
    Product.objects.create(name="My own", slug="my-own", category=Category.objects.get())
    said = run("--first")
    assert Made.objects.count() == 0
    assert "/admin/" in said and PASSWORD not in said


def test_the_first_start_says_where_to_go_and_who_may_enter(little) -> None:
    said = run("--first")
    for path in ("/admin/", "/campaigns/", "/outbox/", "/api/v1/docs", PASSWORD, *(login.email for login in LOGINS)):
        assert path in said


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


def test_without_debug_no_log_in_is_made(little, settings) -> None:
    settings.DEBUG = settings.DEMO_LOGINS_ALLOWED = False
    said = run()
    assert "no log-ins were made" in said
    assert not User.objects.filter(email__in=settings.DEMO_LOGINS).exists()
    assert Order.objects.exists() and not Mailing.objects.exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


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


def test_a_scale_below_one_is_refused(development) -> None:
    with pytest.raises(CommandError):
        run("--scale", "0")


def test_orders_that_demo_people_place_later_go_with_the_demo(demo) -> None:
    shopper = User.objects.get(email="shopper@example.com")
    order = Order.objects.exclude(user=None).first()
    assert order is not None
    Made.objects.filter(kind="store.order", object_id=str(order.pk)).delete()
    Order.objects.filter(pk=order.pk).update(user=shopper)
    run("--remove")
    assert not Order.objects.filter(pk=order.pk).exists()
