"""An explanation never says anything else than the pipeline does, over the whole registry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction

from api.catalogi.models import Informatieobjecttype, Zaaktype
from api.clients.models import Applicatie, Autorisatie, ClientId, Credential
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.documenten.models import EnkelvoudigInformatieObject, ObjectInformatieObject
from api.pipeline.declare.visibility import TypeRights
from api.pipeline.words import registry
from api.records.models import AuditTrail
from api.zaken.models import Resultaat, Zaak
from api.zaken.rules.zrc_006_autorisatie import RIGHTS
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_all_rights, api_with_rights, right
from tests.api.requests import beside, request_of
from tests.factories.catalogi import InformatieobjecttypeFactory, ZaaktypeFactory
from tests.factories.everything import Objects, everything

VERKLARING = "/autorisaties/api/v1/verklaring"
FORBIDDEN = 403
ALL_OF_ZAKEN = (
    "zaken.lezen",
    "zaken.aanmaken",
    "zaken.bijwerken",
    "zaken.verwijderen",
    "zaken.statussen.toevoegen",
    "audittrails.lezen",
)

OPERATIONS = [
    pytest.param(resource, action, id=f"{resource.api.name}-{resource.noun}-{action}")
    for resource in registry.resources()
    for action in resource.operations
    if not resource.is_open()
    # what is made for a zaak or of a zaaktype is judged on the body, and has tests of its own below
    if not (action == "create" and isinstance(resource.rights, TypeRights))
]
ON_ZAKEN = [each for each in OPERATIONS if each.values[0].rights is RIGHTS]  # type: ignore[union-attr]
ADDED = [
    resource
    for resource in registry.resources()
    if isinstance(resource.rights, TypeRights) and resource.main and "create" in resource.operations
]
CLOSED = date(2026, 2, 1)
ALL_OF_DOCUMENTEN = (
    "documenten.lezen",
    "documenten.aanmaken",
    "documenten.bijwerken",
    "documenten.verwijderen",
    "documenten.lock",
    "audittrails.lezen",
)


@pytest.fixture
def api(haarlem: Municipality) -> ApiClient:
    return api_with_all_rights(haarlem)


@pytest.fixture
def ours(haarlem: Municipality) -> Objects:
    return everything(haarlem)


@pytest.fixture
def applications(haarlem: Municipality, ours: Objects) -> list[ApiClient]:
    """As many kinds of rights as make a difference."""
    with in_municipality(haarlem):
        other = ZaaktypeFactory.create(published=True)
        another = InformatieobjecttypeFactory.create(published=True)
    rights = list(_rights(ours[Zaak].zaaktype, other))
    rights += _on_documents(ours[EnkelvoudigInformatieObject].informatieobjecttype, another)
    return [
        api_with_all_rights(haarlem),
        *(api_with_rights(haarlem, *each) for each in rights),
        *_strangers(haarlem),
    ]


def _rights(own: Zaaktype, other: Zaaktype) -> Iterator[list[Autorisatie]]:
    yield []
    yield [right("ztc", ["catalogi.lezen"])]
    yield [right("ztc", ["catalogi.schrijven"]), right("ac", ["autorisaties.lezen"])]
    yield [right("ztc", ["catalogi.geforceerd-verwijderen"]), right("ac", ["autorisaties.bijwerken"])]
    yield [right("zrc", ALL_OF_ZAKEN, other, maximum=Level.ZEER_GEHEIM)]
    yield [right("zrc", ALL_OF_ZAKEN, own, maximum=Level.OPENBAAR)]
    yield [right("zrc", ALL_OF_ZAKEN, own, maximum=Level.ZEER_GEHEIM)]
    yield [right("zrc", ["zaken.aanmaken"], own, maximum=Level.ZEER_GEHEIM)]
    yield [right("zrc", ["zaken.heropenen"], own, maximum=Level.ZEER_GEHEIM)]
    yield [right("zrc", ["zaken.geforceerd-bijwerken"], own, maximum=Level.ZEER_GEHEIM)]
    yield [right("zrc", ["audittrails.lezen"])]
    yield [right("zrc", ["zaken.lezen"], own.catalogus, maximum=Level.VERTROUWELIJK)]


def _on_documents(own: Informatieobjecttype, other: Informatieobjecttype) -> Iterator[list[Autorisatie]]:
    yield [right("drc", ALL_OF_DOCUMENTEN, other, maximum=Level.ZEER_GEHEIM)]
    yield [right("drc", ALL_OF_DOCUMENTEN, own, maximum=Level.OPENBAAR)]
    yield [right("drc", ALL_OF_DOCUMENTEN, own, maximum=Level.ZEER_GEHEIM)]
    yield [right("drc", ["documenten.geforceerd-unlock"], own, maximum=Level.ZEER_GEHEIM)]


def _strangers(haarlem: Municipality) -> Iterator[ApiClient]:
    """One with a secret and no applicatie, one that owns its id and has no secret, and nobody."""
    with in_municipality(haarlem):
        yield ApiClient(haarlem, Credential.objects.create(client_id="zonder-applicatie", secret="x" * 32))
        owner = Applicatie.objects.create(label="zonder geheim", heeft_alle_autorisaties=True)
        ClientId.objects.create(client_id="zonder-geheim", applicatie=owner)
    yield ApiClient(haarlem, Credential(client_id="zonder-geheim", secret="x" * 32))
    yield ApiClient(haarlem, Credential(client_id="niemand", secret="x" * 32))


def disagreements(
    api: ApiClient, applications: list[ApiClient], url: str, operatie: str, request: tuple[str, str, Any]
) -> list[str]:
    """Where the explanation and the answer to the real request differ, application by application."""
    told = []
    for application in applications:
        client_id = application.client.client_id
        query = urlencode({"clientId": client_id, "url": api.url(url), "operatie": operatie})
        answer = api.get(f"{VERKLARING}?{query}")
        assert answer.status_code == 200, answer.content
        status = _status_of(application, request)
        if answer.json()["toegestaan"] == (status == FORBIDDEN):
            told.append(f"{client_id}: {status}, {answer.json()['reden']}")
    return told


def _status_of(application: ApiClient, request: tuple[str, str, Any]) -> int:
    """The status that the request really gets; what it changes is taken back."""
    method, path, body = request
    with transaction.atomic():
        status: int = application.request(method.upper(), path, body).status_code
        transaction.set_rollback(True)
    return status


def set_zaken(municipality: Municipality, *, einddatum: date | None = None) -> None:
    with in_municipality(municipality):
        Zaak.objects.update(einddatum=einddatum, vertrouwelijkheidaanduiding=Level.INTERN)
        EnkelvoudigInformatieObject.objects.update(vertrouwelijkheidaanduiding=Level.INTERN)


def body_of(api: ApiClient, method: str, path: str) -> Any:
    """One that gets past the checks before the rights: the object as it is, for a PUT."""
    if method == "put":
        return api.get(path).json()
    return None if method in ("get", "head", "delete") else {}


def explained_otherwise(
    api: ApiClient, applications: list[ApiClient], ours: Objects, resource: Any, action: str
) -> list[str]:
    method, path = request_of(resource, action, ours)
    if resource.parent and not resource.represents_model and action == "retrieve":
        path = f"{path.rpartition('/')[0]}/{_line_of_trail(api, ours, resource.about)}"
    body = body_of(api, method, path)
    return disagreements(api, applications, path, action, (method, path, body))


def _line_of_trail(api: ApiClient, ours: Objects, about: Any) -> str:
    main = registry.resource_for(about)
    leaving = {
        Zaak: {"omschrijving": "met een spoor"},
        EnkelvoudigInformatieObject: {"titel": "Met een spoor"},
    }
    body = {**leaving[about], **beside(main, "partial_update")}
    assert api.patch(f"{main.root()}/{ours[about].pk}", body).status_code == 200
    with in_municipality(api.municipality):
        return str(AuditTrail.objects.latest("pk").uuid)


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_every_operation_is_explained_as_it_is_judged(
    api: ApiClient, ours: Objects, applications: list[ApiClient], resource: Any, action: str
) -> None:
    set_zaken(api.municipality)
    assert explained_otherwise(api, applications, ours, resource, action) == []


@pytest.mark.parametrize(("resource", "action"), ON_ZAKEN)
def test_so_is_every_operation_on_a_closed_zaak(
    api: ApiClient, ours: Objects, applications: list[ApiClient], resource: Any, action: str
) -> None:
    set_zaken(api.municipality, einddatum=CLOSED)
    assert explained_otherwise(api, applications, ours, resource, action) == []


@pytest.mark.parametrize("resource", ADDED, ids=lambda resource: resource.noun)
@pytest.mark.parametrize("einddatum", [None, CLOSED], ids=["open", "closed"])
def test_adding_to_a_zaak_is_explained_as_it_is_judged(
    api: ApiClient, ours: Objects, applications: list[ApiClient], resource: Any, einddatum: date | None
) -> None:
    path = f"{resource.root()}/{ours[resource.model].pk}"
    # what is explained without a body is a status of now, not one from before the zaak was closed
    body = {**api.get(path).json(), "datumStatusGezet": "2026-02-02T10:00:00Z"}
    with in_municipality(api.municipality):
        # that there is one already is said before anything about rights
        Resultaat.objects.all().delete()
        ObjectInformatieObject.objects.all().delete()
    set_zaken(api.municipality, einddatum=einddatum)
    main = resource.main_resource()
    above = f"{main.root()}/{ours[main.model].pk}"
    create = ("post", resource.root(), body)
    assert disagreements(api, applications, above, f"{resource.noun}_create", create) == []


@pytest.mark.parametrize("level", [Level.OPENBAAR, Level.GEHEIM])
def test_making_a_zaak_of_a_type_is_explained_as_it_is_judged(
    api: ApiClient, ours: Objects, applications: list[ApiClient], level: Level
) -> None:
    zaaktype = ours[Zaak].zaaktype
    with in_municipality(api.municipality):
        Zaaktype.objects.filter(pk=zaaktype.pk).update(vertrouwelijkheidaanduiding=level)
    path = f"{registry.resource_for(Zaaktype).root()}/{zaaktype.pk}"
    body = {
        "zaaktype": api.url(path),
        "bronorganisatie": "517439943",
        "verantwoordelijkeOrganisatie": "517439943",
        "startdatum": "2026-01-05",
    }
    create = ("post", registry.resource_for(Zaak).root(), body)
    assert disagreements(api, applications, path, "zaak_create", create) == []
