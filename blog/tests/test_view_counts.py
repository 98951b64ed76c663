"""How views are counted, and what does not count."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from blog import view_counts
from blog.models import BlogPageViews, FlushedBatch
from blog.tests.factories import BlogPageFactory

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(view_counts, "FOLDER", tmp_path / "views")
    monkeypatch.setattr(view_counts, "_current", None)
    return tmp_path / "views"


def view(client: Client, page_id: int, agent: str = BROWSER) -> int:
    return client.post(reverse("blog:viewed", args=[page_id]), headers={"user-agent": agent}).status_code


def test_a_view_is_counted_when_it_is_flushed(client: Client, django_assert_num_queries) -> None:
    post = BlogPageFactory()
    with django_assert_num_queries(0):
        assert view(client, post.pk) == 204
    view(client, post.pk)
    assert post.view_count == 0
    assert view_counts.flush() == 2
    assert post.view_count == 2
    view(client, post.pk)
    view_counts.flush()
    assert post.view_count == 3


def test_the_page_tells_its_browser_to_say_that_it_is_read(client: Client) -> None:
    post = BlogPageFactory()
    assert (
        f'data-viewed="{reverse("blog:viewed", args=[post.pk])}"' in client.get(f"/blog/{post.slug}/").content.decode()
    )


@pytest.mark.parametrize(
    "agent",
    [
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "curl/8.1",
        "python-requests/2.32",
        "",
        "  ",
        "facebookexternalhit/1.1",
    ],
)
def test_machines_do_not_count(client: Client, agent: str) -> None:
    post = BlogPageFactory()
    assert view(client, post.pk, agent) == 204
    assert view_counts.flush() == 0


def test_an_editor_does_not_count(admin_client: Client) -> None:
    post = BlogPageFactory()
    view(admin_client, post.pk)
    assert view_counts.flush() == 0


def test_a_preview_does_not_say_that_it_is_read(admin_client: Client) -> None:
    post = BlogPageFactory()
    post.save_revision()
    preview = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[post.pk]))
    assert preview.status_code == 200
    assert b"data-viewed" not in preview.content


def test_a_shopper_who_is_logged_in_counts(client: Client, django_user_model) -> None:
    post = BlogPageFactory()
    client.force_login(django_user_model.objects.create_user("reader@example.com", "x"))
    view(client, post.pk)
    assert view_counts.flush() == 1


def test_only_posts_have_counts(client: Client) -> None:
    post = BlogPageFactory()
    for page_id in (post.get_parent().pk, 999_999, 2**31, 2**63, 10**30):
        assert view(client, page_id) in (204, 404)
    view_counts.flush()
    assert not BlogPageViews.objects.exists()


def test_the_beacon_takes_nothing_but_posts(client: Client) -> None:
    assert client.get(reverse("blog:viewed", args=[1])).status_code == 405


def test_a_file_that_is_in_the_counts_already_is_not_counted_again(folder: Path) -> None:
    post = BlogPageFactory()
    left_behind = folder / "1-abc.batch"
    folder.mkdir()
    left_behind.write_text(f"{post.pk}\n" * 5)
    FlushedBatch.objects.create(name="1-abc")
    assert view_counts.recover() == 0
    assert not left_behind.exists()
    assert post.view_count == 0


def test_a_torn_last_line_and_rubbish_are_left_out(folder: Path) -> None:
    post = BlogPageFactory()
    folder.mkdir()
    (folder / "1-abc.open").write_text(f"{post.pk}\nnonsense\n\n-4\n{post.pk}\n{post.pk}")
    assert view_counts.recover() == 2


WRITER = """
import fcntl, sys, time
file = open(sys.argv[1], "ab", buffering=0)
fcntl.flock(file, fcntl.LOCK_EX)
file.write(b"%s\\n" % sys.argv[2].encode())
print("written", flush=True)
time.sleep(60)
"""


def test_the_file_of_a_killed_process_is_taken_over_and_a_living_one_is_left_alone(folder: Path) -> None:
    post = BlogPageFactory()
    folder.mkdir()
    path = folder / "7-abc.open"
    process = subprocess.Popen([sys.executable, "-c", WRITER, path, str(post.pk)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    assert view_counts.recover() == 0
    assert path.exists()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert view_counts.recover() == 1
    assert post.view_count == 1
    assert not path.exists()


def test_publishing_an_old_draft_does_not_write_an_old_count_back() -> None:
    post = BlogPageFactory()
    revision = post.save_revision()
    view_counts.record(page_id=post.pk)
    view_counts.flush()
    revision.publish()
    assert post.view_count == 1
