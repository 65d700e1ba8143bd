"""Zips as programs that are in use write them, made of our own."""

from __future__ import annotations

import re
from typing import Any

from tests.api.catalogi.exchange.contents import packed, unpacked

NAMES_ALONE = re.compile(r"(Omschrijving(en)?|Identificaties)$")
"""Members with the names of related types, which Open Zaak does not write."""
FOLDER = "catalogus-export"


def files_of(archive: bytes) -> dict[str, Any]:
    """The files of Open Zaak: no manifest, and types related by URL alone."""
    return {
        name: [_without_names(each) for each in objects]
        for name, objects in unpacked(archive).items()
        if isinstance(objects, list)
    }


def zipped(files: dict[str, Any]) -> bytes:
    """In snake case, with a folder around them that stands in the zip itself."""
    return packed({f"{FOLDER}/": b"", **{f"{FOLDER}/{name}": snake(each) for name, each in files.items()}})


def snake(value: Any) -> Any:
    """Keys as Open Zaak's exports have them."""
    if isinstance(value, dict):
        return {re.sub(r"(?<!^)([A-Z])", r"_\1", key).lower(): snake(each) for key, each in value.items()}
    return [snake(each) for each in value] if isinstance(value, list) else value


def _without_names(body: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in body.items()
        if not (isinstance(value, list) and NAMES_ALONE.search(name))
    }
