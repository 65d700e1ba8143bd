"""What we serve is what the standard describes, operation by operation."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module

import pytest
from django.conf import settings

from api.pipeline.declare.operations import opened
from api.pipeline.describe.openapi import document
from api.pipeline.words.registry import resources
from tests.conformance.document import Document
from tests.conformance.oas import Operation, Place, official, operations, place
from tests.conformance.parity import Difference, differences

# The urls register the resources; nothing has asked for a page yet.
import_module(settings.ROOT_URLCONF)

# Where we knowingly differ: operationId, aspect and name (each a pattern) with the reason. A line that no
# longer matches anything fails a test below, so this list cannot outlive its reasons.
ACCEPTED = {
    ("*", "header", "Content-Type"): "OpenAPI 3 ignores a header parameter of this name",
    ("*_headers", "scopes", ""): "the standard gives HEAD no scopes; it needs those of the GET it mirrors",
    ("catalogus_list", "scopes", ""): "ztc-014 speaks of every read of the catalogue",
    ("catalogus_retrieve", "scopes", ""): "ztc-014 speaks of every read of the catalogue",
    ("eigenschap_list", "scopes", ""): "ztc-014 speaks of every read of the catalogue",
    ("eigenschap_retrieve", "scopes", ""): "ztc-014 speaks of every read of the catalogue",
    ("*type_list", "scopes", ""): "ztc-014 speaks of every read of the catalogue",
    ("*type_retrieve", "scopes", ""): "ztc-014 speaks of every read of the catalogue",
    ("zaaktype_partial_update", "re*", "*"): "the standard leaves body and answer unspecified",
    ("besluittype_partial_update", "re*", "*"): "the standard leaves body and answer unspecified",
    (
        "besluittype_create",
        "response",
        "informatieobjecttypeOmschrijving",
    ): "deprecated, and in no other answer",
    ("zaakobjecttype_*", "request", "catalogus"): "follows from the zaaktype, as with every other sub-type",
    ("zaakinformatieobjecttype_*", "request", "informatieobjecttype"): "a URL is longer than a name",
    ("informatieobjecttype_*update", "re*", "*"): "the standard leaves body and answer unspecified",
    (
        "zaaktype_*",
        "response",
        "*resultaattypeOmschrijving",
    ): "the standard requires it, and describes it nowhere",
    ("zaaktype_update", "request", "deelzaaktypen"): "optional as in create, where 1.3.3 set it right",
    (
        "informatieobjecttype_create",
        "request",
        "zaaktypeIdentificaties",
    ): "follows from the zaaktypen that name it; read only in all but name",
    (
        "resultaattype_*",
        "request",
        "brondatumArchiefprocedure.afleidingswijze",
    ): "an absent group is answered with empty members, and what is answered can be sent back",
    ("zaak_list", "header", "Content-Crs"): "a request without a body has no CRS",
    ("zaak_retrieve", "header", "Content-Crs"): "a request without a body has no CRS",
    ("zaak_headers", "header", "Content-Crs"): "a request without a body has no CRS",
    ("zaak_destroy", "header", "*-Crs"): "nothing with a CRS is sent or received",
    ("*", "*", "*zaakgeometrie.*type"): "GeoJSON has no geometry of type Feature or FeatureCollection",
    ("zaak__zoek", "request", "fields"): "zrc-029 is not built yet",
    ("zaak__zoek", "request", "*__in.0"): "the values are those of the filter without __in",
    ("zaak__zoek", "request", "rol__betrokkeneIdentificatie__*"): "as long as the list allows",
    ("status_create", "response", "zaakinformatieobjecten"): "the standard has it in every other answer",
    ("zaak_*", "response", "*_expand.communicatiekanaal"): "what stands in another house is not fetched",
    ("zaak_*", "response", "*_expand.productenOfDiensten"): "what stands in another house is not fetched",
    ("zaak_*", "response", "*_expand.selectielijstklasse"): "what stands in another house is not fetched",
    ("rol_*", "response", "*_expand.betrokkene"): "what stands in another house is not fetched",
    ("zaak_*", "response", "*_expand.relevanteAndereZaken"): "expanding them is not built yet",
    ("zaak_*", "response", "*_expand.eigenschappen"): "their resource is not served yet",
    ("zaak_*", "response", "*_expand.zaakobjecten"): "their resource is not served yet",
    ("*", "response", "*_expand.zaakinformatieobjecten"): "their resource is not served yet",
    ("enkelvoudiginformatieobject_*lock", "header", "X-*"): "every write is in the trail, and may say why",
    ("objectinformatieobject_*", "header", "X-*"): "every write is in the trail, and may say why",
    ("verzending_*", "header", "X-*"): "every write is in the trail, and may say why",
    ("bestandsdeel_update", "header", "X-*"): "every write is in the trail, and may say why",
    ("verzending_*", "scopes", ""): "the standard forgot them; they are those of what else a document has",
    (
        "enkelvoudiginformatieobject_*",
        "request",
        "ondertekening.soort",
    ): "an absent group is answered with empty members, and what is answered can be sent back",
    (
        "enkelvoudiginformatieobject_*",
        "request",
        "integriteit.algoritme",
    ): "an absent group is answered with empty members, and what is answered can be sent back",
    ("enkelvoudiginformatieobject_*", "request", "trefwoorden.0"): "as long as an index can hold",
    (
        "enkelvoudiginformatieobject_partial_update",
        "request",
        "tonenAanInitiator",
    ): "forgotten in this schema alone",
    ("enkelvoudiginformatieobject__zoek", "query", "expand"): "beside the body, as with every other search",
    ("bestandsdeel_update", "response", "inhoud"): "a part is not read; the document is, once it is whole",
    ("applicatie_partial_update", "request", "*"): "a PATCH requires nothing",
    (
        "applicatie_consumer",
        "response",
        "*",
    ): "one applicatie, as its summary says and clients expect, not an array",
}


@cache
def served(api: str) -> dict[Place, Operation]:
    return dict(operations(Document(document(api))))


def declared() -> Iterator[tuple[str, str, str, Place]]:
    """(api, path of the resource, name of the operation, where it is served) of all that is declared."""
    for resource in resources():
        for name, operation in resource.operations.items():
            path = f"/{resource.open_path()}{opened(operation.path)}"
            yield resource.api.name, resource.open_path(), name, place(operation.method, path)


DECLARED = list(declared())
APIS = sorted({api for api, _, _, _ in DECLARED})
PATHS = sorted({(api, path) for api, path, _, _ in DECLARED})
SERVED = [pytest.param(api, at, id=served(api)[at].operation_id) for api in APIS for at in served(api)]


def found(api: str, at: Place) -> Iterator[Difference]:
    ours = served(api)[at]
    theirs = official(api).get(at)
    if theirs is not None:
        yield from differences(theirs, ours)
    elif not ours.experimental:
        yield Difference(
            ours.operation_id, "operation", " ".join(at), "absent", "present, not marked experimental"
        )


def missing(api: str, path: str) -> Iterator[Difference]:
    """What the standard has at a path that we serve, and we have not."""
    own = {place("", f"/{path}")[1], place("", f"/{path}/{{uuid}}")[1]}
    for at, theirs in official(api).items():
        if at[1] in own and at not in served(api):
            yield Difference(theirs.operation_id, "operation", " ".join(at), "present", "absent")


def matches(pattern: tuple[str, str, str], difference: Difference) -> bool:
    operation, aspect, name = pattern
    return (
        fnmatchcase(difference.operation, operation)
        and fnmatchcase(difference.aspect, aspect)
        and fnmatchcase(difference.name, name)
    )


def unaccepted(every: Iterator[Difference]) -> list[str]:
    return [str(one) for one in every if not any(matches(pattern, one) for pattern in ACCEPTED)]


@pytest.mark.parametrize(("api", "at"), SERVED)
def test_an_operation_is_as_the_standard_has_it(api: str, at: Place) -> None:
    assert unaccepted(found(api, at)) == []


@pytest.mark.parametrize(("api", "path"), PATHS)
def test_a_resource_has_every_operation_of_the_standard(api: str, path: str) -> None:
    assert unaccepted(missing(api, path)) == []


@pytest.mark.parametrize(("api", "path", "name", "at"), DECLARED)
def test_a_declared_operation_is_in_the_served_document(api: str, path: str, name: str, at: Place) -> None:
    assert at in served(api), f"{name} of {path}"


@pytest.mark.parametrize("pattern", ACCEPTED, ids=" ".join)
def test_an_accepted_deviation_still_exists(pattern: tuple[str, str, str]) -> None:
    every = [one for api in APIS for at in served(api) for one in found(api, at)]
    every += [one for api, path in PATHS for one in missing(api, path)]
    assert any(matches(pattern, one) for one in every)
