from __future__ import annotations

import re

import pytest
from django.template import Context, Template

from screens.charts.bars import BarChart
from screens.charts.chart import Chart, Limit, Point
from screens.charts.fleet import COLUMNS, Fleet, Square
from screens.charts.line import LineChart
from screens.charts.spark import spark


def chart(kind: type[Chart], values: list[float | None], limit: Limit | None = None) -> Chart:
    points = [Point(f"maand {place}", value, tick=str(place)) for place, value in enumerate(values)]
    return kind("c", "Aanroepen", "Gelijk.", "Diagram", points, ("Maand", "Aantal"), limit)


def rendered(shown: Chart) -> str:
    return Template("{% load screens %}{% chart shown %}").render(Context({"shown": shown}))


def test_the_highest_bar_fills_the_plot_and_none_is_zero_high() -> None:
    heights = re.findall(r'<rect[^>]* height="([\d.]+)"', chart(BarChart, [0, 50, 100]).drawing)

    assert heights == ["0.0", "60.0", "120.0"]


def test_a_limit_above_the_bars_sets_the_scale() -> None:
    drawing = chart(BarChart, [50], Limit(100, "limiet 100")).drawing

    assert 'height="60.0"' in drawing
    assert "limiet 100" in drawing


@pytest.mark.parametrize("kind", [BarChart, LineChart])
def test_what_was_not_measured_is_a_gap_in_words(kind: type[Chart]) -> None:
    shown = chart(kind, [5, None, 7])

    assert "geen meting" in shown.drawing
    assert "geen meting" in rendered(shown).split("<details")[1]


@pytest.mark.parametrize("kind", [BarChart, LineChart])
@pytest.mark.parametrize("values", [[], [None], [0], [0, 0], [7], [7, 7], [0.001, 0.002], [1e9, 2e9]])
def test_any_numbers_can_be_drawn(kind: type[Chart], values: list[float | None]) -> None:
    assert "nan" not in rendered(chart(kind, values))


def test_a_line_is_broken_where_nothing_was_measured() -> None:
    assert chart(LineChart, [5, 6, None, None, 7, 8]).drawing.count("<polyline") == 2


def test_levels_are_round_numbers() -> None:
    words = re.findall(
        r'text-anchor="end">(1\.[\d]+)<', chart(LineChart, [1522, 1812], Limit(2000, "l")).drawing
    )

    assert words == ["1.400", "1.600", "1.800"]


def test_a_value_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below"):
        chart(BarChart, [-1])


def test_a_chart_has_a_sentence_a_description_and_the_numbers() -> None:
    page = rendered(chart(BarChart, [1204]))

    assert "Gelijk." in page
    assert '<title id="c-t">Diagram</title>' in page
    assert '<td class="utrecht-table__cell num">1.204</td>' in page


def test_words_in_a_chart_are_escaped() -> None:
    assert "<script>" not in rendered(chart(BarChart, [1], Limit(2, "<script>")))


def test_a_spark_needs_two_values() -> None:
    assert spark([3]) == ""
    assert spark([3, 3]).count(",") == 2


def test_a_fleet_wraps_its_squares_and_counts_in_words() -> None:
    fleet = Fleet("Kaart", "58 gemeenten", [Square.DONE] * (COLUMNS + 1), [(Square.DONE, "58 klaar")])

    assert fleet.view_box == "0 0 684 24"
    assert fleet.drawing.count("<rect") == 58
