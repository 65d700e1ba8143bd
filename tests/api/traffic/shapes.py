"""The shapes of requests in ``requests.jsonl``, each with a name."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("requests.jsonl")


@dataclass(frozen=True, slots=True)
class Shape:
    """A request with placeholders, and what was answered to it."""

    name: str
    """``POST catalogi/roltypen 2``: the second of its method and path."""
    method: str
    path: str
    query: list[list[str]]
    body: Any
    status: int
    answer_keys: frozenset[str]

    @property
    def api(self) -> str:
        return self.path.split("/")[1]

    @property
    def collection(self) -> str:
        return self.path.partition("/<uuid>")[0]


@cache
def shapes() -> list[Shape]:
    seen: Counter[str] = Counter()
    with FILE.open(encoding="utf-8") as lines:
        return [_shape(json.loads(line), seen) for line in lines]


def _shape(recorded: dict[str, Any], seen: Counter[str]) -> Shape:
    operation = f"{recorded['method']} {recorded['path'].removeprefix('/').replace('/api/v1', '')}"
    seen[operation] += 1
    return Shape(
        name=f"{operation} {seen[operation]}",
        method=recorded["method"],
        path=recorded["path"],
        query=recorded["query"],
        body=recorded["body"],
        status=recorded["status"],
        answer_keys=frozenset(recorded["answer_keys"] or ()),
    )
