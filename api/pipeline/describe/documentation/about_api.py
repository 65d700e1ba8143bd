"""What the document says of an API as a whole: how to call it, and what all its answers share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from api.pipeline.declare.declaration import Declaration
from api.pipeline.describe.documentation.about_operation import plural
from api.pipeline.describe.documentation.about_parameters import expandable
from api.pipeline.http import paging

ACCESS = """# Toegang

Elk verzoek draagt een JSON Web Token in de header `Authorization: Bearer …`. Een applicatie maakt het
zelf en ondertekent het met haar geheim (HS256). Het bevat:

| claim | inhoud |
|---|---|
| `iss`, `client_id` | het client-id dat de gemeente heeft uitgegeven |
| `iat` | het moment van uitgifte, in seconden; een token is {minutes} minuten geldig |
| `user_id`, `user_representation` | wie achter de applicatie zit; komt in het audittrail |

Wat een applicatie mag, staat in haar autorisaties in de Autorisaties API. Een token van een andere
gemeente wordt geweigerd."""
OPEN = """# Toegang

Deze gegevens zijn openbaar; er is geen token nodig."""
CRS = """# Coördinaten

Elk verzoek behalve `DELETE` noemt in `Accept-Crs` het coördinatenstelsel van het antwoord; met inhoud
noemt `Content-Crs` dat van het verzoek. Het stelsel is `EPSG:4326`."""
LISTS = """# Lijsten

Lijsten komen in pagina’s van {default}; `pageSize` vraagt er hoogstens {most} (experimenteel). `next` en
`previous` zijn de adressen van de pagina’s ernaast. Een parameter die niet bestaat geeft 400."""
EXPAND = """# Relaties meenemen

Met `expand` komen gerelateerde objecten in één keer mee, onder `_expand`. Wat de applicatie niet mag
zien, ontbreekt daar."""
CACHING = """# Bewaren

Antwoorden op één object hebben een `ETag`. Stuur die mee in `If-None-Match`; is er niets veranderd, dan
volgt een leeg antwoord met status 304."""
ERRORS = """# Fouten

Een geweigerd verzoek wijzigt niets. Het antwoord is `application/problem+json`, met een `code` voor
programma’s en een `detail` voor mensen. Bij status 400 noemt `invalidParams` alle fouten tegelijk,
in de volgorde van het schema; `nonFieldErrors`, over het geheel, komt na de velden.
`instance` is het kenmerk van het verzoek; noem het bij een vraag aan de leverancier."""
EXPERIMENTAL = """# Experimenteel

Wat met **Experimenteel** of `x-experimental` gemerkt is, hoort niet bij de standaard. Het kan
veranderen, en andere leveranciers hebben het niet."""


def about_api(resources: Sequence[type[Declaration]]) -> dict[str, Any]:
    """``description``, for in ``info``."""
    return {"description": "\n\n".join(_chapters(resources))}


def about_tags(resources: Sequence[type[Declaration]]) -> list[dict[str, str]]:
    """What stands together on the page, in the order in which it is served."""
    return [_tag(resource) for resource in resources if "/" not in resource.path]


def tag_of(resource: type[Declaration]) -> str:
    """A nested resource stands with the one that it belongs to."""
    return str(resource.path.split("/")[0])


def external(resources: Sequence[type[Declaration]]) -> dict[str, Any]:
    """``externalDocs``: the text of the standard, where this API has one."""
    api = resources[0].api
    if not api.standard:
        return {}
    return {"externalDocs": {"description": f"{api.title} in de standaard", "url": api.standard}}


def _chapters(resources: Sequence[type[Declaration]]) -> Iterator[str]:
    operations = [operation for resource in resources for operation in resource.operations.values()]
    api = resources[0].api
    if api.explanation:
        yield api.explanation
    guarded = any(operation.scope.labels() for operation in operations)
    yield ACCESS.format(minutes=settings.ZGW_JWT_EXPIRY // 60) if guarded else OPEN
    if any(resource.crs for resource in resources):
        yield CRS
    if any(resource.paged for resource in resources):
        yield LISTS.format(default=paging.DEFAULT_SIZE, most=paging.MAX_SIZE)
    if any(resource.expands for resource in resources):
        yield EXPAND
    if any(resource.conditional for resource in resources):
        yield CACHING
    yield ERRORS
    yield EXPERIMENTAL


def _tag(resource: type[Declaration]) -> dict[str, str]:
    sentences = [
        resource.explanation,
        f"Meldingen van wijzigingen gaan naar het kanaal `{resource.kanaal}`." if resource.kanaal else "",
        "Elke wijziging komt in het audittrail." if resource.audited else "",
    ]
    if resource.expands and (names := [f"`{name}`" for name in expandable(resource)]):
        sentences.append(f"Mee te nemen met `expand`: {', '.join(names)}.")
    about = {"name": resource.path, "x-displayName": plural(resource).capitalize()}
    text = " ".join(sentence for sentence in sentences if sentence)
    return {**about, "description": text} if text else about
