"""The verdict on a question, by the same judgement that a request gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from api.autorisaties.question import Question
from api.clients.client import NOBODY, Client
from api.clients.lookup import find_client
from api.pipeline.authorise.authentication import is_plausible, stranger
from api.pipeline.authorise.belonging import main_after
from api.pipeline.authorise.explanation import Explanation, explain, explain_stranger
from api.pipeline.authorise.judgement import refuse_client, refuse_write
from api.pipeline.declare.visibility import TypeRights
from api.pipeline.http.reading import check_readable
from api.pipeline.sql.compiled import Bindings
from api.pipeline.words.caller import Caller
from api.pipeline.words.marks import is_of_state, number_in, number_of
from api.pipeline.words.refusals import Forbidden, Judged, Step

UNKNOWN = "Voor deze client-id is hier geen geheim vastgelegd; daarom is geen enkel token ervan geldig."


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an operation on a collection goes: all types, or these up to these levels."""

    everything: bool
    types: tuple[tuple[UUID, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reservation:
    """A rule that refuses what the caller may, for the state of what is there (400)."""

    number: str
    reason: str
    needed: list[list[str]]
    """The scopes with which it might all the same."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a question."""

    explanation: Explanation
    reach: Reach | None = None
    reservations: tuple[Reservation, ...] = ()


def judge(question: Question, client_id: str, caller: Caller) -> Verdict:
    """Whether this client may; one that is not known here gets the refusal that its token would get."""
    client = _client(question, client_id)
    if client is None:
        explanation = explain_stranger(question.resource, question.name, client_id, stranger())
        return Verdict(replace(explanation, reason=UNKNOWN))
    caller = replace(caller, client=client)
    judged, refusal = _judged(question, caller)
    explanation = explain(question.resource, question.name, client, judged, refusal)
    reach = _reach(question, client) if refusal is None and judged.main is None else None
    return Verdict(explanation, reach, tuple(_reservations(question, caller)) if refusal is None else ())


def _client(question: Question, client_id: str) -> Client | None:
    found = find_client(client_id) if is_plausible(client_id) else None
    if found is not None:
        return found.client
    return replace(NOBODY, client_id=client_id) if question.resource.is_open() else None


def _judged(question: Question, caller: Caller) -> tuple[Judged, Forbidden | None]:
    resource, scope = question.resource, question.operation.scope
    refusal = refuse_client(resource, scope, caller.client)
    if refusal is not None:
        return replace(refusal.judged, main=question.main), refusal
    main = question.main
    if question.reads:
        refusal = _refuse_read(question, caller)
    elif write := question.write(caller):
        main = main or main_after(write)
        refusal = refuse_write(write)
    if refusal is not None:
        return refusal.judged, refusal
    step = Step.SCOPE if main is None or not isinstance(resource.rights, TypeRights) else Step.TYPE
    return Judged(step, scope, main, number_in(resource.rights.rule(scope))), None


def _refuse_read(question: Question, caller: Caller) -> Forbidden | None:
    bindings = Bindings(caller.client, caller.today, caller.municipality.open_zaak_compatibility)
    try:
        check_readable(question.resource, bindings, question.operation.scope, question.keys)
    except Forbidden as refusal:
        return refusal
    return None


def _reservations(question: Question, caller: Caller) -> Iterator[Reservation]:
    write = None if question.reads else question.write(caller)
    if write is None:
        return
    for rule in filter(is_of_state, question.operation.rules):
        for violation in rule(write):
            needed = violation.scope.alternatives() if violation.scope else []
            yield Reservation(number_of(rule), violation.reason, needed)


def _reach(question: Question, client: Client) -> Reach:
    rights = question.resource.rights
    if client.heeft_alle_autorisaties or not isinstance(rights, TypeRights):
        return Reach(everything=True)
    highest: dict[UUID, int] = {}
    for type_uuid, level in client.types(rights.component, question.operation.scope):
        highest[type_uuid] = max(level, highest.get(type_uuid, 0))
    return Reach(everything=False, types=tuple(highest.items()))
