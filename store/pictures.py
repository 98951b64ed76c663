"""Pictures of products in the sizes that pages use: WebP and AVIF, made ahead by the worker, never for a request.

A page shows the sizes that exist; while none does, the original. What is missing is queued.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction
from django.db.models import Exists, OuterRef
from django_q.tasks import async_task
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition

from store.models import Product, ProductPicture

Image = get_image_model()
Rendition = Image.get_rendition_model()


def spec(size: int) -> str:
    return f"max-{size}x{size}|format-webp|webpquality-82"


def avif(size: int) -> str:
    return f"max-{size}x{size}|format-avif|avifquality-60"


THUMB = (spec(160),)
CARD = (spec(160), spec(320), spec(640))
GALLERY = (spec(160), spec(640), spec(1200))
# Each WebP size with its AVIF twin; of thumbnails AVIF would save nothing.
TWINS = {spec(size): avif(size) for size in (320, 640, 1200)}
ALL = tuple(dict.fromkeys((*THUMB, *CARD, *GALLERY)))
EVERY = (*ALL, *TWINS.values())
SECONDS = 60
# One task, so that it ends in time: compressing AVIF takes up to half a second a size.
BATCH = 5
# Seconds.
TURN, DAY = 15, 86_400
MOST_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in several widths; `url`, `width` and `height` are the largest WebP's, `avif` a srcset of its own."""

    url: str
    width: int
    height: int
    srcset: str
    thumb: str = ""
    avif: str = ""


def pictures(*, image_ids: Iterable[int | None], specs: Sequence[str] = CARD) -> dict[int, Picture]:
    """Image id → its picture. One query for those that this process has not looked at for a minute."""
    kept, specs = caches["local"], tuple(specs)
    wanted = {pk for pk in image_ids if pk is not None}
    found = {pk: picture for pk in wanted if (picture := kept.get(("picture", pk, specs))) is not None}
    if unknown := wanted - set(found):
        read = read_pictures(unknown, specs)
        for pk, picture in read.items():
            kept.set(("picture", pk, specs), picture, SECONDS)
        found |= read
    return found


def read_pictures(image_ids: set[int], specs: Sequence[str]) -> dict[int, Picture]:
    made: dict[int, dict[str, AbstractRendition]] = {pk: {} for pk in image_ids}
    names = [*specs, *twins(specs)]
    for rendition in Rendition.objects.filter(image_id__in=image_ids, filter_spec__in=names):
        made[rendition.image_id][rendition.filter_spec] = rendition
    # AVIF can wait for `make_waiting`: what is queued here stands before the mails of orders.
    queue(image_ids=[pk for pk, renditions in made.items() if not renditions.keys() >= set(specs)])
    bare = [pk for pk, renditions in made.items() if not any(name in renditions for name in specs)]
    found = {image.pk: original(image) for image in Image.objects.filter(pk__in=bare)} if bare else {}
    found |= {pk: assemble(renditions, specs) for pk, renditions in made.items() if pk not in bare}
    return found


def twins(specs: Sequence[str]) -> list[str]:
    return [TWINS[name] for name in specs if name in TWINS]


def assemble(made: Mapping[str, AbstractRendition], specs: Sequence[str]) -> Picture:
    ordered = by_width(made[name] for name in specs if name in made)
    smaller = by_width(made[name] for name in twins(specs) if name in made)
    largest = ordered[-1]
    # AVIF stands in for all widths or for none: a browser that takes it looks no further.
    complete = len(smaller) >= len([one for one in ordered if one.width > 160]) > 0
    return Picture(
        largest.url,
        largest.width,
        largest.height,
        srcset(ordered),
        thumb=ordered[0].url,
        avif=srcset(smaller) if complete else "",
    )


def by_width(renditions: Iterable[AbstractRendition]) -> list[AbstractRendition]:
    """A small original gives several sizes the same width: the first one will do."""
    widths: dict[int, AbstractRendition] = {}
    for rendition in renditions:
        widths.setdefault(rendition.width, rendition)
    return [widths[width] for width in sorted(widths)]


def srcset(renditions: Iterable[AbstractRendition]) -> str:
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def original(image: AbstractImage) -> Picture:
    url = image.file.url
    return Picture(url, image.width, image.height, f"{url} {image.width}w", thumb=url)


def queue(*, image_ids: Iterable[int]) -> None:
    """Let the worker make the missing sizes; asked for at most once a minute per process and picture."""
    asked = [pk for pk in sorted(set(image_ids)) if caches["local"].add(("picture-queued", pk), True, SECONDS)]
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        transaction.on_commit(lambda batch=batch: async_task("store.tasks.make_pictures", batch))  # type: ignore[misc]


def make_missing(*, image_ids: Iterable[int]) -> None:
    """Every size of these pictures, in both formats."""
    for image in Image.objects.filter(pk__in=list(image_ids)):
        make(image, EVERY)


def make(image: AbstractImage, specs: Sequence[str]) -> int:
    """How many there are now; none when the original is gone or broken: a page is not lost for a picture."""
    try:
        return len(image.get_renditions(*specs))
    except (OSError, ValueError, Image.DoesNotExist):
        return 0


def image_ids_of(product_ids: Iterable[int]) -> set[int]:
    products = Product.objects.filter(pk__in=list(product_ids))
    found = set(products.values_list("pictures__image", flat=True))
    found |= set(products.values_list("variants__image", flat=True))
    return {pk for pk in found if pk is not None}


def prepare(*, product_ids: Iterable[int]) -> int:
    """Make the WebP sizes of every picture of these products that are missing; `make_waiting` adds the slower AVIF.

    How many pictures were looked at.
    """
    made = sizes_of(image_ids_of(product_ids))
    for image in Image.objects.filter(pk__in=[pk for pk, names in made.items() if not names.issuperset(ALL)]):
        make(image, ALL)
    return len(made)


def make_waiting() -> int:
    """Make what products' pictures still lack, for as long as one turn of the worker lasts. How many were made."""
    ends, done = time.monotonic() + TURN, 0
    complete = Rendition.objects.filter(image=OuterRef("image"), filter_spec=EVERY[-1])
    lacking = ProductPicture.objects.filter(~Exists(complete)).order_by("image_id").values_list("image_id", flat=True)
    for pk in lacking.distinct()[:MOST_AT_ONCE]:
        # A broken original is tried once a day, and holds nobody up.
        if time.monotonic() > ends or not caches["default"].add(f"picture-tried:{pk}", True, DAY):
            continue
        make_missing(image_ids=[pk])
        done += 1
    return done


def product_changed(*, product_id: int) -> None:
    """An editor may have added pictures: the worker makes what is missing of them."""
    made = sizes_of(image_ids_of([product_id]))
    queue(image_ids=[pk for pk, names in made.items() if len(names) < len(EVERY)])


def sizes_of(image_ids: set[int]) -> dict[int, set[str]]:
    """Image id → the names of the sizes that exist."""
    made: dict[int, set[str]] = {pk: set() for pk in image_ids}
    rows = Rendition.objects.filter(image_id__in=image_ids, filter_spec__in=EVERY)
    for pk, name in rows.values_list("image_id", "filter_spec"):
        made[pk].add(name)
    return made
