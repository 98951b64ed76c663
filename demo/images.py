"""The committed pictures as Wagtail images, in a collection of their own."""

from functools import cached_property
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection

from demo import ledger
from store.pictures import spec

FOLDER = Path(__file__).parent / "pictures"
COLLECTION = "Demo"
LARGEST = 1200

Image = get_image_model()


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.webp"


class Images:
    """Image by the name of its file, made when it is first asked for."""

    def __init__(self) -> None:
        self.made: dict[str, AbstractImage] = {}

    @cached_property
    def collection(self) -> Collection:
        return ledger.once(Collection, COLLECTION, lambda: Collection.get_first_root_node().add_child(name=COLLECTION))

    def get(self, name: str) -> AbstractImage:
        if name not in self.made:
            self.made[name] = ledger.once(Image, name, lambda: self.make(name))
        return self.made[name]

    def make(self, name: str) -> AbstractImage:
        title = name.replace("-", " ").capitalize()
        content = path_of(name).read_bytes()
        image = Image.objects.create(
            title=title, file=ContentFile(content, name=f"{name}.webp"), collection=self.collection
        )
        if image.width == image.height == LARGEST:
            # Drawn, sized and compressed for the largest size of the shop: compressing it again takes half the time
            # of the whole demo.
            image.renditions.create(
                filter_spec=spec(LARGEST),
                file=ContentFile(content, name=f"{name}.max-{LARGEST}.webp"),
                width=LARGEST,
                height=LARGEST,
            )
        return image
