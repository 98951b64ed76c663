"""Smartwatch."""

from __future__ import annotations

import math

from .canvas import DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import rounded, symmetric
from .palettes import Palette


def smartwatch(palette: Palette) -> str:
    """A square smartwatch on a rubber strap, seen from the front."""
    canvas = Canvas(palette.tint)
    strap_top = symmetric(600, (0, 96), (96, 96, 118, 104, 124, 130), (140, 220, 150, 280, 172, 372), (0, 372))
    strap_bottom = symmetric(600, (0, 828), (172, 828), (150, 920, 140, 980, 124, 1076), (118, 1104, 96, 1110, 0, 1110))
    case = rounded(388, 340, 424, 520, 128)
    canvas.cast_shadow(strap_top + strap_bottom + case, 40, 110, 0.36)
    for outline in (strap_top, strap_bottom):
        canvas.path(outline, canvas.tube(palette.base, depth=0.15))
        with canvas.clip(outline):
            canvas.glow(600, 372, 220, 70, "#000000", 0.45)
            canvas.glow(600, 828, 220, 70, "#000000", 0.45)
            canvas.glow(600, 84, 200, 60, "#000000", 0.35)
            canvas.glow(600, 1120, 200, 60, "#000000", 0.4)
    for y in (924, 972, 1020):
        canvas.rect(586, y, 28, 18, 9, shade(palette.base, -0.26))
        canvas.rect(588, y + 12, 24, 4, 2, "#ffffff", opacity=0.18)
    canvas.rect(520, 150, 160, 34, 10, canvas.material(palette.metal, DIAGONAL, 0.1, 0.2))
    canvas.rect(532, 160, 136, 14, 6, shade(palette.base, -0.1))
    metal = mix(palette.metal, palette.base, 0.15)
    canvas.rect(
        802,
        474,
        34,
        96,
        14,
        canvas.linear((0, shade(metal, -0.2)), (0.4, shade(metal, 0.1)), (1, shade(metal, -0.3))),
    )
    for tooth in range(9):
        canvas.rect(816, 482 + tooth * 10, 20, 3, 1, "#000000", opacity=0.3)
    canvas.rect(832, 484, 5, 76, 2.5, palette.accent)
    canvas.rect(804, 640, 14, 110, 7, canvas.material(metal))
    canvas.path(case, canvas.material(metal, DIAGONAL, 0.16, 0.24))
    canvas.stroke(rounded(393, 345, 414, 510, 123), "#ffffff", 3, opacity=0.35)
    canvas.rect(402, 354, 396, 492, 116, "#07090c")
    _face(canvas, palette)
    gloss = canvas.linear((0, "#ffffff", 0.2), (1, "#ffffff", 0.02), vector=DIAGONAL)
    with canvas.clip(rounded(402, 354, 396, 492, 116)):
        canvas.path("M402 354H690L470 846H402Z", gloss, opacity=0.8)
    return canvas.svg()


def _arc(cx: float, cy: float, radius: float, share: float) -> str:
    """An arc clockwise from twelve o'clock over the share of the circle."""
    angle = 2 * math.pi * share - math.pi / 2
    large = 1 if share > 0.5 else 0
    end = f"{cx + radius * math.cos(angle):.1f} {cy + radius * math.sin(angle):.1f}"
    return f"M{cx:g} {cy - radius:g}A{radius:g} {radius:g} 0 {large} 1 {end}"


def _face(canvas: Canvas, palette: Palette) -> None:
    """Rings for the day's movement around two hands, four small read-outs in the corners."""
    rings = ((146, "#ffc247", 0.78), (118, "#57d3c4", 0.62), (90, "#ff7d66", 0.46))
    for radius, colour, share in rings:
        canvas.add(
            f'<circle cx="600" cy="600" r="{radius}" fill="none" stroke="{colour}" stroke-width="20" opacity=".2"/>'
        )
        canvas.stroke(_arc(600, 600, radius, share), colour, 20)
        canvas.stroke(_arc(600, 600, radius + 5, share), "#ffffff", 3, opacity=0.35)
    canvas.stroke("M600 600L560 536", "#ffffff", 11)
    canvas.stroke("M600 600L676 562", "#ffffff", 8)
    canvas.stroke("M600 600L590 668", "#ff7d66", 4)
    canvas.circle(600, 600, 11, "#ffffff")
    canvas.circle(600, 600, 5, "#07090c")
    canvas.rect(560, 388, 80, 14, 7, "#ffffff", opacity=0.9)
    canvas.rect(574, 412, 52, 9, 4.5, "#ffffff", opacity=0.45)
    beat = "M500 800h40l14 -30l22 52l18 -36h14l10 14h82"
    canvas.stroke(beat, "#ff7d66", 6)
