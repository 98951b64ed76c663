"""Outlines that several drawings share, as path data."""

from __future__ import annotations


def symmetric(centre: float, start: tuple[float, float], *segments: tuple[float, ...]) -> str:
    """A closed outline from its right half; x is counted from the centre line.

    A segment of two numbers is a line, one of six a cubic curve. The mirrored half is walked backwards, so
    both halves meet without a seam.
    """
    right = [f"M{centre + start[0]:g} {start[1]:g}"]
    left: list[str] = []
    current = start
    for segment in segments:
        end = (segment[-2], segment[-1])
        if len(segment) == 2:
            right.append(f"L{centre + end[0]:g} {end[1]:g}")
            left.append(f"L{centre - current[0]:g} {current[1]:g}")
        else:
            ax, ay, bx, by = segment[:4]
            right.append(f"C{centre + ax:g} {ay:g} {centre + bx:g} {by:g} {centre + end[0]:g} {end[1]:g}")
            left.append(f"C{centre - bx:g} {by:g} {centre - ax:g} {ay:g} {centre - current[0]:g} {current[1]:g}")
        current = end
    if current[0] != 0:
        right.append(f"L{centre - current[0]:g} {current[1]:g}")
    return "".join(right) + "".join(reversed(left)) + "Z"


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rounded rectangle as path data, for clipping and for casting shadows."""
    r = min(radius, width / 2, height / 2)
    return (
        f"M{x + r:g} {y:g}h{width - 2 * r:g}a{r:g} {r:g} 0 0 1 {r:g} {r:g}v{height - 2 * r:g}"
        f"a{r:g} {r:g} 0 0 1 {-r:g} {r:g}h{2 * r - width:g}a{r:g} {r:g} 0 0 1 {-r:g} {-r:g}"
        f"v{2 * r - height:g}a{r:g} {r:g} 0 0 1 {r:g} {-r:g}Z"
    )


def disc(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """An ellipse as path data."""
    ry = rx if ry is None else ry
    return f"M{cx - rx:g} {cy:g}a{rx:g} {ry:g} 0 1 1 {2 * rx:g} 0a{rx:g} {ry:g} 0 1 1 {-2 * rx:g} 0Z"
