"""The size of a picture is known without unpacking it."""

import io

import pytest
from PIL import Image as Pillow
from PIL import ImageFile
from willow.image import Image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_nothing_is_unpacked(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    Pillow.new("RGB", (60, 40), "navy").save(file, kind)
    file.seek(0)

    def unpack(self: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(ImageFile.ImageFile, "load", unpack)
    assert Image.open(file).get_size() == (60, 40)
    assert file.tell() == 0
