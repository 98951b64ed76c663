"""Colourways: five for devices, five for textiles, three for scenes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours one drawing may use; everything else is shaded from these."""

    name: str
    tint: str  # background
    base: str  # the product's own colour
    second: str  # lining, sole, panel
    accent: str  # the one small thing that stands out
    metal: str


DEVICE = (
    Palette("graphite", "#e2e7ee", "#3a414b", "#252a31", "#ffc247", "#b4bac3"),
    Palette("silver", "#e6e2f0", "#d3d7dd", "#8b93a0", "#5b6ee1", "#dfe3e8"),
    Palette("petrol", "#dbebe9", "#12696a", "#0b3f42", "#ffc247", "#cdbf9f"),
    Palette("sand", "#f4ebdf", "#dcc6a4", "#7c6247", "#c8643c", "#d8b98a"),
    Palette("coral", "#f8e5dd", "#dd6048", "#7c2c25", "#fff0d6", "#e0c6b4"),
)

TEXTILE = (
    Palette("navy", "#e1e7f2", "#2b3d66", "#f1ede4", "#e0a13a", "#c3c8cf"),
    Palette("ecru", "#dfe5e6", "#ebe2d0", "#a88a63", "#0b6f6c", "#c9b48d"),
    Palette("moss", "#e7ebda", "#68764c", "#ece5d2", "#c9772e", "#c4b88f"),
    Palette("rust", "#f6e6da", "#c0562f", "#f5e8d4", "#23504f", "#d1ae7c"),
    Palette("plum", "#f0e3ec", "#743f63", "#efe2e4", "#e6a85c", "#cdb5b0"),
)

SCENE = (
    Palette("morning", "#f3ece0", "#0f6a68", "#c98a5a", "#ffc247", "#cbb892"),
    Palette("noon", "#dfe9ee", "#35507a", "#d8784f", "#ffc247", "#bcc4cc"),
    Palette("evening", "#e9dce0", "#5d3b58", "#c2683f", "#ffc247", "#cdaa8e"),
)
