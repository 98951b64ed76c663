"""What readers of the journal see."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import BlogPage
from blog.tests.factories import BlogPageFactory, journal

pytestmark = pytest.mark.django_db


def test_the_journal_shows_the_latest_posts_first(client: Client) -> None:
    BlogPageFactory(title="Older", date=date(2026, 1, 1))
    BlogPageFactory(title="Newer", date=date(2026, 2, 1))
    text = client.get("/blog/").content.decode()
    assert text.index("Newer") < text.index("Older")


def test_drafts_are_not_shown(client: Client) -> None:
    draft = BlogPageFactory(title="Still secret", live=False)
    assert b"Still secret" not in client.get("/blog/").content
    assert b"Still secret" not in client.get("/blog/feed/").content
    assert client.get(f"/blog/{draft.slug}/").status_code == 404


def test_a_page_holds_twelve_posts_and_keeps_the_tag_in_its_links(client: Client) -> None:
    for _ in range(13):
        BlogPageFactory.tagged("audio")
    first = client.get("/blog/?tag=audio")
    assert first.content.count(b"<article") == 12
    assert b"?tag=audio&amp;page=2" in first.content
    assert client.get("/blog/?tag=audio&page=2").content.count(b"<article") == 1


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "", "2%00"])
def test_a_page_that_does_not_exist_shows_another_one(client: Client, page: str) -> None:
    BlogPageFactory()
    assert client.get(f"/blog/?page={page}").status_code == 200


def test_the_journal_is_filtered_by_tag(client: Client) -> None:
    BlogPageFactory.tagged("audio", title="About headphones")
    BlogPageFactory.tagged("wool", title="About jumpers")
    text = client.get("/blog/?tag=audio").content.decode()
    assert "About headphones" in text
    assert "About jumpers" not in text


@pytest.mark.parametrize("tag", ["nothing", "%00", "%F0%9F%8E%A7", "x" * 5000, "'; DROP TABLE"])
def test_an_unknown_tag_shows_an_empty_journal(client: Client, tag: str) -> None:
    BlogPageFactory.tagged("audio", title="About headphones")
    response = client.get(f"/blog/?tag={tag}")
    assert response.status_code == 200


def test_a_post_shows_its_text_date_and_number_of_views(client: Client) -> None:
    body = [("heading", "First things"), ("paragraph", "<p>Listen.</p>"), ("quote", {"text": "Oh", "source": "Me"})]
    post = BlogPageFactory(title="<b>Sound</b>", body=body, date=date(2026, 3, 4))
    text = client.get(f"/blog/{post.slug}/").content.decode()
    assert "&lt;b&gt;Sound&lt;/b&gt;" in text
    assert "First things" in text
    assert "0 views" in text
    assert 'datetime="2026-03-04' in text


def test_related_posts_share_tags_and_those_that_share_most_come_first() -> None:
    post = BlogPageFactory.tagged("audio", "wood")
    one = BlogPageFactory.tagged("audio")
    both = BlogPageFactory.tagged("audio", "wood", date=timezone.localdate() - timedelta(days=9))
    BlogPageFactory.tagged("wool")
    BlogPageFactory.tagged("audio", live=False)
    BlogPageFactory.tagged("audio", parent=journal("ru"), locale=journal("ru").locale)
    assert list(post.related_posts()) == [both, one]


def test_a_post_without_tags_has_no_related_posts() -> None:
    BlogPageFactory.tagged("audio")
    assert not list(BlogPageFactory().related_posts())


def test_the_feed_is_rss_with_absolute_links(client: Client) -> None:
    post = BlogPageFactory.tagged("audio", title="Sound & light")
    response = client.get("/blog/feed/")
    assert response["Content-Type"].startswith("application/rss+xml")
    item = ElementTree.fromstring(response.content).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "Sound & light"
    assert (item.findtext("link") or "").endswith(f"/blog/{post.slug}/")
    assert (item.findtext("link") or "").startswith("http")
    assert item.findtext("category") == "audio"


def test_a_russian_post_stands_under_its_own_journal(client: Client) -> None:
    post = BlogPageFactory(title="Hello", slug="hello")
    translated = post.copy_for_translation(journal("ru").locale)
    translated.title = "Привет"
    translated.save_revision().publish()
    russian = client.get("/ru/blog/hello/").content.decode()
    assert "Привет" in russian
    assert '<html lang="ru"' in russian
    assert 'href="/blog/hello/" lang="en"' in russian
    assert 'href="/ru/blog/hello/" lang="ru"' in client.get("/blog/hello/").content.decode()
    assert "Привет" not in client.get("/blog/").content.decode()


@pytest.mark.parametrize(("path", "budget"), [("/blog/", 15), ("/blog/a-post/", 16)])
def test_pages_keep_within_their_queries(client: Client, path: str, budget: int, django_assert_max_num_queries) -> None:
    for number in range(8):
        BlogPageFactory.tagged("audio", "wood", slug="a-post" if not number else f"other-{number}")
    # The frame around the page is kept for a minute, whatever the page.
    client.get("/blog/?page=2")
    with django_assert_max_num_queries(budget):
        assert client.get(path).status_code == 200
    with django_assert_max_num_queries(0):
        assert client.get(path).status_code == 200


def test_visitors_share_a_page_and_those_with_a_session_do_not(client: Client, admin_client: Client) -> None:
    post = BlogPageFactory(title="Before")
    assert b"Before" in client.get(f"/blog/{post.slug}/").content
    BlogPage.objects.filter(pk=post.pk).update(title="After")
    assert b"Before" in client.get(f"/blog/{post.slug}/").content
    fresh = admin_client.get(f"/blog/{post.slug}/")
    assert b"After" in fresh.content
    assert "s-maxage" not in fresh["Cache-Control"]
