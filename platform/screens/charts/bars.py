from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from screens.charts.chart import BASE, PLOT, Chart, Point, px

BAR_PART = 0.62  # of the room that a point has
INSIDE_FROM = 20  # a bar that is lower has its number above it
INSIDE_WIDTH = 17


class BarChart(Chart):
    """One bar a point, its number on it; at most some 24 of them."""

    @property
    def drawing(self) -> SafeString:
        axis = format_html('<line class="axis" x1="0" y1="{0}" x2="{1}" y2="{0}"/>', BASE, self.width)
        bars = format_html_join("", "{}", ((self.bar(i, point),) for i, point in enumerate(self.points)))
        return format_html("{}{}{}", axis, bars, self.limit_line())

    @property
    def highest(self) -> float:
        return max([*self.values, self.limit.value if self.limit else 0]) or 1

    def height(self, value: float) -> float:
        return value / self.highest * PLOT

    def bar(self, place: int, point: Point) -> SafeString:
        room = self.width / len(self.points)
        middle = room * (place + 0.5)
        tick = format_html(
            '<text x="{}" y="{}" text-anchor="middle">{}</text>', px(middle), BASE + 16, point.tick
        )
        if point.value is None:
            return format_html("{}{}", tick, no_measurement(middle))
        return format_html("{}{}", tick, self.column(point, point.value, middle, room * BAR_PART))

    def column(self, point: Point, value: float, middle: float, width: float) -> SafeString:
        height = self.height(value)
        inside = height >= INSIDE_FROM and width >= INSIDE_WIDTH
        return format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>'
            '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
            "part" if point.running else "bar",
            px(middle - width / 2),
            px(BASE - height),
            px(width),
            px(height),
            "in" if inside and not point.running else "val",
            px(middle),
            px(BASE - height + (14 if inside else -4)),
            self.form(value),
        )

    def limit_line(self) -> SafeString:
        if not self.limit:
            return SafeString("")
        y = BASE - self.height(self.limit.value)
        return format_html(
            '<line class="limit" x1="0" x2="{}" y1="{}" y2="{}"/>'
            '<text class="limit-t" x="0" y="{}">{}</text>',
            self.width,
            px(y),
            px(y),
            px(y - 5),
            self.limit.words,
        )


def no_measurement(middle: float) -> SafeString:
    return format_html(
        '<text x="{0}" y="{1}" transform="rotate(-90 {0} {1})" dy="4">{2}</text>',
        px(middle),
        BASE - 6,
        gettext("geen meting"),
    )
