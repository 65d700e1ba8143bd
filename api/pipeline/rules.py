"""Guards, rules and effects: the forms in which a rule of the standard stands in the code.

* a *guard* answers whether the caller may: what is lacking (403), or ``None``;
* a *rule* answers whether it is right: the violations (400), all of them;
* an *effect* does what follows, in the same transaction.

A few rules are no step of a write but a form of the declaration itself; those are a *shape*. Each
stands in the file of its rule, ``zrc_007_afsluiten.py``, which gives it number and subject: the
standard uses some numbers twice, so only both together say which rule it is. What the pipeline
itself sees to is marked where it does so: ``@keeps("zrc-027 expand pad")``.

Guards, rules and effects are plain functions of a :class:`~api.pipeline.write.Write`. What is marked
is found again by ``manage.py rule zrc-007``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from api.pipeline.violations import Lacking, Violation
from api.pipeline.write import Write

Guard = Callable[[Write], Lacking | None]
Rule = Callable[[Write], Iterable[Violation]]
Effect = Callable[[Write], None]

Marked = TypeVar("Marked", bound=Callable[..., Any])

FILE = re.compile(r"(?P<house>[a-z]+)_(?P<digits>\d{3})_(?P<subject>\w+)")


@dataclass(frozen=True, slots=True)
class Registered:
    """A function that carries a rule of the standard."""

    number: str
    subject: str
    kind: str
    function: Callable[..., Any]
    of_state: bool = False
    """Whether it answers from what is there already, whatever the body says."""

    @property
    def key(self) -> str:
        """``zrc-025 expand bereik``: a number alone may be that of two rules."""
        return f"{self.number} {self.subject}"


_registered: list[Registered] = []


def registered() -> tuple[Registered, ...]:
    """Every marked function."""
    return tuple(_registered)


def number_of(function: Callable[..., Any]) -> str:
    """The number that a function carries; empty where the standard has none for it."""
    return next((each.number for each in _registered if each.function is function), "")


def is_of_state(function: Callable[..., Any]) -> bool:
    """Whether a rule can be asked before there is a body."""
    return any(each.of_state for each in _registered if each.function is function)


def guard(function: Guard) -> Guard:
    """Mark a function as the guard of the rule whose file it stands in."""
    return _mark(function, "guard")


def rule(function: Rule) -> Rule:
    """Mark a function as an obligation of the rule whose file it stands in."""
    return _mark(function, "rule")


def rule_of_state(function: Rule) -> Rule:
    """A ``rule`` that answers from what is there already, whatever the body says."""
    return _mark(function, "rule", of_state=True)


def effect(function: Effect) -> Effect:
    """Mark a function as the effect of the rule whose file it stands in."""
    return _mark(function, "effect")


def shape(function: Marked) -> Marked:
    """Mark a function that makes a part of a declaration (rights, a group) which carries the rule."""
    return _mark(function, "shape")


def keeps(key: str) -> Callable[[Marked], Marked]:
    """Mark a part of the pipeline that sees to a rule, by its number and subject."""
    number, _, subject = key.partition(" ")

    def mark(function: Marked) -> Marked:
        _registered.append(Registered(number, subject, "keeps", function))
        return function

    return mark


def _mark(function: Marked, kind: str, *, of_state: bool = False) -> Marked:
    named = FILE.fullmatch(function.__module__.rpartition(".")[2])
    if named is None:
        raise ValueError(f"{function.__module__} is not named after a rule, as zrc_007_afsluiten is")
    number, subject = f"{named['house']}-{named['digits']}", named["subject"].replace("_", " ")
    _registered.append(Registered(number, subject, kind, function, of_state))
    return function
