"""Games controller."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import disc, rounded, symmetric
from .palettes import Palette

BODY = symmetric(
    600,
    (0, 372),
    (120, 372),
    (160, 350, 250, 330, 320, 356),
    (410, 396, 450, 560, 478, 720),
    (498, 840, 470, 916, 410, 922),
    (340, 928, 300, 820, 250, 752),
    (224, 722, 190, 716, 150, 716),
    (0, 716),
)


def controller(palette: Palette) -> str:
    """A games controller from the front, hovering over its shadow."""
    canvas = Canvas(palette.tint)
    base = mix(palette.base, "#ffffff", 0.05)
    canvas.glow(610, 960, 470, 60, canvas.shadow_colour, 0.5)
    canvas.glow(604, 950, 360, 30, canvas.shadow_colour, 0.4)
    for side in (-1, 1):
        trigger = symmetric(600 + side * 262, (0, 300), (70, 300, 96, 330, 104, 400), (0, 400))
        canvas.path(trigger, canvas.tube(shade(palette.second, -0.02)))
    _shell(canvas, base)
    pad = symmetric(
        600,
        (0, 388),
        (112, 388),
        (140, 388, 140, 404, 134, 424),
        (112, 548),
        (106, 566, 96, 572, 80, 572),
        (0, 572),
    )
    canvas.path(pad, canvas.material(palette.second, DIAGONAL, 0.14, 0.06), stroke=shade(base, -0.24), stroke_width=4)
    canvas.rect(520, 396, 160, 5, 2.5, palette.accent)
    _cross(canvas, palette)
    _buttons(canvas, palette)
    for x in (478, 722):
        _stick(canvas, palette, x, 652)
    canvas.rect(452, 412, 14, 34, 7, shade(base, -0.22))
    canvas.rect(734, 412, 14, 34, 7, shade(base, -0.22))
    canvas.circle(600, 640, 24, canvas.material(palette.metal, DIAGONAL, 0.12, 0.2))
    canvas.circle(600, 640, 15, shade(palette.second, -0.04))
    return canvas.svg()


def _shell(canvas: Canvas, base: str) -> None:
    """The body: bright shoulders, dark undersides, dotted grips."""
    skin = canvas.linear((0, shade(base, 0.13)), (0.35, shade(base, 0.04)), (0.65, base), (1, shade(base, -0.16)))
    canvas.path(BODY, skin)
    with canvas.clip(BODY):
        canvas.glow(250, 470, 150, 120, "#ffffff", 0.34, -30)
        canvas.glow(1080, 800, 120, 260, shade(base, -0.34), 0.6, -14)
        canvas.glow(300, 900, 160, 120, shade(base, -0.34), 0.5, 30)
        canvas.glow(600, 726, 220, 44, shade(base, -0.36), 0.55)
        for side in (-1, 1):
            dots = canvas.pattern(14, 14, f'<circle cx="5" cy="5" r="3" fill="{shade(base, -0.2)}"/>', "rotate(30)")
            canvas.ellipse(600 + side * 430, 850, 74, 150, dots, opacity=0.5)
    canvas.stroke("M284 366C350 336 430 366 478 376H716C790 352 850 340 906 356", "#ffffff", 5, opacity=0.5)


def _stick(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    canvas.circle(x, y, 88, shade(palette.base, -0.2))
    canvas.circle(x, y, 82, canvas.linear((0, "#060709"), (1, "#2d3239")))
    canvas.glow(x + 8, y + 14, 80, 76, "#000000", 0.6)
    canvas.circle(x - 2, y - 8, 66, canvas.material("#23272d", DIAGONAL, 0.2, 0.1))
    canvas.add(
        f'<circle cx="{x - 2}" cy="{y - 8}" r="62" fill="none" stroke="#000000" stroke-width="7" '
        'stroke-dasharray="4 5" opacity=".4"/>'
    )
    dish = canvas.radial((0, "#3b414a"), (0.7, "#23272d"), (1, "#15181c"), centre=(0.62, 0.66), radius=0.7)
    canvas.circle(x - 2, y - 8, 50, dish)
    canvas.add(
        f'<circle cx="{x - 2}" cy="{y - 8}" r="66" fill="none" stroke="{palette.accent}" '
        'stroke-width="3" opacity=".55"/>'
    )


def _cross(canvas: Canvas, palette: Palette) -> None:
    x, y = 306, 520
    canvas.circle(x, y, 96, shade(palette.base, -0.07), opacity=0.8)
    canvas.glow(x + 4, y + 10, 90, 86, "#000000", 0.35)
    for turn in (0, 90, 180, 270):
        with canvas.group(f"rotate({turn} {x} {y})"):
            key = (
                f"M{x - 26} {y - 74}Q{x - 26} {y - 84} {x - 16} {y - 84}H{x + 16}"
                f"Q{x + 26} {y - 84} {x + 26} {y - 74}V{y - 36}L{x} {y - 12}L{x - 26} {y - 36}Z"
            )
            canvas.path(
                key,
                canvas.material(palette.second, (0, 0, 1, 1) if turn in (0, 270) else (1, 1, 0, 0), 0.16, 0.06),
            )
            canvas.path(f"M{x} {y - 70}l9 14h-18z", "#ffffff", opacity=0.55)


def _buttons(canvas: Canvas, palette: Palette) -> None:
    x, y = 894, 520
    canvas.circle(x, y, 104, shade(palette.base, -0.07), opacity=0.8)
    colours = ("#57b8a8", "#e36a5a", "#6a8fe0", "#e3a13c")
    for (dx, dy), colour in zip(((0, -58), (58, 0), (0, 58), (-58, 0)), colours, strict=True):
        canvas.glow(x + dx + 5, y + dy + 9, 44, 40, "#000000", 0.5)
        canvas.circle(x + dx, y + dy, 33, shade(palette.second, -0.08))
        top = canvas.material(palette.second, DIAGONAL, 0.2, 0.04)
        canvas.path(disc(x + dx, y + dy - 2, 29), top)
        canvas.path(rounded(x + dx - 10, y + dy - 12, 20, 20, 10), "none", stroke=colour, stroke_width=5)
