"""Bars for the admin's pages, as shapes of an SVG of 1000 by 240."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000.0, 240.0


@dataclass(frozen=True)
class Bar:
    """A column of two parts, the second on top of the first."""

    x: float
    width: float
    y: float
    height: float
    top_y: float
    top_height: float


def bars(pairs: Sequence[tuple[float, float]]) -> list[Bar]:
    highest = max((sum(pair) for pair in pairs), default=0) or 1
    step = WIDTH / max(len(pairs), 1)
    found = []
    for number, (lower, upper) in enumerate(pairs):
        height, top = lower / highest * HEIGHT, upper / highest * HEIGHT
        found.append(Bar(number * step + step * 0.1, step * 0.8, HEIGHT - height, height, HEIGHT - height - top, top))
    return found


def line(values: Sequence[float], *, highest: float) -> str:
    """The points of a polyline over the middle of each column."""
    step = WIDTH / max(len(values), 1)
    points = ((number + 0.5) * step for number in range(len(values)))
    return " ".join(f"{x:.1f},{height_of(value, highest):.1f}" for x, value in zip(points, values, strict=True))


def height_of(value: float, highest: float) -> float:
    return HEIGHT - min(value / highest, 1.0) * HEIGHT if highest else HEIGHT
