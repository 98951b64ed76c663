"""What stands around every page."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, Site

from blog.tests.factories import journal
from company.models import Announcement, Company
from home.frame import Frame, frame_for
from home.models import Navigation, StandardPage
from store.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def frame() -> Frame:
    return frame_for(RequestFactory().get("/"))


def test_the_seller_is_named_with_promise_and_legal_data(client: Client, site: Site) -> None:
    company = Company.for_site(site)
    company.name, company.legal_name, company.tax_number = "Kolibri", "Kolibri GmbH & Co", "DE1"
    company.promise_en, company.promise_ru = "Free delivery", "Бесплатно"
    company.email = "hello@example.com"
    company.save()
    text = client.get("/blog/").content.decode()
    for part in ("kolibri", "Kolibri GmbH &amp; Co", "DE1", "Free delivery", "mailto:hello@example.com"):
        assert part in text
    assert "Бесплатно" in client.get("/ru/blog/").content.decode()


def test_the_announcement_is_shown_while_it_is_on(client: Client, site: Site) -> None:
    bar = Announcement.for_site(site)
    bar.text_en, bar.link, bar.active = "Sale <now>", "/store/", True
    bar.save()
    assert "Sale &lt;now&gt;" in client.get("/blog/?1").content.decode()
    bar.active = False
    bar.save()
    assert "Sale" not in client.get("/blog/?2").content.decode()


def test_another_text_is_another_announcement() -> None:
    assert Announcement(text="One").key != Announcement(text="Two").key


def test_without_menus_the_header_shows_the_shelves_and_the_journal() -> None:
    Category.add_root(name_en="Audio", name_ru="Звук", slug="audio")
    assert [link.label for link in frame().header] == ["Audio", "Journal"]
    assert frame().header[0].url == reverse("store:category", args=["audio"])


def test_few_departments_show_what_stands_in_them() -> None:
    root = Category.add_root(name_en="Electronics", slug="electronics")
    root.add_child(name_en="Audio", slug="audio")
    assert [link.label for link in frame().header] == ["Audio", "Journal"]


def test_an_editor_arranges_the_menus(site: Site) -> None:
    audio = Category.add_root(name_en="Audio", slug="audio")
    navigation = Navigation.for_site(site)
    navigation.header = [
        ("page", {"page": journal(), "label_en": "", "label_ru": ""}),
        ("category", {"category": audio, "label_en": "Sound", "label_ru": "Звук"}),
        ("address", {"address": "/store/?sort=new", "label_en": "New in", "label_ru": ""}),
    ]
    navigation.footer = [("column", {"label_en": "Help", "label_ru": "", "links": [("departments", None)]})]
    navigation.save()
    assert [(link.label, link.url) for link in frame().header] == [
        ("Journal", "/blog/"),
        ("Sound", reverse("store:category", args=["audio"])),
        ("New in", "/store/?sort=new"),
    ]
    assert [(column.title, column.links[0].label) for column in frame().footer] == [("Help", "Audio")]


def test_a_link_whose_page_is_gone_is_left_out(site: Site) -> None:
    page = site.root_page.add_child(instance=StandardPage(title="Delivery", slug="delivery"))
    navigation = Navigation.for_site(site)
    navigation.header = [("page", {"page": Page.objects.get(pk=page.pk), "label_en": "", "label_ru": ""})]
    navigation.save()
    assert [link.label for link in frame().header] == ["Delivery"]
    page.unpublish()
    assert "Delivery" not in [link.label for link in frame().header]
    Page.objects.get(pk=page.pk).delete()
    assert "Delivery" not in [link.label for link in frame().header]


def test_the_frame_costs_no_query_the_second_time(client: Client, django_assert_num_queries) -> None:
    frame()
    frame()
    with django_assert_num_queries(0):
        frame()


def test_the_current_section_is_marked(client: Client) -> None:
    Category.add_root(name_en="Audio", slug="audio")
    text = client.get("/blog/").content.decode()
    assert 'href="/blog/" aria-current="true"' in text
    assert 'href="/store/c/audio/" aria-current' not in text


def test_every_page_begins_with_a_skip_link_and_names_its_language(client: Client) -> None:
    text = client.get("/ru/blog/").content.decode()
    assert '<html lang="ru"' in text
    assert text.index('class="skip-link" href="#main"') < text.index("<header")
    assert "style=" not in text
    assert "<script>" not in text


def test_a_content_manager_edits_menus_and_announcement_and_not_the_legal_data(client: Client, site: Site) -> None:
    editor = get_user_model().objects.create_user("editor@example.com", "x")
    editor.groups.add(Group.objects.get(name="Content managers"))
    client.force_login(editor)
    for app, model, status in (
        ("home", "navigation", 200),
        ("company", "announcement", 200),
        ("company", "company", 302),
    ):
        address = reverse("wagtailsettings:edit", args=[app, model, site.pk])
        assert client.get(address).status_code == status, model


def test_the_other_language_is_this_very_address_with_its_query(client: Client) -> None:
    text = client.get("/store/?price=0-20").content.decode()
    assert 'href="/ru/store/?price=0-20" lang="ru"' in text
    assert 'href="/store/?price=0-20" lang="en"' in client.get("/ru/store/?price=0-20").content.decode()
    assert 'href="/ru/no-such-page/"' in client.get("/no-such-page/").content.decode()
