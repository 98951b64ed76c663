"""Cap and beanie."""

from __future__ import annotations

from .canvas import Canvas
from .colours import lightness, shade
from .palettes import Palette


def cap(palette: Palette) -> str:
    """A six-panel cap, turned three quarters to the right."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    canvas.contact_shadow(610, 884, 430)
    dome = "M214 760C196 520 316 316 560 300C800 290 918 460 926 690C760 640 560 660 430 790C360 812 262 806 214 760Z"
    skin = canvas.radial(
        (0, shade(colour, 0.13)),
        (0.4, shade(colour, 0.03)),
        (0.75, shade(colour, -0.03)),
        (1, shade(colour, -0.17)),
        centre=(0.34, 0.28),
        radius=0.85,
    )
    canvas.path(dome, skin)
    seams = (
        "M562 300C420 380 350 560 372 800",
        "M562 300C640 400 680 520 676 660",
        "M562 300C740 340 850 470 900 680",
        "M562 300C420 320 270 440 222 700",
    )
    with canvas.clip(dome):
        for seam in seams:
            canvas.soft_stroke(seam, shade(colour, -0.26), 26, 0.36)
            canvas.stroke(seam, shade(colour, -0.24), 4, opacity=0.7)
            canvas.stitches(seam, shade(colour, 0.18), 2.5, opacity=0.7)
        canvas.soft_stroke("M210 780C300 830 380 830 440 790C570 660 770 640 930 700", shade(colour, -0.34), 50, 0.4)
        canvas.glow(460, 420, 70, 110, "#ffffff", 0.26, 24)
        canvas.glow(920, 620, 110, 210, shade(colour, -0.34), 0.3)
    for x, y in ((318, 470), (500, 480), (726, 430)):
        canvas.circle(x, y, 13, shade(colour, -0.12))
        canvas.circle(x, y, 8, shade(colour, -0.3))
    canvas.ellipse(562, 300, 27, 15, canvas.material(shade(colour, 0.03), lift=0.12, drop=0.14))
    _emblem(canvas, palette)
    _brim(canvas, palette)
    return canvas.svg()


def _emblem(canvas: Canvas, palette: Palette) -> None:
    """A woven patch on the front panels, following their tilt."""
    with canvas.group("translate(600 560) rotate(-8) skewX(-6)"):
        canvas.rect(-62, -62, 136, 120, 20, shade(palette.base, -0.22), opacity=0.5)
        canvas.rect(-66, -66, 136, 120, 20, canvas.material(palette.second, (0, 0, 1, 1), 0.03, 0.08))
        canvas.stitches("M-54 -54H58V42H-54Z", palette.accent, 3, opacity=0.9)
        canvas.path("M-40 30L-6 -30L14 4L26 -12L48 30Z", palette.accent if palette.name != "ecru" else "#0b6f6c")
        canvas.circle(30, -30, 10, palette.accent)


def _brim(canvas: Canvas, palette: Palette) -> None:
    colour = palette.base if palette.name != "ecru" else palette.second
    under = (
        "M424 798C560 640 780 630 930 694C1040 742 1090 800 1082 836C1060 868 950 800 800 806C640 "
        "812 560 880 480 872C440 864 416 830 424 798Z"
    )
    canvas.path(under, shade(colour, -0.2), transform="translate(0 14)")
    skin = canvas.linear(
        (0, shade(colour, 0.02)),
        (0.3, shade(colour, 0.13)),
        (0.6, colour),
        (1, shade(colour, -0.13)),
        vector=(0, 0.1, 1, 0.6),
    )
    canvas.path(under, skin)
    with canvas.clip(under):
        for shift in range(5):
            line = (
                f"M{430 + shift * 6} {826 + shift * 11}"
                f"C{566 + shift * 4} {676 + shift * 26} {790 + shift * 2} {660 + shift * 25} "
                f"940 {712 + shift * 18}C1010 {738 + shift * 16} 1060 {776 + shift * 12} "
                f"1100 {826 + shift * 4}"
            )
            canvas.stitches(line, shade(colour, 0.2 if lightness(colour) < 0.6 else -0.2), 2.5, opacity=0.6)
        canvas.soft_stroke("M424 798C560 640 780 630 930 694", shade(colour, -0.34), 34, 0.4)
        canvas.glow(640, 760, 130, 30, "#ffffff", 0.3, -16)


def beanie(palette: Palette) -> str:
    """A ribbed woollen beanie with a turned-up cuff."""
    canvas = Canvas(palette.tint)
    colour = palette.base
    canvas.contact_shadow(600, 984, 340)
    dome = "M256 800C250 520 330 250 600 236C870 250 950 520 944 800Z"
    skin = canvas.linear(
        (0, shade(colour, -0.04)),
        (0.28, shade(colour, 0.09)),
        (0.6, colour),
        (1, shade(colour, -0.15)),
        vector=(0, 0, 1, 0.4),
    )
    canvas.path(dome, skin)
    with canvas.clip(dome):
        for index in range(-9, 10):
            spread = index / 9
            # Ribs start together at the crown and crowd towards both sides, as on any round thing.
            foot = 600 + 344 * (spread * (1.5 - 0.5 * spread * spread))
            bend = 600 + 310 * (spread * (1.5 - 0.5 * spread * spread))
            rib = f"M{600 + index * 7} 232C{600 + index * 24} 300 {bend:.0f} 480 {foot:.0f} 820"
            canvas.soft_stroke(rib, shade(colour, -0.24), 15, 0.6, 4)
            canvas.stroke(rib, shade(colour, 0.14), 4, opacity=0.3, transform="translate(-12 0)")
            canvas.stitches(rib, shade(colour, -0.2), 15, "3 9", 0.3)
        canvas.soft_stroke("M250 730Q600 770 950 730", shade(colour, -0.34), 60, 0.45)
        canvas.glow(420, 420, 90, 190, "#ffffff", 0.24, 18)
    _pompom(canvas, palette)
    _beanie_cuff(canvas, palette)
    return canvas.svg()


def _pompom(canvas: Canvas, palette: Palette) -> None:
    """Short strands from the middle outwards, laid in rings; a fixed rule instead of chance."""
    wool = palette.second
    canvas.glow(604, 244, 120, 40, "#000000", 0.4)
    canvas.circle(600, 176, 84, canvas.material(wool, (0, 0, 1, 1), 0.04, 0.2))
    for ring, radius in enumerate((88, 74, 58, 40, 22)):
        count = 64 - ring * 11
        for index in range(count):
            angle = 360 * index / count + ring * 17
            tone = shade(wool, 0.06 - 0.22 * ((index * 7 + ring * 3) % 5) / 5)
            length = 22 + (index * 5 + ring) % 9
            canvas.stroke(
                f"M600 {176 - radius + length}V{176 - radius - (index * 3) % 6}",
                tone,
                8,
                opacity=0.7,
                transform=f"rotate({angle + (index * 13) % 9:.0f} 600 176)",
            )
    canvas.glow(572, 142, 56, 46, "#ffffff", 0.4)
    canvas.glow(634, 220, 70, 46, shade(wool, -0.5), 0.35)


def _beanie_cuff(canvas: Canvas, palette: Palette) -> None:
    colour = palette.base
    cuff = "M240 744C360 780 840 780 960 744C978 800 978 890 958 948C840 994 360 994 242 948C222 890 222 800 240 744Z"
    skin = canvas.linear(
        (0, shade(colour, -0.06)),
        (0.28, shade(colour, 0.11)),
        (0.6, shade(colour, 0.01)),
        (1, shade(colour, -0.15)),
        vector=(0, 0, 1, 0.12),
    )
    canvas.path(cuff, skin)
    with canvas.clip(cuff):
        for index in range(-13, 14):
            spread = index / 13
            x = 600 + 372 * spread * (1.4 - 0.4 * spread * spread)
            rib = f"M{x:.0f} 740Q{x + spread * 12:.0f} 860 {x:.0f} 1000"
            canvas.soft_stroke(rib, shade(colour, -0.24), 15, 0.65, 4)
            canvas.stroke(rib, shade(colour, 0.16), 4, opacity=0.34, transform="translate(-12 0)")
            canvas.stitches(rib, shade(colour, -0.2), 14, "3 9", 0.26)
        canvas.soft_stroke("M240 980Q600 1020 960 980", shade(colour, -0.34), 70, 0.4)
    canvas.stroke("M244 748C362 784 838 784 956 748", shade(colour, 0.12), 6, opacity=0.6)
    canvas.rect(676, 820, 132, 92, 8, "#000000", opacity=0.3, transform="rotate(-3 740 864)")
    with canvas.group("rotate(-3 740 860)"):
        canvas.rect(672, 812, 132, 92, 8, canvas.material(palette.accent, (0, 0, 1, 1), 0.06, 0.1))
        canvas.stitches("M680 820H796V896H680Z", "#ffffff", 2.5, opacity=0.8)
        canvas.path("M716 846h44l-22 36z", "#ffffff", opacity=0.92)
