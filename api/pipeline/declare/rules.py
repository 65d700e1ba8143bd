"""Guards, rules and effects: the forms in which a rule of the standard stands in the code.

* a *guard* answers whether the caller may: what is lacking (403), or ``None``;
* a *rule* answers whether it is right: the violations (400), all of them;
* an *effect* does what follows, in the same transaction.

Each is a plain function of a :class:`~api.pipeline.declare.write.Write`. A few rules are no step of a
write but a form of the declaration itself; those are a *shape*. All stand in the file of their rule,
and ``manage.py rule zrc-007`` finds them again (see ``words.marks``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from api.pipeline.declare.write import Write
from api.pipeline.words.marks import Marked, mark
from api.pipeline.words.violations import Lacking, Violation

Guard = Callable[[Write], Lacking | None]
Rule = Callable[[Write], Iterable[Violation]]
Effect = Callable[[Write], None]
Alongside = Callable[[Write, UUID | None], Iterable[UUID]]
"""The keys of the other objects, for a write on the object of this key; ``None`` for a new one."""


def guard(function: Guard) -> Guard:
    """Mark a function as the guard of the rule whose file it stands in."""
    return mark(function, "guard")


def rule(function: Rule) -> Rule:
    """Mark a function as an obligation of the rule whose file it stands in."""
    return mark(function, "rule")


def rule_of_state(function: Rule) -> Rule:
    """A ``rule`` that answers from what is there already, whatever the body says."""
    return mark(function, "rule", of_state=True)


def effect(function: Effect) -> Effect:
    """Mark a function as the effect of the rule whose file it stands in."""
    return mark(function, "effect")


def shape(function: Marked) -> Marked:
    """Mark a function that makes a part of a declaration (rights, a group) which carries the rule."""
    return mark(function, "shape")
