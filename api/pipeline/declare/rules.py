"""Guards, rules and effects: the three forms in which a rule of the standard stands in the code.

* a *guard* answers whether the caller may: what is lacking (403), or ``None``;
* a *rule* answers whether it is right: the violations (400), all of them;
* an *effect* does what follows, in the same transaction.

A few rules are no step of a write but a form of the declaration itself; those are a *shape*.

Each is a plain function of a :class:`~api.pipeline.declare.write.Write`, marked with the number of the
standard that it carries; ``manage.py rule zrc-007`` finds them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Lacking, Violation

Guard = Callable[[Write], Lacking | None]
Rule = Callable[[Write], Iterable[Violation]]
Effect = Callable[[Write], None]


@dataclass(frozen=True, slots=True)
class Registered:
    """A function that carries a number of the standard."""

    number: str
    kind: str
    function: Callable[..., Any]
    of_state: bool = False
    """Whether it answers from what is there already, whatever the body says."""


_registered: dict[str, list[Registered]] = defaultdict(list)


def registered() -> dict[str, list[Registered]]:
    """Every marked function, by number."""
    return dict(_registered)


def number_of(function: Callable[..., Any]) -> str:
    """The number that a function carries; empty where the standard has none for it."""
    return next((each.number for each in _all() if each.function is function), "")


def is_of_state(function: Callable[..., Any]) -> bool:
    """Whether a rule can be asked before there is a body."""
    return any(each.of_state for each in _all() if each.function is function)


def guard(number: str) -> Callable[[Guard], Guard]:
    """Mark a function as the guard of a numbered rule."""
    return _mark(number, "guard")


def rule(number: str, *, of_state: bool = False) -> Callable[[Rule], Rule]:
    """Mark a function as a rule with a number of the standard."""
    return _mark(number, "rule", of_state=of_state)


def effect(number: str) -> Callable[[Effect], Effect]:
    """Mark a function as the effect of a numbered rule."""
    return _mark(number, "effect")


def shape(number: str) -> Callable[[Any], Any]:
    """Mark a function that makes a part of a declaration (rights, a group) which carries a rule."""
    return _mark(number, "shape")


def _all() -> Iterator[Registered]:
    return (each for every in _registered.values() for each in every)


def _mark(number: str, kind: str, *, of_state: bool = False) -> Callable[[Any], Any]:
    def mark(function: Any) -> Any:
        _registered[number].append(Registered(number, kind, function, of_state))
        return function

    return mark
