"""Headphones, earbuds and a speaker."""

from __future__ import annotations

import math

from .canvas import ACROSS, DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import disc, rounded, symmetric
from .palettes import Palette


def headphones(palette: Palette) -> str:
    """Over-ear headphones, seen from the front with the cups turned slightly outwards."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1000, 350)
    _headband(canvas, palette)
    for side in (-1, 1):
        _slider(canvas, palette, side)
        _ear_cup(canvas, palette, side)
    return canvas.svg()


def _headband(canvas: Canvas, palette: Palette) -> None:
    base = palette.base
    outer = symmetric(600, (0, 172), (215, 172, 345, 330, 336, 560), (296, 560), (300, 360, 190, 226, 0, 226))
    pad = symmetric(600, (0, 214), (180, 214, 286, 330, 296, 500), (262, 500), (252, 360, 170, 272, 0, 272))
    canvas.path(pad, canvas.linear((0, shade(palette.second, 0.05)), (1, shade(palette.second, -0.08))))
    canvas.stitches("M320 490C330 350 440 258 600 258S870 350 880 490", shade(palette.second, 0.28), 3)
    skin = canvas.linear(
        (0, shade(base, 0.1)),
        (0.4, shade(base, 0.04)),
        (0.75, base),
        (1, shade(base, -0.13)),
        vector=(0, 0, 1, 0.7),
    )
    canvas.path(outer, skin)
    canvas.stroke("M292 480C310 320 410 206 590 190", "#ffffff", 9, opacity=0.42)
    canvas.stroke("M640 191C690 196 735 212 770 236", "#ffffff", 6, opacity=0.2)
    canvas.soft_stroke("M905 540C892 400 822 290 716 232", shade(base, -0.25), 20, 0.35)


def _slider(canvas: Canvas, palette: Palette, side: int) -> None:
    x = 600 + side * 317
    canvas.rect(x - 25, 528, 50, 54, 10, canvas.tube(shade(palette.base, -0.04)))
    canvas.rect(x - 13, 576, 26, 130, 8, canvas.tube(palette.metal, depth=0.3))
    for notch in range(4):
        canvas.rect(x - 6, 594 + notch * 14, 12, 3, 1.5, shade(palette.metal, -0.3), opacity=0.7)


def _ear_cup(canvas: Canvas, palette: Palette, side: int) -> None:
    """One cup: cushion towards the head, shell outside; both leaning a little outwards at the bottom."""
    cx = 600 + side * 322
    # The right cup is lit on its inner edge, so its gradients run the other way than its geometry.
    with canvas.group(f"rotate({-side * 5} {cx} 790) translate({cx} 0) scale({side} 1)"):
        lit = ACROSS if side < 0 else (1, 0, 0, 0)
        cushion = canvas.linear(
            (0, shade(palette.second, -0.06)),
            (0.4, shade(palette.second, 0.1)),
            (1, shade(palette.second, -0.08)),
            vector=(lit[2], 0, lit[0], 0.3),
        )
        canvas.rect(-118, 606, 138, 374, 66, cushion)
        canvas.glow(-84, 770, 26, 150, "#ffffff", 0.16)
        for crease in (680, 742, 806, 868, 922):
            canvas.stroke(f"M-112 {crease}Q-92 {crease + 12} -62 {crease + 4}", "#000000", 4, opacity=0.16)
        canvas.stitches("M-40 622C-56 680 -56 906 -40 964", shade(palette.second, 0.3), 3)
        shell = symmetric(0, (0, 586), (80, 586, 106, 664, 106, 793), (106, 922, 80, 1000, 0, 1000))
        with canvas.group("translate(28 0) scale(.82 1)"):
            body = canvas.linear(
                (0, shade(palette.base, 0.16)),
                (0.45, palette.base),
                (1, shade(palette.base, -0.14)),
                vector=(lit[0], 0, lit[2], 1),
            )
            canvas.path(shell, body)
            canvas.path(disc(8, 793, 78, 178), canvas.material(palette.metal, (0, 0, 0.3, 1), 0.12, 0.22))
            face = canvas.material(palette.base, (lit[0], 0, lit[2], 1), 0.06, 0.1)
            canvas.path(disc(8, 793, 70, 169), face)
        canvas.glow(30 - 16 * side * -1 - 18, 700, 20, 72, "#ffffff", 0.34)
        canvas.circle(36, 793, 15, canvas.material(palette.accent, DIAGONAL))
        canvas.circle(36, 793, 7, shade(palette.base, -0.06))
        canvas.rect(20, 968, 26, 7, 3.5, shade(palette.base, -0.24))


def earbuds(palette: Palette) -> str:
    """Two earbuds standing in their open charging case."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 962, 330)
    base = palette.base
    lid = symmetric(600, (0, 268), (200, 268, 300, 300, 306, 420), (312, 520, 300, 560, 288, 590))
    canvas.path(lid, canvas.linear((0, shade(base, 0.12)), (0.3, base), (1, shade(base, -0.1))))
    inner = symmetric(600, (0, 300), (180, 300, 266, 324, 272, 430), (276, 520, 270, 560, 262, 590))
    canvas.path(inner, canvas.linear((0, shade(palette.second, -0.1)), (1, shade(palette.second, 0.08))))
    canvas.glow(470, 370, 150, 60, "#ffffff", 0.12, -14)
    canvas.stroke("M322 396C340 312 430 284 560 280", "#ffffff", 7, opacity=0.5)
    # The shelf the buds stand in, seen at a low angle.
    canvas.ellipse(600, 596, 304, 62, canvas.linear((0, shade(base, -0.16)), (1, shade(base, 0.06))))
    canvas.ellipse(600, 602, 276, 48, canvas.linear((0, shade(palette.second, -0.12)), (1, palette.second)))
    for side in (-1, 1):
        _bud(canvas, palette, side)
    body = symmetric(
        600,
        (0, 662),
        (170, 662, 270, 640, 306, 598),
        (322, 720, 322, 960, 180, 966),
        (120, 970, 60, 970, 0, 970),
    )
    skin = canvas.linear(
        (0, shade(base, 0.1)), (0.3, shade(base, 0.05)), (0.7, shade(base, -0.03)), (1, shade(base, -0.18))
    )
    canvas.path(body, skin)
    with canvas.clip(body):
        canvas.glow(900, 800, 130, 260, shade(base, -0.3), 0.55)
        canvas.glow(380, 720, 80, 170, "#ffffff", 0.32, 8)
        canvas.glow(600, 985, 330, 50, shade(base, -0.35), 0.5)
    canvas.stroke("M298 612C340 648 450 668 600 668S860 648 902 612", "#ffffff", 5, opacity=0.45)
    canvas.circle(600, 742, 8, palette.accent)
    canvas.glow(600, 742, 34, 34, palette.accent, 0.5)
    canvas.rect(560, 930, 80, 12, 6, shade(base, -0.28), opacity=0.7)
    return canvas.svg()


def _bud(canvas: Canvas, palette: Palette, side: int) -> None:
    """Stem in the well, head leaning outwards, silicone tip towards the middle."""
    skin = mix(palette.base, "#ffffff", 0.1)
    cx = 600 + side * 132
    canvas.ellipse(cx, 612, 62, 24, "#000000", opacity=0.35)
    canvas.rect(cx - 30, 470, 60, 152, 26, canvas.tube(skin))
    with canvas.group(f"rotate({side * 12} {cx} 440)"):
        tip_x = cx - side * 74
        rubber = canvas.radial(
            (0, shade(palette.second, 0.24)),
            (0.6, shade(palette.second, 0.06)),
            (1, shade(palette.second, -0.1)),
            centre=(0.36, 0.3),
            radius=0.75,
        )
        canvas.ellipse(tip_x, 444, 40, 56, rubber)
        canvas.ellipse(tip_x - side * 14, 446, 14, 30, "#000000", opacity=0.35)
        head = canvas.radial(
            (0, shade(skin, 0.24)),
            (0.35, shade(skin, 0.06)),
            (0.75, shade(skin, -0.06)),
            (1, shade(skin, -0.18)),
            centre=(0.36, 0.26),
            radius=0.78,
        )
        canvas.ellipse(cx, 430, 78, 86, head)
        canvas.rect(cx - 12 + side * 28, 416, 24, 46, 12, shade(palette.second, -0.06))
        canvas.glow(cx - 24, 392, 26, 18, "#ffffff", 0.75, -24)
    canvas.rect(cx - 12, 560, 24, 8, 4, palette.metal, opacity=0.9)


def speaker(palette: Palette) -> str:
    """A portable speaker: fabric drum, rubber ends, a carrying loop."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1012, 255)
    base = palette.base
    # The carrying strap rises behind the drum and catches the light on its left.
    strap = "M392 270C392 96 808 96 808 270"
    canvas.stroke(strap, shade(palette.second, -0.05), 40)
    canvas.stroke("M384 262C388 88 790 76 806 236", shade(palette.second, 0.18), 6, opacity=0.8)
    canvas.stitches("M400 262C406 116 794 116 800 262", shade(palette.second, 0.26), 3)
    drum = "M370 262V930C370 990 470 1016 600 1016S830 990 830 930V262Z"
    canvas.path(drum, canvas.tube(base, depth=0.24))
    with canvas.clip(drum):
        dot = shade(base, -0.16)
        light = shade(base, 0.12)
        weave = canvas.pattern(
            18,
            18,
            f'<circle cx="5" cy="6" r="3.6" fill="{dot}"/><circle cx="14" cy="15" r="3.6" fill="{dot}"/>'
            f'<circle cx="4" cy="4.6" r="1.4" fill="{light}"/><circle cx="13" cy="13.6" r="1.4" '
            f'fill="{light}"/>',
        )
        canvas.rect(370, 330, 460, 590, 0, weave, opacity=0.6)
        canvas.glow(840, 620, 170, 480, shade(base, -0.34), 0.75)
        canvas.glow(468, 600, 58, 420, "#ffffff", 0.22)
        canvas.path(
            "M360 902C400 946 500 962 600 962S800 946 840 902V1040H360Z",
            canvas.tube(palette.second, depth=0.16),
        )
        canvas.stroke("M364 904C404 946 500 962 600 962S796 946 836 904", "#000000", 4, opacity=0.3)
    _speaker_top(canvas, palette)
    canvas.rect(556, 800, 88, 54, 12, canvas.material(palette.metal, DIAGONAL, 0.1, 0.2))
    canvas.stroke(_wave(578, 827, 44), shade(palette.metal, -0.42), 5)
    return canvas.svg()


def _wave(x: float, y: float, width: float) -> str:
    """A little sound wave, used as the maker's badge."""
    points = [(x + width * i / 12, y - 12 * math.sin(i / 12 * 2 * math.pi)) for i in range(13)]
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points)


def _speaker_top(canvas: Canvas, palette: Palette) -> None:
    """The control panel: a dish with a light ring and three keys."""
    base = palette.base
    canvas.path(
        "M370 262V310C396 360 500 374 600 374S804 360 830 310V262Z",
        canvas.tube(palette.second, depth=0.16),
    )
    canvas.path(
        disc(600, 262, 230, 78),
        canvas.linear((0, shade(palette.second, 0.2)), (1, palette.second), vector=DIAGONAL),
    )
    canvas.path(
        disc(600, 268, 206, 64),
        canvas.linear((0, shade(palette.second, -0.1)), (1, shade(palette.second, 0.1))),
    )
    canvas.add(f'<ellipse cx="600" cy="270" rx="150" ry="45" fill="none" stroke="{palette.accent}" stroke-width="6"/>')
    canvas.glow(600, 270, 190, 60, palette.accent, 0.22)
    canvas.path(disc(600, 270, 112, 32), canvas.material(shade(base, 0.03), DIAGONAL))
    for x in (-56, 56):
        canvas.rect(600 + x - 15, 267, 30, 6, 3, "#ffffff", opacity=0.8)
    canvas.rect(653, 261, 6, 18, 3, "#ffffff", opacity=0.8)
    canvas.path(rounded(590, 260, 6, 20, 2) + rounded(604, 260, 6, 20, 2), "#ffffff", opacity=0.8)
    canvas.stroke("M384 240C410 204 490 188 570 186", "#ffffff", 5, opacity=0.5)
