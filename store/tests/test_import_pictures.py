"""Pictures from outside: public hosts only, small, real pictures, without where they were taken."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow
from wagtail.images import get_image_model

from store.imports import fetch, pictures
from store.imports.archives import BadArchive, Pictures
from store.imports.fetch import FetchError, is_public
from store.imports.pictures import BadPicture
from store.tests.factories import ProductFactory
from store.tests.tables import as_zip, picture_bytes

PICTURE = picture_bytes()


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says; counts what was asked."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        try:
            if self.path == "/endless":
                while True:
                    self.wfile.write(b"x" * 65536)
            self.wfile.write(PICTURE)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    Handler.asked = []
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(url: str) -> bytes:
    """From a host that is allowed for once."""
    return fetch.fetch(url, allowed=lambda address: True, ports=tuple(range(1, 65536)))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.5.5",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "::127.0.0.1",
        "fec0::1",
        "::",
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_addresses_outside_are(address: str) -> None:
    assert is_public(address)


def test_a_picture_is_fetched(host: str) -> None:
    assert get(f"{host}/a b/ё.png?x=1".replace(" ", "%20")) == PICTURE
    assert get(f"{host}/to//x.png") == PICTURE


def test_a_host_of_our_own_is_never_asked(host: str) -> None:
    port = int(host.rpartition(":")[2])
    for url in (
        f"{host}/x.png",
        f"http://localhost:{port}/x",
        f"http://0x7f000001:{port}/",
        f"http://2130706433:{port}/",
    ):
        with pytest.raises(FetchError):
            fetch.fetch(url, ports=(port,))
    assert Handler.asked == []


def test_a_redirect_to_the_inside_is_not_followed(host: str) -> None:
    port = int(host.rpartition(":")[2])
    with pytest.raises(FetchError, match="public"):
        fetch.fetch(f"{host}/to/http://127.0.0.2:{port}/secret", allowed=lambda ip: ip == "127.0.0.1", ports=(port,))
    assert Handler.asked == [f"/to/http://127.0.0.2:{port}/secret"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/x",
        "gopher://127.0.0.1/",
        "http://",
        "//x",
        "x",
        "http://user:secret@example.com/",
        "http://example.com:22/",
        "http://[::1",
        "http://exa mple.com/",
        "http://a\x00b/",
    ],
)
def test_odd_addresses_are_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(FetchError):
        fetch.fetch(url)


def test_what_has_no_end_is_cut_off(host: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 300_000)
    with pytest.raises(FetchError, match="larger"):
        get(f"{host}/endless")


def test_what_takes_too_long_is_given_up(host: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", -1)
    with pytest.raises(FetchError, match="too long"):
        get(f"{host}/endless")


def test_what_is_not_there_or_turns_in_circles_is_said(host: str) -> None:
    with pytest.raises(FetchError, match="404"):
        get(f"{host}/gone")
    with pytest.raises(FetchError, match="from one address to the next"):
        get(f"{host}/to/{host}/to/{host}/to/{host}/to/{host}/to/{host}/x")


def test_only_real_pictures_of_a_sensible_size_come_in(settings: Any) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for content in (b"", b"GIF89a", svg, b"%PDF-1.4", PICTURE[:60], b"\x89PNG\r\n\x1a\n" + b"x" * 100):
        with pytest.raises(BadPicture):
            pictures.checked(content, "x.png")
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    with pytest.raises(BadPicture, match="million"):
        pictures.checked(PICTURE, "x.png")


def test_where_a_picture_was_taken_does_not_come_in() -> None:
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret camera"
    content, suffix = pictures.checked(picture_bytes("JPEG", exif=exif), "x.png")
    with Pillow.open(io.BytesIO(content)) as clean:
        assert (suffix, clean.size, dict(clean.getexif())) == ("jpg", (30, 40), {})
    assert b"Secret" not in content


@pytest.mark.django_db
def test_the_same_picture_is_kept_once_and_attached_once(host: str, monkeypatch: Any) -> None:
    first, second = ProductFactory(), ProductFactory()
    monkeypatch.setattr(pictures, "obtain", lambda source, *_rest: get(source))
    for product in (first, second, first):
        pictures.attach(product=product, source=f"{host}/x.png")
    assert get_image_model().objects.count() == 1
    assert (first.pictures.count(), second.pictures.count()) == (1, 1)
    assert len(Handler.asked) == 2


def test_a_zip_file_is_read_by_name_and_never_beyond_the_limit(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(as_zip(**{"../../etc/a__png": PICTURE, "B (2)__JPG": b"x", "bomb__png": b"\0" * 1_000_000}))
    archive = Pictures(path)
    assert archive.read("A.png") == PICTURE and archive.of("b") == ["b (2).jpg"]
    assert "passwd" not in archive
    monkeypatch.setattr("store.imports.archives.MAX_BYTES", 1000)
    with pytest.raises(BadArchive, match="larger"):
        archive.read("bomb.png")
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(BadArchive, match="not a ZIP"):
        Pictures(path)


def test_a_damaged_picture_in_a_zip_file_is_one_clear_sentence(tmp_path: Path) -> None:
    packed = bytearray(as_zip(a__png=b"abc" * 9000))
    packed[35:60] = b"\xff" * 25
    path = tmp_path / "x.zip"
    path.write_bytes(packed)
    with pytest.raises(BadArchive, match="damaged"):
        Pictures(path).read("a.png")
