"""Backpack and sunglasses."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import rounded, symmetric
from .palettes import Palette


def backpack(palette: Palette) -> str:
    """A day pack from the front: lid with two leather straps, front pocket, side pockets."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    leather = mix("#8a5a34", palette.accent, 0.08)
    canvas.contact_shadow(600, 1066, 320)
    canvas.stroke("M520 190C520 96 680 96 680 190", shade(leather, -0.12), 30)
    canvas.stroke("M514 184C518 92 676 88 682 176", shade(leather, 0.12), 7, opacity=0.8)
    for side in (-1, 1):
        pocket = symmetric(
            600 + side * 292, (0, 700), (60, 700, 74, 730, 76, 800), (78, 960, 74, 1030, 40, 1040), (0, 1044)
        )
        canvas.path(pocket, canvas.tube(shade(colour, -0.05), depth=0.18))
        canvas.stroke(f"M{600 + side * 292 - 66} 742h132", shade(colour, -0.24), 10, opacity=0.6)
    body = symmetric(
        600,
        (0, 168),
        (150, 168, 250, 190, 270, 320),
        (292, 470, 304, 760, 296, 960),
        (292, 1040, 250, 1066, 180, 1070),
        (0, 1072),
    )
    canvas.path(body, canvas.tube(colour, depth=0.17))
    with canvas.clip(body):
        canvas.glow(380, 600, 70, 380, "#ffffff", 0.14)
        canvas.glow(600, 1080, 330, 90, shade(colour, -0.34), 0.45)
        canvas.path("M280 960Q600 1010 920 960V1100H280Z", canvas.tube(shade(leather, -0.06), depth=0.16))
        canvas.stitches("M286 972Q600 1022 914 972", shade(leather, 0.26), 3)
    _front_pocket(canvas, palette, leather)
    with canvas.clip(body):
        canvas.soft_stroke("M300 590C340 630 460 640 600 642S860 630 900 590", shade(colour, -0.34), 56, 0.5)
    _lid(canvas, palette, leather)
    return canvas.svg()


def _front_pocket(canvas: Canvas, palette: Palette, leather: str) -> None:
    colour = palette.base
    pocket = symmetric(
        600,
        (0, 650),
        (140, 650, 196, 660, 206, 720),
        (220, 820, 222, 900, 214, 970),
        (206, 1020, 170, 1028, 0, 1030),
    )
    canvas.soft_stroke(pocket, shade(colour, -0.34), 40, 0.4)
    canvas.path(pocket, canvas.material(shade(colour, 0.01), (0, 0, 0.5, 1), 0.1, 0.1))
    with canvas.clip(pocket):
        canvas.glow(500, 780, 90, 150, "#ffffff", 0.16)
        canvas.glow(800, 880, 90, 200, shade(colour, -0.34), 0.3)
    canvas.stitches("M402 980C392 900 396 820 408 730M798 980C808 900 804 820 792 730", shade(colour, 0.22), 2.5)
    canvas.stroke("M414 786Q600 806 786 786", shade(colour, -0.24), 20)
    canvas.stroke("M418 786Q600 806 782 786", palette.metal, 8, stroke_dasharray="4 4", stroke_linecap="butt")
    canvas.rect(748, 774, 26, 20, 6, canvas.tube(palette.metal, depth=0.28))
    canvas.stroke("M760 794L754 846", leather, 13)
    canvas.glow(604, 906, 96, 44, shade(colour, -0.34), 0.3)
    canvas.rect(526, 858, 148, 84, 12, canvas.material(leather, DIAGONAL, 0.09, 0.12))
    canvas.stitches(rounded(535, 867, 130, 66, 7), shade(leather, 0.3), 2.5, opacity=0.9)
    canvas.path("M582 884h36l-18 32z", shade(leather, -0.2))


def _lid(canvas: Canvas, palette: Palette, leather: str) -> None:
    colour = palette.base
    lid = symmetric(
        600,
        (0, 158),
        (160, 158, 262, 184, 284, 320),
        (300, 420, 304, 500, 296, 560),
        (288, 606, 220, 622, 0, 626),
    )
    skin = canvas.linear(
        (0, shade(colour, 0.12)),
        (0.3, shade(colour, 0.06)),
        (0.65, colour),
        (1, shade(colour, -0.12)),
        vector=(0, 0, 0.7, 1),
    )
    canvas.path(lid, skin)
    with canvas.clip(lid):
        canvas.glow(440, 260, 170, 60, "#ffffff", 0.3, -16)
        canvas.glow(900, 460, 100, 240, shade(colour, -0.34), 0.34)
        canvas.soft_stroke("M340 560C350 480 380 440 420 420", shade(colour, -0.3), 60, 0.2)
        canvas.soft_stroke("M560 250C600 330 600 420 590 600", shade(colour, -0.3), 110, 0.12)
    canvas.stitches("M322 556C340 592 420 606 600 608S860 592 878 556", shade(colour, 0.22), 3)
    canvas.stitches("M318 546C336 582 420 596 600 598S864 582 882 546", shade(colour, 0.22), 3)
    for x in (470, 730):
        canvas.glow(x + 8, 640, 44, 130, "#000000", 0.34)
        strap = f"M{x - 27} 470H{x + 27}V736L{x} 760L{x - 27} 736Z"
        canvas.path(
            strap,
            canvas.linear(
                (0, shade(leather, -0.04)),
                (0.3, shade(leather, 0.12)),
                (1, shade(leather, -0.1)),
                vector=(0, 0, 1, 0.3),
            ),
        )
        canvas.stitches(f"M{x - 19} 478V730L{x} 748L{x + 19} 730V478Z", shade(leather, 0.3), 2.5, opacity=0.9)
        canvas.rect(x - 38, 624, 76, 58, 12, "none", stroke=shade(palette.metal, -0.06), stroke_width=11)
        canvas.rect(x - 40, 621, 78, 58, 12, "none", stroke=shade(palette.metal, 0.16), stroke_width=3, opacity=0.9)
        canvas.rect(x - 4, 650, 8, 40, 4, canvas.tube(palette.metal, depth=0.28))
        for hole in (704, 724):
            canvas.circle(x, hole, 5, shade(leather, -0.28))


Curves = tuple[tuple[float, ...], ...]

# Half-rims in units of the drawing, inner side negative: the opening, and the frame with its lifted corner.
OPENING: Curves = (
    (-112, -62),
    (-60, -90, 60, -100, 136, -90),
    (166, -84, 168, -60, 160, -28),
    (146, 44, 96, 106, 14, 108),
    (-66, 110, -112, 52, -120, -16),
    (-122, -44, -122, -54, -112, -62),
)
FRAME: Curves = (
    (-138, -84),
    (-60, -120, 80, -132, 186, -128),
    (206, -126, 208, -100, 190, -70),
    (178, 50, 116, 130, 14, 132),
    (-84, 134, -138, 66, -146, -14),
    (-149, -50, -150, -72, -138, -84),
)


def _outline(curves: Curves, cx: float, cy: float, side: int, scale: float = 1.4) -> str:
    """One rim or lens, mirrored for the right-hand side."""

    def at(x: float, y: float) -> str:
        return f"{cx + side * x * scale:.1f} {cy + y * scale:.1f}"

    start, *rest = curves
    parts = [f"M{at(start[0], start[1])}"]
    parts += [f"C{at(c[0], c[1])} {at(c[2], c[3])} {at(c[4], c[5])}" for c in rest]
    return "".join(parts) + "Z"


def sunglasses(palette: Palette) -> str:
    """Acetate sunglasses from the front, standing on their folded-out temples."""
    canvas = Canvas(palette.tint)
    frame = palette.base if palette.name != "ecru" else "#b98b5a"
    canvas.glow(630, 826, 520, 80, canvas.shadow_colour, 0.36)
    for side in (-1, 1):
        cx = 600 + side * 226
        # Light that has passed the lens falls tinted on the table.
        canvas.glow(cx + 40, 846, 190, 46, mix(frame, palette.accent, 0.6), 0.4)
        canvas.glow(cx + 10, 792, 130, 16, canvas.shadow_colour, 0.75)
        _temple(canvas, frame, side)
    bridge = "M520 506C560 484 640 484 680 506L690 566C650 524 550 524 510 566Z"
    canvas.path(bridge, canvas.linear((0, shade(frame, 0.1)), (0.5, frame), (1, shade(frame, -0.14))))
    for side in (-1, 1):
        _rim(canvas, palette, frame, 600 + side * 226, 606, side)
    canvas.stroke("M538 505C570 494 620 494 650 502", "#ffffff", 5, opacity=0.5)
    return canvas.svg()


def _temple(canvas: Canvas, frame: str, side: int) -> None:
    """The arm runs away from the viewer, so it rises, narrows and leans towards the middle."""

    def at(x: float, y: float) -> str:
        return f"{600 + side * x:g} {y:g}"

    arm = (
        f"M{at(486, 440)}C{at(470, 400)} {at(440, 372)} {at(404, 356)}"
        f"C{at(392, 350)} {at(384, 362)} {at(394, 372)}"
        f"C{at(424, 394)} {at(440, 430)} {at(446, 470)}L{at(486, 470)}Z"
    )
    canvas.path(arm, canvas.linear((0, shade(frame, 0.02)), (1, shade(frame, -0.14))))


def _rim(canvas: Canvas, palette: Palette, frame: str, cx: float, cy: float, side: int) -> None:
    lens = _outline(OPENING, cx, cy, side)
    glass = mix(palette.accent, "#1b1f26", 0.55)
    tint = canvas.linear((0, shade(glass, -0.14)), (0.5, glass), (1, shade(glass, 0.2)))
    acetate = canvas.linear((0, shade(frame, 0.13)), (0.45, frame), (1, shade(frame, -0.15)), vector=(0, 0, 0.4, 1))
    canvas.path(_outline(FRAME, cx, cy, side), acetate)
    canvas.path(lens, shade(frame, -0.2))
    with canvas.clip(_outline(OPENING, cx, cy + 2, side, 1.36)):
        canvas.rect(cx - 260, cy - 160, 520, 340, 0, tint, opacity=0.97)
        sky = canvas.linear((0, "#ffffff", 0.5), (1, "#ffffff", 0.04), vector=DIAGONAL)
        canvas.path(f"M{cx - 150} {cy - 160}H{cx - 10}L{cx - 140} {cy + 170}H{cx - 280}Z", sky)
        canvas.path(f"M{cx + 20} {cy - 160}H{cx + 56}L{cx - 74} {cy + 170}H{cx - 110}Z", sky, opacity=0.7)
        canvas.glow(cx + 40, cy + 140, 180, 80, "#ffffff", 0.22)
        canvas.soft_stroke(lens, "#000000", 30, 0.5)
    with canvas.clip(_outline(FRAME, cx, cy, side)):
        edge = canvas.linear((0, "#ffffff", 0.6), (0.16, "#ffffff", 0.3), (0.42, "#ffffff", 0))
        canvas.path(_outline(FRAME, cx, cy, side), "none", stroke=edge, stroke_width=12)
    for dot in (0, 20):
        canvas.ellipse(cx + side * (222 + dot), cy - 146, 7, 5, palette.metal)
