"""What an import did, or would do: a line for each object of the zip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from api.catalogi.exchange.reading import Entry
from api.pipeline.words.violations import OBJECT, Violation


class Outcome(StrEnum):
    """What becomes of an object."""

    NEW = "nieuw"
    EQUAL = "gelijk"
    REPLACED = "vervangen"
    KEPT = "behouden"
    LEFT_OUT = "weggelaten"
    REFUSED = "geweigerd"


@dataclass(slots=True)
class Line:
    """One object: what becomes of it, where it differs from what is here, and why it is refused."""

    entry: Entry
    outcome: Outcome
    differences: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Relations to what is neither in the zip nor here, where those may be left out."""
    violations: list[Violation] = field(default_factory=list)

    def named(self) -> Iterator[Violation]:
        """The violations, each with its place in the zip."""
        for each in self.violations:
            step = "" if each.name == OBJECT else f".{each.name}"
            yield Violation(f"{self.entry.place}{step}", each.code, each.reason)


@dataclass(slots=True)
class Report:
    """Every line, in the order of the import."""

    dry_run: bool
    unknown: Mapping[str, list[str]] = field(default_factory=dict)
    """By the name of the file, the members that mean nothing here."""
    lines: list[Line] = field(default_factory=list)

    @property
    def violations(self) -> list[Violation]:
        return [violation for line in self.lines for violation in line.named()]

    @property
    def changed(self) -> list[str]:
        """What became otherwise than the zip has it, each with its place."""
        return [f"{line.entry.place}: {said}" for line in self.lines for said in line.entry.changed]

    @property
    def is_carried_out(self) -> bool:
        """Whether the municipality holds the contents of the zip now."""
        return not self.dry_run and not self.violations

    def files(self) -> dict[str, list[Line]]:
        """The lines by the name of their file."""
        grouped: dict[str, list[Line]] = {}
        for line in self.lines:
            grouped.setdefault(str(line.entry.file), []).append(line)
        return grouped

    def unknown_in(self, lines: list[Line]) -> list[str]:
        """The members of the file of these lines that mean nothing here, and were not taken over."""
        return self.unknown.get(lines[0].entry.file.name, [])

    def as_json(self, origin: str) -> dict[str, Any]:
        """As a client gets it, with URLs on the host by which it came."""
        return {
            "proef": self.dry_run,
            "uitgevoerd": self.is_carried_out,
            "bestanden": [
                {
                    "bestand": name,
                    **counts(lines),
                    "onbekend": self.unknown_in(lines),
                    "objecten": [_described(line, origin) for line in lines],
                }
                for name, lines in self.files().items()
            ],
        }


def counts(lines: list[Line]) -> dict[str, int]:
    """How many objects met each outcome."""
    counted = Counter(line.outcome for line in lines)
    return {outcome.value: counted[outcome] for outcome in Outcome}


def _described(line: Line, origin: str) -> dict[str, Any]:
    entry = line.entry
    is_here = line.outcome not in (Outcome.REFUSED, Outcome.LEFT_OUT)
    return {
        "plaats": entry.index,
        "naam": entry.title,
        "url": f"{origin}{entry.file.resource.root()}/{entry.pk}" if is_here else None,
        "uitkomst": line.outcome.value,
        "verschillen": line.differences,
        "weggelaten": line.left_out,
        "aangepast": entry.changed,
        "bezwaren": [
            {"name": each.name, "code": each.code, "reason": each.reason} for each in line.violations
        ],
    }


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "proef": {"type": "boolean"},
        "uitgevoerd": {"type": "boolean"},
        "bestanden": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "bestand": _TEXT,
                    **{outcome.value: {"type": "integer"} for outcome in Outcome},
                    "onbekend": _TEXTS,
                    "objecten": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "plaats": {"type": "integer"},
                                "naam": _TEXT,
                                "url": {**_TEXT, "format": "uri", "nullable": True},
                                "uitkomst": {**_TEXT, "enum": [outcome.value for outcome in Outcome]},
                                "verschillen": _TEXTS,
                                "weggelaten": _TEXTS,
                                "aangepast": _TEXTS,
                                "bezwaren": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/FieldValidationError"},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
