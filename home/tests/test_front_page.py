"""The front page: what it gathers, and how often it is drawn anew."""

import datetime
from io import BytesIO

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from blog.tests.factories import BlogPageFactory, journal
from home import front
from home.models import HomePage
from store import listing
from store.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def front_page(language: str = "en") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def picture() -> AbstractImage:
    file = BytesIO()
    Picture.new("RGB", (64, 48), "teal").save(file, "PNG")
    return get_image_model().objects.create(title="Teal", file=ContentFile(file.getvalue(), "teal.png"))


def test_a_new_site_has_a_front_page_in_both_languages(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert '<html lang="ru"' in client.get("/ru/").content.decode()


def test_slides_promises_and_text_are_shown(client: Client) -> None:
    page = front_page()
    page.slides = [
        ("slide", {"image": picture(), "title": "<Autumn>", "text": "", "button": "Go", "address": "/store/"})
    ]
    page.body = [
        (
            "promises",
            {"promises": [{"icon_name": "truck", "title": "Fast", "text": ""}, {"icon_name": "lock", "title": "Safe"}]},
        ),
        ("paragraph", "<p>Hello there</p>"),
    ]
    page.save()
    text = client.get("/").content.decode()
    assert "&lt;Autumn&gt;" in text
    assert 'href="/store/">Go<' in text
    assert "Fast" in text
    assert "Hello there" in text
    assert text.count("<h1") == 1


def test_a_slide_whose_picture_was_deleted_does_not_break_the_page(client: Client) -> None:
    page, image = front_page(), picture()
    page.slides = [("slide", {"image": image, "title": "Autumn", "text": "", "button": "", "address": ""})]
    page.save()
    image.delete()
    assert client.get("/").status_code == 200


def test_three_posts_are_drawn_by_lot_and_drawn_anew_each_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(12):
        BlogPageFactory()
    locale = journal().locale_id

    def drawn_at(second: int) -> list[int]:
        moment = datetime.datetime.fromtimestamp(1_800_000_000 + second, datetime.UTC)
        monkeypatch.setattr(front.timezone, "now", lambda: moment)
        return [post.pk for post in front.posts_of_the_minute(locale_id=locale)]

    assert len(set(drawn_at(0))) == 3
    assert drawn_at(0) == drawn_at(59)
    assert len({tuple(drawn_at(60 * minute)) for minute in range(10)}) > 5


def test_the_page_is_kept_no_longer_than_its_posts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime.datetime(2026, 11, 21, 12, 0, 48, tzinfo=datetime.UTC)
    monkeypatch.setattr(front.timezone, "now", lambda: moment)
    assert front.seconds_of_this_minute() == 12


def test_with_fewer_than_three_posts_all_are_shown_and_drafts_never_are(client: Client) -> None:
    BlogPageFactory(title="The only one")
    BlogPageFactory(title="A draft", live=False)
    text = client.get("/").content.decode()
    assert "The only one" in text
    assert "A draft" not in text


def test_the_russian_front_page_shows_russian_posts_only(client: Client) -> None:
    BlogPageFactory(title="In English")
    BlogPageFactory(title="По-русски", parent=journal("ru"), locale=journal("ru").locale)
    text = client.get("/ru/").content.decode()
    assert "По-русски" in text
    assert "In English" not in text


def test_the_figures_of_the_mailings_are_counted_once_a_minute(client: Client, django_assert_num_queries) -> None:
    figures = front.figures()
    assert set(figures) == {"mailings", "active", "recipients"}
    with django_assert_num_queries(0):
        assert front.figures() == figures


def test_the_front_page_keeps_within_its_queries(client: Client, django_assert_max_num_queries) -> None:
    for _ in range(5):
        BlogPageFactory()
    client.get("/?first")
    caches["local"].delete("home:figures")
    with django_assert_max_num_queries(20):
        client.get("/")
    with django_assert_max_num_queries(0):
        client.get("/")


def test_chosen_products_are_shown_in_their_order_and_those_not_for_sale_are_left_out(client: Client) -> None:
    first, second, gone = (ProductFactory(name_en=name) for name in ("Lamp", "Chair", "Ghost"))
    gone.active = False
    gone.save()
    listing.refresh(product_ids=[first.pk, second.pk, gone.pk])
    page = front_page()
    page.products = [("product", second), ("product", gone), ("product", first)]
    page.save()
    text = client.get("/").content.decode()
    assert text.index("Chair") < text.index("Lamp")
    assert "Ghost" not in text


def test_without_a_choice_the_most_popular_products_are_shown() -> None:
    popular, other = ProductFactory(popularity=9), ProductFactory(popularity=1)
    listing.refresh(product_ids=[popular.pk, other.pk])
    assert [card.pk for card in front.products(chosen=[])] == [popular.pk, other.pk]
