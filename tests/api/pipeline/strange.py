"""Values that nobody should send, and where in a body or a query one of them can stand.

Every one carries the number of an inhabitant where it can, which must not be found in any log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.isolation.places import Place

MARKER = "999993653"

ANYWHERE: dict[str, Any] = {
    "marker": f"{MARKER} hoort in geen logboek",
    "nul": f"{MARKER}\x00",
    "empty": "",
    "past bigint": 10**30,
    "null": None,
    "list": [[MARKER]],
    "object": {"a": {"b": MARKER}},
}
TIMES: dict[str, Any] = {
    "day that is none": "2026-02-30",
    "day before the first": "0000-12-31",
    "day after the last": "10000-01-01",
    "moment before the first": "0001-01-01T00:00:00+14:00",
    "moment after the last": "9999-12-31T23:59:59-14:00",
    "duration out of range": "P99999999999Y",
    "duration of nothing": "PT",
}
NUMBERS: dict[str, Any] = {
    "negative": -1,
    "past smallint": 40_000,
    "float": 1e308,
    "true": True,
}
TEXTS: dict[str, Any] = {
    "half a pair": f"{MARKER}\ud800",
    "ours": f"zaakplein:/{MARKER}",
    "long": MARKER * 300,
    "blank": " ",
    "digits of another script": "\u0661\u0662",
    "broken url": f"http://[::1/{MARKER}",
    "url without an object": f"http://haarlem.localhost/catalogi/api/v1/zaaktypen/{MARKER}",
    "url of something else": "http://haarlem.localhost/autorisaties/api/v1/applicaties/" + "0" * 8,
    "no web address": f"javascript:{MARKER}",
}
ALL = {**ANYWHERE, **TIMES, **NUMBERS, **TEXTS}

QUERIES = (
    f"{MARKER}",
    "%00",
    "%ff",
    "%ED%A0%80",
    "2026-02-30",
    "0000-01-01",
    "10000-01-01",
    "x" * 300,
    "http://[",
    "http://haarlem.localhost/zaken/api/v1/zaken/x",
    ",",
    "-1",
    "9" * 30,
    "1e400",
    "[]",
)
"""As they stand in a URL."""


def fitting(present: Any) -> dict[str, Any]:
    """The values that are worth a try where there is this one now."""
    if isinstance(present, dict | list):
        return ANYWHERE
    if isinstance(present, bool | int | float):
        return ANYWHERE | NUMBERS
    if present is None:
        return ALL
    return ANYWHERE | (TIMES if _TIME.match(present) else TEXTS)


def places(body: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every member with its value, of every object in it as well; of a list its first item."""
    steps: list[Any] = (
        list(body) if isinstance(body, dict) else [0] if isinstance(body, list) and body else []
    )
    for step in steps:
        yield (*place, step), body[step]
        yield from places(body[step], (*place, step))


_TIME = re.compile(r"\d{4}-\d\d-\d\d|P\d")
