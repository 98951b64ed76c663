"""`manage.py demo`: makes, makes nothing twice, takes away only its own."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.models import User
from blog.models import BlogPage
from campaigns import segments
from campaigns.models import (
    Mailing,
    MailingRules,
    OptInForm,
    OwnerSettings,
    Recipient,
    Segment,
)
from company.models import Announcement, Company
from demo.content import front
from demo.content.people import LOGINS, PASSWORD
from demo.models import Made
from demo.tests.running import census, run
from home.models import HomePage, StandardPage
from store.models import (
    Category,
    InvoiceSettings,
    Order,
    OrderSettings,
    Product,
    ProductListing,
    TaxRate,
)
from store.search import matching

pytestmark = pytest.mark.django_db


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


def test_without_debug_no_log_in_is_made(little, settings) -> None:
    settings.DEBUG = settings.DEMO_LOGINS_ALLOWED = False
    said = run()
    assert "no log-ins were made" in said
    assert not User.objects.filter(email__in=settings.DEMO_LOGINS).exists()
    assert Order.objects.exists() and not Mailing.objects.exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_scale_below_one_is_refused(development) -> None:
    with pytest.raises(CommandError):
        run("--scale", "0")
