"""Pictures of products in the sizes that pages use: WebP, made ahead, read for a whole page in one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition

from store.models import Product

Image = get_image_model()
Rendition = Image.get_rendition_model()


def spec(size: int) -> str:
    return f"max-{size}x{size}|format-webp|webpquality-82"


THUMB = (spec(160),)
CARD = (spec(320), spec(640))
GALLERY = (spec(160), spec(640), spec(1200))
ALL = tuple(dict.fromkeys((*THUMB, *CARD, *GALLERY)))


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in several widths; `url`, `width` and `height` are the largest one's."""

    url: str
    width: int
    height: int
    srcset: str
    thumb: str = ""


def pictures(*, image_ids: Iterable[int | None], specs: Sequence[str] = CARD) -> dict[int, Picture]:
    """Image id → its picture. One query when every size was made ahead; missing ones are made now."""
    wanted = {pk for pk in image_ids if pk is not None}
    if not wanted:
        return {}
    found: dict[int, dict[str, AbstractRendition]] = {pk: {} for pk in wanted}
    for rendition in Rendition.objects.filter(image_id__in=wanted, filter_spec__in=specs):
        found[rendition.image_id][rendition.filter_spec] = rendition
    incomplete = [pk for pk, made in found.items() if len(made) < len(specs)]
    for image in Image.objects.filter(pk__in=incomplete):
        found[image.pk] = make(image, specs)
    return {pk: assemble([made[name] for name in specs]) for pk, made in found.items() if len(made) == len(specs)}


def make(image: AbstractImage, specs: Sequence[str]) -> dict[str, AbstractRendition]:
    """Nothing when the original is gone or broken: a page is not lost for a picture."""
    try:
        return {made.filter_spec: made for made in image.get_renditions(*specs).values()}
    except (OSError, ValueError, Image.DoesNotExist):
        return {}


def assemble(renditions: list[AbstractRendition]) -> Picture:
    # A small original gives several sizes the same width: the first address will do.
    by_width = {rendition.width: rendition for rendition in reversed(renditions)}
    ordered = [by_width[width] for width in sorted(by_width)]
    largest = ordered[-1]
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in ordered)
    return Picture(largest.url, largest.width, largest.height, srcset, thumb=ordered[0].url)


def prepare(*, product_ids: Iterable[int]) -> int:
    """Make every size of every picture of these products that is missing; how many pictures were looked at."""
    products = Product.objects.filter(pk__in=list(product_ids))
    image_ids = set(products.values_list("pictures__image", flat=True))
    image_ids |= set(products.values_list("variants__image", flat=True))
    return len(pictures(image_ids=image_ids, specs=ALL))
