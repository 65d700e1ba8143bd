"""Which code carries which rule of the standard.

A numbered rule has a file of its own, ``zrc_007_afsluiten.py``, whose name gives the functions in it
their number and subject: the standard uses some numbers twice, so only both together say which rule
it is. What the pipeline itself sees to is marked where it does so: ``@keeps("zrc-027 expand pad")``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

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


def number_in(key: str) -> str:
    """The number of a rule, without its subject."""
    return key.partition(" ")[0]


def number_of(function: Callable[..., Any]) -> str:
    """The number that a function carries; empty where the standard has none for it."""
    return next((each.number for each in _registered if each.function is function), "")


def is_of_state(function: Callable[..., Any]) -> bool:
    """Whether a rule can be asked before there is a body."""
    return any(each.of_state for each in _registered if each.function is function)


def keeps(key: str) -> Callable[[Marked], Marked]:
    """Mark a part of the pipeline that sees to a rule, by its number and subject."""
    number, _, subject = key.partition(" ")

    def kept(function: Marked) -> Marked:
        _registered.append(Registered(number, subject, "keeps", function))
        return function

    return kept


def mark(function: Marked, kind: str, *, of_state: bool = False) -> Marked:
    """Mark a function as a part of the rule whose file it stands in."""
    named = FILE.fullmatch(function.__module__.rpartition(".")[2])
    if named is None:
        raise ValueError(f"{function.__module__} is not named after a rule, as zrc_007_afsluiten is")
    number, subject = f"{named['house']}-{named['digits']}", named["subject"].replace("_", " ")
    _registered.append(Registered(number, subject, kind, function, of_state))
    return function
