from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from screens.listing.exports import CSV, XLSX, Value, export, harmless

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1+1",
    "|cmd",
    "%0A",
    "＝1+1",
    '=HYPERLINK("http://x")',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_would_be_a_formula_stays_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Haarlem", "", 5, -5, 2.5, Decimal("-84.50"), None])
def test_anything_else_stays_as_it_is(value: Value) -> None:
    assert harmless(value) == value


def test_a_moment_is_on_the_clock_of_amsterdam() -> None:
    assert harmless(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == datetime(2027, 1, 1, 0, 30)  # noqa: DTZ001


def test_what_a_sheet_cannot_hold_is_left_out() -> None:
    assert harmless("a\x00b") == "ab"
    assert len(str(harmless("x" * 40_000))) < 32_768


def test_a_csv_opens_in_a_dutch_spreadsheet() -> None:
    response = export("zaken", CSV, ["Naam", "Bedrag"], [["Súdwest; Fryslân", Decimal("2.50")], ["=1+1", 3]])

    assert response.content.decode("utf-8-sig") == 'Naam;Bedrag\r\n"Súdwest; Fryslân";2,50\r\n\'=1+1;3\r\n'
    assert response["Content-Disposition"] == 'attachment; filename="zaken.csv"'


def test_an_xlsx_holds_texts_numbers_and_days_and_no_formula() -> None:
    response = export("zaken", XLSX, ["Naam"], [["=1+1"], [5], [date(2026, 11, 25)]])
    cells = [row[0] for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=2)]  # type: ignore[union-attr]

    assert [cell.data_type for cell in cells] == ["s", "n", "s"]
    assert [cell.value for cell in cells] == ["'=1+1", 5, "2026-11-25"]
