from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from screens.formats import number
from screens.tables import Cell, Heading, Row, Table

HEIGHT = 170
BASE = 146  # where zero is, with the words of the axis below it
PLOT = 120  # how high the highest value stands above it
NARROW, WIDE = 340, 480


def px(length: float) -> str:
    """A length in the drawing; a tenth of a pixel is fine enough."""
    return f"{length:.1f}"


@dataclass(frozen=True)
class Point:
    """``word`` names it in the table, ``tick`` under the axis. None is no measurement: a gap, never zero.

    A ``running`` period is not complete yet: it is dashed.
    """

    word: str
    value: float | None
    tick: str = ""
    running: bool = False


@dataclass(frozen=True)
class Limit:
    value: float
    words: str


@dataclass(frozen=True)
class Chart(ABC):
    """``sentence`` says what the numbers say, ``description`` what is drawn; ``csv`` links to the numbers."""

    name: str
    title: str
    sentence: str
    description: str
    points: Sequence[Point]
    headings: tuple[str, str]
    limit: Limit | None = None
    form: Callable[[float], str] = number
    width: int = NARROW
    csv: str = ""

    def __post_init__(self) -> None:
        if any(value < 0 for value in self.values):
            raise ValueError(f"{self.name}: a chart starts at zero, and a value is below it")

    @property
    def values(self) -> list[float]:
        return [point.value for point in self.points if point.value is not None]

    @property
    @abstractmethod
    def drawing(self) -> SafeString:
        """What stands inside the SVG."""

    @property
    def table(self) -> Table:
        return Table(
            caption=self.title,
            headings=[Heading(self.headings[0]), Heading(self.headings[1], numeric=True)],
            rows=[Row([Cell(point.word), Cell(self.shown(point), numeric=True)]) for point in self.points],
            fold=False,
            scroll=True,
        )

    def shown(self, point: Point) -> str:
        return gettext("geen meting") if point.value is None else self.form(point.value)
