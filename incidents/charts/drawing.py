"""What a drawing is made of, and how it is written as SVG.

On a page the looks are classes, so that themes, print and forced colours decide; in a file they
are attributes, so that it looks the same wherever it is opened. Neither holds a style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

Anchor = Literal["start", "middle", "end"]
FONT: Final = "system-ui, Segoe UI, Noto Sans, DejaVu Sans, sans-serif"
# About how wide a letter is, as a share of the size of its font.
_LETTER: Final = 0.56
PAINT: Final[dict[str, str]] = {
    "bar": 'fill="#2b6a84"',
    "band": 'fill="#a9c8d5"',
    "other bar": 'fill="#b4551d"',
    "other band": 'fill="#eac3a8"',
    "heat-0": 'fill="#f1f0eb"',
    "heat-1": 'fill="#d5e5ec"',
    "heat-2": 'fill="#a9c8d5"',
    "heat-3": 'fill="#6ea3b9"',
    "heat-4": 'fill="#3b7b96"',
    "heat-5": 'fill="#1d4a5c"',
    "none": 'fill="#f1f0eb" stroke="#76838a"',
    "grid": 'stroke="#d9dcdc" fill="none"',
    "axis": 'stroke="#76838a" fill="none"',
    "range": 'stroke="#2b6a84" stroke-width="6" stroke-linecap="round" fill="none"',
    "dot": 'fill="#1c2529" stroke="#ffffff"',
    "land": 'fill="#e4e3dc" stroke="#ffffff" stroke-width="0.6"',
    "point": 'fill="#b45309" fill-opacity="0.55" stroke="#7c3a06"',
    "area": 'fill="#b45309" fill-opacity="0.14" stroke="#b45309" stroke-dasharray="3 2"',
    "sea": 'fill="#fbfaf7"',
    "plate": 'fill="#ffffff" stroke="#d9dcdc"',
    "heat-1 country": 'fill="#d5e5ec" stroke="#ffffff" stroke-width="0.6"',
    "heat-2 country": 'fill="#a9c8d5" stroke="#ffffff" stroke-width="0.6"',
    "heat-3 country": 'fill="#6ea3b9" stroke="#ffffff" stroke-width="0.6"',
    "heat-4 country": 'fill="#3b7b96" stroke="#ffffff" stroke-width="0.6"',
    "heat-5 country": 'fill="#1d4a5c" stroke="#ffffff" stroke-width="0.6"',
    "heat-0 country": 'fill="#e4e3dc" stroke="#ffffff" stroke-width="0.6"',
    "label": 'fill="#1c2529"',
    "quiet": 'fill="#55626a"',
    "on-dark": 'fill="#ffffff"',
    "bracket": 'stroke="#8a5300" fill="none"',
    "doubt": 'fill="#8a5300"',
    "hit": 'fill="none" pointer-events="all"',
}


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    look: str

    def svg(self, paint: Callable[[str], str]) -> str:
        """Return it as SVG."""
        return (
            f'<rect x="{_n(self.x)}" y="{_n(self.y)}" width="{_n(self.width)}" '
            f'height="{_n(self.height)}"{paint(self.look)}/>'
        )


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle."""

    x: float
    y: float
    radius: float
    look: str

    def svg(self, paint: Callable[[str], str]) -> str:
        """Return it as SVG."""
        return (
            f'<circle cx="{_n(self.x)}" cy="{_n(self.y)}" r="{_n(self.radius)}"{paint(self.look)}/>'
        )


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an outline."""

    d: str
    look: str

    def svg(self, paint: Callable[[str], str]) -> str:
        """Return it as SVG."""
        return f'<path d="{self.d}"{paint(self.look)}/>'


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `turned` ones run upwards."""

    x: float
    y: float
    text: str
    look: str = "label"
    anchor: Anchor = "start"
    size: float = 12
    turned: bool = False

    def svg(self, paint: Callable[[str], str]) -> str:
        """Return it as SVG."""
        turn = f' transform="rotate(-60 {_n(self.x)} {_n(self.y)})"' if self.turned else ""
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        return (
            f'<text x="{_n(self.x)}" y="{_n(self.y)}" font-size="{_n(self.size)}"{anchor}{turn}'
            f"{paint(self.look)}>{escape(self.text)}</text>"
        )


Shape = Rect | Circle | Path | Text


@dataclass(frozen=True, slots=True)
class Mark:
    """Shapes that stand for incidents: what they say, and the query that asks for these.

    `query` is None where no question lists just these.
    """

    says: str
    query: str | None
    shapes: tuple[Shape, ...]
    key: str = ""


@dataclass(slots=True)
class Drawing:
    """A picture of so many units by so many."""

    width: float
    height: float
    parts: list[Shape | Mark] = field(default_factory=list)

    def add(self, *parts: Shape | Mark) -> None:
        """Put parts on top of what is there."""
        self.parts.extend(parts)

    def on_page(self, address: Callable[[str], str]) -> str:
        """Return the inside of an SVG element of a page; `address` makes a link of a query."""
        return "".join(
            _marked(part, _classed, address) if isinstance(part, Mark) else part.svg(_classed)
            for part in self.parts
        )

    def as_file(self, title: str, lines: Iterable[str]) -> str:
        """Return a whole SVG file with a title above, and lines on where it comes from below."""
        below = [line for text in lines for line in wrapped(text, self.width - 24, 11)]
        above = wrapped(title, self.width - 24, 15)
        top = 14 + 20 * len(above)
        height = top + self.height + 16 * len(below) + 14
        told = [Text(12, 24 + 20 * n, line, size=15) for n, line in enumerate(above)]
        told += [
            Text(12, top + self.height + 16 * (n + 1), line, "quiet", size=11)
            for n, line in enumerate(below)
        ]
        inside = "".join(
            _marked(part, _painted, None) if isinstance(part, Mark) else part.svg(_painted)
            for part in self.parts
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(self.width)}" '
            f'height="{_n(height)}" viewBox="0 0 {_n(self.width)} {_n(height)}" '
            f'font-family="{FONT}"><title>{escape(title)}</title>'
            f'<rect width="100%" height="100%" fill="#ffffff"/>'
            f"{''.join(text.svg(_painted) for text in told)}"
            f'<g transform="translate(0 {top})">{inside}</g></svg>\n'
        )


def fitted(text: str, width: float, size: float = 12) -> str:
    """Return a text cut to about a width."""
    most = max(int(width / (size * _LETTER)), 1)
    return text if len(text) <= most else text[: max(most - 1, 1)].rstrip() + "…"


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return a text as lines of about a width."""
    most = max(int(width / (size * _LETTER)), 8)
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _marked(mark: Mark, paint: Callable[[str], str], address: Callable[[str], str] | None) -> str:
    inside = "".join(shape.svg(paint) for shape in mark.shapes)
    titled = f"<title>{escape(mark.says)}</title>{inside}"
    if address is None:
        return f"<g>{titled}</g>"
    key = f' data-key="{escape(mark.key)}"' if mark.key else ""
    if mark.query is None:
        return f'<g class="mark"{key}>{titled}</g>'
    return (
        f'<a class="mark" href="{escape(address(mark.query))}" '
        f'aria-label="{escape(mark.says)}"{key}>{titled}</a>'
    )


def _classed(look: str) -> str:
    return f' class="c-{look.replace(" ", " c-")}"'


def _painted(look: str) -> str:
    return f" {PAINT[look]}"


def _n(value: float) -> str:
    """Return a number as short as it can be said to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
