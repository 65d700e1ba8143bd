"""What a rule says when something is not right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One entry of ``invalidParams``: the field as the client wrote it, the code, the reason."""

    name: str
    code: str
    reason: str


OBJECT = "nonFieldErrors"
"""The name of a violation that belongs to no single field."""
