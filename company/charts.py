"""Bars for a page, worked out on the server: no script draws them and none is needed to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 1000, 240
# Parts of the room that a bar has: air, the value before, the value.
GAP, BEFORE, NOW = 0.12, 0.3, 0.46


@dataclass(frozen=True)
class Bar:
    """One value and, left of it, the one it is compared to, in the units of the chart's viewBox; `title` is what a
    pointer over it reads."""

    x: str
    width: str
    before_x: str
    before_width: str
    y: str
    height: str
    before_y: str
    before_height: str
    title: str


@dataclass(frozen=True)
class Chart:
    """`top` is the value at the upper edge."""

    bars: list[Bar]
    top: Decimal
    width: int = WIDTH
    height: int = HEIGHT


def bars(values: Sequence[Decimal], before: Sequence[Decimal], titles: Sequence[str]) -> Chart:
    """A bar for each value, with the value before beside it; all from nought."""
    top = max((*values, *before), default=Decimal(0)) or Decimal(1)
    step = WIDTH / max(len(values), 1)
    drawn = []
    for number, (value, title) in enumerate(zip(values, titles, strict=True)):
        old = before[number] if number < len(before) else Decimal(0)
        tall, old_tall = height(value, top), height(old, top)
        drawn.append(
            Bar(
                before_x=f"{step * (number + GAP):.2f}",
                before_width=f"{step * BEFORE:.2f}",
                x=f"{step * (number + GAP + BEFORE):.2f}",
                width=f"{step * NOW:.2f}",
                y=f"{HEIGHT - tall:.2f}",
                height=f"{tall:.2f}",
                before_y=f"{HEIGHT - old_tall:.2f}",
                before_height=f"{old_tall:.2f}",
                title=title,
            )
        )
    return Chart(bars=drawn, top=top)


def height(value: Decimal, top: Decimal) -> float:
    return float(max(value, Decimal(0)) / top) * HEIGHT
