"""Pictures of imported products: fetched or unpacked, looked at, put into the library once, and attached."""

import hashlib
import warnings
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from store import products
from store.errors import StoreError
from store.imports import fetch
from store.imports.archives import Pictures
from store.models import PictureSource, Product, ProductPicture

Image = get_image_model()

MAX_PIXELS = 40_000_000
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}


class BadPicture(StoreError):
    """What was sent is no picture, or one that is too large."""

    code = "bad_picture"


def attach(
    *, product: Product, source: str, archive: Pictures | None = None, allowed: fetch.Check = fetch.is_public
) -> bool:
    """Give the product the picture of this source, an address or a name in the archive; False if it has it already.

    Raises StoreError.
    """
    if PictureSource.objects.filter(product=product, source=source).exists():
        return False
    own = of_this_site(source)
    if own is None:
        own = keep(content=obtain(source, archive, allowed), title=product.name_en or product.name, name=source)
    with transaction.atomic():
        PictureSource.objects.get_or_create(product=product, source=source, defaults={"image": own})
        if ProductPicture.objects.filter(product=product, image=own).exists():
            return False
        last = ProductPicture.objects.filter(product=product).aggregate(last=Max("sort_order"))["last"]
        ProductPicture.objects.create(product=product, image=own, sort_order=0 if last is None else last + 1)
        shots = ProductPicture.objects.filter(product=product).order_by("sort_order", "pk")
        rows = [get_serializable_data_for_fields(shot) for shot in shots]
        products.update_drafts(products={product.pk: {"pictures": rows}}, variants={})
    return True


def obtain(source: str, archive: Pictures | None, allowed: fetch.Check) -> bytes:
    if source.lower().startswith(("http://", "https://")):
        return fetch.fetch(source, allowed=allowed)
    if archive is None or source not in archive:
        raise BadPicture(_("There is no picture “%(name)s” in the ZIP file.") % {"name": source[:100]})
    return archive.read(source)


def of_this_site(source: str) -> AbstractImage | None:
    """The picture that an exported file names: it is here already."""
    path = source.removeprefix(settings.SITE_URL)
    if not path.startswith(settings.MEDIA_URL):
        return None
    name = path.removeprefix(settings.MEDIA_URL)
    return Image.objects.filter(file=name).first()


def keep(*, content: bytes, title: str, name: str) -> AbstractImage:
    """The picture in the library; the same bytes are kept once."""
    known = Image.objects.filter(file_hash=hashlib.sha1(content, usedforsecurity=False).hexdigest()).first()
    if known is not None:
        return known
    clean, suffix = checked(content, name)
    known = Image.objects.filter(file_hash=hashlib.sha1(clean, usedforsecurity=False).hexdigest()).first()
    if known is not None:
        return known
    stem = PurePosixPath(urlsplit(name).path).stem[:60] or "picture"
    made = Image.objects.create(title=title[:255], file=ContentFile(clean, name=f"{stem}.{suffix}"))
    # Wagtail's form would have done it: by this hash the next import knows the picture.
    made.get_file_hash()
    return made


def checked(content: bytes, name: str) -> tuple[bytes, str]:
    """The bytes and the file name's ending, by what the picture is and not by what it is called.

    Where it was taken and with what (EXIF) does not come in. Raises BadPicture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(BytesIO(content), formats=list(FORMATS)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise BadPicture(_("“%(name)s” has more than 40 million pixels.") % {"name": name[:100]})
                kind = str(picture.format)
                picture.load()
                if kind == "GIF" or not (picture.getexif() or picture.info.get("xmp")):
                    return content, FORMATS[kind]
                target = BytesIO()
                ImageOps.exif_transpose(picture).save(target, kind, quality=92, exif=b"", xmp=b"")
                return target.getvalue(), FORMATS[kind]
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as error:
        raise BadPicture(_("“%(name)s” is not a picture that we can show.") % {"name": name[:100]}) from error
