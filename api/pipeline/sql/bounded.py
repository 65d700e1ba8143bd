"""Answers of a bounded size, measured by PostgreSQL while it writes them.

Each list of documents sums their bytes as it grows, and so does what an object expands into; the statement
ends with the part that makes one too large. So nothing that is much larger is ever built, of however many
lists it is made, and what is not costs an addition for each part.

The sum is one of floating point in such a unit that the limit is the largest number there is: PostgreSQL has
no other aggregate that fails in passing. A running total over a window would not do: past ``work_mem`` a
window takes in all of its rows before it gives the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sys import float_info

from django.db import DataError

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from tenants.registry.postgresql.outages import sqlstate_of

MOST_BYTES = 32 * 1024 * 1024
"""Of one answer; all of 300 zaaktypen with ten relations is 21.6 MB."""

MOST_ROWS = MOST_BYTES
"""Of a list: each has a byte. A query with a limit puts its rows in order before it writes them."""

OUT_OF_RANGE = "22003"
_UNIT = float_info.max / (MOST_BYTES + 0.5)


def bounded(gathered: str, nothing: str, part: str) -> str:
    """An aggregate over parts until they are too large together; ``nothing`` where there are none."""
    total = f"sum(octet_length({part}::text) * '{_UNIT!r}'::float8)"
    return f"CASE WHEN {total} IS NULL THEN {nothing} ELSE {gathered} END"


@contextmanager
def in_bounds() -> Iterator[None]:
    """Refuse (400) what turns out to be too large, with what to do about it."""
    try:
        yield
    except DataError as error:
        if sqlstate_of(error) != OUT_OF_RANGE:
            raise
        raise too_large() from error


def too_large() -> Invalid:
    """The refusal of an answer beyond the limit."""
    reason = (
        f"Het antwoord zou groter worden dan {MOST_BYTES // 1024 // 1024} MB: vraag een kleinere pageSize, "
        "of klap minder relaties uit."
    )
    return Invalid([Violation("expand", "answer-too-large", reason)])
