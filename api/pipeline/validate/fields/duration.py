"""Calendar durations of ISO 8601: a month is a month, not thirty days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

NUMBER = r"\d{1,6}"
DURATION = re.compile(
    rf"P(?=[\dT])(?:{NUMBER}W|(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}D)?"
    rf"(?:T(?=\d)(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}(?:\.\d{{1,6}})?S)?)?)",
    re.ASCII,
)
NUMBERED = re.compile(r"(\d+)([YMWDH])", re.ASCII)


def is_duration(value: str) -> bool:
    """Whether this is a duration such as ``P1Y2M``, ``P30D``, ``P6W`` or ``PT4H``.

    Not negative and each number at most six digits, which every interval can hold.
    """
    return DURATION.fullmatch(value) is not None


def is_no_time(value: str | None) -> bool:
    """Whether this is a duration of nothing: ``P0D``, or ``PT0S`` as PostgreSQL gives it back."""
    return value is not None and not re.search("[1-9]", value)


def day_after(begin: date, duration: str) -> date:
    """The day to which a duration leads: the 31st of January and a month is the last of February.

    Raises ``OverflowError`` where there is no date so late.
    """
    calendar, _, clock = duration.partition("T")
    given = {unit: int(number) for number, unit in NUMBERED.findall(calendar)}
    hours = {unit: int(number) for number, unit in NUMBERED.findall(clock)}
    months = begin.month - 1 + given.get("M", 0) + 12 * given.get("Y", 0)
    year, month = begin.year + months // 12, months % 12 + 1
    if year > MAXYEAR:
        raise OverflowError(duration)
    day = min(begin.day, monthrange(year, month)[1])
    rest = timedelta(
        weeks=given.get("W", 0), days=given.get("D", 0), hours=hours.get("H", 0), minutes=hours.get("M", 0)
    )
    return date(year, month, day) + rest


class DurationField(models.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """Column type ``interval``; the Python value is ISO 8601 text as PostgreSQL normalises it.

    ``P14M`` comes back as ``P1Y2M`` and ``P2W`` as ``P14D``. The text depends on the option
    ``intervalstyle=iso_8601``, which the settings give to every connection: PostgreSQL has no
    function that writes ISO 8601 in another style. Without it reading raises ``ValueError``.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "interval"

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> tuple[str, Any]:
        # psycopg2 would make a timedelta, which has no months; a subquery keeps the interval.
        return (sql, params) if compiler.query.subquery else (f"({sql})::text", params)

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> str | None:
        if value is not None and not value.startswith("P"):
            raise ValueError(f"interval {value!r} was not written with intervalstyle=iso_8601")
        return value
