"""Which drawings there are, and in which colourways."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    accessories,
    audio,
    bottoms,
    cameras,
    computers,
    footwear,
    headwear,
    home,
    knitwear,
    outerwear,
    phones,
    play,
    scenes,
    tops,
    turntable,
    wearables,
)
from .palettes import DEVICE, SCENE, TEXTILE, Palette

Drawing = Callable[[Palette], str]

DEVICES: dict[str, Drawing] = {
    "headphones": audio.headphones,
    "earbuds": audio.earbuds,
    "speaker": audio.speaker,
    "turntable": turntable.turntable,
    "laptop": computers.laptop,
    "monitor": computers.monitor,
    "keyboard": computers.keyboard,
    "mouse": computers.mouse,
    "tablet": phones.tablet,
    "phone": phones.phone,
    "phone-case": phones.phone_case,
    "power-bank": phones.power_bank,
    "smartwatch": wearables.smartwatch,
    "camera": cameras.camera,
    "lens": cameras.lens,
    "controller": play.controller,
    "desk-lamp": home.desk_lamp,
}

TEXTILES: dict[str, Drawing] = {
    "tshirt": tops.tshirt,
    "hoodie": tops.hoodie,
    "sweater": knitwear.sweater,
    "overshirt": outerwear.overshirt,
    "jacket": outerwear.jacket,
    "trousers": bottoms.trousers,
    "sneaker": footwear.sneaker,
    "boots": footwear.boots,
    "cap": headwear.cap,
    "beanie": headwear.beanie,
    "backpack": accessories.backpack,
    "sunglasses": accessories.sunglasses,
}

PRODUCTS: dict[str, tuple[Drawing, tuple[Palette, ...]]] = {
    **{name: (drawing, DEVICE) for name, drawing in DEVICES.items()},
    **{name: (drawing, TEXTILE) for name, drawing in TEXTILES.items()},
}

SCENES: dict[str, tuple[Drawing, tuple[Palette, ...]]] = {
    "desk": (scenes.desk, SCENE),
    "shelf": (scenes.shelf, SCENE),
    "wardrobe": (scenes.wardrobe, SCENE),
    "window": (scenes.window, SCENE),
    "hallway": (scenes.hallway, SCENE),
}
