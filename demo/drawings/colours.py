"""Lighter, darker, in between."""

from __future__ import annotations

import colorsys


def _channels(colour: str) -> tuple[float, float, float]:
    digits = colour.lstrip("#")
    return int(digits[0:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in (red, green, blue))


def shade(colour: str, step: float, saturation: float = 1.0) -> str:
    """The colour moved up or down in lightness, its saturation multiplied."""
    hue, light, strength = colorsys.rgb_to_hls(*_channels(colour))
    light = min(1.0, max(0.0, light + step))
    return _hex(*colorsys.hls_to_rgb(hue, light, min(1.0, strength * saturation)))


def lightness(colour: str) -> float:
    """How light the colour is, from 0 to 1."""
    return colorsys.rgb_to_hls(*_channels(colour))[1]


def mix(first: str, second: str, share: float) -> str:
    """The first colour with the given share of the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return _hex(red, green, blue)
