"""Whether a caller may: the one place that says no, for requests and for explanations alike.

Each function gives the refusal, with what it rests on, or ``None``. Who asks raises it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline.authorise.belonging import mains
from api.pipeline.declare.rules import Guard
from api.pipeline.declare.write import Write
from api.pipeline.words.marks import number_in, number_of
from api.pipeline.words.refusals import Forbidden, Judged, Restricted, Step
from api.pipeline.words.served import Served
from tenants.registry.models import Municipality
from tenants.registry.states import DOORS, Door, reason_of

NOT_PUBLISHED = "Deze applicatie leest alleen wat gereed is voor publicatie."


def refuse_municipality(municipality: Municipality) -> Restricted | None:
    """Nothing is written here, whoever asks: by the state of the municipality."""
    if DOORS[municipality.status].api_write is Door.OPEN:
        return None
    status = municipality.get_status_display().lower()
    why = reason_of(municipality)
    told = f"{municipality.naam} is {status}: {why}." if why else f"{municipality.naam} is {status}."
    return Restricted(f"{told} Lezen kan, wijzigen niet.{'' if why else ' Vraag uw leverancier waarom.'}")


def refuse_client(resource: type[Served], scope: ScopeExpression, client: Client) -> Forbidden | None:
    """The scope is not held at all, for whatever type or level."""
    rights = resource.rights
    if rights.held(client, scope):
        return None
    step = Step.SCOPE if client.has_applicatie else Step.APPLICATIE
    return Forbidden(judged=Judged(step, scope, number=number_in(rights.rule(scope))))


def refuse_main(
    resource: type[Served], scope: ScopeExpression, client: Client, main: Any
) -> Forbidden | None:
    """The scope is not held for the type and level of this main object."""
    if resource.rights.permits(client, scope, main):
        return None
    return not_covered(resource, scope, client, main)


def not_covered(resource: type[Served], scope: ScopeExpression, client: Client, main: Any) -> Forbidden:
    """The refusal of an object: its type or level is not covered, or it is withheld from such a caller."""
    if resource.rights.withholds(client, scope, main):
        return Forbidden(NOT_PUBLISHED, judged=Judged(Step.CONDITION, scope, main))
    return Forbidden(judged=Judged(Step.TYPE, scope, main, number_in(resource.rights.rule(scope))))


def refuse_write(write: Write) -> Forbidden | None:
    """The caller may not do this to what is there, or to what it would become; or a guard says no."""
    operation, judged_on = write.operation, mains(write)
    for main in judged_on:
        if refusal := refuse_main(write.resource, operation.scope, write.client, main):
            return refusal
    for guard in operation.guards:
        if refusal := _refused_by(guard, write, judged_on):
            return refusal
    return None


def refusals_along(write: Write, removed: Iterable[Any]) -> list[Forbidden]:
    """Why the caller may not delete these rows, which go along with what is written; one for each."""
    judged = (
        refuse_write(Write(write.resource.of(type(row)), "destroy", write.caller, {}, row)) for row in removed
    )
    return [refusal for refusal in judged if refusal is not None]


def _refused_by(guard: Guard, write: Write, judged_on: list[Any]) -> Forbidden | None:
    lacking = guard(write)
    if lacking is None:
        return None
    main = judged_on[0] if judged_on else None
    return Forbidden(lacking.reason, judged=Judged(Step.CONDITION, lacking.scope, main, number_of(guard)))
