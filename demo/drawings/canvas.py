"""The drawing helper: an SVG under construction, lit from the upper left."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager

from .colours import shade

Stop = tuple[float, str] | tuple[float, str, float]
Vector = tuple[float, float, float, float]

# The part of a finished drawing that is left out when it is set into a scene.
BACKDROP = re.compile(r'<g id="backdrop">.*?</g>')

DOWN: Vector = (0, 0, 0, 1)
ACROSS: Vector = (0, 0, 1, 0)
DIAGONAL: Vector = (0, 0, 1, 1)


class Canvas:
    """Collects definitions and shapes and writes them out as one SVG document."""

    def __init__(self, tint: str, width: int = 1200, height: int = 1200) -> None:
        self.tint = tint
        self.width = width
        self.height = height
        self._definitions: list[str] = []
        self._shapes: list[str] = []
        self._count = 0

    # Paints -----------------------------------------------------------------------------------------------

    def _define(self, tag: str, attributes: str, content: str) -> str:
        self._count += 1
        name = f"d{self._count}"
        self._definitions.append(f'<{tag} id="{name}" {attributes}>{content}</{tag}>')
        return f"url(#{name})"

    @staticmethod
    def _stops(stops: tuple[Stop, ...]) -> str:
        parts = []
        for stop in stops:
            opacity = f' stop-opacity="{stop[2]:.3g}"' if len(stop) == 3 else ""
            parts.append(f'<stop offset="{stop[0]:g}" stop-color="{stop[1]}"{opacity}/>')
        return "".join(parts)

    def linear(self, *stops: Stop, vector: Vector = DOWN) -> str:
        """A linear gradient; the vector is relative to the shape unless it leaves the unit square."""
        units = ' gradientUnits="userSpaceOnUse"' if max(vector) > 2 else ""
        x1, y1, x2, y2 = vector
        line = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"{units}'
        return self._define("linearGradient", line, self._stops(stops))

    def radial(self, *stops: Stop, centre: tuple[float, float] = (0.5, 0.5), radius: float = 0.5) -> str:
        """A radial gradient, relative to the shape unless the centre lies in canvas units."""
        units = ' gradientUnits="userSpaceOnUse"' if max(centre) > 2 else ""
        circle = f'cx="{centre[0]:g}" cy="{centre[1]:g}" r="{radius:g}"{units}'
        return self._define("radialGradient", circle, self._stops(stops))

    def material(self, colour: str, vector: Vector = DOWN, lift: float = 0.09, drop: float = 0.12) -> str:
        """The three steps every solid gets: lit, own colour, turned away."""
        return self.linear((0, shade(colour, lift)), (0.5, colour), (1, shade(colour, -drop)), vector=vector)

    def tube(self, colour: str, vector: Vector = ACROSS, depth: float = 0.2) -> str:
        """A rounded surface: narrow highlight left of the middle, dark right, a little light bounced back."""
        return self.linear(
            (0, shade(colour, -depth * 0.55)),
            (0.2, shade(colour, depth * 0.35)),
            (0.3, shade(colour, depth * 0.75)),
            (0.42, shade(colour, depth * 0.2)),
            (0.82, shade(colour, -depth * 0.8)),
            (1, shade(colour, -depth * 0.5)),
            vector=vector,
        )

    def pattern(self, width: float, height: float, content: str, transform: str = "") -> str:
        """A repeated tile, for weaves, knits and grilles."""
        size = f'width="{width:g}" height="{height:g}" patternUnits="userSpaceOnUse"'
        turned = f' patternTransform="{transform}"' if transform else ""
        return self._define("pattern", size + turned, content)

    # Shapes -----------------------------------------------------------------------------------------------

    def add(self, markup: str) -> None:
        """Append ready markup."""
        self._shapes.append(markup)

    def _shape(self, tag: str, own: str, paint: dict[str, str | float]) -> None:
        rest = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in paint.items())
        self._shapes.append(f"<{tag} {own}{rest}/>")

    def path(self, d: str, fill: str, **paint: str | float) -> None:
        """A filled outline."""
        self._shape("path", f'd="{d}" fill="{fill}"', paint)

    def rect(
        self, x: float, y: float, width: float, height: float, radius: float, fill: str, **paint: str | float
    ) -> None:
        """A filled rectangle with rounded corners."""
        box = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{fill}"'
        self._shape("rect", box, paint)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: str, **paint: str | float) -> None:
        """A filled ellipse."""
        self._shape("ellipse", f'cx="{cx:g}" cy="{cy:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"', paint)

    def circle(self, cx: float, cy: float, radius: float, fill: str, **paint: str | float) -> None:
        """A filled circle."""
        self._shape("circle", f'cx="{cx:g}" cy="{cy:g}" r="{radius:g}" fill="{fill}"', paint)

    def stroke(self, d: str, colour: str, width: float, **paint: str | float) -> None:
        """A line with round ends and corners."""
        ends: dict[str, str | float] = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        own = f'd="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        self._shape("path", own, ends | paint)

    def stitches(self, d: str, colour: str, width: float = 3, dash: str = "9 7", opacity: float = 0.6) -> None:
        """A seam sewn along the path."""
        self.stroke(d, colour, width, stroke_dasharray=dash, stroke_linecap="butt", opacity=opacity)

    # Light and shadow -------------------------------------------------------------------------------------

    def soft_stroke(self, d: str, colour: str, width: float, opacity: float, steps: int = 8) -> None:
        """A line that fades out to both sides: thin layers on top of each other instead of a blur."""
        each = 1 - (1 - opacity) ** (1 / steps)
        for step in range(steps, 0, -1):
            self.stroke(d, colour, width * step / steps, opacity=f"{each:.4f}")

    def glow(self, cx: float, cy: float, rx: float, ry: float, colour: str, opacity: float, angle: float = 0) -> None:
        """A soft spot of light or shade."""
        paint = self.radial(
            (0, colour, opacity), (0.4, colour, opacity * 0.62), (0.72, colour, opacity * 0.2), (1, colour, 0)
        )
        turned: dict[str, str | float] = {"transform": f"rotate({angle:g} {cx:g} {cy:g})"} if angle else {}
        self.ellipse(cx, cy, rx, ry, paint, **turned)

    @property
    def shadow_colour(self) -> str:
        """Shadows keep a trace of the background's hue; grey ones look pasted on."""
        return shade(self.tint, -0.62, 0.55)

    def contact_shadow(self, cx: float, cy: float, half_width: float, strength: float = 1.0) -> None:
        """A wide pale shadow, pushed away from the light, and a narrow dark one where the thing stands."""
        colour = self.shadow_colour
        self.glow(cx + half_width * 0.06, cy + 8, half_width * 1.32, 74, colour, 0.40 * strength)
        self.glow(cx + 4, cy, half_width * 1.03, 22, colour, 0.62 * strength)

    def cast_shadow(self, d: str, drop: float = 30, spread: float = 80, strength: float = 0.34) -> None:
        """The shadow of a thing hung on, or lying on, the backdrop: its outline, fading outwards."""
        colour = self.shadow_colour
        for dx, dy, reach, opacity in (
            (drop * 0.5, drop, spread, strength),
            (drop * 0.15, drop * 0.3, spread * 0.3, strength),
        ):
            steps = 14
            each = 1 - (1 - opacity) ** (1 / steps)
            self.add(f'<g transform="translate({dx:g} {dy:g})" stroke-linejoin="round">')
            for step in range(steps, 0, -1):
                # The layers crowd towards the outline, so that the far edge trails off.
                width = f"{reach * (step / steps) ** 1.7:.1f}"
                self.path(d, colour, stroke=colour, stroke_width=width, opacity=f"{each:.4f}")
            self.add("</g>")

    # Structure --------------------------------------------------------------------------------------------

    @contextmanager
    def clip(self, d: str) -> Iterator[None]:
        """Everything drawn inside is cut to the outline."""
        name = self._define("clipPath", "", f'<path d="{d}"/>')
        self.add(f'<g clip-path="{name}">')
        yield
        self.add("</g>")

    @contextmanager
    def group(self, transform: str) -> Iterator[None]:
        """Everything drawn inside is moved together."""
        self.add(f'<g transform="{transform}">')
        yield
        self.add("</g>")

    def backdrop(self) -> str:
        """A pale tint, brightest at the upper left, over a lighter floor."""
        wall = self.radial(
            (0, shade(self.tint, 0.05)),
            (0.55, self.tint),
            (1, shade(self.tint, -0.075)),
            centre=(0.4, 0.32),
            radius=0.88,
        )
        floor = self.radial((0, "#ffffff", 0.62), (0.5, "#ffffff", 0.3), (1, "#ffffff", 0))
        return (
            f'<g id="backdrop"><rect width="{self.width}" height="{self.height}" fill="{wall}"/>'
            f'<ellipse cx="{self.width / 2:g}" cy="{self.height * 0.86:g}" rx="{self.width * 0.78:g}" '
            f'ry="{self.height * 0.27:g}" fill="{floor}"/></g>'
        )

    def place(self, drawing: str, x: float, y: float, size: float, turn: float = 0) -> None:
        """Set a finished square drawing, without its backdrop, into this one."""
        cutout = BACKDROP.sub("", drawing)
        data = base64.b64encode(cutout.encode()).decode()
        turned = f' transform="rotate({turn:g} {x + size / 2:g} {y + size / 2:g})"' if turn else ""
        self.add(
            f'<image x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}"{turned} '
            f'href="data:image/svg+xml;base64,{data}"/>'
        )

    def svg(self) -> str:
        """The finished document."""
        ground = self.backdrop()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}"><defs>{"".join(self._definitions)}</defs>'
            f"{ground}{''.join(self._shapes)}</svg>"
        )
