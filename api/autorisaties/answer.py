"""An explanation as a client reads it, with URLs on the host by which it came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.autorisaties.redenen import reden
from api.autorisaties.types import TYPED
from api.autorisaties.verdict import Reach, Reservation, Verdict
from api.clients.models import Applicatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.authorise.explanation import Explanation, Weighed
from api.pipeline.authorise.remembered import Remembered
from api.pipeline.describe.documentation.about_operation import rule_titles
from api.pipeline.words import registry


def answer(
    verdict: Verdict, *, origin: str, method: str, path: str, remembered: Remembered | None = None
) -> dict[str, Any]:
    """The members of a ``Verklaring``."""
    explanation, reach = verdict.explanation, verdict.reach
    names = TypeNames(explanation, reach, origin)
    component = explanation.component
    return {
        "toegestaan": explanation.allowed,
        "stap": explanation.step,
        "regel": _regel(explanation.number),
        "reden": reden(explanation, collection=reach is not None),
        "clientId": explanation.client_id,
        "applicatie": _applicatie(explanation, origin),
        "operatie": explanation.operation,
        "methode": method,
        "url": f"{origin}{path}",
        "nodigeScopes": explanation.needed,
        "ontbrekendeScopes": explanation.missing,
        "type": names.of(component, explanation.type_uuid),
        "vertrouwelijkheidaanduiding": _level(explanation.level),
        "autorisaties": [_autorisatie(each, names) for each in explanation.weighed],
        "bereik": _bereik(reach, component, names),
        "voorbehouden": [_voorbehoud(each) for each in verdict.reservations],
        "verzoek": _verzoek(remembered),
    }


class TypeNames:
    """What the types are called that an explanation speaks of, asked once for each component."""

    def __init__(self, explanation: Explanation, reach: Reach | None, origin: str) -> None:
        self._origin = origin
        spoken = [(explanation.component, explanation.type_uuid)]
        spoken += [(each.component, each.type_uuid) for each in explanation.weighed]
        spoken += [(explanation.component, str(uuid)) for uuid, _ in (reach.types if reach else ())]
        self._known = {component: self._ask(component, spoken) for component, _ in spoken}

    def of(self, component: str, type_uuid: str | None) -> dict[str, Any] | None:
        """The URL and name of a type; the name is empty where the type is there no longer."""
        typed = TYPED.get(component)
        if typed is None or type_uuid is None:
            return None
        url = f"{self._origin}{registry.resource_for(typed.model).root()}/{type_uuid}"
        return {"url": url, "omschrijving": self._known[component].get(type_uuid, "")}

    @staticmethod
    def _ask(component: str, spoken: Iterable[tuple[str, str | None]]) -> dict[str, str]:
        typed = TYPED.get(component)
        wanted = {uuid for each, uuid in spoken if each == component and uuid}
        if typed is None or not wanted:
            return {}
        found = typed.model._default_manager.filter(pk__in=wanted).values_list("pk", "omschrijving")
        return {str(pk): omschrijving for pk, omschrijving in found}


def _regel(number: str) -> dict[str, str] | None:
    return {"nummer": number, "titel": rule_titles().get(number, "")} if number else None


def _applicatie(explanation: Explanation, origin: str) -> dict[str, Any] | None:
    if explanation.label is None:
        return None
    own = Applicatie.objects.filter(client_ids__client_id=explanation.client_id).first()
    return {
        "url": f"{origin}{registry.resource_for(Applicatie).path_of(own)}" if own else None,
        "label": explanation.label,
        "heeftAlleAutorisaties": explanation.everything,
        "alleenIsGereedVoorPublicatie": explanation.only_publishable,
    }


def _autorisatie(weighed: Weighed, names: TypeNames) -> dict[str, Any]:
    typed = TYPED.get(weighed.component)
    return {
        "component": weighed.component,
        "scopes": weighed.scopes,
        "type": names.of(weighed.component, weighed.type_uuid),
        "maxVertrouwelijkheidaanduiding": _level(weighed.maximum) if typed and typed.levelled else None,
        "tekort": weighed.short,
    }


def _bereik(reach: Reach | None, component: str, names: TypeNames) -> dict[str, Any] | None:
    if reach is None:
        return None
    typed = TYPED.get(component)
    return {
        "alleTypen": reach.everything,
        "typen": [
            {
                "type": names.of(component, str(uuid)),
                "maxVertrouwelijkheidaanduiding": _level(level) if typed and typed.levelled else None,
            }
            for uuid, level in reach.types
        ],
    }


def _voorbehoud(reservation: Reservation) -> dict[str, Any]:
    return {
        "regel": _regel(reservation.number),
        "reden": reservation.reason,
        "nodigeScopes": reservation.needed,
    }


def _verzoek(remembered: Remembered | None) -> dict[str, Any] | None:
    if remembered is None:
        return None
    return {
        "id": remembered.request_id,
        "tijdstip": remembered.moment.isoformat().replace("+00:00", "Z"),
        "code": remembered.code,
    }


def _level(level: int | None) -> str | None:
    return None if level is None else Vertrouwelijkheidaanduiding(level).label
