"""The word mark and the icons: `python -m demo.drawings.brand <folder>`.

The word is set in Manrope ExtraBold and turned into outlines, so that the files need no font. fontTools and
resvg_py are development dependencies.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import resvg_py
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

INK = "#16201e"
INK_ON_DARK = "#f0f4f2"
PETROL = "#0b5c5a"
MARIGOLD = "#ffc247"
TRACKING = -0.03


def load_font() -> Any:
    """The static ExtraBold from the font package."""
    package = importlib.util.find_spec("font_manrope")
    if package is None or package.origin is None:
        raise SystemExit("font-manrope is not installed")
    return TTFont(Path(package.origin).parent / "files" / "Manrope-ExtraBold.ttf")


def outline(font: Any, text: str, size: float, x: float, baseline: float) -> tuple[str, float]:
    """The text as path data, and the x where it ends."""
    glyphs, names, widths = font.getGlyphSet(), font.getBestCmap(), font["hmtx"]
    scale = size / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    for letter in text:
        name = names[ord(letter)]
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x, baseline)))
        x += widths[name][0] * scale + TRACKING * size
    return pen.getCommands(), x


def word_mark(font: Any, colour: str) -> str:
    """The name with the marigold dot after it."""
    word, end = outline(font, "vitrina", 40, 0, 33)
    dot = end + 9.5
    width = round(dot + 6.5)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 40" width="{width}" height="40" '
        f'role="img" aria-label="Vitrina"><path fill="{colour}" d="{word}"/>'
        f'<circle cx="{dot:.2f}" cy="27" r="6" fill="{MARIGOLD}"/></svg>\n'
    )


def icon(font: Any, radius: float) -> str:
    """The initial on petrol; phones cut their own corners, so the radius is theirs to choose."""
    letter, end = outline(font, "v", 58, 0, 47)
    shift = (64 - end - TRACKING * -58 - 9) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<rect width="64" height="64" rx="{radius:g}" fill="{PETROL}"/>'
        f'<path fill="#fff" transform="translate({shift:.2f} 0)" d="{letter}"/>'
        f'<circle cx="50.5" cy="41" r="6.4" fill="{MARIGOLD}"/></svg>\n'
    )


def main(folder: Path) -> None:
    """Write all of it into the folder."""
    font = load_font()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "logo.svg").write_text(word_mark(font, INK), encoding="utf-8")
    (folder / "logo-dark.svg").write_text(word_mark(font, INK_ON_DARK), encoding="utf-8")
    rounded, square = icon(font, 14), icon(font, 0)
    (folder / "favicon.svg").write_text(rounded, encoding="utf-8")
    for name, svg, size in (("favicon.png", rounded, 64), ("apple-touch-icon.png", square, 180)):
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size))
        (folder / name).write_bytes(png)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
