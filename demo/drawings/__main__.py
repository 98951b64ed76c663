"""Rasterise the drawings: `python -m demo.drawings [name ...]`.

The pictures are committed, so this runs only when a drawing has changed; resvg_py is a development
dependency.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

from .catalogue import PRODUCTS, SCENES, Drawing
from .palettes import Palette

TARGET = Path(__file__).resolve().parent.parent / "pictures"
PRODUCT_LIMIT = 26_000
SCENE_LIMIT = 60_000


def rasterise(svg: str) -> Image.Image:
    """The drawing at its own size."""
    with Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))) as picture:
        return picture.convert("RGB")


def encode(picture: Image.Image, limit: int) -> bytes:
    """WebP at the best quality that stays under the limit, but never below what smooth gradients need."""
    data = b""
    for quality in (88, 84, 80, 75, 70):
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6)
        data = buffer.getvalue()
        if len(data) <= limit:
            break
    return data


def write(name: str, drawing: Drawing, palettes: tuple[Palette, ...], limit: int) -> int:
    """Write one drawing in all its colourways; returns the number of bytes."""
    total = 0
    for palette in palettes:
        data = encode(rasterise(drawing(palette)), limit)
        (TARGET / f"{name}-{palette.name}.webp").write_bytes(data)
        total += len(data)
    return total


def main(names: list[str]) -> None:
    """Draw everything, or only the named drawings."""
    TARGET.mkdir(parents=True, exist_ok=True)
    count = total = 0
    for group, limit in ((PRODUCTS, PRODUCT_LIMIT), (SCENES, SCENE_LIMIT)):
        for name, (drawing, palettes) in group.items():
            if names and name not in names:
                continue
            size = write(name, drawing, palettes, limit)
            count += len(palettes)
            total += size
            print(f"{name:14} {len(palettes)} pictures, {size / len(palettes) / 1000:.1f} kB each")
    print(f"{count} pictures, {total / 1_000_000:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
