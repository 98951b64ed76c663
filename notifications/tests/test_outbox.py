from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client

from notifications import outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_outbox(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.EMAIL_BACKEND = "notifications.outbox.OutboxBackend"


def send(
    subject: str = "Hello", html: str = "<html><head></head><body><a href='http://x/'>go</a></body></html>"
) -> None:
    message = EmailMultiAlternatives(subject, "Go to http://127.0.0.1/confirm/ now", to=["ada@example.com"])
    message.attach_alternative(html, "text/html")
    message.send()


def test_an_empty_outbox_says_so(client: Client) -> None:
    assert "No mail yet" in client.get("/outbox/").content.decode()


def test_each_message_is_one_complete_file(settings: Any) -> None:
    send()
    send()
    files = list(Path(settings.OUTBOX_DIR).iterdir())
    assert len(files) == 2
    assert {path.suffix for path in files} == {".eml"}


def test_the_list_shows_the_newest_first_and_finds_by_addressee_and_subject(client: Client) -> None:
    send("First")
    send("Second 🎉")
    send_mail("Other", "text", None, ["bob@example.com"])
    body = client.get("/outbox/").content.decode()
    assert body.index("Other") < body.index("Second 🎉") < body.index("First")
    assert "First" not in client.get("/outbox/?q=BOB").content.decode()
    assert "First" in client.get("/outbox/?q=first").content.decode()
    assert "No mail to this addressee" in client.get("/outbox/?q=nobody").content.decode()


def test_a_message_shows_text_with_links_and_html_in_a_sandbox(client: Client) -> None:
    send()
    name = outbox.names()[0]
    page = client.get(f"/outbox/{name}/").content.decode()
    assert 'href="http://127.0.0.1/confirm/"' in page
    frame = client.get(f"/outbox/{name}/html")
    assert '<head><base target="_top">' in frame.content.decode()
    policy = frame.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "script-src" not in policy and "default-src 'none'" in policy


def test_there_is_no_outbox_where_real_mail_is_sent(client: Client, settings: Any) -> None:
    send()
    settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{outbox.names()[0]}/").status_code == 404


def test_there_is_no_outbox_in_production(client: Client, settings: Any) -> None:
    settings.DEBUG = settings.TESTING = False
    assert client.get("/outbox/").status_code == 404


@pytest.mark.parametrize("name", ["x.eml", "..%2f..%2fsecret_key", "a/b.eml", ".eml"])
def test_other_files_cannot_be_read(client: Client, name: str) -> None:
    assert client.get(f"/outbox/{name}/").status_code == 404
