"""Posts in the Wagtail admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog.models import BlogPage, BlogPageViews
from blog.publishing import publish_scheduled
from blog.tests.factories import BlogPageFactory, journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> tuple[BlogPage, BlogPage, BlogPage]:
    posts = [BlogPageFactory(title=title) for title in ("Rarely read", "Much read", "Never read")]
    BlogPageViews.objects.create(page=posts[0], count=3)
    BlogPageViews.objects.create(page=posts[1], count=4711)
    return tuple(posts)


def addresses() -> list[str]:
    return [reverse("posts:index"), reverse("wagtailadmin_explore", args=[journal().pk])]


@pytest.mark.parametrize("place", [0, 1])
def test_posts_are_sorted_by_views_in_both_directions(admin_client: Client, counted, place: int) -> None:
    address = addresses()[place]
    upwards = admin_client.get(address, {"ordering": "views_so_far"}).content.decode()
    downwards = admin_client.get(address, {"ordering": "-views_so_far"}).content.decode()
    assert "4711" in upwards or "4,711" in upwards
    assert upwards.index("Never read") < upwards.index("Rarely read") < upwards.index("Much read")
    assert downwards.index("Much read") < downwards.index("Rarely read") < downwards.index("Never read")


@pytest.mark.parametrize("place", [0, 1])
def test_searching_posts_sorted_by_views_works(admin_client: Client, counted, place: int) -> None:
    response = admin_client.get(addresses()[place], {"ordering": "views_so_far", "q": "Much"})
    assert response.status_code == 200
    assert b"Much read" in response.content


def test_a_scheduled_post_appears_when_its_time_has_come(client: Client) -> None:
    post = BlogPageFactory(live=False, go_live_at=timezone.now() + timedelta(hours=1))
    post.save_revision(approved_go_live_at=post.go_live_at)
    publish_scheduled()
    assert client.get(f"/blog/{post.slug}/").status_code == 404
    post.go_live_at = timezone.now() - timedelta(minutes=1)
    post.save_revision(approved_go_live_at=post.go_live_at)
    publish_scheduled()
    post.refresh_from_db()
    assert post.live


def test_an_expired_post_goes() -> None:
    post = BlogPageFactory(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled()
    post.refresh_from_db()
    assert not post.live


def test_an_editor_writes_and_publishes_a_post(admin_client: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", journal().pk])
    assert admin_client.get(address).status_code == 200
    fields = {
        "title": "Written here",
        "slug": "written-here",
        "intro": "",
        "date": "2026-11-21",
        "tags": "audio, wood",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "",
        "body-0-value": "A heading",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    response = admin_client.post(address, fields)
    assert response.status_code == 302, response.context["form"].errors
    post = BlogPage.objects.get(slug="written-here")
    assert post.live
    assert set(post.tags.names()) == {"audio", "wood"}


def test_posts_stand_in_the_menu_of_those_only_who_work_on_pages(client: Client, admin_client: Client) -> None:
    keeper = User.objects.create_user("keeper@example.com", "x")
    keeper.groups.set(Group.objects.filter(name="Shop managers"))
    client.force_login(keeper)
    menu = f'"{reverse("posts:index")}"'
    assert menu in admin_client.get("/admin/").content.decode()
    assert menu not in client.get("/admin/").content.decode()
