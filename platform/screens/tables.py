"""A table as a value. A list makes one from its declaration; a page may make one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.inline import Tone


@dataclass(frozen=True)
class Heading:
    """``sort`` is the link that orders by it, ``direction`` is set on the one that orders now."""

    word: str
    numeric: bool = False
    sort: str = ""
    direction: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """``sub`` is a second, smaller line.

    On a narrow screen a row becomes a block: ``label`` stands before the value there, a ``wide`` cell
    takes the whole line, and one that may be ``skip``-ped is left out.
    """

    value: str
    sub: str = ""
    numeric: bool = False
    label: str = ""
    wide: bool = False
    skip: bool = False
    nowrap: bool = False

    @property
    def css(self) -> str:
        kinds = {"num": self.numeric, "wide": self.wide, "skip": self.skip, "zp-nowrap": self.nowrap}
        return " ".join(["utrecht-table__cell", *(kind for kind, has in kinds.items() if has)])


@dataclass(frozen=True)
class Choice:
    """The selection box of a row, named after it."""

    value: str
    name: str
    checked: bool = False


@dataclass(frozen=True)
class Row:
    """Its first cell is its heading. ``tone`` BAD draws the red line before it, MUTED is for what is gone."""

    cells: Sequence[Cell]
    tone: Tone = Tone.PLAIN
    choice: Choice | None = None

    @property
    def css(self) -> str:
        if self.choice and self.choice.checked:
            return "chosen"
        return {Tone.BAD: "bad", Tone.MUTED: "gone"}.get(self.tone, "")


@dataclass(frozen=True)
class RowGroup:
    word: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Table:
    """``fold`` turns rows into blocks on a narrow screen; ``scroll`` keeps the grid and lets it scroll.

    The caption is for who cannot see where the table stands, unless it is ``shown``. ``foot`` holds sums.
    """

    caption: str
    headings: Sequence[Heading]
    rows: Sequence[Row] = ()
    groups: Sequence[RowGroup] = ()
    foot: Sequence[Row] = ()
    fold: bool = True
    scroll: bool = False
    shown: bool = False
    described_by: str = ""
    selectable: bool = False
    diff: bool = False

    @property
    def bodies(self) -> Sequence[RowGroup]:
        return self.groups or [RowGroup("", self.rows)]

    @property
    def width(self) -> int:
        return len(self.headings) + self.selectable

    @property
    def foot_span(self) -> int:
        """How many columns the word of a sum takes: all but those that its figures need."""
        return self.width - 1
