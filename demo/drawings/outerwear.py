"""Overshirt and padded jacket."""

from __future__ import annotations

from .canvas import Canvas
from .cloth import button, cuff, panel, sleeve_outline, sleeves
from .colours import lightness, mix, shade
from .outlines import symmetric
from .palettes import Palette
from .tops import TORSO_FOLDS


def overshirt(palette: Palette) -> str:
    """A sturdy shirt worn open at the neck, with two flapped pockets."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    seam = shade(colour, 0.2 if palette.name != "ecru" else -0.22)
    torso = symmetric(
        600,
        (0, 330),
        (130, 250),
        (176, 264, 214, 274, 246, 290),
        (264, 380, 264, 440, 254, 510),
        (254, 660, 262, 820, 268, 960),
        (258, 1000, 200, 1020, 130, 1024),
        (80, 1026, 40, 1022, 0, 1022),
    )
    canvas.cast_shadow(torso + sleeve_outline(-1) + sleeve_outline(1), 34, 130, 0.36)
    sleeves(canvas, colour)
    for side in (-1, 1):
        cuff(canvas, shade(colour, -0.02), side, ribbed=False)
        button(canvas, 600 + side * 350, 912, 11, palette.metal)
    inner = "M470 250C540 262 660 262 730 250L700 400L600 470L500 400Z"
    canvas.path(inner, canvas.linear((0, shade(colour, -0.16)), (0.5, shade(colour, -0.24)), (1, shade(colour, -0.1))))
    canvas.rect(572, 274, 56, 34, 3, "#ffffff", opacity=0.88)
    canvas.path("M500 330Q600 410 700 330L680 420L600 480L520 420Z", mix("#ffffff", palette.tint, 0.3))
    canvas.stroke("M506 336Q600 412 694 336", mix("#ffffff", palette.tint, 0.75), 5)
    left = (
        "M470 250L600 470V1022C560 1026 470 1026 470 1024C400 1020 342 1000 332 960C338 820 346 660 "
        "346 510C336 440 336 380 354 290C386 274 424 264 470 250Z"
    )
    right = (
        "M730 250L600 470V1022C640 1026 730 1026 730 1024C800 1020 858 1000 868 960C862 820 854 660 "
        "854 510C864 440 864 380 846 290C814 274 776 264 730 250Z"
    )
    panel(canvas, right, shade(colour, -0.02), TORSO_FOLDS)
    panel(canvas, left, colour, TORSO_FOLDS)
    canvas.soft_stroke(
        "M356 292C342 380 340 440 350 520M844 292C858 380 860 440 850 520", shade(colour, -0.26), 16, 0.32
    )
    canvas.stitches("M370 300C356 380 356 440 364 516M830 300C844 380 844 440 836 516", seam, 2.5)
    canvas.soft_stroke("M636 480V1020", shade(colour, -0.28), 22, 0.45)
    _placket(canvas, palette, seam)
    for side in (-1, 1):
        _chest_pocket(canvas, palette, side, seam)
        _collar(canvas, palette, side, seam)
    canvas.stitches("M342 946C370 996 430 1008 560 1010M640 1010C770 1008 830 996 858 946", seam, 2.5)
    return canvas.svg()


def _placket(canvas: Canvas, palette: Palette, seam: str) -> None:
    """The buttoned front edge."""
    colour = palette.base
    canvas.path(
        "M564 408L600 470L634 412L634 1024H564Z",
        canvas.linear((0, shade(colour, 0.05)), (1, shade(colour, -0.04)), vector=(0, 0, 1, 0.4)),
    )
    canvas.stitches("M572 430V1018M626 440V1018", seam, 2.5)
    for y in range(506, 1000, 96):
        button(canvas, 599, y, 13, palette.metal)


def _chest_pocket(canvas: Canvas, palette: Palette, side: int, seam: str) -> None:
    colour = palette.base
    x = 600 + side * 150 - 70
    canvas.glow(x + 78, 636, 96, 112, shade(colour, -0.3), 0.4)
    pocket = f"M{x} 550H{x + 140}V668L{x + 122} 700H{x + 18}L{x} 668Z"
    canvas.path(pocket, canvas.material(colour, (0, 0, 0.5, 1), 0.05, 0.06))
    canvas.stitches(f"M{x + 8} 580V666L{x + 22} 692H{x + 118}L{x + 132} 666V580", seam, 2.5)
    canvas.glow(x + 72, 602, 84, 20, shade(colour, -0.34), 0.6)
    flap = f"M{x - 5} 538H{x + 145}V572L{x + 70} 598L{x - 5} 572Z"
    canvas.path(flap, canvas.material(colour, (0, 0, 0.3, 1), 0.08, 0.03))
    canvas.stitches(f"M{x + 3} 568L{x + 70} 590L{x + 137} 568", seam, 2.5)
    button(canvas, x + 70, 572, 10, palette.metal)


def _collar(canvas: Canvas, palette: Palette, side: int, seam: str) -> None:
    colour = palette.base

    def at(x: float, y: float) -> str:
        return f"{600 + side * x:g} {y:g}"

    wing = (
        f"M{at(132, 228)}C{at(154, 270)} {at(172, 330)} {at(170, 398)}L{at(94, 372)}"
        f"C{at(88, 330)} {at(90, 280)} {at(104, 234)}Z"
    )
    canvas.soft_stroke(f"M{at(168, 400)}L{at(96, 376)}", shade(colour, -0.3), 34, 0.5)
    canvas.path(wing, canvas.material(shade(colour, 0.015 if side < 0 else -0.02), (0, 0, 1, 1), 0.08, 0.08))
    canvas.stitches(f"M{at(144, 268)}C{at(158, 310)} {at(162, 350)} {at(160, 384)}L{at(102, 364)}", seam, 2.5)


def jacket(palette: Palette) -> str:
    """A padded jacket, quilted in bands."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    torso = symmetric(
        600,
        (0, 262),
        (120, 262),
        (176, 272, 216, 282, 250, 300),
        (276, 390, 280, 440, 270, 520),
        (288, 560, 288, 610, 276, 640),
        (294, 680, 294, 730, 280, 760),
        (298, 800, 298, 850, 284, 880),
        (300, 920, 296, 990, 270, 1004),
        (180, 1016, 80, 1018, 0, 1018),
    )
    canvas.cast_shadow(torso + sleeve_outline(-1, 16) + sleeve_outline(1, 16), 34, 130, 0.38)
    for side in (-1, 1):
        outline = sleeve_outline(side, 16)
        panel(canvas, outline, shade(colour, -0.01 if side < 0 else -0.04))
        with canvas.clip(outline):
            for y in range(330, 930, 84):
                _baffle(canvas, 600 + side * 340, y, 190, 84, colour, -side * 10)
        with canvas.clip(outline):
            edge = 600 + side * 250
            canvas.soft_stroke(f"M{edge} 480L{600 + side * 330} 900", shade(colour, -0.34), 70, 0.3)
        cuff(canvas, shade(palette.base, -0.08), side, 16)
    panel(canvas, torso, colour)
    with canvas.clip(torso):
        for y in range(280, 1020, 92):
            _baffle(canvas, 450, y, 320, 92, colour, 2)
            _baffle(canvas, 750, y, 320, 92, shade(colour, -0.02), -2)
        canvas.glow(900, 700, 120, 440, shade(colour, -0.34), 0.42)
        canvas.soft_stroke("M344 300C330 390 326 440 336 530", shade(colour, -0.34), 24, 0.3)
        canvas.soft_stroke("M856 300C870 390 874 440 864 530", shade(colour, -0.34), 24, 0.4)
    _jacket_collar(canvas, palette)
    _jacket_zips(canvas, palette)
    return canvas.svg()


def _baffle(canvas: Canvas, cx: float, y: float, width: float, height: float, colour: str, slope: float) -> None:
    """One filled band: bright shoulder, dark seam, puckers where the thread pulls."""
    # Pale cloth shows its own shade much more, so its bands are modelled more gently.
    depth = 0.55 if lightness(colour) > 0.75 else 1.0
    puff = canvas.linear(
        (0, shade(colour, -0.13 * depth)),
        (0.12, shade(colour, 0.02)),
        (0.36, shade(colour, 0.13)),
        (0.7, colour),
        (1, shade(colour, -0.17 * depth)),
    )
    with canvas.group(f"rotate({slope:g} {cx:g} {y:g})"):
        left = cx - width / 2
        canvas.rect(left, y, width, height, 10, puff)
        canvas.stroke(f"M{left:g} {y:g}h{width:g}", shade(colour, -0.26 * depth), 3, opacity=0.7)
        for index in range(int(width / 40)):
            x = left + 22 + index * 40
            canvas.soft_stroke(
                f"M{x:g} {y + 2:g}q{5 - index % 3 * 5} 16 {4 - index % 2 * 9} 30",
                shade(colour, -0.24 * depth),
                9,
                0.34,
                3,
            )


def _jacket_collar(canvas: Canvas, palette: Palette) -> None:
    colour = palette.base
    back = symmetric(600, (0, 176), (90, 176, 130, 190, 136, 214), (126, 290), (0, 330))
    canvas.path(back, canvas.linear((0, shade(colour, -0.1)), (1, shade(colour, -0.24))))
    canvas.rect(572, 208, 56, 34, 3, "#ffffff", opacity=0.88)
    for side in (-1, 1):

        def at(x: float, y: float, side: int = side) -> str:
            return f"{600 + side * x:g} {y:g}"

        wing = (
            f"M{at(136, 204)}C{at(158, 230)} {at(164, 270)} {at(150, 306)}"
            f"C{at(110, 340)} {at(50, 352)} {at(4, 356)}"
            f"L{at(4, 300)}C{at(60, 292)} {at(110, 260)} {at(136, 204)}Z"
        )
        canvas.path(wing, canvas.material(shade(colour, 0.02 if side < 0 else -0.02), (0, 0, 0.4, 1), 0.12, 0.14))
        canvas.stroke(
            f"M{at(150, 306)}C{at(110, 340)} {at(50, 352)} {at(4, 356)}", shade(colour, -0.26), 4, opacity=0.7
        )


def _jacket_zips(canvas: Canvas, palette: Palette) -> None:
    colour = palette.base
    canvas.soft_stroke("M612 300V1016", "#000000", 36, 0.4)
    canvas.rect(588, 298, 24, 720, 4, shade(colour, -0.2))
    canvas.stroke("M600 304V1012", palette.metal, 11, stroke_dasharray="4 4", stroke_linecap="butt")
    canvas.rect(592, 322, 16, 30, 5, canvas.tube(palette.metal, depth=0.3))
    canvas.rect(595, 350, 10, 34, 4, palette.accent)
    for side in (-1, 1):
        x = 600 + side * 170
        canvas.stroke(f"M{x} 716L{x + side * 46} 850", shade(colour, -0.28), 12)
        canvas.stroke(f"M{x} 716L{x + side * 46} 850", shade(palette.metal, -0.1), 4, stroke_dasharray="3 4")
        canvas.rect(x - 4, 716, 9, 32, 4, palette.accent)
    canvas.rect(426, 420, 84, 30, 4, palette.accent)
    canvas.rect(438, 431, 46, 8, 4, shade(colour, -0.2), opacity=0.8)
