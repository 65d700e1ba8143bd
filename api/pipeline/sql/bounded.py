"""Answers of a bounded size, measured by PostgreSQL while it writes them.

Each list of documents keeps a running total of their bytes, and the statement ends as soon as one is too
large: no larger list is ever built, and one that is not costs an addition for each row. An object with
several such lists is measured as a whole once it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation

MOST_BYTES = 32 * 1024 * 1024
"""Of one answer; all of 300 zaaktypen with ten relations is 21.6 MB."""

_SIGN = "answer too large"
# a text that is no boolean ends the statement; of a constant PostgreSQL would find that out beforehand
_WITHIN = f"CASE WHEN b.total > {MOST_BYTES} THEN ('{_SIGN}: ' || b.total)::boolean ELSE true END"
_TOTAL = "sum(octet_length(x.e::text)) OVER (ROWS UNBOUNDED PRECEDING)"


def bounded(rows: str) -> str:
    """The rows of a query of one column, in its order, until they are too large together."""
    return f"SELECT b.e FROM (SELECT x.e, {_TOTAL} AS total FROM ({rows}) AS x(e)) AS b WHERE {_WITHIN}"  # noqa: S608 - our own text


@contextmanager
def in_bounds() -> Iterator[None]:
    """Refuse (400) what turns out to be too large, with what to do about it."""
    try:
        yield
    except DataError as error:
        if _SIGN not in str(error):
            raise
        raise too_large() from error


def too_large() -> Invalid:
    """The refusal of an answer beyond the limit."""
    reason = (
        f"Het antwoord zou groter worden dan {MOST_BYTES // 1024 // 1024} MB: vraag een kleinere pageSize, "
        "of klap minder relaties uit."
    )
    return Invalid([Violation("expand", "answer-too-large", reason)])
