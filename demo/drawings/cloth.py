"""What the garments share: shaded panels, folds, sleeves, ribbing."""

from __future__ import annotations

from .canvas import Canvas
from .colours import shade

Fold = tuple[str, float, float]  # path, width, opacity; a negative opacity is a lit ridge


def panel(canvas: Canvas, outline: str, colour: str, folds: tuple[Fold, ...] = ()) -> None:
    """One piece of cloth: a gradient across the body, the right side turned away, folds cut to the edge."""
    skin = canvas.linear(
        (0, shade(colour, 0.055)),
        (0.35, shade(colour, 0.03)),
        (0.65, colour),
        (1, shade(colour, -0.09)),
        vector=(0, 0, 0.8, 1),
    )
    canvas.path(outline, skin)
    with canvas.clip(outline):
        for path, width, opacity in folds:
            tone = shade(colour, -0.24) if opacity > 0 else shade(colour, 0.17)
            canvas.soft_stroke(path, tone, width, abs(opacity))


def sleeve_outline(side: int, reach: float = 0) -> str:
    """A long sleeve hanging down; reach moves the cuff away from the body."""

    def at(x: float, y: float) -> str:
        return f"{600 + side * x:g} {y:g}"

    return (
        f"M{at(196, 272)}C{at(282, 292)} {at(330, 330)} {at(346, 410)}C{at(372, 560)} {at(398 + reach, 700)} "
        f"{at(414 + reach, 876)}L{at(312 + reach, 890)}C{at(290, 740)} {at(262, 620)} {at(236, 500)}Z"
    )


def sleeves(canvas: Canvas, colour: str, reach: float = 0) -> None:
    """Both sleeves, the left one in the light, the right one turned away."""
    for side in (-1, 1):

        def at(x: float, y: float, side: int = side) -> str:
            return f"{600 + side * x:g} {y:g}"

        outline = sleeve_outline(side, reach)
        dark, light = (0.3, -0.4) if side < 0 else (0.5, -0.22)
        folds = (
            (f"M{at(262, 470)}C{at(286, 640)} {at(300, 760)} {at(322 + reach, 900)}", 74, dark),
            (f"M{at(322, 380)}C{at(352, 540)} {at(372 + reach, 700)} {at(384 + reach, 860)}", 44, light),
            (f"M{at(330, 560)}C{at(320, 590)} {at(300, 604)} {at(276, 606)}", 44, 0.2),
            (f"M{at(372, 620)}C{at(356, 650)} {at(330, 664)} {at(296, 660)}", 40, 0.18),
            (f"M{at(376, 800)}C{at(360, 820)} {at(340, 826)} {at(318, 820)}", 40, 0.18),
        )
        panel(canvas, outline, shade(colour, 0.0 if side < 0 else -0.03), folds)


def cuff(canvas: Canvas, colour: str, side: int, reach: float = 0, ribbed: bool = True) -> None:
    """The band at the end of a sleeve."""
    x = 600 + side * (363 + reach)
    with canvas.group(f"rotate({-side * 7} {x:g} 906)"):
        band = f"M{x - 50:g} 874Q{x:g} 884 {x + 50:g} 874L{x + 44:g} 946Q{x:g} 956 {x - 44:g} 946Z"
        canvas.path(band, canvas.tube(colour, depth=0.12))
        if ribbed:
            ribs(canvas, x - 42, 880, 84, 68, colour)


def ribs(canvas: Canvas, x: float, y: float, width: float, height: float, colour: str) -> None:
    """Vertical ribbing."""
    count = round(width / 11)
    for index in range(1, count):
        left = x + width * index / count
        canvas.rect(left - 2, y, 4, height, 2, shade(colour, -0.16), opacity=0.5)
        canvas.rect(left + 2, y, 2, height, 1, shade(colour, 0.16), opacity=0.35)


def button(canvas: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    """A sewn-on button with four holes."""
    canvas.glow(x + 2, y + 4, radius * 1.7, radius * 1.5, "#000000", 0.4)
    canvas.circle(x, y, radius, canvas.material(colour, (0, 0, 1, 1), 0.14, 0.16))
    canvas.circle(x, y, radius * 0.66, shade(colour, -0.05))
    for dx in (-1, 1):
        for dy in (-1, 1):
            canvas.circle(x + dx * radius * 0.22, y + dy * radius * 0.22, radius * 0.12, shade(colour, -0.4))
