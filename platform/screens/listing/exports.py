"""A list as a file. What a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from screens.policy import protect

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767  # a spreadsheet's own limit

Value = str | int | float | Decimal | datetime | None


def export(name: str, kind: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A whole answer, not a stream: that would be read after the municipality was left."""
    write = {CSV: as_csv, XLSX: as_xlsx}[kind]
    content = write(
        [str(heading) for heading in headings], ([harmless(value) for value in row] for row in rows)
    )
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return protect(response)


def harmless(value: object) -> Value:
    """Numbers, days and moments as they are, anything else as a text that no program executes."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[: LONGEST_CELL - 1]
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """With semicolons and a mark of its encoding: so Dutch spreadsheets open it by a double click."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    writer.writerows([written(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def written(value: Value) -> Value:
    """A comma before decimals, as the reader of a Dutch file expects."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value).replace(".", ",") if isinstance(value, float | Decimal) else value


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
