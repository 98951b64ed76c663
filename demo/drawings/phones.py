"""Phone, tablet, phone case and power bank."""

from __future__ import annotations

from .canvas import ACROSS, DIAGONAL, Canvas
from .colours import lightness, mix, shade
from .outlines import disc, rounded, symmetric
from .palettes import Palette
from .screens import landscape


def phone(palette: Palette) -> str:
    """Two phones: one showing its back, in front of it one showing its screen."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1056, 330)
    with canvas.group("rotate(-7 450 620)"):
        _phone_back(canvas, palette, 250, 160)
        # The front phone's shadow falls on the one behind it and nowhere else.
        with canvas.clip(rounded(250, 160, 400, 820, 64)):
            dusk = canvas.linear(
                (0, "#000000", 0), (0.5, "#000000", 0.14), (1, "#000000", 0.5), vector=(427, 598, 547, 620)
            )
            canvas.rect(250, 160, 400, 820, 0, dusk)
    with canvas.group("rotate(4 730 620)"):
        _phone_front(canvas, palette, 540, 214)
    return canvas.svg()


def _phone_back(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    base = palette.base
    canvas.rect(x, y, 400, 820, 64, canvas.tube(mix(base, palette.metal, 0.5), depth=0.26))
    glass = canvas.linear(
        (0, shade(base, 0.17)),
        (0.42, shade(base, 0.03)),
        (0.75, base),
        (1, shade(base, -0.12)),
        vector=(0, 0, 0.7, 1),
    )
    outline = rounded(x + 7, y + 7, 386, 806, 58)
    canvas.path(outline, glass)
    with canvas.clip(outline):
        gloss = canvas.linear((0, "#ffffff", 0.3), (1, "#ffffff", 0.02), vector=DIAGONAL)
        canvas.path(f"M{x} {y}H{x + 250}L{x + 30} {y + 620}H{x}Z", gloss, opacity=0.6)
    island = rounded(x + 32, y + 32, 178, 190, 48)
    canvas.glow(x + 130, y + 140, 130, 130, "#000000", 0.25)
    canvas.path(island, canvas.material(shade(base, 0.02), DIAGONAL, 0.12, 0.1))
    for dx, dy in ((82, 84), (82, 168), (160, 126)):
        _camera_eye(canvas, x + dx, y + dy, 36, palette.metal)
    canvas.circle(x + 164, y + 66, 11, canvas.radial((0, "#fffbe8"), (1, "#e9cf8c")))
    canvas.circle(x + 164, y + 186, 5, "#11151a")
    mark = shade(base, 0.2 if lightness(base) < 0.6 else -0.2)
    canvas.path(f"M{x + 182} {y + 420}h36l-18 34z", mark, opacity=0.55)


def _camera_eye(canvas: Canvas, cx: float, cy: float, radius: float, metal: str) -> None:
    canvas.circle(cx, cy, radius, canvas.material(metal, DIAGONAL, 0.14, 0.28))
    canvas.circle(cx, cy, radius * 0.84, "#0a0d12")
    glass = canvas.radial(
        (0, "#3f6bb0"), (0.4, "#1b2440"), (0.8, "#0b0e16"), (1, "#06080c"), centre=(0.4, 0.36), radius=0.7
    )
    canvas.circle(cx, cy, radius * 0.62, glass)
    canvas.ellipse(cx - radius * 0.22, cy - radius * 0.26, radius * 0.18, radius * 0.12, "#ffffff", opacity=0.85)
    canvas.circle(cx + radius * 0.2, cy + radius * 0.24, radius * 0.09, "#b98cff", opacity=0.7)


def _phone_front(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    for top, height in ((y + 190, 60), (y + 270, 96)):
        canvas.rect(x + 392, top, 9, height, 4, shade(palette.base, -0.1))
    canvas.rect(x, y, 396, 820, 64, canvas.tube(mix(palette.base, palette.metal, 0.5), depth=0.26))
    canvas.rect(x + 6, y + 6, 384, 808, 58, "#090b0f")
    landscape(canvas, palette, (x + 18, y + 18, 360, 784), 48)
    canvas.rect(x + 143, y + 36, 110, 32, 16, "#090b0f")
    canvas.circle(x + 232, y + 52, 8, "#1b2a4c")
    # The clock is drawn as lines, so that no font is needed to rasterise it.
    for dx in (96, 222):
        canvas.stroke(f"M{x + dx} {y + 146}l14 -12v66", "#ffffff", 11)
        canvas.stroke(rounded(x + dx + 36, y + 134, 40, 66, 20), "#ffffff", 11)
    canvas.circle(x + 197, y + 152, 6, "#ffffff")
    canvas.circle(x + 197, y + 182, 6, "#ffffff")
    canvas.rect(x + 40, y + 640, 316, 96, 30, "#ffffff", opacity=0.22)
    for column in range(4):
        colour = (palette.accent, "#ffffff", shade(palette.base, 0.2), "#9be3d9")[column]
        canvas.rect(x + 58 + column * 74, y + 659, 58, 58, 16, canvas.material(colour, lift=0.04, drop=0.08))
    canvas.rect(x + 132, y + 780, 132, 7, 3.5, "#ffffff", opacity=0.85)


def tablet(palette: Palette) -> str:
    """A tablet leaning in its folio stand, with a stylus lying in front."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 966, 480)
    base = palette.base
    folio = "M176 930L206 908H994L1024 930V952Q1024 962 1012 962H188Q176 962 176 952Z"
    canvas.path(folio, canvas.linear((0, shade(palette.second, 0.12)), (1, shade(palette.second, -0.08))))
    canvas.stitches("M196 946H1004", shade(palette.second, 0.3), 3)
    canvas.path(rounded(124, 256, 952, 668, 44), canvas.material(mix(base, palette.metal, 0.5), DIAGONAL, 0.14, 0.2))
    canvas.rect(130, 262, 940, 656, 39, "#0b0d11")
    landscape(canvas, palette, (158, 290, 884, 600), 16)
    canvas.circle(600, 276, 5, "#26303c")
    canvas.rect(206, 334, 250, 150, 24, "#ffffff", opacity=0.2)
    canvas.rect(230, 362, 96, 16, 8, "#ffffff", opacity=0.85)
    canvas.rect(230, 392, 172, 10, 5, "#ffffff", opacity=0.55)
    canvas.rect(230, 414, 140, 10, 5, "#ffffff", opacity=0.55)
    canvas.rect(230, 444, 76, 20, 10, palette.accent, opacity=0.95)
    canvas.rect(380, 812, 440, 66, 24, "#ffffff", opacity=0.24)
    for column, colour in enumerate(("#ffffff", palette.accent, "#9be3d9", "#f4a6b8", "#a9b8ff", "#ffffff", "#ffd9a0")):
        canvas.rect(398 + column * 59, 822, 46, 46, 13, canvas.material(colour, lift=0.03, drop=0.08))
    _stylus(canvas, palette)
    return canvas.svg()


def _stylus(canvas: Canvas, palette: Palette) -> None:
    with canvas.group("rotate(-5 640 1010)"):
        canvas.glow(650, 1030, 330, 22, canvas.shadow_colour, 0.7)
        barrel = canvas.linear((0, "#e3e6ea"), (0.3, "#ffffff"), (0.6, "#dfe2e7"), (1, "#a9afb8"))
        canvas.path("M360 998H900Q914 998 914 1010T900 1022H360Z", barrel)
        canvas.path("M361 998L306 1006Q298 1010 306 1014L361 1022Z", canvas.linear((0, "#ffffff"), (1, "#9aa0aa")))
        canvas.rect(820, 998, 12, 24, 0, canvas.material(palette.metal))
        canvas.rect(740, 1001, 46, 3, 1.5, "#ffffff")


def phone_case(palette: Palette) -> str:
    """A leather case with a pocket for two cards."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1060, 230)
    base = mix(palette.base, "#9a6a43", 0.18)
    with canvas.group("rotate(6 600 620)"):
        canvas.rect(826, 400, 12, 110, 5, shade(base, -0.2))
        outline = rounded(368, 170, 464, 880, 84)
        canvas.path(outline, canvas.tube(base, depth=0.2))
        hide = rounded(378, 180, 444, 860, 76)
        canvas.path(hide, canvas.linear((0, shade(base, 0.12)), (0.5, base), (1, shade(base, -0.1)), vector=DIAGONAL))
        grain = canvas.pattern(
            22,
            19,
            f'<path d="M2 4q4 3 8 0M13 9q4 3 7 -1M4 15q5 2 8 -1" fill="none" stroke="{shade(base, -0.12)}" '
            'stroke-width="1.6" opacity=".55"/>',
            "rotate(18)",
        )
        canvas.path(hide, grain)
        with canvas.clip(hide):
            canvas.glow(470, 420, 90, 330, "#ffffff", 0.22, 8)
            canvas.glow(830, 760, 110, 420, shade(base, -0.3), 0.5)
        canvas.stitches(rounded(394, 196, 412, 828, 62), shade(base, 0.22), 3.5, "10 7", 0.8)
        _case_window(canvas, palette, base)
        _card_pocket(canvas, palette, base)
    return canvas.svg()


def _case_window(canvas: Canvas, palette: Palette, base: str) -> None:
    canvas.rect(420, 222, 202, 206, 58, shade(base, -0.22))
    canvas.rect(428, 232, 190, 194, 52, canvas.material("#262b33", DIAGONAL, 0.1, 0.08))
    for x, y in ((478, 284), (478, 374), (566, 328)):
        _camera_eye(canvas, x, y, 37, palette.metal)
    canvas.circle(568, 266, 11, canvas.radial((0, "#fffbe8"), (1, "#e9cf8c")))


def _card_pocket(canvas: Canvas, palette: Palette, base: str) -> None:
    canvas.rect(436, 606, 328, 120, 20, canvas.material(palette.accent, DIAGONAL, 0.06, 0.1))
    canvas.rect(436, 640, 328, 120, 20, canvas.material(mix(palette.metal, "#ffffff", 0.35), DIAGONAL, 0.06, 0.1))
    canvas.rect(466, 662, 52, 14, 4, "#ffffff", opacity=0.7)
    canvas.glow(600, 684, 200, 26, "#000000", 0.4)
    pocket = "M420 688Q510 712 600 712T780 688V940Q780 976 744 976H456Q420 976 420 940Z"
    canvas.path(pocket, canvas.linear((0, shade(base, 0.07)), (1, shade(base, -0.09)), vector=(0, 0, 0.6, 1)))
    canvas.stroke("M420 688Q510 712 600 712T780 688", shade(base, 0.18), 4, opacity=0.8)
    canvas.stitches("M434 708V936Q434 962 460 962H740Q766 962 766 936V708", shade(base, 0.22), 3.5, "10 7", 0.8)
    canvas.path("M582 860h36l-18 34z", shade(base, -0.18), opacity=0.8)


def power_bank(palette: Palette) -> str:
    """A power bank standing upright, its short cable plugged in and looped to the side."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1030, 240)
    base = palette.base
    loop = "M690 250C690 120 880 110 900 300S860 700 930 800"
    canvas.stroke(loop, shade(palette.second, -0.04), 26)
    canvas.stroke("M684 238C690 112 872 104 892 296S852 690 918 786", shade(palette.second, 0.24), 6, opacity=0.7)
    with canvas.group("rotate(-30 936 826)"):
        canvas.rect(906, 792, 60, 96, 16, canvas.tube(palette.second))
        canvas.rect(918, 884, 36, 44, 8, canvas.tube("#c9ced6", depth=0.26))
        canvas.rect(926, 918, 20, 4, 2, "#3a3f47")
    body = rounded(390, 300, 420, 730, 84)
    side = symmetric(
        600,
        (0, 300),
        (126, 300),
        (190, 300, 210, 330, 210, 384),
        (210, 940),
        (210, 1000, 180, 1030, 126, 1030),
        (0, 1030),
    )
    canvas.path(side, canvas.tube(base, depth=0.22))
    with canvas.clip(body):
        ribs = canvas.pattern(14, 14, f'<rect x="0" width="5" height="14" fill="{shade(base, -0.14)}" opacity=".5"/>')
        canvas.rect(390, 560, 420, 490, 0, ribs)
        canvas.rect(390, 556, 420, 4, 0, "#ffffff", opacity=0.35)
        canvas.glow(830, 700, 150, 460, shade(base, -0.34), 0.6)
        canvas.glow(600, 1040, 260, 60, shade(base, -0.36), 0.6)
    canvas.path(disc(600, 318, 176, 26), canvas.linear((0, shade(base, 0.18)), (1, shade(base, 0.02))))
    canvas.rect(466, 310, 70, 16, 8, "#0c0e12")
    canvas.rect(478, 315, 46, 6, 3, "#5b6673")
    canvas.rect(660, 232, 60, 90, 14, canvas.tube(palette.second, ACROSS))
    canvas.circle(600, 448, 46, canvas.material(shade(base, 0.03), DIAGONAL, 0.12, 0.14))
    canvas.circle(600, 448, 38, canvas.material(base, DIAGONAL, -0.06, -0.08))
    canvas.path("M606 422l-26 32h17l-5 24l26 -34h-17z", palette.accent)
    for dot in range(4):
        lit = dot < 3
        canvas.circle(546 + dot * 36, 524, 6, palette.accent if lit else shade(base, -0.2), opacity=1 if lit else 0.8)
    return canvas.svg()
