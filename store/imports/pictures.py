"""Pictures of imported products: fetched or unpacked, looked at, put into the library once, and attached."""

import hashlib
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from company import uploads
from company.uploads import UploadRefused
from store.drafts import carry_into_drafts
from store.errors import StoreError
from store.imports import fetch
from store.imports.archives import Pictures
from store.models import PictureSource, Product, ProductPicture

Image = get_image_model()


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
        carry_into_drafts(products={product.pk: ["pictures"]})
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

    Where it was taken and with what does not come in: the rules are those of uploads. Raises BadPicture.
    """
    file = ContentFile(content, name=name)
    try:
        uploads.check_picture(file)
        kind = str(uploads.sniffed(file).format)
        clean = uploads.stripped(file)
    except UploadRefused as error:
        raise BadPicture(f"“{name[:100]}”: {error}") from error
    return clean.read() if clean else content, uploads.EXTENSIONS[kind][0]
