"""A record player with a record on it."""

from __future__ import annotations

from .canvas import ACROSS, DIAGONAL, Canvas
from .colours import shade
from .outlines import disc
from .palettes import Palette


def turntable(palette: Palette) -> str:
    """Seen from the front and above: plinth, platter, tone arm."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 946, 500)
    for x in (170, 950):
        canvas.rect(x, 900, 84, 44, 12, canvas.tube("#2a2d32", ACROSS))
    _plinth(canvas, palette)
    _record(canvas, palette)
    _controls(canvas, palette)
    _tone_arm(canvas, palette)
    return canvas.svg()


def _plinth(canvas: Canvas, palette: Palette) -> None:
    base = palette.base
    top = "M246 392H954Q972 392 978 410L1098 786Q1102 812 1078 812H122Q98 812 102 786L222 410Q228 392 246 392Z"
    front = "M100 790Q104 812 126 812H1074Q1096 812 1100 790V884Q1100 914 1070 914H130Q100 914 100 884Z"
    canvas.path(front, canvas.linear((0, shade(base, 0.02)), (0.3, shade(base, -0.05)), (1, shade(base, -0.17))))
    surface = canvas.linear(
        (0, shade(base, 0.02)), (0.4, shade(base, 0.1)), (1, shade(base, 0.01)), vector=(0, 0, 1, 1)
    )
    canvas.path(top, surface)
    with canvas.clip(top):
        canvas.glow(330, 470, 420, 120, "#ffffff", 0.2, -12)
        canvas.glow(1020, 800, 300, 160, shade(base, -0.3), 0.3)
    canvas.stroke("M116 806Q118 811 128 812H1072Q1082 811 1084 806", "#ffffff", 4, opacity=0.55)
    canvas.rect(150, 846, 120, 16, 8, shade(base, -0.24))
    canvas.rect(156, 849, 22, 10, 5, palette.accent)


def _record(canvas: Canvas, palette: Palette) -> None:
    cx, cy, ratio = 506, 606, 0.5
    canvas.glow(cx + 20, cy + 30, 372, 190, "#000000", 0.5)
    canvas.path(disc(cx, cy + 16, 330, 330 * ratio), canvas.tube(palette.metal, depth=0.3))
    canvas.path(disc(cx, cy + 4, 328, 328 * ratio), shade(palette.metal, 0.06))
    vinyl = disc(cx, cy - 4, 314, 314 * ratio)
    canvas.path(disc(cx, cy + 2, 314, 314 * ratio), "#050608")
    canvas.path(vinyl, canvas.linear((0, "#2b2e34"), (0.5, "#15171b"), (1, "#1f2227"), vector=DIAGONAL))
    for radius in range(134, 310, 8):
        opacity = 0.28 if radius in (182, 246) else 0.08
        canvas.add(
            f'<ellipse cx="{cx}" cy="{cy - 4}" rx="{radius}" ry="{radius * ratio:g}" fill="none" '
            'stroke="#ffffff" '
            f'stroke-width="1.6" opacity="{opacity}"/>'
        )
    with canvas.clip(vinyl):
        for angle in (24, 204):
            sheen = canvas.linear((0, "#ffffff", 0), (0.5, "#ffffff", 0.34), (1, "#ffffff", 0))
            # The sheen of a record is a narrow fan through the middle, flattened with the record.
            with canvas.group(f"translate({cx} {cy - 4}) scale(1 {ratio}) rotate({angle})"):
                canvas.path("M0 0L340 -74V74Z", sheen)
    label = canvas.linear((0, shade(palette.accent, 0.04)), (1, shade(palette.accent, -0.12)), vector=DIAGONAL)
    canvas.path(disc(cx, cy - 4, 104, 52), label)
    canvas.path(disc(cx, cy - 4, 66, 33), shade(palette.accent, -0.1), opacity=0.5)
    canvas.rect(cx - 40, cy - 40, 80, 6, 3, shade(palette.base, -0.2), opacity=0.75)
    canvas.rect(cx - 26, cy - 30, 52, 4, 2, shade(palette.base, -0.2), opacity=0.6)
    canvas.rect(cx - 6, cy - 26, 12, 24, 5, canvas.tube("#d7dbe0"))


def _controls(canvas: Canvas, palette: Palette) -> None:
    canvas.glow(206, 752, 60, 28, "#000000", 0.35)
    canvas.path("M152 736V752C152 772 176 782 202 782S252 772 252 752V736Z", canvas.tube(palette.metal, depth=0.3))
    canvas.path(disc(202, 736, 50, 24), canvas.material(palette.metal, DIAGONAL, 0.14, 0.16))
    canvas.stroke("M202 736L176 746", shade(palette.metal, -0.4), 5)
    for x in (914, 968):
        canvas.rect(x, 744, 42, 20, 8, shade(palette.base, -0.2))
        canvas.rect(x, 738, 42, 20, 8, canvas.material(palette.metal, DIAGONAL, 0.1, 0.16))


def _tone_arm(canvas: Canvas, palette: Palette) -> None:
    metal = palette.metal
    arm = "M884 476C862 560 850 610 812 646L716 690"
    canvas.soft_stroke("M906 506C890 590 876 640 838 672L746 712", "#000000", 26, 0.4)
    canvas.glow(896, 520, 96, 50, "#000000", 0.4)
    canvas.path("M812 486V506C812 530 850 544 884 544S956 530 956 506V486Z", canvas.tube(metal, depth=0.26))
    canvas.path(disc(884, 486, 72, 34), canvas.material(metal, DIAGONAL, 0.12, 0.2))
    canvas.path(disc(884, 476, 40, 19), canvas.material(shade(metal, -0.2), DIAGONAL))
    with canvas.group("rotate(14 890 440)"):
        canvas.rect(862, 368, 58, 66, 14, canvas.tube(shade(metal, -0.28), depth=0.24))
        canvas.rect(862, 384, 58, 6, 0, "#ffffff", opacity=0.25)
        canvas.rect(880, 430, 20, 46, 6, canvas.tube(metal, depth=0.3))
    canvas.stroke(arm, shade(metal, -0.3), 17)
    canvas.stroke(arm, shade(metal, 0.02), 13)
    canvas.stroke("M880 480C858 560 846 604 808 640L722 680", "#ffffff", 4, opacity=0.85)
    with canvas.group("rotate(-26 716 690)"):
        canvas.rect(654, 672, 80, 40, 9, canvas.material("#30343a", lift=0.14))
        canvas.rect(660, 706, 40, 16, 4, palette.accent)
