"""Scopes and the expressions in which operations ask for them.

``ZAKEN_BIJWERKEN | ZAKEN_GEFORCEERD_BIJWERKEN`` is satisfied by either label; ``A & B`` by both.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


class ScopeExpression(ABC):
    """What an operation asks of the caller."""

    @abstractmethod
    def satisfied_by(self, labels: AbstractSet[str]) -> bool:
        """Whether holding these scope labels is enough."""

    @abstractmethod
    def labels(self) -> frozenset[str]:
        """Every label that occurs in the expression."""

    @abstractmethod
    def alternatives(self) -> list[list[str]]:
        """The sets of labels of which one suffices, as an OAS ``security`` lists them."""

    def __or__(self, other: ScopeExpression) -> ScopeExpression:
        return AnyOf((self, other))

    def __and__(self, other: ScopeExpression) -> ScopeExpression:
        return AllOf((self, other))


@dataclass(frozen=True, slots=True)
class Scope(ScopeExpression):
    """One label, as it stands in an autorisatie."""

    label: str

    def satisfied_by(self, labels: AbstractSet[str]) -> bool:
        return self.label in labels

    def labels(self) -> frozenset[str]:
        return frozenset((self.label,))

    def alternatives(self) -> list[list[str]]:
        return [[self.label]]


@dataclass(frozen=True, slots=True)
class AnyOf(ScopeExpression):
    """Satisfied by one of its parts."""

    parts: tuple[ScopeExpression, ...]

    def satisfied_by(self, labels: AbstractSet[str]) -> bool:
        return any(part.satisfied_by(labels) for part in self.parts)

    def labels(self) -> frozenset[str]:
        return _union(part.labels() for part in self.parts)

    def alternatives(self) -> list[list[str]]:
        return [labels for part in self.parts for labels in part.alternatives()]


@dataclass(frozen=True, slots=True)
class AllOf(ScopeExpression):
    """Satisfied by all of its parts together."""

    parts: tuple[ScopeExpression, ...]

    def satisfied_by(self, labels: AbstractSet[str]) -> bool:
        return all(part.satisfied_by(labels) for part in self.parts)

    def labels(self) -> frozenset[str]:
        return _union(part.labels() for part in self.parts)

    def alternatives(self) -> list[list[str]]:
        combined: list[list[str]] = [[]]
        for part in self.parts:
            combined = [left + right for left in combined for right in part.alternatives()]
        return combined


NO_SCOPE = AllOf(())
"""What an operation asks that is open to everybody."""


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
