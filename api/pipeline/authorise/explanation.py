"""Why a caller may or may not: what a judgement rests on, as plain values that can be kept.

The judgement itself is made elsewhere (``api.pipeline.authorise.judgement``); nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from api.clients.client import Client, Right
from api.clients.scopes import ScopeExpression
from api.pipeline.declare.visibility import AllRights
from api.pipeline.words.refusals import Forbidden, Judged, NotAuthenticated, Step
from api.pipeline.words.served import Served

SHOWN = 10
"""How many autorisaties an explanation shows: the nearest ones."""


class Shortfall(StrEnum):
    """In what an autorisatie falls short of what was asked."""

    TYPE = "ander-type"
    LEVEL = "niveau-te-laag"
    SCOPE = "scope-ontbreekt"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An autorisatie beside what was asked; nothing falls short in one that counted."""

    component: str
    scopes: list[str]
    type_uuid: str | None
    maximum: int
    short: list[str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One judgement. Types are keys and levels are numbers: who shows them gives them their names."""

    allowed: bool
    step: str
    number: str
    reason: str
    """What the pipeline said in words; empty where the step says it all."""
    client_id: str
    component: str
    operation: str
    needed: list[list[str]] = field(default_factory=list)
    """The sets of scopes of which one is enough."""
    missing: list[list[str]] = field(default_factory=list)
    """What is lacking of each of those."""
    type_uuid: str | None = None
    level: int | None = None
    label: str | None = None
    """Of the applicatie; ``None`` where there is none."""
    everything: bool = False
    only_publishable: bool = False
    needs_everything: bool = False
    """Whether no scope is enough, but all rights are needed."""
    weighed: list[Weighed] = field(default_factory=list)


def explain(
    resource: type[Served], operation: str, client: Client, judged: Judged, refusal: Forbidden | None
) -> Explanation:
    """What a judgement of a known client rests on."""
    subject = resource.rights.subject(judged.main) if judged.main is not None else None
    weighing = Weighing(resource, client, judged.scope or resource.read_scope(), subject)
    return Explanation(
        allowed=refusal is None,
        step=judged.step,
        number=judged.number,
        reason=refusal.detail if refusal is not None and judged.step is Step.CONDITION else "",
        client_id=client.client_id,
        component=resource.api.component,
        operation=operation,
        needed=weighing.scope.alternatives(),
        missing=[] if refusal is None else weighing.missing(),
        type_uuid=str(subject[0]) if subject and subject[0] else None,
        level=subject[1] if subject else None,
        label=client.label if client.has_applicatie else None,
        everything=client.heeft_alle_autorisaties,
        only_publishable=client.alleen_is_gereed_voor_publicatie,
        needs_everything=isinstance(resource.rights, AllRights),
        weighed=weighing.nearest(only_enough=refusal is None),
    )


def explain_stranger(
    resource: type[Served], operation: str, client_id: str, refusal: NotAuthenticated
) -> Explanation:
    """That nobody knows who calls."""
    return Explanation(
        allowed=False,
        step=Step.TOKEN,
        number="",
        reason=refusal.detail,
        client_id=client_id,
        component=resource.api.component,
        operation=operation,
    )


@dataclass(frozen=True, slots=True)
class Weighing:
    """The autorisaties of a client beside a scope, and the type and level of an object if there is one."""

    resource: type[Served]
    client: Client
    scope: ScopeExpression
    subject: tuple[UUID | None, int | None] | None

    def missing(self) -> list[list[str]]:
        """Of each alternative the scopes that are not held for this type and level."""
        held = {
            label
            for right, enough in self._rights()
            if not self._misses(right)
            for label in right.scopes & enough.labels()
        }
        return [[label for label in labels if label not in held] for labels in self.scope.alternatives()]

    def nearest(self, *, only_enough: bool) -> list[Weighed]:
        """The autorisaties that fall short least, the widest first."""
        weighed = [(right, self._shortfalls(right, enough)) for right, enough in self._rights()]
        if only_enough:
            weighed = [each for each in weighed if not each[1]]
        weighed.sort(key=lambda each: (len(each[1]), -each[0].maximum))
        return [
            Weighed(
                right.component,
                sorted(right.scopes),
                str(right.type_uuid) if right.type_uuid else None,
                right.maximum,
                [str(each) for each in short],
            )
            for right, short in weighed[:SHOWN]
        ]

    def _rights(self) -> list[tuple[Right, ScopeExpression]]:
        return [
            (right, enough)
            for component, enough in self.resource.rights.sources(self.scope)
            for right in self.client.rights
            if right.component == component
        ]

    def _shortfalls(self, right: Right, enough: ScopeExpression) -> list[Shortfall]:
        lacks = [] if right.scopes & enough.labels() else [Shortfall.SCOPE]
        return [*self._misses(right), *lacks]

    def _misses(self, right: Right) -> list[Shortfall]:
        type_uuid, level = self.subject or (None, None)
        misses = []
        if type_uuid is not None and right.type_uuid not in (None, type_uuid):
            misses.append(Shortfall.TYPE)
        if level is not None and right.maximum < level:
            misses.append(Shortfall.LEVEL)
        return misses


def restored(kept: dict[str, Any]) -> Explanation:
    """An explanation from the plain values that it was kept as."""
    return Explanation(**{**kept, "weighed": [Weighed(**each) for each in kept["weighed"]]})
