"""Camera and lens."""

from __future__ import annotations

from .canvas import DIAGONAL, Canvas
from .colours import mix, shade
from .outlines import disc, rounded
from .palettes import Palette


def camera(palette: Palette) -> str:
    """A mirrorless camera with metal top plate and leather cover."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 906, 480)
    metal = mix(palette.metal, "#ffffff", 0.12)
    for x in (118, 1062):
        canvas.add(f'<circle cx="{x}" cy="470" r="21" fill="none" stroke="{shade(metal, -0.12)}" stroke-width="9"/>')
    _dials(canvas, palette, metal)
    plate = (
        "M130 470Q130 424 176 420H410L446 340Q456 318 482 318H718Q744 318 754 340L790 420H1024Q1070 "
        "424 1070 470V520H130Z"
    )
    canvas.path(plate, canvas.linear((0, shade(metal, 0.1)), (0.5, metal), (1, shade(metal, -0.16))))
    canvas.stroke("M186 424H414L452 342Q458 324 482 322H716", "#ffffff", 4, opacity=0.75)
    canvas.rect(500, 352, 200, 74, 14, canvas.material(shade(metal, -0.05), lift=0.02, drop=0.12))
    canvas.rect(548, 382, 104, 14, 7, shade(palette.base, -0.1), opacity=0.75)
    body = "M130 508H1070V830Q1070 900 1000 900H200Q130 900 130 830Z"
    canvas.path(
        body,
        canvas.linear((0, shade(palette.base, 0.03)), (0.5, palette.base), (1, shade(palette.base, -0.14))),
    )
    grain = canvas.pattern(
        16,
        16,
        f'<circle cx="4" cy="4" r="3" fill="{shade(palette.base, -0.08)}"/>'
        f'<circle cx="12" cy="12" r="3" fill="{shade(palette.base, -0.08)}"/>'
        f'<circle cx="3.4" cy="3.2" r="1.1" fill="{shade(palette.base, 0.14)}"/>'
        f'<circle cx="11.4" cy="11.2" r="1.1" fill="{shade(palette.base, 0.14)}"/>',
    )
    canvas.path(body, grain, opacity=0.75)
    grip = canvas.tube(shade(palette.base, -0.03), depth=0.2)
    canvas.path("M156 508H330V900H206Q150 900 150 836V520Z", grip, opacity=0.8)
    with canvas.clip(body):
        canvas.glow(1060, 760, 200, 300, "#000000", 0.35)
        canvas.glow(650, 720, 360, 340, "#000000", 0.42)
    foot = canvas.linear((0, metal), (1, shade(metal, -0.3)))
    canvas.path("M140 862H1060Q1052 900 1000 900H200Q148 900 140 862Z", foot)
    canvas.rect(130, 504, 940, 6, 0, shade(metal, -0.3), opacity=0.6)
    canvas.circle(950, 474, 16, "#15181c")
    canvas.circle(946, 470, 5, "#ff9b85")
    canvas.circle(924, 590, 12, palette.accent)
    _front_lens(canvas, palette, metal)
    return canvas.svg()


def _dials(canvas: Canvas, palette: Palette, metal: str) -> None:
    for x, width, height in ((220, 112, 58), (846, 84, 44), (960, 66, 34)):
        canvas.rect(x, 424 - height, width, height + 6, 8, canvas.tube(metal, depth=0.26))
        for tooth in range(int(width / 8)):
            canvas.rect(x + 4 + tooth * 8, 430 - height, 2, height - 10, 1, "#000000", opacity=0.22)
        canvas.rect(x + 2, 424 - height, width - 4, 5, 2.5, "#ffffff", opacity=0.6)
    canvas.rect(360, 396, 52, 30, 8, canvas.tube(palette.accent if palette.name != "coral" else metal))


def _front_lens(canvas: Canvas, palette: Palette, metal: str) -> None:
    cx, cy = 610, 640
    canvas.circle(cx, cy, 262, canvas.material(metal, DIAGONAL, 0.14, 0.26))
    canvas.circle(cx, cy, 246, canvas.material("#22262c", DIAGONAL, 0.16, 0.08))
    ribs = 'fill="none" stroke="#000000" stroke-width="16" stroke-dasharray="5 7" opacity=".45"'
    canvas.add(f'<circle cx="{cx}" cy="{cy}" r="232" {ribs}/>')
    canvas.circle(cx, cy, 214, canvas.material("#14171b", DIAGONAL, 0.14, 0.06))
    canvas.add(
        f'<circle cx="{cx}" cy="{cy}" r="190" fill="none" stroke="{palette.accent}" stroke-width="4" opacity=".9"/>'
    )
    marks = 'fill="none" stroke="#ffffff" stroke-width="7" stroke-dasharray="16 12 6 12 22 14 6 300" opacity=".55"'
    canvas.add(f'<circle cx="{cx}" cy="{cy}" r="174" {marks} transform="rotate(200 {cx} {cy})"/>')
    canvas.circle(cx, cy, 154, canvas.linear((0, "#050608"), (1, "#3a4049"), vector=DIAGONAL))
    glass_face(canvas, cx, cy, 144)


def glass_face(canvas: Canvas, cx: float, cy: float, radius: float) -> None:
    """Coated glass: violet depth, a window's reflection above, a green ghost below."""
    depth = canvas.radial(
        (0, "#0a0c12"),
        (0.3, "#141a2c"),
        (0.55, "#2a2350"),
        (0.75, "#16314e"),
        (1, "#05070b"),
        centre=(0.52, 0.54),
        radius=0.52,
    )
    canvas.circle(cx, cy, radius, depth)
    with canvas.clip(disc(cx, cy, radius)):
        for share, opacity in ((0.74, 0.5), (0.5, 0.6)):
            canvas.add(
                f'<circle cx="{cx}" cy="{cy}" r="{radius * share:g}" fill="none" stroke="#000000" '
                'stroke-width="5" '
                f'opacity="{opacity}"/>'
            )
        canvas.circle(cx, cy, radius * 0.3, "#020304")
        canvas.glow(cx - radius * 0.36, cy - radius * 0.42, radius * 0.55, radius * 0.34, "#c7d8ff", 0.75, -40)
        canvas.glow(cx + radius * 0.36, cy + radius * 0.44, radius * 0.42, radius * 0.24, "#54e0b0", 0.5, -40)
        canvas.glow(cx + radius * 0.1, cy + radius * 0.14, radius * 0.2, radius * 0.2, "#c17bff", 0.5)
    canvas.path(
        rounded(cx - radius * 0.56, cy - radius * 0.58, radius * 0.3, radius * 0.2, 8),
        "#ffffff",
        opacity=0.75,
        transform=f"rotate(-38 {cx - radius * 0.4:g} {cy - radius * 0.5:g})",
    )


def lens(palette: Palette) -> str:
    """A zoom lens standing upright with the glass tilted towards the viewer."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(600, 1040, 230)
    dark = mix("#24282e", palette.base, 0.85 if palette.name != "silver" else 0.7)
    # From the mount upwards; every ring covers the upper edge of the one below.
    _barrel(canvas, 930, 1036, 194, palette.metal)
    _barrel(canvas, 846, 986, 206, dark)
    _barrel(canvas, 640, 904, 230, shade(dark, -0.03))
    _ribs(canvas, 668, 876, 230, 15)
    _barrel(canvas, 550, 700, 220, dark)
    canvas.path(_band(604, 616, 220), palette.accent, opacity=0.95)
    _barrel(canvas, 420, 612, 238, shade(dark, -0.03))
    _ribs(canvas, 446, 580, 238, 11)
    _barrel(canvas, 296, 482, 250, dark)
    for dx, width in ((-90, 34), (-36, 20), (4, 46), (74, 20)):
        canvas.rect(600 + dx, 930 - abs(dx) * 0.1, width, 8, 4, "#ffffff", opacity=0.75)
    canvas.circle(600, 1008, 8, "#e8483c")
    _lens_top(canvas, palette, dark)
    return canvas.svg()


def _band(top: float, bottom: float, half: float) -> str:
    """A ring of the barrel: the curve of its edges follows the tilt of the lens."""
    bulge = half * 0.3
    return (
        f"M{600 - half:g} {top:g}"
        f"C{600 - half:g} {top + bulge:g} {600 + half:g} {top + bulge:g} {600 + half:g} {top:g}"
        f"V{bottom:g}"
        f"C{600 + half:g} {bottom + bulge:g} {600 - half:g} {bottom + bulge:g} {600 - half:g} {bottom:g}"
        "Z"
    )


def _barrel(canvas: Canvas, top: float, bottom: float, half: float, colour: str) -> None:
    bottom -= half * 0.22
    canvas.path(_band(top, bottom, half), canvas.tube(colour, depth=0.26))
    bulge = half * 0.3
    edge = (
        f"M{600 - half:g} {bottom:g}"
        f"C{600 - half:g} {bottom + bulge:g} {600 + half:g} {bottom + bulge:g} {600 + half:g} {bottom:g}"
    )
    canvas.stroke(edge, "#000000", 4, opacity=0.35)


def _ribs(canvas: Canvas, top: float, bottom: float, half: float, width: float) -> None:
    """Rubber ribs crowd towards the edges, as they do on anything round."""
    bottom -= half * 0.22
    steps = 30
    for step in range(1, steps):
        # Positions follow the cosine of the angle around the barrel.
        share = step / steps
        x = 600 - half * (1 - 2 * (share * share * (3 - 2 * share)))
        drop = half * 0.225 * (1 - ((x - 600) / half) ** 2)
        thickness = width * 0.62 * (1 - ((x - 600) / half) ** 2) + 2
        canvas.rect(x - thickness / 2, top + drop, thickness, bottom - top, 4, "#000000", opacity=0.3)
        canvas.rect(x - thickness / 2, top + drop, 2, bottom - top, 1, "#ffffff", opacity=0.16)


def _lens_top(canvas: Canvas, palette: Palette, dark: str) -> None:
    cx, cy, ratio = 600, 296, 0.44
    with canvas.group(f"translate({cx} {cy}) scale(1 {ratio}) translate({-cx} {-cy})"):
        canvas.circle(cx, cy, 252, canvas.material(dark, DIAGONAL, 0.24, 0.02))
        canvas.circle(cx, cy, 238, canvas.linear((0, "#060708"), (1, shade(dark, 0.12)), vector=DIAGONAL))
        canvas.add(
            f'<circle cx="{cx}" cy="{cy}" r="212" fill="none" stroke="{palette.metal}" stroke-width="5" opacity=".7"/>'
        )
        canvas.circle(cx, cy, 192, "#07080b")
        glass_face(canvas, cx, cy + 6, 182)
