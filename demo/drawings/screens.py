"""What the screens show: a landscape in the palette's colours."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import shade
from .outlines import rounded
from .palettes import Palette

WALLPAPERS = {
    "graphite": ("#1d2b53", "#7e4a86", "#f2a65a"),
    "silver": ("#3a1c71", "#d76d77", "#ffb98a"),
    "petrol": ("#07373c", "#1b8a83", "#ffd98a"),
    "sand": ("#2f5d73", "#e2a16f", "#ffe2b0"),
    "coral": ("#5a1f4d", "#e4604d", "#ffd19a"),
}


def landscape(canvas: Canvas, palette: Palette, box: tuple[float, float, float, float], radius: float) -> None:
    """Sky, sun and three ranges of hills, cut to a screen, with one diagonal reflection."""
    x, y, width, height = box
    high, middle, low = WALLPAPERS.get(palette.name, WALLPAPERS["petrol"])

    def ridge(left: float, top: float, dip: float, right: float) -> str:
        return (
            f"M{x:g} {y + height * left:g}C{x + width * 0.22:g} {y + height * top:g} {x + width * 0.34:g} "
            f"{y + height * dip:g} {x + width * 0.55:g} {y + height * (dip + top) / 2:g}"
            f"S{x + width * 0.85:g} "
            f"{y + height * top:g} {x + width:g} {y + height * right:g}V{y + height:g}H{x:g}Z"
        )

    with canvas.clip(rounded(x, y, width, height, radius)):
        sky = canvas.linear((0, high), (0.58, middle), (1, low), vector=(0.1, 0, 0.5, 1))
        canvas.rect(x, y, width, height, 0, sky)
        sun = min(width, height) * 0.13
        sx, sy = x + width * 0.68, y + height * 0.4
        canvas.glow(sx, sy, sun * 3.4, sun * 3.4, "#fff3d6", 0.55)
        canvas.circle(sx, sy, sun, canvas.linear((0, "#fffaf0"), (1, low)))
        for outline, colour, opacity in (
            (ridge(0.66, 0.5, 0.74, 0.58), shade(middle, 0.06), 0.85),
            (ridge(0.74, 0.68, 0.8, 0.7), shade(middle, -0.14), 0.9),
            (ridge(0.92, 0.78, 0.98, 0.84), shade(high, -0.04), 1.0),
        ):
            canvas.path(outline, canvas.linear((0, colour), (1, shade(colour, -0.1))), opacity=opacity)
        glare = canvas.linear((0, "#ffffff", 0.16), (1, "#ffffff", 0.02), vector=DIAGONAL)
        canvas.path(
            f"M{x:g} {y:g}H{x + width * 0.52:g}L{x + width * 0.2:g} {y + height:g}H{x:g}Z",
            glare,
        )
