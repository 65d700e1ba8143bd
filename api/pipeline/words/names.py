"""Between the names on the wire and the names of attributes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

_UPPER = re.compile(r"(?<!^)([A-Z])")


def attribute_of(wire_name: str) -> str:
    """``einddatumGepland`` -> ``einddatum_gepland``."""
    return _UPPER.sub(lambda match: "_" + match[1].lower(), wire_name)


def plain(wire_name: str) -> str:
    """What is left of a name without case and underscores: ``omschrijvinggeneriek``."""
    return wire_name.replace("_", "").lower()


def spelled_as(known: Collection[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, by the known names: those that differ in case and underscores alone are read as these.

    A name that stands there exactly counts, and another spelling beside it is dropped. What is not known in
    any spelling stays as it is.
    """
    names = _by_plain(frozenset(known))
    told: dict[str, Any] = {}
    for key, value in given.items():
        name = key if key in known else names.get(plain(key), key)
        if name == key or name not in given:
            told[name] = value
    return told


@lru_cache(maxsize=256)
def _by_plain(known: frozenset[str]) -> Mapping[str, str]:
    return {plain(name): name for name in known}
