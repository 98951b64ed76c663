"""Wide scenes for hero slides and blog headers; the left third stays calm, for words."""

from __future__ import annotations

from . import accessories, audio, cameras, computers, footwear, headwear, home, outerwear, tops, turntable
from .canvas import Canvas
from .colours import mix, shade
from .palettes import DEVICE, SCENE, TEXTILE, Palette
from .props import board, books, framed_print, mug, plant, standing_books, table, window_light

WOOD = {"morning": "#d9b88a", "noon": "#cdb596", "evening": "#b98d6c"}


def _colourway(group: tuple[Palette, ...], scene: Palette, shift: int = 0) -> Palette:
    """A colourway that goes with the scene; the shift gives neighbours different ones."""
    return group[(SCENE.index(scene) * 2 + shift) % len(group)]


def _wall(palette: Palette) -> Canvas:
    return Canvas(palette.tint, 1600, 1000)


def desk(palette: Palette) -> str:
    """A desk by the wall: laptop, lamp, headphones, a mug."""
    canvas = _wall(palette)
    window_light(canvas, 420, 60, 1.05)
    framed_print(canvas, palette, 1290, 90, 230, 290)
    table(canvas, 730, WOOD[palette.name])
    plant(canvas, palette, 1490, 800, 0.82)
    canvas.place(home.desk_lamp(_colourway(DEVICE, palette, 3)), 330, 170, 700)
    canvas.place(computers.laptop(_colourway(DEVICE, palette, 1)), 700, 220, 690)
    books(canvas, (palette.base, palette.second, shade(palette.metal, 0.06)), 150, 846, 250)
    mug(canvas, palette.second, 278, 732, 0.9)
    canvas.place(audio.headphones(_colourway(DEVICE, palette, 0)), 1180, 560, 400)
    return canvas.svg()


def shelf(palette: Palette) -> str:
    """Two shelves with a camera, a lens, a turntable and books."""
    canvas = _wall(palette)
    window_light(canvas, 300, 120, 1.2)
    wood = WOOD[palette.name]
    board(canvas, 560, 420, 960, wood)
    board(canvas, 420, 850, 1100, wood)
    canvas.place(cameras.camera(_colourway(DEVICE, palette, 0)), 610, 78, 452)
    canvas.place(cameras.lens(_colourway(DEVICE, palette, 0)), 1000, 100, 370)
    plant(canvas, palette, 1420, 420, 0.78)
    canvas.place(turntable.turntable(_colourway(DEVICE, palette, 3)), 640, 330, 660)
    canvas.place(audio.speaker(_colourway(DEVICE, palette, 2)), 1200, 500, 415)
    cover = (
        palette.base,
        palette.second,
        shade(palette.metal, -0.02),
        palette.accent,
        shade(palette.base, 0.14),
    )
    standing_books(canvas, cover, 450, 850)
    return canvas.svg()


def wardrobe(palette: Palette) -> str:
    """A clothes rail with four pieces, boots and sneakers below."""
    canvas = _wall(palette)
    window_light(canvas, 230, 80, 1.15)
    table(canvas, 846, WOOD[palette.name])
    metal = shade(palette.metal, -0.16)
    for x in (560, 1530):
        canvas.stroke(f"M{x} 96V908", metal, 16)
        canvas.stroke(f"M{x - 3} 96V908", shade(metal, 0.24), 4)
        canvas.stroke(f"M{x - 66} 910H{x + 66}", metal, 16)
        canvas.glow(x + 6, 922, 110, 16, canvas.shadow_colour, 0.6)
    pieces = (
        (tops.tshirt, 1, 756),
        (outerwear.jacket, 0, 940),
        (tops.hoodie, 4, 1136),
        (outerwear.overshirt, 3, 1326),
    )
    for drawing, shift, x in pieces:
        hook = f"M{x} 226V164C{x} 146 {x + 26} 146 {x + 24} 118C{x + 20} 94 {x - 6} 92 {x - 10} 108"
        canvas.stroke(hook, shade(metal, -0.1), 6)
        canvas.place(drawing(_colourway(TEXTILE, palette, shift)), x - 255, 112, 510)
    canvas.stroke("M540 96H1550", metal, 20)
    canvas.stroke("M540 91H1550", shade(metal, 0.26), 5)
    canvas.place(footwear.boots(_colourway(TEXTILE, palette, 3)), 690, 606, 350)
    canvas.place(footwear.sneaker(_colourway(TEXTILE, palette, 0)), 1080, 626, 360)
    plant(canvas, palette, 330, 916, 1.1)
    return canvas.svg()


def window(palette: Palette) -> str:
    """A sill in front of a window: plant, books, a woollen hat and headphones."""
    canvas = _wall(palette)
    frame = mix(palette.tint, "#ffffff", 0.75)
    canvas.cast_shadow("M640 40H1500V700H640Z", 20, 60, 0.25)
    canvas.rect(640, 40, 860, 670, 6, canvas.material(frame, lift=0.02, drop=0.06))
    sky = canvas.linear(
        (0, mix(palette.base, "#ffffff", 0.55)), (0.6, mix(palette.accent, "#ffffff", 0.6)), (1, "#fff7e6")
    )
    for x in (668, 1084):
        with canvas.clip(f"M{x} 68h388v614h-388Z"):
            canvas.rect(640, 40, 860, 670, 0, sky)
            canvas.glow(1220, 330, 300, 300, "#fffbe9", 0.95)
            canvas.circle(1220, 330, 58, "#fffdf2")
            far, near = mix(palette.base, "#ffffff", 0.4), mix(palette.base, "#ffffff", 0.12)
            canvas.path(
                "M640 560C800 430 940 520 1060 480S1340 400 1500 500V710H640Z",
                canvas.linear((0, far), (1, shade(far, 0.08))),
            )
            canvas.path(
                "M640 640C820 540 980 640 1140 590S1400 560 1500 610V710H640Z",
                canvas.linear((0, near), (1, shade(near, -0.06))),
            )
            glare = canvas.linear((0, "#ffffff", 0.4), (1, "#ffffff", 0), vector=(0, 0, 1, 1))
            canvas.path(f"M{x} 68h190l-190 470Z", glare)
        canvas.rect(x, 68, 388, 6, 0, canvas.shadow_colour, opacity=0.2)
        canvas.rect(x, 68, 6, 614, 0, canvas.shadow_colour, opacity=0.14)
    canvas.circle(1070, 400, 10, canvas.material(palette.metal))
    canvas.rect(1065, 400, 10, 46, 5, canvas.tube(palette.metal))
    table(canvas, 700, mix(WOOD[palette.name], "#ffffff", 0.3))
    books(canvas, (palette.second, palette.base, palette.accent), 740, 850, 270)
    canvas.place(headwear.beanie(_colourway(TEXTILE, palette, 3)), 720, 436, 366)
    canvas.place(audio.headphones(_colourway(DEVICE, palette, 3)), 1010, 480, 450)
    plant(canvas, palette, 1500, 850, 1.15)
    mug(canvas, palette.base, 560, 842, 1.05)
    return canvas.svg()


def hallway(palette: Palette) -> str:
    """A bench by the door: backpack, boots, sunglasses, a jacket and a cap on the hooks."""
    canvas = _wall(palette)
    window_light(canvas, 260, 90, 1.15)
    wood = WOOD[palette.name]
    canvas.rect(0, 880, 1600, 120, 0, canvas.linear((0, shade(wood, -0.16)), (1, shade(wood, -0.04))))
    canvas.rect(0, 862, 1600, 18, 0, mix(palette.tint, "#ffffff", 0.6))
    canvas.rect(620, 120, 900, 44, 8, canvas.material(wood, lift=0.08, drop=0.12))
    for x in (700, 880, 1070, 1260, 1440):
        canvas.glow(x + 8, 172, 30, 18, canvas.shadow_colour, 0.6)
        canvas.circle(x, 142, 17, canvas.material(palette.metal, (0, 0, 1, 1), 0.16, 0.22))
    canvas.place(outerwear.jacket(_colourway(TEXTILE, palette, 0)), 640, 72, 480)
    canvas.place(headwear.cap(_colourway(TEXTILE, palette, 3)), 1120, 50, 300)
    _bench(canvas, wood)
    canvas.place(accessories.backpack(_colourway(TEXTILE, palette, 2)), 1090, 256, 446)
    books(canvas, (palette.base, palette.second), 640, 652, 220)
    canvas.place(accessories.sunglasses(_colourway(TEXTILE, palette, 4)), 640, 412, 240)
    canvas.place(footwear.boots(_colourway(TEXTILE, palette, 3)), 690, 626, 350)
    canvas.place(footwear.sneaker(_colourway(TEXTILE, palette, 1)), 1110, 660, 340)
    plant(canvas, palette, 400, 940, 1.25)
    return canvas.svg()


def _bench(canvas: Canvas, wood: str) -> None:
    canvas.glow(1060, 950, 560, 34, canvas.shadow_colour, 0.6)
    for x in (630, 1470):
        canvas.rect(x, 690, 34, 260, 5, canvas.tube(shade(wood, -0.12), depth=0.14))
    shadow = canvas.linear((0, canvas.shadow_colour, 0.34), (1, canvas.shadow_colour, 0))
    canvas.rect(664, 700, 806, 120, 0, shadow)
    canvas.rect(590, 650, 950, 56, 8, canvas.material(wood, lift=0.09, drop=0.15))
    canvas.rect(590, 650, 950, 4, 2, "#ffffff", opacity=0.5)
