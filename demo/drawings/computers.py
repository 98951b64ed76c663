"""Laptop, monitor, keyboard and mouse."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import rounded, symmetric
from .palettes import Palette
from .screens import landscape


def laptop(palette: Palette) -> str:
    """An open laptop from the front, high enough to see the keys."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 936, 520)
    metal = mix(palette.base, palette.metal, 0.35)
    canvas.path(rounded(206, 212, 788, 546, 30), canvas.material(metal, DIAGONAL, 0.14, 0.18))
    canvas.rect(212, 218, 776, 546, 25, "#0e1116")
    landscape(canvas, palette, (232, 240, 736, 478), 8)
    canvas.circle(600, 229, 4.5, "#2a323d")
    canvas.circle(599, 228, 1.6, "#6f8cff")
    canvas.rect(212, 742, 776, 20, 0, canvas.linear((0, "#191d23"), (1, "#050607")))
    deck = "M206 760H994L1096 886H104Z"
    canvas.path(deck, canvas.linear((0, shade(metal, -0.09)), (0.5, shade(metal, 0.02)), (1, shade(metal, 0.1))))
    _keys(canvas, palette)
    pad = canvas.linear((0, shade(metal, -0.02)), (1, shade(metal, 0.05)))
    canvas.path("M470 848H730L740 882H460Z", pad, stroke=shade(metal, -0.12), stroke_width=2)
    lip = canvas.linear((0, shade(metal, 0.16)), (0.3, metal), (1, shade(metal, -0.24)))
    canvas.path("M104 886H1096V906Q1096 932 1056 932H144Q104 932 104 906Z", lip)
    canvas.path("M520 886H680Q676 902 660 902H540Q524 902 520 886Z", shade(metal, -0.2))
    canvas.rect(106, 884, 988, 4, 2, "#ffffff", opacity=0.6)
    return canvas.svg()


def _keys(canvas: Canvas, palette: Palette) -> None:
    """Five rows, each a little wider and taller than the one behind it."""
    canvas.path("M246 768H954L1004 842H196Z", "#0d0f13")
    dark = palette.name != "silver"
    cap = "#2a2f37" if dark else "#e9ecf0"
    top, count = 771.0, 14
    for row in range(5):
        height = 10.5 + row * 1.3
        left, right = 250 - (top - 768) * 0.66, 950 + (top - 768) * 0.66
        step = (right - left) / count
        for column in range(count):
            if row == 4 and 4 <= column <= 8:
                continue
            x = left + column * step
            colour = palette.accent if (row, column) == (0, 13) else shade(cap, -0.004 * column)
            canvas.rect(x + 2, top, step - 4, height, 3, colour)
        if row == 4:
            canvas.rect(left + 4 * step + 2, top, 5 * step - 4, height, 3, shade(cap, -0.02))
        top += height + 2.6


def monitor(palette: Palette) -> str:
    """A wide desk monitor on a metal stand."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1008, 270)
    metal = mix(palette.base, palette.metal, 0.5)
    foot = symmetric(600, (0, 956), (120, 956, 190, 962, 214, 976), (262, 996, 250, 1014, 220, 1014), (0, 1014))
    canvas.path(foot, canvas.linear((0, shade(metal, 0.08)), (0.6, metal), (1, shade(metal, -0.25))))
    canvas.stroke("M404 976C440 966 520 961 596 961", "#ffffff", 4, opacity=0.6)
    neck = symmetric(600, (0, 760), (64, 760), (64, 860, 66, 930, 92, 978), (0, 982))
    canvas.path(neck, canvas.tube(metal, depth=0.22))
    canvas.glow(600, 800, 110, 60, "#000000", 0.4)
    canvas.path(rounded(84, 214, 1032, 602, 24), canvas.material(metal, DIAGONAL, 0.08, 0.2))
    canvas.rect(90, 220, 1020, 590, 20, "#0c0e12")
    landscape(canvas, palette, (104, 234, 992, 530), 8)
    chin = canvas.linear((0, shade(metal, 0.06)), (0.5, metal), (1, shade(metal, -0.2)))
    canvas.path("M90 778H1110V790Q1110 810 1090 810H110Q90 810 90 790Z", chin)
    canvas.rect(90, 777, 1020, 3, 0, "#ffffff", opacity=0.4)
    canvas.rect(578, 790, 44, 7, 3.5, shade(metal, -0.3))
    canvas.circle(1078, 794, 4, palette.accent)
    canvas.circle(600, 227, 3, "#2a323d")
    return canvas.svg()


ROWS = (
    (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2),
    (1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5),
    (1.75, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.25),
    (2.25, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.75, 1),
    (1.25, 1.25, 1.25, 6.25, 1, 1, 1, 1, 1),
)


def keyboard(palette: Palette) -> str:
    """A mechanical keyboard from above, with a dial and a braided cable."""
    canvas = Canvas(palette.tint)
    base = palette.base
    with canvas.group("rotate(-9 600 620) translate(24 25) scale(.96)"):
        cable = "M470 420C470 300 560 330 560 250S470 130 470 -60"
        canvas.soft_stroke("M486 430C486 320 576 340 576 262S486 142 486 -50", canvas.shadow_colour, 40, 0.3)
        canvas.stroke(cable, shade(palette.second, -0.03), 22)
        canvas.stroke(
            cable, shade(palette.second, 0.22), 15, stroke_dasharray="5 6", stroke_linecap="butt", opacity=0.7
        )
        canvas.rect(446, 356, 48, 60, 10, canvas.tube(palette.metal))
        case = rounded(80, 400, 1040, 440, 34)
        canvas.cast_shadow(case, 40, 110, 0.4)
        canvas.path(rounded(80, 412, 1040, 440, 34), shade(base, -0.24))
        canvas.path(case, canvas.material(base, (0, 0, 0.25, 1), 0.14, 0.05))
        canvas.rect(86, 404, 1028, 3, 2, "#ffffff", opacity=0.4)
        canvas.rect(112, 432, 976, 376, 16, canvas.linear((0, shade(base, -0.26)), (1, shade(base, -0.16))))
        _caps(canvas, palette)
    return canvas.svg()


def _caps(canvas: Canvas, palette: Palette) -> None:
    light = mix(palette.metal, "#ffffff", 0.72)
    grey = mix(palette.base, palette.metal, 0.55) if palette.name == "silver" else mix(palette.base, "#ffffff", 0.2)
    unit, left, top = 63.6, 123.0, 442.0
    for row, widths in enumerate(ROWS):
        x, y = left, top + row * 73
        for column, width in enumerate(widths):
            ends = column == 0 or column == len(widths) - 1 or (row == 4 and column != 3)
            colour = grey if ends else light
            if (row, column) in ((0, 0), (2, 12)):
                colour = palette.accent
            _cap(canvas, x, y, width * unit - 5, colour, legend=width == 1 and not ends)
            x += width * unit


def _cap(canvas: Canvas, x: float, y: float, width: float, colour: str, legend: bool) -> None:
    """Skirt, dished top and a short mark where the letter would be."""
    canvas.rect(x, y, width, 68, 9, canvas.linear((0, shade(colour, -0.06)), (1, shade(colour, -0.27))))
    top = canvas.linear((0, shade(colour, -0.02)), (0.5, colour), (1, shade(colour, 0.05)), vector=(0, 0, 0.6, 1))
    canvas.rect(x + 7, y + 4, width - 14, 50, 8, top)
    if legend:
        canvas.rect(x + 16, y + 16, 12, 4, 2, shade(colour, -0.5), opacity=0.6)


def mouse(palette: Palette) -> str:
    """A wireless mouse from above, lying at an angle."""
    canvas = Canvas(palette.tint)
    base = palette.base
    body = symmetric(
        600,
        (0, 236),
        (150, 236, 212, 320, 222, 470),
        (228, 580, 258, 660, 256, 760),
        (252, 910, 150, 1000, 0, 1000),
    )
    with canvas.group("rotate(16 600 620)"):
        canvas.cast_shadow(body, 50, 130, 0.4)
        canvas.path(body, canvas.linear((0, shade(palette.second, 0.06)), (1, shade(palette.second, -0.1))))
        shell = symmetric(
            600,
            (0, 240),
            (136, 240, 194, 326, 196, 470),
            (190, 600, 214, 680, 210, 770),
            (204, 906, 130, 990, 0, 990),
        )
        skin = canvas.radial(
            (0, shade(base, 0.16)),
            (0.35, shade(base, 0.05)),
            (0.7, shade(base, -0.02)),
            (1, shade(base, -0.16)),
            centre=(0.36, 0.42),
            radius=0.72,
        )
        canvas.path(shell, skin)
        with canvas.clip(shell):
            canvas.glow(820, 720, 110, 330, shade(base, -0.32), 0.5)
            canvas.glow(500, 720, 90, 190, "#ffffff", 0.34, 10)
            canvas.glow(480, 340, 40, 120, "#ffffff", 0.3, 12)
            canvas.stroke("M600 230V560", shade(base, -0.26), 6)
            canvas.stroke("M604 236V556", "#ffffff", 2, opacity=0.35)
            canvas.stroke("M390 548C470 580 730 580 810 548", shade(base, -0.2), 4, opacity=0.8)
        _wheel(canvas, palette)
        grip = canvas.linear((0, shade(palette.second, 0.1)), (1, shade(palette.second, -0.08)))
        for y in (560, 650):
            canvas.path(
                f"M382 {y}C372 {y + 20} 366 {y + 50} 362 {y + 74}L388 {y + 76}C390 {y + 50} 396 {y + 24} 402 {y}Z",
                grip,
            )
        canvas.ellipse(600, 900, 14, 14, shade(base, 0.08), opacity=0.9)
    return canvas.svg()


def _wheel(canvas: Canvas, palette: Palette) -> None:
    """The scroll wheel in its slot, and the small key below it."""
    base = palette.base
    canvas.rect(572, 330, 56, 150, 28, shade(base, -0.3))
    canvas.rect(580, 342, 40, 126, 20, canvas.linear((0, "#15171a"), (0.35, "#5a616b"), (1, "#0d0e10")))
    for tooth in range(9):
        canvas.rect(584, 354 + tooth * 12, 32, 4, 2, "#000000", opacity=0.45)
    canvas.rect(578, 398, 44, 10, 5, palette.accent)
    canvas.rect(590, 508, 20, 34, 10, canvas.material(palette.metal, lift=0.1))
