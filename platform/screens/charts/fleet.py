"""A whole fleet at a glance: one square each, shape and colour by state, with a key that counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

COLUMNS = 57
PITCH = 12


class Square(StrEnum):
    DONE = "d"
    READY = "r"
    WAITING = "w"
    FAILED = "x"


@dataclass(frozen=True)
class Fleet:
    """``description`` says what the squares show; ``key`` gives each state its words, count included."""

    name: str
    description: str
    squares: Sequence[Square]
    key: Sequence[tuple[Square, str]]

    @property
    def drawing(self) -> SafeString:
        places = ((place % COLUMNS * PITCH, place // COLUMNS * PITCH) for place in range(len(self.squares)))
        drawn = ((square_at(square, x, y),) for square, (x, y) in zip(self.squares, places, strict=True))
        return format_html_join("", "{}", drawn)

    @property
    def view_box(self) -> str:
        rows = -(-len(self.squares) // COLUMNS)
        return f"0 0 {COLUMNS * PITCH} {rows * PITCH}"

    @property
    def legend(self) -> list[tuple[SafeString, str]]:
        return [(square_at(square, 0, 0), words) for square, words in self.key]


def square_at(square: Square, x: int, y: int) -> SafeString:
    """An outline lies half a pixel further in, so that all squares look equally large."""
    inset, side = (1.5, 9) if square in {Square.READY, Square.WAITING} else (1, 10)
    drawn = format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
        square.value,
        x + inset,
        y + inset,
        side,
        side,
    )
    if square is not Square.FAILED:
        return drawn
    return format_html('{}<path class="xx" d="m{} {} 5 5m0-5-5 5"/>', drawn, x + 3.5, y + 3.5)
