"""A document of JSON's kinds of values as the text of YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

STEP = "  "


def written(document: dict[str, Any]) -> str:
    """One line for each member and item; texts as JSON writes them, which YAML reads alike."""
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _entry(f"{json.dumps(name, ensure_ascii=False)}:", member)
    else:
        for item in value:
            yield from _entry("-", item)


def _entry(mark: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield mark
        yield from (STEP + line for line in _lines(value))
    else:
        yield f"{mark} {json.dumps(value, ensure_ascii=False)}"
