"""Sneaker and boots."""

from __future__ import annotations

from .canvas import Canvas
from .colours import mix, shade
from .palettes import Palette


def sneaker(palette: Palette) -> str:
    """A low sneaker seen from its outer side, toe to the right."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(604, 930, 490)
    leather = mix(palette.second, "#ffffff", 0.45) if palette.name != "ecru" else palette.base
    colour = palette.base if palette.name != "ecru" else palette.second
    _sneaker_inside(canvas, colour, leather)
    upper = (
        "M166 838C150 760 158 650 186 540C192 508 224 496 252 516C300 552 360 556 410 510C424 494 "
        "446 494 462 508"
        "C560 596 650 650 760 664C880 676 990 700 1040 776C1058 804 1060 826 1058 848H170Z"
    )
    skin = canvas.linear((0, shade(leather, 0.04)), (0.5, leather), (1, shade(leather, -0.14)), vector=(0.3, 0, 0.6, 1))
    canvas.path(upper, skin)
    with canvas.clip(upper):
        canvas.glow(330, 640, 190, 90, "#ffffff", 0.7, 14)
        _sneaker_panels(canvas, colour, leather)
        canvas.soft_stroke("M150 846H1080", shade(leather, -0.5), 50, 0.4)
    canvas.stroke("M184 548C192 512 224 500 252 518C300 552 360 556 410 512", shade(colour, -0.02), 20)
    canvas.stroke("M186 540C196 512 224 502 250 516", shade(colour, 0.16), 5, opacity=0.8)
    canvas.stroke("M190 540C176 500 182 470 202 470S222 496 222 512", shade(colour, -0.08), 13)
    _laces(canvas, leather)
    _cupsole(canvas, palette, colour)
    return canvas.svg()


def _sneaker_inside(canvas: Canvas, colour: str, leather: str) -> None:
    """Far collar and tongue, drawn before the upper covers their lower parts."""
    canvas.path("M212 528C270 486 340 488 396 462L440 520C360 590 270 570 212 540Z", shade(colour, -0.16))
    tongue = (
        "M372 524C386 476 404 436 428 404C442 384 480 390 492 414C500 436 502 470 508 496C590 574 "
        "690 626 780 650L760 690L430 560Z"
    )
    canvas.path(tongue, canvas.material(shade(leather, -0.03), (0, 0, 0.8, 1), 0.05, 0.14))
    canvas.stitches("M392 520C404 480 420 446 438 418C450 404 474 406 480 424L494 498", shade(leather, -0.3), 2.5)
    with canvas.group("rotate(-14 446 452)"):
        canvas.rect(424, 432, 44, 40, 6, canvas.material(colour, lift=0.08))
        canvas.rect(434, 446, 24, 4, 2, "#ffffff", opacity=0.85)
        canvas.rect(434, 455, 16, 4, 2, "#ffffff", opacity=0.6)


def _sneaker_panels(canvas: Canvas, colour: str, leather: str) -> None:
    """Heel counter, two stripes, eyestay and toe cap, each with its row of stitches."""
    thread = shade(leather, -0.28)
    canvas.path("M130 850V628C214 640 282 710 304 850Z", canvas.material(colour, (0, 0, 0.6, 1), 0.1, 0.1))
    canvas.stitches("M150 648C214 664 268 726 288 850", shade(colour, 0.22), 2.5)
    for shift in (0, 92):
        stripe = (
            f"M{352 + shift} 850C{452 + shift} 812 {510 + shift} 738 {520 + shift} {610 + shift * 0.5:g}"
            f"L{572 + shift} {640 + shift * 0.4:g}C{570 + shift} 750 {510 + shift} 826 {424 + shift} 850Z"
        )
        canvas.soft_stroke(stripe, shade(leather, -0.4), 12, 0.3)
        canvas.path(stripe, canvas.material(colour, (0, 0, 0.4, 1), 0.1, 0.08))
    stay = "M404 514C424 494 446 494 462 508C560 596 650 650 762 664L752 722C636 712 500 640 396 548Z"
    canvas.soft_stroke("M396 552C500 644 636 716 752 726", shade(leather, -0.5), 16, 0.4)
    canvas.path(stay, canvas.material(shade(leather, -0.02), (0, 0, 0.2, 1), 0.05, 0.08))
    canvas.stitches("M406 544C510 632 640 702 746 712", thread, 2.5)
    toe = "M812 664C900 676 1000 706 1046 780L1070 860H790C762 790 772 712 812 664Z"
    canvas.soft_stroke("M812 664C772 712 762 790 790 860", shade(leather, -0.5), 14, 0.36)
    canvas.path(
        toe,
        canvas.linear(
            (0, shade(leather, 0.03)),
            (0.5, shade(leather, -0.02)),
            (1, shade(leather, -0.17)),
            vector=(0.2, 0, 0.6, 1),
        ),
    )
    canvas.stitches("M828 672C788 718 780 790 806 860", thread, 2.5)
    canvas.glow(900, 716, 80, 24, "#ffffff", 0.8, 14)
    for row in range(3):
        for column in range(4 - row % 2):
            canvas.circle(880 + column * 30 + row % 2 * 15, 738 + row * 24 + column * 3, 4.5, shade(leather, -0.4))


def _laces(canvas: Canvas, leather: str) -> None:
    lace = mix(leather, "#ffffff", 0.5)
    for x, y, angle in ((446, 540, -52), (502, 586, -50), (562, 626, -52), (626, 660, -56), (692, 684, -60)):
        with canvas.group(f"translate({x} {y}) rotate({angle})"):
            canvas.rect(-4, -4, 78, 22, 11, shade(leather, -0.5), opacity=0.3)
            canvas.rect(
                -8,
                -11,
                80,
                21,
                10,
                canvas.linear((0, lace), (0.6, shade(lace, -0.05)), (1, shade(lace, -0.2))),
            )
        canvas.circle(x, y, 9, shade(leather, -0.42))
    for colour, shift in ((shade(leather, -0.4), 7), (lace, 0)):
        opacity = 0.4 if shift else 1.0
        with canvas.group(f"translate({shift * 0.4:g} {shift})"):
            canvas.stroke("M488 486C540 410 622 414 616 456C608 492 540 502 492 490", colour, 15, opacity=opacity)
            canvas.stroke("M488 488C430 446 396 452 402 474C410 498 450 500 484 492", colour, 15, opacity=opacity)
            canvas.stroke("M492 490C540 534 590 560 616 540", colour, 13, opacity=opacity)
    canvas.circle(489, 488, 15, canvas.material(lace, (0, 0, 1, 1), 0.02, 0.16))


def _cupsole(canvas: Canvas, palette: Palette, colour: str) -> None:
    sole = mix(palette.second, "#fbf8f1", 0.7) if palette.name != "ecru" else "#f5efe2"
    side = (
        "M150 828C350 846 760 850 1050 816C1078 812 1092 836 1086 866C1078 904 1046 926 1000 926H214"
        "C168 926 142 904 140 866C140 842 142 828 150 828Z"
    )
    canvas.path(side, canvas.linear((0, shade(sole, 0.03)), (0.55, sole), (1, shade(sole, -0.16))))
    canvas.stroke("M152 832C350 850 760 854 1050 820", "#ffffff", 4, opacity=0.8)
    canvas.stitches("M156 850C350 866 760 870 1070 838", shade(sole, -0.26), 3, "11 7", 0.8)
    canvas.stroke("M142 880C360 896 800 896 1084 868", colour, 7, stroke_linecap="butt")
    tread = "M166 912C182 922 196 926 214 926H1000C1032 926 1056 914 1072 894C900 912 330 916 166 912Z"
    canvas.path(tread, mix(palette.accent, "#7a5230", 0.45))
    for notch in range(19):
        canvas.rect(236 + notch * 40, 916, 6, 10, 0, "#000000", opacity=0.3)


SHAFT = (
    "M292 196C360 178 480 172 566 188C572 300 588 420 622 500C656 574 760 622 880 650C1000 676 "
    "1046 744 1046 846"
    "H252C252 770 288 716 292 630C298 500 276 350 292 196Z"
)


def boots(palette: Palette) -> str:
    """A pair of lace-up leather boots, one behind the other."""
    canvas = Canvas(palette.tint)
    canvas.contact_shadow(630, 954, 470)
    leather = mix(palette.base, "#8a5a2c", 0.55 if palette.name == "ecru" else 0.28)
    with canvas.group("translate(104 -22) scale(.97)"):
        _boot(canvas, palette, shade(leather, -0.07))
    with canvas.group("translate(-66 0)"):
        canvas.contact_shadow(640, 950, 410, 0.6)
        with canvas.clip("M0 0H1200V938H0Z"):
            canvas.soft_stroke("M600 200C610 420 640 520 760 590S1000 660 1050 800", "#000000", 60, 0.22)
        _boot(canvas, palette, leather)
    return canvas.svg()


def _boot(canvas: Canvas, palette: Palette, leather: str) -> None:
    canvas.path("M292 198C350 168 500 164 566 190C500 216 360 220 292 198Z", shade(leather, -0.24))
    tongue = "M520 190C540 150 570 132 596 144C606 250 630 400 668 500L600 520C560 420 540 300 520 190Z"
    canvas.path(tongue, canvas.material(shade(leather, -0.05), (0, 0, 1, 0.4), 0.08, 0.1))
    skin = canvas.linear(
        (0, shade(leather, -0.02)),
        (0.22, shade(leather, 0.11)),
        (0.5, leather),
        (1, shade(leather, -0.13)),
        vector=(0, 0, 0.9, 0.8),
    )
    canvas.path(SHAFT, skin)
    with canvas.clip(SHAFT):
        canvas.glow(380, 360, 46, 190, "#ffffff", 0.34, 2)
        canvas.glow(930, 694, 110, 34, "#ffffff", 0.45, 20)
        canvas.soft_stroke("M300 640C380 620 470 640 560 590", shade(leather, -0.26), 26, 0.4)
        canvas.soft_stroke("M310 600C400 590 470 590 560 540", shade(leather, 0.2), 22, 0.3)
        canvas.soft_stroke("M660 590C690 640 690 700 660 740", shade(leather, -0.26), 26, 0.3)
        canvas.soft_stroke("M240 850H1060", "#000000", 60, 0.4)
        _boot_panels(canvas, leather)
    canvas.stroke("M292 200C360 184 480 180 564 194", shade(leather, 0.1), 16)
    canvas.stroke("M300 250C270 230 262 150 292 134C320 122 328 180 324 224", shade(leather, -0.1), 15)
    _boot_laces(canvas, palette, leather)
    _boot_sole(canvas, palette, leather)


def _boot_panels(canvas: Canvas, leather: str) -> None:
    thread = shade(leather, 0.28)
    counter = "M240 860C262 740 300 700 300 620C400 640 440 740 440 860Z"
    canvas.path(counter, canvas.material(shade(leather, -0.04), (0, 0, 1, 0.8), 0.06, 0.1))
    canvas.stitches("M306 632C396 652 428 744 428 860", thread, 2.5, opacity=0.7)
    canvas.stroke("M560 190C564 300 580 430 616 512C650 586 740 634 800 650", shade(leather, -0.22), 0.1)
    canvas.stitches("M478 196C484 320 500 440 540 540C580 640 640 700 720 730", thread, 2.5, opacity=0.7)
    canvas.stitches("M468 196C474 320 490 444 530 546C570 648 634 712 716 742", thread, 2.5, opacity=0.7)
    cap = "M850 640C990 668 1050 740 1060 860H800C780 780 800 690 850 640Z"
    canvas.soft_stroke("M850 640C800 690 780 780 800 860", shade(leather, -0.34), 14, 0.5)
    canvas.path(
        cap,
        canvas.linear(
            (0, shade(leather, 0.1)),
            (0.4, shade(leather, 0.01)),
            (1, shade(leather, -0.14)),
            vector=(0.3, 0, 0.6, 1),
        ),
    )
    canvas.stitches("M862 650C814 698 796 780 814 860M872 654C826 700 808 780 826 860", thread, 2.5, opacity=0.7)
    canvas.glow(930, 694, 70, 24, "#ffffff", 0.5, 22)


def _boot_laces(canvas: Canvas, palette: Palette, leather: str) -> None:
    cord = mix(palette.second, palette.accent, 0.2)
    holes = ((540, 246), (546, 310), (556, 374), (570, 436), (594, 496), (630, 552), (682, 600))
    for index, (x, y) in enumerate(holes):
        reach = 56 if index < 5 else 62
        end = f"{x + reach} {y - 22 + index * 2}"
        canvas.stroke(f"M{x} {y}L{end}", shade(leather, -0.32), 17, opacity=0.6, transform="translate(2 6)")
        canvas.stroke(f"M{x} {y}L{end}", shade(cord, -0.06), 14)
        canvas.stroke(f"M{x} {y}L{end}", shade(cord, 0.1), 6, stroke_dasharray="5 4", stroke_linecap="butt")
        canvas.circle(x, y, 13, canvas.material(palette.metal, (0, 0, 1, 1), 0.16, 0.24))
        canvas.circle(x, y, 6, shade(leather, -0.3))
    for path in (
        "M590 226C650 170 716 190 700 226C686 254 630 246 592 230",
        "M590 228C640 270 660 320 650 352",
    ):
        canvas.stroke(path, shade(leather, -0.3), 12, opacity=0.35, transform="translate(4 8)")
        canvas.stroke(path, cord, 12)


def _boot_sole(canvas: Canvas, palette: Palette, leather: str) -> None:
    rubber = mix(palette.second, "#8a6a48", 0.55)
    canvas.path(
        "M244 838H1050Q1066 846 1066 868V884H238V852Q238 840 244 838Z",
        canvas.material(rubber, lift=0.1, drop=0.14),
    )
    canvas.stitches("M252 852H1056", shade(rubber, 0.3), 3, "12 7", 0.9)
    dark = shade(leather, -0.2) if palette.name != "ecru" else "#4b3a2a"
    canvas.path(
        "M238 880H1066C1066 920 1030 940 990 940H520L500 916H470L466 952H262Q240 952 240 930Z",
        canvas.linear((0, shade(dark, 0.1)), (1, shade(dark, -0.08))),
    )
    for notch in range(11):
        canvas.rect(546 + notch * 42, 918, 16, 22, 3, "#000000", opacity=0.35)
    for y in (898, 916, 934):
        canvas.stroke(f"M250 {y}H464", "#000000", 3, opacity=0.22)
