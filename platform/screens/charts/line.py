from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from screens.charts.chart import BASE, PLOT, Chart, px

LEFT = 44  # for the words of the levels
LEVELS = 3
NICE = (1, 2, 2.5, 5, 10)


class LineChart(Chart):
    """A line over time; where nothing was measured it is broken and says so. It need not start at zero."""

    @property
    def drawing(self) -> SafeString:
        parts = [*self.levels(), *self.lines(), *self.gaps(), *self.ticks(), self.limit_line()]
        return format_html_join("", "{}", ((part,) for part in parts))

    @property
    def step(self) -> float:
        """A round number: of such steps three or a few more span the values."""
        values = [*self.values, *([self.limit.value] if self.limit else [])] or [0]
        rough = (max(values) - min(values)) / LEVELS or 1
        unit = 10 ** math.floor(math.log10(rough))
        return float(next(nice * unit for nice in NICE if nice * unit >= rough))

    @property
    def lowest(self) -> float:
        return math.floor(min(self.values, default=0) / self.step) * self.step

    @property
    def highest(self) -> float:
        top = max([*self.values, self.limit.value if self.limit else 0, self.lowest + self.step])
        return math.ceil(top / self.step) * self.step

    def x(self, place: float) -> float:
        return LEFT + place * (self.width - LEFT - 4) / max(len(self.points) - 1, 1)

    def y(self, value: float) -> float:
        return BASE - (value - self.lowest) / (self.highest - self.lowest) * PLOT

    def levels(self) -> Iterator[SafeString]:
        for place in range(round((self.highest - self.lowest) / self.step)):
            level = self.lowest + place * self.step
            yield format_html(
                '<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}" opacity=".6"/>'
                '<text x="{}" y="{}" text-anchor="end">{}</text>',
                LEFT,
                self.width,
                px(self.y(level)),
                px(self.y(level)),
                LEFT - 6,
                px(self.y(level) + 4),
                self.form(level),
            )

    def runs(self) -> Iterator[tuple[bool, list[int]]]:
        """Places of consecutive points, measured or not."""
        for missing, places in groupby(
            range(len(self.points)), key=lambda place: self.points[place].value is None
        ):
            yield missing, list(places)

    def lines(self) -> Iterator[SafeString]:
        for missing, places in self.runs():
            if not missing:
                yield format_html('<polyline class="path" points="{}"/>', self.path(places))

    def path(self, places: list[int]) -> str:
        """A run of one point is drawn as a dash, since a line of one point is nothing."""
        spots = [(self.x(place), self.y(self.points[place].value or 0)) for place in places]
        if len(spots) == 1:
            (x, y) = spots[0]
            spots = [(x - 2, y), (x + 2, y)]
        return " ".join(f"{px(x)},{px(y)}" for x, y in spots)

    def gaps(self) -> Iterator[SafeString]:
        for missing, places in self.runs():
            if missing:
                middle = self.x((places[0] + places[-1]) / 2)
                yield self.words(middle, BASE - 8, gettext("geen meting"))

    def ticks(self) -> Iterator[SafeString]:
        for place, point in enumerate(self.points):
            if point.tick:
                yield self.words(self.x(place), BASE + 16, point.tick)

    def words(self, x: float, y: float, words: str) -> SafeString:
        """Near the right edge they end where they would otherwise be cut."""
        anchor = "end" if x > self.width - 24 else "middle"
        return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', px(x), y, anchor, words)

    def limit_line(self) -> SafeString:
        if not self.limit:
            return SafeString("")
        y = self.y(self.limit.value)
        return format_html(
            '<line class="limit" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text class="limit-t" x="{}" y="{}" text-anchor="end">{}</text>',
            LEFT,
            self.width,
            px(y),
            px(y),
            self.width,
            px(y - 5),
            self.limit.words,
        )
