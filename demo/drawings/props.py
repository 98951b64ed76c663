"""Furniture and small things that fill the scenes around the products."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import disc, rounded, symmetric
from .palettes import Palette


def table(canvas: Canvas, y: float, colour: str) -> None:
    """A wooden table top across the whole scene: surface, front edge, grain."""
    width, height = canvas.width, canvas.height
    surface = canvas.linear((0, shade(colour, -0.05)), (0.25, shade(colour, 0.05)), (1, shade(colour, 0.01)))
    canvas.rect(0, y, width, height - y, 0, surface)
    for index in range(7):
        line = y + 14 + (index * index * 3.6 + index * 14)
        grain = f"M0 {line:g}C{width * 0.3:g} {line - 6:g} {width * 0.5:g} {line + 9:g} {width} {line - 3:g}"
        canvas.stroke(grain, shade(colour, -0.12), 2 + index * 0.3, opacity=0.3)
    canvas.rect(0, y, width, 3, 0, "#ffffff", opacity=0.4)
    canvas.glow(width * 0.32, height * 0.92, width * 0.6, 180, "#ffffff", 0.28)
    canvas.glow(width, height, width * 0.5, 200, shade(colour, -0.3), 0.35)


def board(canvas: Canvas, x: float, y: float, width: float, colour: str) -> None:
    """A shelf on the wall, with the shadow it throws below."""
    shadow = canvas.linear((0, canvas.shadow_colour, 0.3), (1, canvas.shadow_colour, 0))
    canvas.path(f"M{x + 10:g} {y + 26:g}H{x + width:g}L{x + width + 26:g} {y + 110:g}H{x + 50:g}Z", shadow)
    canvas.path(rounded(x, y, width, 30, 5), canvas.material(colour, lift=0.1, drop=0.14))
    canvas.rect(x, y, width, 4, 2, "#ffffff", opacity=0.45)


def plant(canvas: Canvas, palette: Palette, x: float, y: float, scale: float = 1.0) -> None:
    """A leafy plant in a glazed pot; (x, y) is the middle of its foot."""
    leaf = mix("#3f7d4f", palette.base, 0.2)
    with canvas.group(f"translate({x:g} {y:g}) scale({scale:g})"):
        canvas.glow(14, 2, 130, 26, canvas.shadow_colour, 0.7)
        leaves = (
            (-64, 1.0, -0.05),
            (58, 1.0, -0.06),
            (-34, 1.2, 0.0),
            (32, 1.22, -0.02),
            (-88, 0.74, -0.08),
            (84, 0.76, -0.1),
            (-12, 1.34, 0.05),
            (14, 1.06, 0.07),
            (-48, 0.8, 0.08),
            (46, 0.82, 0.04),
        )
        for angle, length, tone in leaves:
            with canvas.group(f"translate(0 -150) rotate({angle}) scale({length})"):
                blade = "M0 0C-46 -60 -44 -150 0 -216C44 -150 46 -60 0 0Z"
                green = shade(leaf, tone)
                canvas.path(
                    blade,
                    canvas.linear(
                        (0, shade(green, 0.12)),
                        (0.49, green),
                        (0.51, shade(green, -0.06)),
                        (1, shade(green, -0.12)),
                        vector=(0, 0, 1, 0),
                    ),
                )
                canvas.stroke("M0 -4V-196", shade(green, 0.18), 2.5, opacity=0.6)
        pot = symmetric(0, (0, -160), (88, -160), (86, -90, 76, -20, 64, -4), (50, 4, 20, 4, 0, 4))
        canvas.path(pot, canvas.tube(palette.second, depth=0.18))
        canvas.path(disc(0, -160, 88, 14), shade(palette.second, -0.22))
        canvas.stroke("M-88 -158C-60 -140 60 -140 88 -158", shade(palette.second, 0.12), 6, opacity=0.8)


def mug(canvas: Canvas, colour: str, x: float, y: float, scale: float = 1.0) -> None:
    """A stoneware mug."""
    with canvas.group(f"translate({x:g} {y:g}) scale({scale:g})"):
        canvas.glow(10, 2, 96, 18, canvas.shadow_colour, 0.75)
        canvas.stroke("M52 -92C104 -96 104 -30 48 -28", shade(colour, -0.12), 17)
        canvas.stroke("M52 -94C98 -98 100 -40 56 -32", shade(colour, 0.06), 7)
        canvas.path("M-58 -124V-22Q-56 2 -30 4H30Q56 2 58 -22V-124Z", canvas.tube(colour, depth=0.18))
        canvas.path(disc(0, -124, 58, 13), shade(colour, 0.1))
        canvas.path(disc(0, -122, 50, 10), canvas.linear((0, "#2c1a10"), (1, "#5a3a22")))
        canvas.rect(-58, -40, 116, 12, 0, shade(colour, -0.14), opacity=0.5)


def books(canvas: Canvas, colours: tuple[str, ...], x: float, y: float, width: float = 230) -> None:
    """A lying stack, spines to the front; (x, y) is its lower left corner."""
    canvas.glow(x + width / 2 + 8, y + 2, width * 0.62, 18, canvas.shadow_colour, 0.7)
    top = y
    for index, colour in enumerate(colours):
        height = 34 + (index * 7) % 12
        left, length = x + (index * 17) % 26, width - (index * 29) % 44
        top -= height
        canvas.rect(left, top, length, height, 5, canvas.material(colour, lift=0.08, drop=0.14))
        for mark in (18, length - 30):
            canvas.rect(left + mark, top, 8, height, 0, shade(colour, 0.2), opacity=0.6)
        canvas.rect(left + 44, top + height / 2 - 3, length * 0.34, 6, 3, "#ffffff", opacity=0.7)


def standing_books(canvas: Canvas, colours: tuple[str, ...], x: float, y: float) -> None:
    """A row of books upright on a shelf; the last one leans."""
    left = x
    for index, colour in enumerate(colours):
        width, height = 34 + (index * 11) % 20, 170 + (index * 37) % 46
        turned = f"rotate(9 {left + width} {y})" if index == len(colours) - 1 else "rotate(0)"
        if index == len(colours) - 1:
            left += 24
        with canvas.group(turned):
            spine = canvas.linear(
                (0, shade(colour, 0.09)), (0.4, colour), (1, shade(colour, -0.12)), vector=(0, 0, 1, 0)
            )
            canvas.rect(left, y - height, width, height, 4, spine)
            canvas.rect(left, y - height + 22, width, 6, 0, "#ffffff", opacity=0.45)
            canvas.rect(left, y - 40, width, 6, 0, "#ffffff", opacity=0.45)
        left += width + 3


def framed_print(canvas: Canvas, palette: Palette, x: float, y: float, width: float, height: float) -> None:
    """A picture on the wall: two hills and a marigold sun."""
    canvas.cast_shadow(rounded(x, y, width, height, 4), 18, 50, 0.3)
    canvas.rect(x, y, width, height, 4, canvas.material(palette.metal, DIAGONAL, 0.08, 0.16))
    canvas.rect(x + 12, y + 12, width - 24, height - 24, 2, "#fbf8f1")
    inner = rounded(x + 36, y + 36, width - 72, height - 72, 2)
    with canvas.clip(inner):
        canvas.path(inner, canvas.linear((0, shade(palette.tint, -0.02)), (1, shade(palette.tint, 0.04))))
        canvas.circle(x + width * 0.62, y + height * 0.4, width * 0.13, palette.accent)
        bottom = y + height
        canvas.path(
            f"M{x} {y + height * 0.66:g}"
            f"Q{x + width * 0.4:g} {y + height * 0.4:g} {x + width} {y + height * 0.72:g}V{bottom}H{x}Z",
            palette.second,
        )
        canvas.path(
            f"M{x} {y + height * 0.8:g}"
            f"Q{x + width * 0.6:g} {y + height * 0.56:g} {x + width} {y + height * 0.7:g}V{bottom}H{x}Z",
            palette.base,
        )


def window_light(canvas: Canvas, x: float, y: float, scale: float, opacity: float = 0.34) -> None:
    """The bright patch a window throws on the wall, four slanted panes."""
    with canvas.group(f"translate({x:g} {y:g}) skewX(-22) scale({scale:g})"):
        for column in range(2):
            for row in range(2):
                pane = canvas.linear((0, "#ffffff", opacity), (1, "#ffffff", opacity * 0.25), vector=DIAGONAL)
                canvas.rect(column * 190, row * 230, 176, 216, 3, pane)
