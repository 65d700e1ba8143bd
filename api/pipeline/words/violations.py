"""What a rule says when something is not right."""

from __future__ import annotations

from dataclasses import dataclass

from api.clients.scopes import ScopeExpression


@dataclass(frozen=True, slots=True)
class Violation:
    """One entry of ``invalidParams``: the field as the client wrote it, the code, the reason."""

    name: str
    code: str
    reason: str
    scope: ScopeExpression | None = None
    """With which the caller might all the same."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a guard finds missing: the scope with which the caller might, and the reason in words."""

    scope: ScopeExpression
    reason: str


OBJECT = "nonFieldErrors"
"""The name of a violation that belongs to no single field."""
