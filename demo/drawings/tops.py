"""T-shirt and hoodie."""

from __future__ import annotations

from .canvas import Canvas
from .cloth import Fold, cuff, panel, ribs, sleeve_outline, sleeves
from .colours import shade
from .outlines import symmetric
from .palettes import Palette

NECK = "M478 246C488 296 530 332 600 332S712 296 722 246"
TORSO_FOLDS: tuple[Fold, ...] = (
    ("M360 560C410 680 420 820 392 1000", 70, 0.36),
    ("M846 560C800 680 786 840 812 1000", 84, 0.5),
    ("M430 560C466 700 470 850 452 1000", 50, -0.36),
    ("M640 420C630 600 668 800 640 1000", 84, 0.2),
    ("M724 520C730 660 742 820 726 1000", 44, -0.22),
    ("M346 452C390 500 440 540 520 566", 84, 0.16),
    ("M854 452C810 500 760 540 680 566", 90, 0.2),
    ("M400 310C440 380 480 420 540 440", 80, -0.2),
)


def tshirt(palette: Palette) -> str:
    """A T-shirt with a printed sunrise."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    outline = symmetric(
        600,
        (0, 332),
        (70, 332, 112, 296, 122, 246),
        (160, 262, 210, 276, 258, 294),
        (308, 316, 334, 352, 350, 396),
        (376, 450, 404, 510, 430, 566),
        (396, 600, 350, 622, 300, 632),
        (284, 590, 262, 540, 248, 492),
        (244, 650, 250, 820, 258, 976),
        (250, 996, 170, 1010, 0, 1010),
    )
    canvas.cast_shadow(outline, 34, 130, 0.36)
    _neck_inside(canvas, palette, colour)
    folds = (
        ("M262 400C300 470 330 540 352 620", 60, 0.3),
        ("M940 400C900 470 872 540 850 620", 80, 0.5),
        ("M286 350C250 430 222 500 196 560", 40, -0.4),
        ("M930 360C956 420 976 480 990 540", 30, -0.26),
        *TORSO_FOLDS,
    )
    panel(canvas, outline, colour, folds)
    seam = shade(colour, -0.2)
    canvas.stroke("M342 294C336 360 340 430 352 492M858 294C864 360 860 430 848 492", seam, 4, opacity=0.5)
    canvas.stitches("M344 956C500 990 700 990 856 956", seam)
    canvas.stitches("M346 966C500 1000 700 1000 854 966", seam)
    canvas.stitches("M180 546C216 580 260 602 308 614M1020 546C984 580 940 602 892 614", seam)
    canvas.stroke(NECK, shade(colour, 0.02), 30, stroke_linecap="butt")
    canvas.stroke("M464 250C474 314 522 349 600 349S726 314 736 250", seam, 3, opacity=0.6)
    canvas.stitches("M458 252C468 322 518 357 600 357S732 322 742 252", seam, 2.5)
    _sunrise(canvas, palette)
    return canvas.svg()


def _neck_inside(canvas: Canvas, palette: Palette, colour: str) -> None:
    """The inner back of the neck, with tape and label."""
    inside = "M478 246C540 262 660 262 722 246C712 300 670 340 600 340S488 300 478 246Z"
    canvas.path(inside, canvas.linear((0, shade(colour, -0.12)), (1, shade(colour, -0.22))))
    canvas.stroke("M478 246C540 268 660 268 722 246", shade(colour, -0.03), 18, stroke_linecap="butt")
    canvas.rect(574, 266, 52, 30, 3, "#ffffff", opacity=0.9)
    canvas.rect(586, 276, 28, 4, 2, shade(colour, -0.2), opacity=0.7)
    canvas.rect(590, 284, 20, 3, 1.5, shade(colour, -0.2), opacity=0.5)


def _sunrise(canvas: Canvas, palette: Palette) -> None:
    """A print takes the shade of the cloth, so it is slightly see-through."""
    ink = palette.accent
    with canvas.group("translate(600 600)"):
        canvas.path("M-92 34A92 92 0 0 1 92 34Z", ink, opacity=0.94)
        for line in range(4):
            canvas.rect(-92 + line * 12, 48 + line * 20, 184 - line * 24, 9, 4.5, ink, opacity=0.94)
        canvas.path("M-92 34A92 92 0 0 1 -20 -54C-60 -20 -66 10 -66 34Z", "#ffffff", opacity=0.14)


def hoodie(palette: Palette) -> str:
    """A hooded sweatshirt with drawstrings and a kangaroo pocket."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    torso = symmetric(
        600,
        (0, 330),
        (60, 320, 110, 300, 140, 256),
        (180, 268, 214, 276, 244, 292),
        (262, 380, 262, 440, 252, 510),
        (252, 660, 262, 820, 262, 934),
        (0, 944),
    )
    hem = symmetric(
        600,
        (0, 936),
        (90, 936, 200, 934, 262, 926),
        (264, 960, 258, 990, 246, 1010),
        (150, 1020, 80, 1022, 0, 1022),
    )
    canvas.cast_shadow(torso + hem + sleeve_outline(-1) + sleeve_outline(1), 34, 130, 0.36)
    sleeves(canvas, colour)
    for side in (-1, 1):
        cuff(canvas, shade(colour, -0.03), side)
    panel(canvas, torso, colour, TORSO_FOLDS)
    canvas.soft_stroke(
        "M356 292C342 380 340 440 350 520M844 292C858 380 860 440 850 520", shade(colour, -0.26), 16, 0.32
    )
    canvas.path(hem, canvas.tube(shade(colour, -0.02), depth=0.1))
    with canvas.clip(hem):
        ribs(canvas, 344, 930, 512, 100, colour)
    _kangaroo_pocket(canvas, colour)
    _hood(canvas, palette, colour)
    return canvas.svg()


def _kangaroo_pocket(canvas: Canvas, colour: str) -> None:
    pocket = symmetric(600, (0, 690), (120, 690), (186, 830), (190, 928), (0, 938))
    canvas.soft_stroke("M480 692L414 832L410 930M720 692L786 832L790 930", shade(colour, -0.28), 26, 0.4)
    panel(canvas, pocket, shade(colour, 0.012), (("M470 700C520 780 540 860 530 940", 50, 0.22),))
    seam = shade(colour, -0.2)
    canvas.stroke("M480 690H720", seam, 3, opacity=0.6)
    canvas.stroke("M480 690L414 830M720 690L786 830", shade(colour, -0.28), 7, opacity=0.7)
    canvas.stitches("M484 702H716M496 704L430 836L426 926M704 704L770 836L774 926", seam)


def _hood(canvas: Canvas, palette: Palette, colour: str) -> None:
    """The hood lies open: its rim is a soft ring, its lining shows in the middle."""
    hood = symmetric(
        600,
        (0, 138),
        (110, 136, 176, 180, 190, 250),
        (200, 320, 160, 372, 90, 404),
        (60, 418, 26, 430, 0, 446),
    )
    canvas.soft_stroke("M420 290C430 380 520 420 600 456C690 420 780 380 790 300", shade(colour, -0.3), 54, 0.5)
    panel(
        canvas,
        hood,
        colour,
        (
            ("M800 240C800 320 740 380 620 440", 70, 0.42),
            ("M424 250C430 190 500 158 590 156", 34, -0.5),
            ("M430 320C460 370 520 400 580 426", 26, -0.3),
        ),
    )
    opening = symmetric(
        600, (0, 186), (80, 184, 128, 216, 134, 264), (138, 316, 96, 350, 52, 378), (34, 390, 14, 402, 0, 412)
    )
    lining = canvas.linear((0, shade(colour, -0.1)), (0.5, shade(colour, -0.2)), (1, shade(colour, -0.26)))
    canvas.path(opening, lining)
    with canvas.clip(opening):
        canvas.soft_stroke("M470 260C480 210 540 190 600 190S720 210 730 260", "#000000", 40, 0.35)
        canvas.rect(572, 236, 56, 34, 3, "#ffffff", opacity=0.88)
        canvas.rect(584, 248, 32, 4, 2, shade(colour, -0.2), opacity=0.7)
    canvas.stitches("M452 262C456 204 530 168 600 168S744 204 748 262C750 330 690 366 640 392", shade(colour, -0.18))
    for side in (-1, 1):
        x = 600 + side * 46
        canvas.circle(x + side * 6, 404, 9, canvas.material(palette.metal))
        cord = f"M{x + side * 6} 404C{x + side * 12} 470 {x - side * 6} 540 {x + side * 10} {610 + side * 14}"
        canvas.stroke(cord, shade(colour, -0.3), 13, opacity=0.5, transform="translate(5 5)")
        canvas.stroke(cord, shade(palette.second, -0.04), 11)
        canvas.stroke(cord, shade(palette.second, 0.08), 4, stroke_dasharray="5 5", stroke_linecap="butt")
        canvas.rect(x + side * 10 - 7, 600 + side * 14, 14, 34, 5, canvas.tube(palette.metal, depth=0.28))
