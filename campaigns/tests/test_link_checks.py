"""Links of messages, tried on a server of our own; else the guard against private networks stays up."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from campaigns import link_checks, link_probe
from campaigns.link_probe import LOOP, NO_HOST, PRIVATE, SILENT, probe
from campaigns.models import LinkCheck
from campaigns.tests.factories import MessageFactory, RecipientFactory
from campaigns.tests.workspace import plan, url
from campaigns.tests.worlds import logged_in, owner

# What the server answers by path: a status, for HEAD another one, and where it points to.
PAGES: dict[str, tuple[int, int, str]] = {
    "/good": (200, 200, ""),
    "/gone": (410, 410, ""),
    "/no-head": (200, 405, ""),
    "/robots-keep-out": (403, 403, ""),
    "/broken": (500, 500, ""),
    "/moved": (301, 301, "/good"),
    "/moved-to-nothing": (302, 302, "/nothing"),
    "/circle": (302, 302, "/circle"),
    "/inwards": (302, 302, "http://127.0.0.2/good"),
    "/cloud": (302, 302, "http://169.254.169.254/latest/meta-data/"),
    "/hang": (0, 0, ""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.say(*PAGES.get(self.path, (404, 404, ""))[::2])

    def do_HEAD(self) -> None:
        self.say(*PAGES.get(self.path, (404, 404, ""))[1:])

    def say(self, status: int, location: str) -> None:
        if status == 0:
            self.server.ended.wait(20)  # type: ignore[attr-defined]
            return
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.ended = threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.ended.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture
def look(base: str) -> Callable[[str], str]:
    """The probe, which takes this one address for public."""
    ports = (int(base.rpartition(":")[2]), 80)
    return partial(probe, allowed=lambda address: address == "127.0.0.1", ports=ports)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/good", ""),
        ("/no-head", ""),
        ("/robots-keep-out", ""),
        ("/moved", ""),
        ("/nothing", "404"),
        ("/gone", "410"),
        ("/broken", "500"),
        ("/moved-to-nothing", "404"),
        ("/circle", LOOP),
        ("/inwards", PRIVATE),
        ("/cloud", PRIVATE),
        ("/тест?q=ё", "404"),
    ],
    ids=str,
)
def test_what_a_link_answers(base: str, look: Callable[[str], str], path: str, problem: str) -> None:
    assert look(base + path) == problem


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://192.168.0.1/"],
)
def test_nothing_private_is_ever_asked(address: str) -> None:
    assert probe(address) == PRIVATE


def test_a_server_that_says_nothing_is_not_waited_for(
    base: str, look: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_probe, "DEADLINE", 0.1)
    assert look(base + "/hang") == SILENT
    assert look("http://127.0.0.1/") == SILENT


def test_a_name_that_nobody_has_is_said() -> None:
    assert probe("http://no-such-host.invalid/") == NO_HOST


@pytest.mark.django_db
def test_an_owner_sees_which_links_do_not_work(base: str, look: Callable[[str], str], settings: Any) -> None:
    user = owner()
    body = f"See {base}/good, {base}/gone, {settings.SITE_URL}/store/ and {{{{ unsubscribe_url }}}}"
    message = MessageFactory(owner=user, body=body)
    client = logged_in(user)
    assert "have not been tried yet" in client.get(url("message_detail", message.pk)).content.decode()
    assert client.post(url("message_links", message.pk)).headers["Location"] == url("message_detail", message.pk)
    assert "are being tried" in client.get(url("message_links", message.pk)).content.decode()
    assert link_checks.try_links(message_id=message.pk, probe=look) == 2
    page = client.get(url("message_detail", message.pk)).content.decode()
    assert f"{base}/gone answers with 410." in page
    assert f"{base}/good answers" not in page
    codes = [finding["code"] for finding in client.get(f"/api/v1/messages/{message.pk}/checks").json()]
    assert codes.count("link_dead") == 1
    message.body += f"\n{base}/new"
    message.save()
    assert "1 link is new since then." in client.get(url("message_links", message.pk)).content.decode()


@pytest.mark.django_db
def test_links_are_tried_once_when_asked_twice(django_capture_on_commit_callbacks: Any) -> None:
    user = owner()
    message = MessageFactory(owner=user, body="https://elsewhere.example/")
    client = logged_in(user)
    with django_capture_on_commit_callbacks() as tasks:
        assert client.post(f"/api/v1/messages/{message.pk}/checks").status_code == 202
        client.post(url("message_links", message.pk))
    assert len(tasks) == 1


@pytest.mark.django_db
def test_the_review_of_a_mailing_has_links_tried_that_nobody_has_tried_today(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = owner()
    RecipientFactory(owner=user)
    message = MessageFactory(owner=user, body="https://elsewhere.example/")
    for expected in (1, 0):
        with django_capture_on_commit_callbacks() as tasks:
            page = logged_in(user).post(url("mailing_create"), plan(message)).content.decode()
        assert len(tasks) == expected
        assert "are being tried" in page
    now = timezone.now()
    results = {"https://elsewhere.example/": NO_HOST}
    LinkCheck.objects.update(asked_at=now, checked_at=now, results=results)
    page = logged_in(user).post(url("mailing_create"), plan(message)).content.decode()
    assert "There is no such site: https://elsewhere.example/" in page
    LinkCheck.objects.update(asked_at=now - timedelta(days=2), checked_at=now - timedelta(days=2))
    with django_capture_on_commit_callbacks() as tasks:
        logged_in(user).post(url("mailing_create"), plan(message))
    assert len(tasks) == 1


@pytest.mark.django_db
def test_other_peoples_messages_are_not_tried() -> None:
    message = MessageFactory(owner=owner(), body="https://elsewhere.example/")
    stranger = logged_in(owner())
    assert stranger.post(url("message_links", message.pk)).status_code == 404
    assert stranger.post(f"/api/v1/messages/{message.pk}/checks").status_code == 404
    assert not LinkCheck.objects.exists()
