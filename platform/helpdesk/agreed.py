"""What is agreed for a report, and what its priority is by that."""

from __future__ import annotations

from contracts.defaults import MATRIX
from contracts.models import ServiceLevelVersion


def priority_of(version: ServiceLevelVersion | None, impact: str, urgency: str) -> str:
    """By the matrix of the level; without a contract by the one that every level begins with."""
    matrix = MATRIX if version is None else version.matrix
    return str(matrix[impact][urgency])
