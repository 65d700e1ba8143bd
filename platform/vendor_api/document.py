"""The OpenAPI document, written from what serves it, and completed with what all operations share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

from vendor_api.http.answers import VERSION, VERSION_HEADER
from vendor_api.http.idempotency import HEADER as IDEMPOTENCY_KEY
from vendor_api.http.idempotency import REPLAYED
from vendor_api.http.viewset import Resource
from vendor_api.scopes import SCOPES, enough_for

ROOT = "/platform/api/v1"
BEARER = "sleutel"
PROBLEM = "application/problem+json"
ADDRESS = "ADRES"
"""Stands in the introduction for where the API is, which differs by host."""
INTRODUCTION = """Wat de leveranciersconsole kan en geen mens hoeft te bevestigen, kan een programma hier.

# Toegang

Elk verzoek draagt een API-sleutel in de header `Authorization: Bearer zpk_…`. Een eigenaar of iemand van
operatie maakt haar in de console, onder *Organisatie*, en ziet haar dan één keer. Een sleutel hoort bij
een organisatie, heeft scopes en een einddatum, en ziet alle gemeenten van die organisatie of een deel.
Wat een sleutel niet ziet, is er niet: 404.

{scopes}

Een sleutel mag nooit meer dan wie haar maakte nu zelf mag. Verliest die zijn rol, dan geeft de sleutel 401;
wordt zijn rol kleiner, dan geeft wat hij niet meer mag 403.

Wat een mens moet bevestigen of waarvoor twee mensen nodig zijn, heeft hier geen bewerking. Toegang tot een
gemeente vraagt een programma voor een medewerker, die in zijn eigen naam kijkt; geven doet de gemeente.

# Een eerste verzoek

Maak een sleutel met `gemeenten:read` en zet haar in `SLEUTEL`. Dit geeft de gemeenten die zij ziet:

```sh
curl -H "Authorization: Bearer $SLEUTEL" ADRES/municipalities
```

# Lijsten

Een lijst komt in pagina's: `page` en `pageSize`. `next` en `previous` zijn de adressen van de pagina's
ernaast. Een parameter die niet bestaat geeft 400.

# Een keer, ook na opnieuw sturen

Elke `POST` noemt in `Idempotency-Key` een kenmerk dat u zelf kiest. Stuurt u hetzelfde verzoek binnen 24
uur nog eens, dan krijgt u het eerste antwoord weer, met `Idempotency-Replayed: true`. Een geweigerd verzoek
wordt niet onthouden.

# Wijzigen wat u zag

Wie iets wijzigt stuurt in `If-Match` de `ETag` mee van wat hij zag. Is het intussen gewijzigd, dan volgt 412;
zonder de header 428.

# Webhooks

Een webhook vertelt uw programma dat er iets gebeurde. U maakt hem in de console, onder *Organisatie*, en ziet
zijn geheim één keer. Het bericht heeft alleen nummers; wat er gebeurde leest u hier, met een sleutel:

```json
{{"type":"ticket.changed","timestamp":"2026-11-26T14:05:00.000+00:00","data":{{"id":2043,"municipalities":[12]}}}}
```

`type` is `ticket.created`, `ticket.changed`, `incident.created`, `incident.changed`, `report.created` of
`report.changed`. De handtekening volgt [Standard Webhooks](https://www.standardwebhooks.com):
`Webhook-Signature` is `v1,` met de base64 van HMAC-SHA256 over `Webhook-Id`, `Webhook-Timestamp` en de
inhoud, met punten ertussen. De sleutel daarvoor is wat na `whsec_` staat, uit base64. Na vernieuwen staan er
een dag lang twee handtekeningen, met een spatie ertussen: een goede is genoeg.

Een antwoord tussen 200 en 299 is ontvangst. Anders komt hetzelfde bericht opnieuw, met dezelfde `Webhook-Id`:
na 1, 5 en 30 minuten en na 2, 6, 12 en 24 uur. Na acht pogingen, binnen twee dagen, stopt het: in de console
staat het bericht dan als mislukt, en kan iemand het opnieuw sturen. Een bericht kan dus twee keer komen. Wat
over een melding later gebeurde, komt later. Wie vijf dagen niets ontvangt, wordt uitgezet.

Een testbericht stuurt u in de console, of hier met `POST /webhooks/ID/tests`. Zijn `type` is `webhook.test`,
`id` is de webhook zelf en `municipalities` is leeg. Het wordt één keer geprobeerd.

# Grenzen

Een sleutel doet ten hoogste {most} verzoeken per minuut; daarna volgt 429, met in `Retry-After` hoeveel
seconden u wacht.

# Fouten

Een geweigerd verzoek wijzigt niets. Het antwoord is `application/problem+json`, met een `code` voor
programma's en een `detail` voor mensen. Bij 400 noemt `invalidParams` alle fouten tegelijk. `instance` is het
kenmerk van het verzoek."""
REFUSALS: Mapping[str, str] = {
    "400": "Het verzoek klopt niet. `invalidParams` noemt elke fout.",
    "401": "Geen geldige sleutel.",
    "403": "De sleutel mag dit niet.",
    "404": "Niet gevonden, of niet van wat de sleutel ziet.",
    "406": "Het antwoord is er niet in de gevraagde vorm.",
    "409": "Dit kan nu niet, of een eerder verzoek met deze Idempotency-Key loopt nog.",
    "412": "Gewijzigd sinds het antwoord met deze `ETag`.",
    "413": "Het verzoek is te groot.",
    "415": "Dit mediatype wordt niet aangenomen.",
    "422": "Deze Idempotency-Key hoort bij een ander verzoek.",
    "428": "De header `If-Match` ontbreekt.",
    "429": "Te veel verzoeken; `Retry-After` zegt hoe lang u wacht.",
    "500": "Er ging iets mis. `instance` is het kenmerk waarmee de leverancier de oorzaak vindt.",
    "503": "Nu niet beschikbaar, of het is te druk; `Retry-After` zegt hoe lang u wacht.",
}
LINK = {"type": "string", "format": "uri", "nullable": True}
POST = "post"
CREATED, ACCEPTED = "201", "202"
LOCATIONS = {CREATED: "Het adres van wat is gemaakt.", ACCEPTED: "Het adres van de taak."}
OF_ALL = ("400", "401", "403", "406", "429", "500", "503")
VIOLATION = {
    "type": "object",
    "required": ["name", "code", "reason"],
    "properties": {name: {"type": "string"} for name in ("name", "code", "reason")},
}
SCHEMAS: Mapping[str, Any] = {
    "ProblemDetails": {
        "type": "object",
        "description": "Waarom het niet kan, zoals RFC 9457 het heeft.",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string", "format": "uri-reference"},
        },
    },
    # What RFC 9457 lets an API add.
    "ProblemExtension": {
        "type": "object",
        "required": ["code"],
        "properties": {
            "code": {"type": "string"},
            "invalidParams": {"type": "array", "items": VIOLATION},
        },
    },
    "Problem": {
        "allOf": [
            {"$ref": "#/components/schemas/ProblemDetails"},
            {"$ref": "#/components/schemas/ProblemExtension"},
        ]
    },
}
TEXT = {"type": "string"}
PARAMETER = re.compile(r"<\w+:(\w+)>")


class KeyScheme(OpenApiAuthenticationExtension):
    """How the document names the key; drf-spectacular finds it by its base class."""

    target_class = "vendor_api.http.authentication.TokenAuthentication"
    name = BEARER

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


def served(origin: str) -> str:
    """As JSON, for a reader on this origin."""
    written, root = document(), origin + ROOT
    info = {**written["info"], "description": written["info"]["description"].replace(ADDRESS, root)}
    return json.dumps({**written, "info": info, "servers": [{"url": root}]}, ensure_ascii=False)


@cache
def document() -> dict[str, Any]:
    """All but the address, which differs by host."""
    written = SchemaGenerator(patterns=[each for each, _ in _served()]).get_schema(request=None, public=True)
    components = written["components"]
    _set_defaults_apart(components["schemas"])
    paths: dict[str, Any] = {}
    for pattern, resource in _served():
        path = "/" + PARAMETER.sub(r"{\1}", str(pattern.pattern))
        described = written["paths"][path]
        actions = pattern.callback.actions
        paths[path.removeprefix(ROOT).replace("{pk}", "{id}")] = {
            method: _completed(
                Described(described[method], method, resource, actions[method]),
                tag=path.split("/")[4],
            )
            for method in actions
            if method in described
        }
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Platform API",
            "version": VERSION,
            "description": INTRODUCTION.format(
                scopes=_scopes(), most=settings.VENDOR_API_REQUESTS_PER_MINUTE
            ),
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
            "contact": settings.VENDOR_API_CONTACT,
        },
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            **components,
            "schemas": {**components["schemas"], **SCHEMAS},
        },
    }


def _set_defaults_apart(schemas: Mapping[str, Any]) -> None:
    """What may be empty is described as one of two forms; that it is empty by default is of neither."""
    for schema in schemas.values():
        for member in schema.get("properties", {}).values():
            form = member.get("oneOf", [{}])[0]
            if "default" in form:
                member["default"] = form.pop("default")


TAGS = {
    "municipalities": "Gemeenten en hun omgevingen.",
    "people": "Medewerkers van een organisatie.",
    "memberships": "Wie welke rol heeft en had.",
    "jobs": "Achtergrondtaken: wat langer duurt dan een verzoek.",
    "access-grants": "Toegang tot gemeenten voor mensen van de organisatie.",
    "hand-overs": "Overdrachten van gemeenten tussen organisaties.",
    "calendars": "Kalenders: wanneer klokken lopen.",
    "service-levels": "Serviceniveaus: wat is beloofd.",
    "price-lists": "Prijslijsten, en wat een gemeente zou betalen.",
    "contracts": "Contracten: wat is afgesproken. Ondertekenen doet een mens.",
    "tickets": "Meldingen van gemeenten, hun verloop en hun klokken.",
    "incidents": "Storingen, en welke gemeenten zij raken.",
    "service-reports": "Serviceniveaurapporten: per maand wat is beloofd en of dat is gehaald.",
    "log-lines": "Het logboek van de leverancier.",
}


def _served() -> Iterator[tuple[Any, type[Resource]]]:
    """The paths of the API, with what serves each."""
    for pattern in get_resolver(settings.PUBLIC_SCHEMA_URLCONF).url_patterns:
        for each in getattr(pattern, "url_patterns", [pattern]):
            resource = getattr(each.callback, "cls", None)
            if isinstance(resource, type) and issubclass(resource, Resource):
                yield each, resource


@dataclass(frozen=True, slots=True)
class Described:
    """An operation as drf-spectacular describes it, with what serves it."""

    operation: dict[str, Any]
    method: str
    resource: type[Resource]
    action: str

    @property
    def is_write(self) -> bool:
        return self.method == POST

    @property
    def is_conditional(self) -> bool:
        """Whether it changes what is there, and so asks what the caller saw."""
        return self.action in self.resource.changing

    @property
    def takes_body(self) -> bool:
        return "requestBody" in self.operation


def _completed(described: Described, *, tag: str) -> dict[str, Any]:
    operation, action = described.operation, described.action
    area, level = described.resource.rights[action]
    scopes = " of ".join(f"`{name}`" for name in enough_for(area, level))
    refusals = [
        *OF_ALL,
        *(["404"] if action != "create" else []),
        *(["409", "422"] if described.is_write else []),
        *(["413", "415"] if described.takes_body else []),
        *(["412", "428"] if described.is_conditional else []),
    ]
    return {
        **operation,
        "description": f"{operation.get('description', '')}\n\n**Scope:** {scopes}",
        "tags": [tag],
        "parameters": [
            *map(_called_id, operation.get("parameters", [])),
            *_headers_asked(described),
        ],
        "responses": {
            **{
                status: _answered(given, described, status)
                for status, given in operation["responses"].items()
            },
            **(
                {"304": {"description": "Niet gewijzigd.", "headers": _headers()}}
                if action == "retrieve"
                else {}
            ),
            **{status: _refused(status) for status in sorted(refusals)},
        },
    }


def _called_id(parameter: dict[str, Any]) -> dict[str, Any]:
    is_key = parameter["in"] == "path" and parameter["name"] == "pk"
    return {**parameter, "name": "id"} if is_key else parameter


def _headers_asked(described: Described) -> Iterator[dict[str, Any]]:
    if described.is_write:
        yield _header_asked(IDEMPOTENCY_KEY, "Een kenmerk van dit verzoek, dat u zelf kiest.", required=True)
    if described.is_conditional:
        yield _header_asked("If-Match", "De `ETag` van wat u zag.", required=True)
    if described.action == "retrieve":
        yield _header_asked("If-None-Match", "De `ETag` van een eerder antwoord.", required=False)


def _header_asked(name: str, description: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 255}
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


def _answered(given: dict[str, Any], described: Described, status: str) -> dict[str, Any]:
    has_etag = described.is_conditional or described.action == "retrieve" or status == CREATED
    named = {"ETag": "Van dit antwoord."} if has_etag else {}
    if described.is_write:
        named |= {REPLAYED: "`true` als dit al was gedaan."}
    named |= {"Location": LOCATIONS[status]} if status in LOCATIONS else {}
    words = "Aangenomen." if status == ACCEPTED else "Gelukt."
    content = {media: {**each, "schema": _page(each["schema"])} for media, each in given["content"].items()}
    return {"description": words, "headers": _headers(**named), "content": content}


def _page(schema: dict[str, Any]) -> dict[str, Any]:
    """A list as it is answered, in pages."""
    if schema.get("type") != "array":
        return schema
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": "integer", "minimum": 0},
            "next": LINK,
            "previous": LINK,
            "results": schema,
        },
    }


def _refused(status: str) -> dict[str, Any]:
    named = {"Retry-After": "Na hoeveel seconden."} if status in {"429", "503"} else {}
    if status == "401":
        named = {"WWW-Authenticate": "Hoe een programma zich bekend maakt."}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": REFUSALS[status],
        "headers": _headers(**named),
        "content": {PROBLEM: {"schema": schema}},
    }


def _headers(**named: str) -> dict[str, Any]:
    shown = {VERSION_HEADER: "De versie van de API.", **named}
    return {name: {"description": text, "schema": TEXT} for name, text in shown.items()}


def _scopes() -> str:
    """A list, since a column of a table would break their names."""
    return "\n".join(f"- `{name}`: {scope.word}. {scope.help}" for name, scope in SCOPES.items())
