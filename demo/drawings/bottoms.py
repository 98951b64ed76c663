"""Trousers."""

from __future__ import annotations

from .canvas import Canvas
from .cloth import panel
from .colours import mix, shade
from .palettes import Palette


def trousers(palette: Palette) -> str:
    """Five-pocket trousers, laid flat."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    seam = mix(palette.accent, palette.metal, 0.3)
    right = "M600 190H776C792 330 812 470 812 600C814 780 800 930 788 1080L656 1086C652 900 636 700 604 470Z"
    left = "M600 190H424C408 330 388 470 388 600C386 780 400 930 412 1080L544 1086C548 900 564 700 596 470L600 470Z"
    canvas.cast_shadow(right + left, 34, 130, 0.36)
    panel(
        canvas,
        right,
        shade(colour, -0.025),
        (
            ("M612 500C650 700 664 900 668 1090", 80, 0.5),
            ("M720 420C734 640 736 860 726 1080", 60, -0.34),
            ("M810 480C800 700 800 900 790 1080", 60, 0.5),
            ("M610 452C650 476 700 500 790 520", 52, 0.17),
            ("M612 500C650 536 690 556 740 566", 40, 0.14),
            ("M644 770C690 760 740 740 800 700", 60, 0.14),
            ("M656 960C700 990 740 990 790 950", 56, 0.16),
        ),
    )
    panel(
        canvas,
        left,
        colour,
        (
            ("M590 500C552 700 538 900 532 1090", 80, 0.42),
            ("M470 420C452 640 456 860 470 1080", 70, -0.44),
            ("M590 452C550 476 500 500 410 520", 52, 0.15),
            ("M588 500C550 536 510 556 460 566", 40, 0.13),
            ("M400 700C460 740 510 760 556 770", 60, 0.13),
            ("M410 950C460 990 500 990 544 960", 56, 0.15),
        ),
    )
    canvas.soft_stroke("M600 470L604 540", shade(colour, -0.3), 30, 0.6)
    _waist(canvas, palette, seam)
    canvas.stitches("M414 1052L543 1058M787 1052L657 1058M413 1062L543 1068M787 1062L657 1068", seam, 2.5, opacity=0.85)
    canvas.stitches("M794 380C806 480 804 600 802 700M406 380C394 480 396 600 398 700", seam, 2.5, opacity=0.5)
    return canvas.svg()


def _waist(canvas: Canvas, palette: Palette, seam: str) -> None:
    """Waistband with loops and button, fly, curved front pockets with rivets."""
    colour = palette.base
    for side in (-1, 1):

        def at(x: float, y: float, side: int = side) -> str:
            return f"{600 + side * x:g} {y:g}"

        opening = f"M{at(84, 236)}C{at(92, 310)} {at(130, 352)} {at(190, 360)}"
        canvas.path(f"{opening}L{at(180, 236)}Z", canvas.material(shade(colour, -0.03), lift=0.02, drop=0.05))
        canvas.soft_stroke(opening, shade(colour, -0.3), 20, 0.5)
        canvas.stitches(f"M{at(74, 240)}C{at(84, 322)} {at(126, 362)} {at(190, 372)}", seam, 2.5, opacity=0.9)
        for x, y in ((90, 250), (182, 352)):
            canvas.circle(600 + side * x, y, 7, canvas.material(palette.metal, (0, 0, 1, 1), 0.16, 0.2))
    canvas.stroke("M600 240V420C600 440 596 452 592 466", shade(colour, -0.24), 4, opacity=0.8)
    canvas.stitches("M648 240V380C648 420 630 446 604 458", seam, 2.5, opacity=0.9)
    canvas.path("M428 170Q600 196 772 170L777 236Q600 254 423 236Z", canvas.tube(shade(colour, 0.015), depth=0.12))
    canvas.path("M430 170Q600 150 770 170Q600 196 430 170Z", shade(colour, -0.22))
    canvas.rect(576, 164, 48, 12, 3, palette.metal, opacity=0.9)
    canvas.stitches("M430 182Q600 206 770 182M426 228Q600 246 774 228", seam, 2.5, opacity=0.85)
    for x, y in ((466, 170), (548, 178), (668, 178), (730, 170)):
        canvas.rect(x - 10, y + 2, 20, 72, 4, canvas.tube(shade(colour, 0.01), depth=0.14))
        canvas.stitches(f"M{x - 4} {y + 6}v62M{x + 5} {y + 6}v62", seam, 2, "6 5", 0.8)
    canvas.circle(600, 216, 15, canvas.material(palette.metal, (0, 0, 1, 1), 0.18, 0.22))
    canvas.circle(600, 216, 8, shade(palette.metal, -0.16))
