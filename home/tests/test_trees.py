"""The pages that a site starts with."""

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage
from home.models import HomePage
from home.trees import ensure_tree


def shape() -> list[tuple[str, str, str]]:
    pages = Page.objects.filter(depth__gt=1).order_by("path")
    return [(page.locale.language_code, page.specific_class.__name__, page.slug) for page in pages]


EXPECTED = {("en", "HomePage"), ("en", "BlogIndexPage"), ("ru", "HomePage"), ("ru", "BlogIndexPage")}


@pytest.mark.django_db
def test_a_fresh_database_has_front_page_and_journal_in_both_languages() -> None:
    assert {row[:2] for row in shape()} == EXPECTED
    assert len(shape()) == 4


@pytest.mark.django_db
def test_making_the_tree_again_changes_nothing() -> None:
    before = shape()
    ensure_tree()
    ensure_tree()
    assert shape() == before


@pytest.mark.django_db
def test_what_an_editor_has_renamed_stays() -> None:
    HomePage.objects.update(title="Ours")
    BlogIndexPage.objects.filter(locale__language_code="en").update(slug="stories")
    ensure_tree()
    assert set(HomePage.objects.values_list("title", flat=True)) == {"Ours"}
    assert BlogIndexPage.objects.filter(slug="stories").exists()


@pytest.mark.django_db
def test_a_lost_translation_comes_back() -> None:
    Page.objects.get(pk=HomePage.objects.get(locale__language_code="ru").pk).delete()
    ensure_tree()
    assert {row[:2] for row in shape()} == EXPECTED


@pytest.mark.django_db
def test_the_site_stands_where_the_settings_say(settings) -> None:
    settings.SITE_URL = "https://shop.example.org"
    site = ensure_tree()
    assert (site.hostname, site.port) == ("shop.example.org", 443)
    assert BlogIndexPage.objects.get(locale__language_code="ru").full_url == "https://shop.example.org/ru/blog/"


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_gets_its_tree_again() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert {row[:2] for row in shape()} == EXPECTED
    assert Locale.objects.count() == 2
    assert Site.objects.get().root_page.specific_class is HomePage
