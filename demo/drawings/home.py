"""Desk lamp."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import shade
from .outlines import disc, symmetric
from .palettes import Palette


def desk_lamp(palette: Palette) -> str:
    """An articulated lamp, switched on, its light falling on the table."""
    canvas = Canvas(palette.tint)
    base = palette.base
    canvas.glow(420, 1000, 360, 96, "#fff1c4", 0.85)
    beam = canvas.linear((0, "#fff0c0", 0.62), (0.6, "#fff0c0", 0.16), (1, "#fff0c0", 0))
    canvas.path("M270 470L120 1010Q420 1080 700 1010L470 540Z", beam)
    canvas.contact_shadow(790, 1010, 190)
    foot = symmetric(790, (0, 950), (110, 950, 176, 962, 184, 984), (190, 1010, 160, 1020, 0, 1020))
    canvas.path(foot, canvas.tube(base, depth=0.2))
    canvas.path(
        disc(790, 966, 170, 26),
        canvas.linear((0, shade(base, 0.16)), (1, shade(base, 0.01)), vector=DIAGONAL),
    )
    canvas.path(disc(718, 972, 18, 6), palette.accent)
    _arms(canvas, palette)
    _shade(canvas, palette)
    return canvas.svg()


def _rod(canvas: Canvas, x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> None:
    canvas.stroke(f"M{x1} {y1}L{x2} {y2}", shade(colour, -0.2), width)
    canvas.stroke(f"M{x1 - 1} {y1}L{x2 - 1} {y2}", shade(colour, 0.02), width * 0.72)
    canvas.stroke(f"M{x1 - width * 0.16:g} {y1}L{x2 - width * 0.16:g} {y2}", shade(colour, 0.24), width * 0.2)


def _joint(canvas: Canvas, x: float, y: float, radius: float, palette: Palette) -> None:
    canvas.circle(x, y, radius, canvas.material(palette.base, DIAGONAL, 0.18, 0.16))
    canvas.circle(x, y, radius * 0.62, canvas.material(palette.metal, DIAGONAL, 0.14, 0.24))
    canvas.stroke(f"M{x - radius * 0.3:g} {y}H{x + radius * 0.3:g}", shade(palette.metal, -0.4), 4)


def _arms(canvas: Canvas, palette: Palette) -> None:
    metal = palette.metal
    cable = "M800 950C880 860 950 700 930 600S700 330 520 320"
    canvas.stroke(cable, shade(palette.second, -0.02), 9, opacity=0.85)
    for shift in (-13, 13):
        _rod(canvas, 790 + shift, 960, 900 + shift, 620, metal, 15)
    canvas.rect(758, 926, 64, 40, 12, canvas.tube(palette.base))
    for shift in (-12, 12):
        _rod(canvas, 900 - shift * 0.6, 610 + shift, 470 - shift * 0.6, 330 + shift, metal, 15)
    coil = "M872 706l22 -10M866 724l22 -10M860 742l22 -10M854 760l22 -10M848 778l22 -10"
    canvas.stroke(coil, shade(metal, -0.3), 5)
    _joint(canvas, 900, 612, 36, palette)


def _shade(canvas: Canvas, palette: Palette) -> None:
    """The bell of the lamp, tilted down to the left, glowing from inside."""
    base = palette.base
    with canvas.group("rotate(26 440 360)"):
        canvas.rect(396, 214, 88, 84, 26, canvas.tube(shade(base, -0.03)))
        canvas.rect(424, 190, 32, 34, 10, canvas.tube(palette.metal, depth=0.28))
        bell = symmetric(440, (0, 274), (64, 274), (120, 300, 176, 400, 196, 512), (0, 512))
        canvas.path(bell, canvas.tube(base, depth=0.24))
        with canvas.clip(bell):
            canvas.stroke("M392 300C350 350 316 420 300 500", "#ffffff", 9, opacity=0.4)
        canvas.stroke("M378 288H502", palette.metal, 8)
        canvas.path(disc(440, 512, 196, 46), shade(base, -0.14))
        glow = canvas.radial((0, "#ffffff"), (0.45, "#fff3c9"), (1, "#ffcf6b"), radius=0.55)
        canvas.path(disc(440, 514, 184, 40), glow)
        canvas.glow(440, 520, 300, 130, "#fff3c9", 0.6)
        canvas.path(disc(440, 516, 58, 22), "#ffffff")
    _joint(canvas, 486, 338, 26, palette)
