"""What the document says of parameters, properties and answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from api.pipeline.declare.declaration import Declaration
from api.pipeline.declare.operations import Operation
from api.pipeline.describe.documentation.about_operation import OF_OPEN_ZAAK
from api.pipeline.represent.links import Self
from api.pipeline.represent.members import LocalMoment, Member
from api.pipeline.validate.filters import Day, Lookup, Parameter, Through
from api.pipeline.words import registry

SHARED = {
    "uuid": "De sleutel van het object: het laatste deel van zijn adres.",
    "page": "Het nummer van de pagina, vanaf 1.",
    "pageSize": "Hoeveel er op een pagina staan.",
    "ordering": "Waarop de lijst geordend is; met een `-` ervoor in omgekeerde volgorde.",
    "X-Audit-Toelichting": "Waarom de wijziging gedaan wordt; komt in het audittrail.",
    "X-NLX-Logrecord-ID": "Het kenmerk van het verzoek in een logboek elders; komt in het audittrail.",
    "If-None-Match": "De `ETag` van een eerder antwoord; is er niets veranderd, dan is het antwoord 304.",
    "Accept-Crs": "Het coördinatenstelsel van het antwoord.",
    "Content-Crs": "Het coördinatenstelsel van het verzoek.",
}
ANSWERS = {
    "200": "Gelukt.",
    "201": "Aangemaakt.",
    "202": "Aangenomen; op het adres in `Location` staat hoe ver het is.",
    "204": "Verwijderd.",
    "304": "Niet gewijzigd sinds het antwoord met deze `ETag`.",
    "400": "Het verzoek klopt niet. `invalidParams` noemt elke fout, met de plaats waar zij staat.",
    "403": "Geen geldig JWT, of niet de rechten die hiervoor nodig zijn.",
    "404": "Niet gevonden bij deze gemeente.",
    "405": "Deze methode kan hier niet.",
    "406": "Het antwoord is er niet in de gevraagde vorm of het gevraagde coördinatenstelsel.",
    "409": "Niet te verenigen met wat er al is.",
    "412": "Een verplichte header ontbreekt.",
    "413": "Het verzoek is te groot.",
    "415": "Dit mediatype wordt niet aangenomen.",
    "429": "Te veel verzoeken; probeer het later opnieuw.",
    "500": "Er ging iets mis. `instance` is het kenmerk waarmee de leverancier de oorzaak vindt.",
    "503": "Nu niet beschikbaar, of het duurde te lang; na de seconden van `Retry-After` kan het wel lukken.",
}
_DAYS = {
    "exact": "Op deze datum.",
    "gt": "Na deze datum.",
    "gte": "Op of na deze datum.",
    "lt": "Vóór deze datum.",
    "lte": "Op of vóór deze datum.",
}
_VALUES = {
    "exact": "Gelijk aan deze waarde.",
    "lte": "Hoogstens deze waarde.",
    "gte": "Minstens deze waarde.",
}


def about_parameter(
    parameter: dict[str, Any], resource: type[Declaration], operation: Operation
) -> dict[str, Any]:
    """The parameter, with what it means where there is something to say."""
    name = parameter["name"]
    if parameter["in"] == "query" and name in operation.query:
        declared = operation.query[name]
        text = f"{about_filter(declared)} {OF_OPEN_ZAAK}" if declared.of_open_zaak else about_filter(declared)
    elif name == "expand":
        text = about_expand(resource)
    else:
        text = SHARED.get(name, "")
    return {**parameter, "description": text} if text and "description" not in parameter else parameter


def about_filter(declared: Parameter) -> str:
    """One sentence, or nothing where the name says it."""
    if declared.explanation:
        return declared.explanation
    if isinstance(declared, Through):
        return about_filter(declared.inner)
    if isinstance(declared, Lookup):
        return (_DAYS if isinstance(declared, Day) else _VALUES).get(declared.lookup, "")
    return ""


def about_expand(resource: type[Declaration]) -> str:
    """Which relations can be taken into the answer."""
    names = ", ".join(f"`{name}`" for name in expandable(resource))
    deeper = "Gescheiden door komma’s; verder door met een punt: `a.b`."
    return f"Relaties die onder `_expand` in het antwoord komen: {names}. {deeper}"


def expandable(resource: type[Declaration]) -> Iterator[str]:
    """The relations that lead to something that is served."""
    for name, member in resource.representation.members.items():
        target = member.target(resource.model)
        if target is not None and registry.is_served(target):
            yield name


def about_member(member: Member, model: type[Model]) -> dict[str, str]:
    """The description of a property; nothing where there is nothing to add to its type."""
    text = " ".join(_sentences(member, model))
    return {"description": text} if text else {}


def _sentences(member: Member, model: type[Model]) -> Iterator[str]:
    if isinstance(member, Self):
        yield "Het adres van dit object."
    if isinstance(member, LocalMoment):
        yield "In Nederlandse tijd: de datum is de dag hier."
    target = member.target(model)
    if target is not None and registry.is_served(target):
        resource = registry.resource_for(target)
        yield f"Verwijst naar `{resource.api.root}/{resource.open_path()}`."
    if member.immutable:
        yield "Ligt vast zodra het object er is."
    if member.experimental:
        yield "Hoort niet bij de standaard en kan veranderen."
