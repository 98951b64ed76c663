"""Sweater."""

from __future__ import annotations

from .canvas import Canvas
from .cloth import cuff, panel, ribs, sleeve_outline, sleeves
from .colours import shade
from .outlines import symmetric
from .palettes import Palette
from .tops import TORSO_FOLDS

TORSO = symmetric(
    600,
    (0, 324),
    (66, 324, 106, 296, 120, 252),
    (164, 266, 210, 276, 244, 292),
    (262, 380, 262, 440, 250, 510),
    (250, 660, 262, 820, 262, 934),
    (0, 944),
)
HEM = symmetric(
    600,
    (0, 936),
    (90, 936, 200, 934, 262, 926),
    (264, 960, 256, 996, 244, 1018),
    (150, 1026, 80, 1028, 0, 1028),
)


def sweater(palette: Palette) -> str:
    """A knitted sweater with a patterned band across the chest."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    canvas.cast_shadow(TORSO + HEM + sleeve_outline(-1) + sleeve_outline(1), 34, 130, 0.36)
    knit = canvas.pattern(
        22,
        20,
        f'<path d="M2 2q7 5 9 15M20 2q-7 5 -9 15" fill="none" stroke="{shade(colour, -0.14)}" '
        'stroke-width="3.6" '
        f'opacity=".42"/><path d="M5 1q5 4 7 11" fill="none" stroke="{shade(colour, 0.16)}" '
        'stroke-width="3" opacity=".3"/>',
    )
    sleeves(canvas, colour)
    for side in (-1, 1):
        canvas.path(sleeve_outline(side), knit, opacity=0.65)
        cuff(canvas, shade(colour, -0.03), side)
    inside = "M480 252C540 270 660 270 720 252C706 300 666 332 600 332S494 300 480 252Z"
    canvas.path(inside, canvas.linear((0, shade(colour, -0.14)), (1, shade(colour, -0.24))))
    canvas.rect(576, 272, 48, 28, 3, "#ffffff", opacity=0.88)
    panel(canvas, TORSO, colour)
    with canvas.clip(TORSO):
        _knitted_band(canvas, palette)
        for path, width, opacity in TORSO_FOLDS:
            canvas.soft_stroke(path, "#000000" if opacity > 0 else "#ffffff", width, abs(opacity) * 0.4)
    canvas.path(TORSO, knit, opacity=0.65)
    canvas.soft_stroke(
        "M356 292C342 380 340 440 350 520M844 292C858 380 860 440 850 520", shade(colour, -0.26), 16, 0.32
    )
    canvas.path(HEM, canvas.tube(shade(colour, -0.02), depth=0.1))
    with canvas.clip(HEM):
        ribs(canvas, 344, 930, 512, 100, colour)
    _collar(canvas, colour)
    return canvas.svg()


def _knitted_band(canvas: Canvas, palette: Palette) -> None:
    """Three rows: diamonds between two rows of steps."""
    light = palette.second if palette.name != "ecru" else shade(palette.second, -0.05)
    for y in (478, 636):
        canvas.rect(330, y, 540, 14, 0, palette.accent, opacity=0.95)
        for step in range(18):
            canvas.rect(336 + step * 32, y - 14 if y < 500 else y + 14, 16, 14, 0, light, opacity=0.95)
    for column in range(9):
        x = 344 + column * 64
        canvas.path(f"M{x} 564l26 -38l26 38l-26 38z", light, opacity=0.96)
        canvas.path(f"M{x + 12} 564l14 -20l14 20l-14 20z", palette.accent)
        canvas.rect(x + 50, 556, 16, 16, 0, palette.accent, opacity=0.95)


def _collar(canvas: Canvas, colour: str) -> None:
    """A ribbed neckband with its shadow on the chest."""
    canvas.stroke(
        "M478 250C492 300 532 334 600 334S708 300 722 250",
        shade(colour, -0.2),
        42,
        stroke_linecap="butt",
        opacity=0.5,
    )
    canvas.stroke("M478 248C492 298 532 330 600 330S708 298 722 248", colour, 38, stroke_linecap="butt")
    canvas.stroke(
        "M478 248C492 298 532 330 600 330S708 298 722 248",
        shade(colour, -0.16),
        38,
        stroke_linecap="butt",
        stroke_dasharray="3 8",
        opacity=0.55,
    )
