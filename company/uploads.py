"""What visitors and staff may upload: the type is read from the bytes, never believed from name or header.

Refused are SVG and everything that a browser might run, pictures that would unpack to too many pixels, and what is too
large. Pictures lose what the camera wrote into them (place, device, time); their rotation is applied first.
"""

import io
from collections.abc import Callable
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
EXTENSIONS = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",), "AVIF": ("avif",), "GIF": ("gif",)}
MEGABYTE = 1024 * 1024
# Of a picture that is written anew: enough for a page, small enough to store by the thousand.
LARGEST_SIDE = 1600
QUALITY = 82


class UploadRefused(Exception):
    """The file is not taken; the text says why."""


def sniffed(file: IO[bytes]) -> Image.Image:
    """The picture, with its header read and nothing unpacked yet. Raises UploadRefused."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UploadRefused(_("This is not a picture that we can read: please use JPEG, PNG, WebP or AVIF.")) from error
    except Image.DecompressionBombWarning as error:  # where warnings are errors
        raise UploadRefused(too_many_pixels()) from error
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise UploadRefused(too_many_pixels())
    return picture


def check_picture(file: File) -> None:
    """It is one, and it unpacks to its end. Raises UploadRefused."""
    picture = sniffed(file)  # type: ignore[arg-type]

    def unpack() -> bytes:
        picture.load()
        return b""

    readable(unpack)
    file.seek(0)


def too_many_pixels() -> str:
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return _("This picture has too many pixels: %(most)d million are the most.") % {"most": most}


def check_size(file: File, most: int) -> None:
    """`most` in bytes."""
    if (file.size or 0) > most:
        raise UploadRefused(_("This file is too large: %(most)d MB are the most.") % {"most": most // MEGABYTE})


def written_anew(file: File, *, most: int = 10 * MEGABYTE) -> ContentFile:
    """The picture as WebP, at most 1,600 pixels a side, made from its pixels alone. Raises UploadRefused."""
    check_size(file, most)
    picture = sniffed(file)  # type: ignore[arg-type]

    def encode() -> bytes:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        return saved(upright.convert(mode), "WEBP", quality=QUALITY)

    return ContentFile(readable(encode), name="picture.webp")


def stripped(file: File) -> ContentFile | None:
    """The same picture without what the camera wrote into it, in its own format; None when there is nothing in it.

    Raises UploadRefused for what cannot be read.
    """
    picture = sniffed(file)  # type: ignore[arg-type]
    kind = picture.format or ""

    def encode() -> bytes:
        if kind == "GIF" or getattr(picture, "is_animated", False) or not tells_tales(picture):
            return b""
        turned = picture.getexif().get(0x0112, 1) != 1
        upright = ImageOps.exif_transpose(picture) if turned else picture
        options: dict[str, Any] = {"exif": b"", "xmp": b""} if kind in ("WEBP", "AVIF") else {}
        options["quality"] = "keep" if kind == "JPEG" and not turned else 92
        if kind == "PNG":
            options = {}
        if profile := picture.info.get("icc_profile"):
            options["icc_profile"] = profile
        if not turned:
            upright = upright.copy() if kind != "JPEG" else upright
        for name in ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif"):
            upright.info.pop(name, None)
        return saved(upright, kind, **options)

    content = readable(encode)
    return ContentFile(content, name=file.name) if content else None


def tells_tales(picture: Image.Image) -> bool:
    """EXIF, XMP, IPTC or a comment."""
    told = {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif"}
    return bool(picture.getexif()) or not told.isdisjoint(picture.info) or bool(getattr(picture, "text", None))


def readable(encode: Callable[[], bytes]) -> bytes:
    """What comes of it; a file that breaks half-way is refused, too."""
    try:
        return encode()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, MemoryError) as error:
        raise UploadRefused(_("This picture is damaged: please save it anew and try again.")) from error


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


# How the kinds of documents begin. Office files and ZIPs are all ZIPs.
BEGINNINGS = {
    "pdf": b"%PDF-",
    "zip": b"PK",
    "docx": b"PK",
    "xlsx": b"PK",
    "pptx": b"PK",
    "odt": b"PK",
    "ods": b"PK",
    "epub": b"PK",
}
TEXTS = ("txt", "csv")
LOOKED_AT = 64 * 1024


def check_document(file: File) -> None:
    """Its content is what its name says. Raises UploadRefused."""
    ending = (file.name or "").rpartition(".")[2].lower()
    file.seek(0)
    head = file.read(LOOKED_AT)
    file.seek(0)
    if ending in BEGINNINGS:
        fits = head.startswith(BEGINNINGS[ending])
    else:
        is_page = head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg", b"<script"))
        fits = ending in TEXTS and b"\x00" not in head and not is_page
    if not fits:
        sentence = _("The content of this file is not what its name says (.%(ending)s).")
        raise UploadRefused(sentence % {"ending": ending[:10]})
