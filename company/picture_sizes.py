"""How large a picture is, read from its header.

Willow unpacks the whole picture to learn it, twice for each that Wagtail stores and once for each of its renditions.
"""

from typing import Any

from PIL import Image
from willow.image import AvifImageFile, GIFImageFile, ImageFile, JPEGImageFile, PNGImageFile, WebPImageFile
from willow.registry import registry

KINDS = (JPEGImageFile, PNGImageFile, GIFImageFile, WebPImageFile, AvifImageFile)


def size_of(file: ImageFile) -> Any:
    """Width and height as they are stored. Raises what Pillow raises for a file that is no picture."""
    file.f.seek(0)
    with_header: Image.Image = Image.open(file.f)
    size = with_header.size
    file.f.seek(0)
    return size


def register() -> None:
    for kind in KINDS:
        registry.register_operation(kind, "get_size", size_of)
