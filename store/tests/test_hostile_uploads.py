"""Hostile files, by every way in: the library of pictures and documents, and a buyer's review."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from accounts.models import User
from store.models import Order, OrderStatus, Review, ReviewPicture
from store.tests.shopping import buy, variant

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def odd_exif() -> bytes:
    """A picture whose EXIF is none: only who reads that stumbles."""
    file = io.BytesIO()
    Pillow.new("RGB", (20, 20), "navy").save(file, "PNG", exif=b"Exif\0\0garbage")
    return file.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    """80 × 40, lying on its side, with a place and a device in it."""
    picture, file = Pillow.new("RGB", (80, 40), "navy"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112], exif[0x010F] = 6, "SecretCam"
    exif.get_ifd(0x8825)[2] = (56.0, 57.0, 0.0)
    options: dict[str, Any] = {"exif": exif}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", "SecretCam at home")
        options["pnginfo"] = notes
    picture.save(file, kind, **options)
    return file.getvalue()


def cut() -> bytes:
    file = io.BytesIO()
    Pillow.effect_noise((400, 400), 90).save(file, "JPEG")
    return file.getvalue()[:2000]


HOSTILE = {
    "drawing.svg": SVG,
    "drawing.png": SVG,
    "page.jpg": b"<html><script>alert(1)</script></html>",
    "program.gif": b"MZ\x90\x00" + b"\x00" * 200,
    "empty.png": b"\x89PNG\r\n\x1a\n",
    "bomb.png": bomb(),
    "cut.jpg": cut(),
    "odd.png": odd_exif(),
    "photoshop.jpg": b"8BPS\x00\x01" + b"\x00" * 100,
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@example.com"))
    return client


@pytest.fixture
def review_url(client: Client) -> str:
    item = variant()
    order = buy((item, 1))
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.DELIVERED, paid_at=timezone.now())
    client.get(f"/orders/{order.number}/?token={order.token}")
    return f"{item.product.get_absolute_url()}review/?order={order.number}"


def add_picture(admin: Client, name: str, content: bytes) -> Any:
    data = {"title": "A picture", "file": SimpleUploadedFile(name, content, "image/png"), "collection": 1}
    return admin.post("/admin/images/add/", data)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_library_refuses_a_hostile_picture(admin: Client, name: str) -> None:
    answer = add_picture(admin, name, HOSTILE[name])
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_the_librarys_quick_upload_refuses_it_too(admin: Client, name: str) -> None:
    data = {"title": "x", "files[]": SimpleUploadedFile(name, HOSTILE[name], "image/png"), "collection": 1}
    answer = admin.post("/admin/images/multiple/add/", data)
    assert answer.json()["success"] is False and answer.json()["error_message"]
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_review_refuses_a_hostile_picture(client: Client, review_url: str, name: str) -> None:
    file = SimpleUploadedFile(name, HOSTILE[name], "image/jpeg")
    answer = client.post(review_url, {"stars": 5, "text": "A fine thing to have.", "pictures": file})
    assert answer.status_code == 422
    assert answer.context["form"].errors["pictures"]
    assert not Review.objects.exists() and not ReviewPicture.objects.exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_library_keeps_no_place_and_turns_the_picture_upright(admin: Client, kind: str) -> None:
    add_picture(admin, f"me.{kind.lower()}", photo(kind))
    kept = get_image_model().objects.get()
    with kept.file.open() as file:
        content = file.read()
    picture = Pillow.open(io.BytesIO(content))
    assert b"SecretCam" not in content
    assert not picture.getexif() and picture.format == kind
    assert (kept.width, kept.height) == picture.size == (40, 80)


def test_a_picture_without_secrets_is_kept_as_it_is(admin: Client) -> None:
    file = io.BytesIO()
    Pillow.new("RGB", (30, 20), "navy").save(file, "PNG")
    add_picture(admin, "plain.png", file.getvalue())
    with get_image_model().objects.get().file.open() as kept:
        assert kept.read() == file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.svg", SVG),
        ("a.html", b"<html></html>"),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.csv", b"MZ\x90\x00\x03"),
        ("a.docx", b"%PDF-1.7"),
        ("a.exe", b"MZ"),
    ],
)
def test_a_document_is_what_its_name_says(admin: Client, name: str, content: bytes) -> None:
    data = {"title": "A paper", "file": SimpleUploadedFile(name, content, "application/pdf"), "collection": 1}
    answer = admin.post("/admin/documents/add/", data)
    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF-1.7 ..."), ("b.csv", b"sku,price\nA,1\n")])
def test_a_true_document_is_taken(admin: Client, name: str, content: bytes) -> None:
    data = {"title": "A paper", "file": SimpleUploadedFile(name, content), "collection": 1}
    assert admin.post("/admin/documents/add/", data).status_code == 302
    assert get_document_model().objects.exists()


def test_what_is_too_large_is_refused_with_a_sentence(client: Client, review_url: str) -> None:
    file = SimpleUploadedFile("large.jpg", photo() + b"\x00" * (10 * 1024 * 1024))
    answer = client.post(review_url, {"stars": 5, "text": "A fine thing to have.", "pictures": file})
    assert "10 MB are the most" in answer.content.decode()
