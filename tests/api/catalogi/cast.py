"""What the tests of the Catalogi API arrange with: rows of Haarlem, their paths, bodies that are right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model
from factory.django import DjangoModelFactory

from api.pipeline.words import registry
from api.records.models import AuditTrail, OutboxMessage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.factories.catalogi import AFGEHANDELD, NIET_DOORGEGAAN

ROOT = "/catalogi/api/v1"

M = TypeVar("M", bound=Model)


def make(municipality: Municipality, factory: type[DjangoModelFactory[M]], **attributes: Any) -> M:
    """A row in the schema of the municipality."""
    with in_municipality(municipality):
        return factory.create(**attributes)


def path_of(instance: Model) -> str:
    """Where the object is served, from the host."""
    return f"{registry.resource_for(type(instance)).root()}/{instance.pk}"


def fetch(municipality: Municipality, instance: M) -> M:
    """The row as it stands now."""
    with in_municipality(municipality):
        return type(instance)._default_manager.get(pk=instance.pk)


@contextmanager
def nothing_written(municipality: Municipality) -> Iterator[None]:
    """What happens within leaves no trace in the catalogue, the trail or the outbox."""
    before = _contents(municipality)
    yield
    assert _contents(municipality) == before


def _contents(municipality: Municipality) -> dict[str, list[Any]]:
    models: list[type[Model]] = [*apps.get_app_config("catalogi").get_models(), AuditTrail, OutboxMessage]
    with in_municipality(municipality):
        return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in models}


def urls(response: Response) -> list[str]:
    """The URLs of the objects in a page."""
    assert response.status_code == 200, response.content
    return [result["url"] for result in response.json()["results"]]


def catalogus_body(**changes: Any) -> dict[str, Any]:
    return {"domein": "OPENB", "rsin": "517439943", "contactpersoonBeheerNaam": "Beheer", **changes}


def zaaktype_body(catalogus: str, **changes: Any) -> dict[str, Any]:
    return {
        "catalogus": catalogus,
        "identificatie": "MELDING",
        "omschrijving": "Melding openbare ruimte",
        "vertrouwelijkheidaanduiding": "openbaar",
        "doel": "Het probleem oplossen",
        "aanleiding": "Een inwoner meldt een probleem",
        "indicatieInternOfExtern": "extern",
        "handelingInitiator": "melden",
        "onderwerp": "Openbare ruimte",
        "handelingBehandelaar": "behandelen",
        "doorlooptijd": "P30D",
        "opschortingEnAanhoudingMogelijk": False,
        "verlengingMogelijk": False,
        "publicatieIndicatie": False,
        "productenOfDiensten": [],
        "referentieproces": {"naam": "Melding behandelen"},
        "verantwoordelijke": "Team Openbare Ruimte",
        "besluittypen": [],
        "gerelateerdeZaaktypen": [],
        "beginGeldigheid": "2024-01-01",
        **changes,
    }


def statustype_body(zaaktype: str, **changes: Any) -> dict[str, Any]:
    return {"zaaktype": zaaktype, "omschrijving": "Ontvangen", "volgnummer": 1, **changes}


def roltype_body(zaaktype: str, **changes: Any) -> dict[str, Any]:
    return {"zaaktype": zaaktype, "omschrijving": "Melder", "omschrijvingGeneriek": "initiator", **changes}


def resultaattype_body(zaaktype: str, **changes: Any) -> dict[str, Any]:
    return {
        "zaaktype": zaaktype,
        "omschrijving": "Afgehandeld",
        "resultaattypeomschrijving": AFGEHANDELD,
        "selectielijstklasse": NIET_DOORGEGAAN,
        "brondatumArchiefprocedure": {"afleidingswijze": "afgehandeld"},
        **changes,
    }


def informatieobjecttype_body(catalogus: str, **changes: Any) -> dict[str, Any]:
    return {
        "catalogus": catalogus,
        "omschrijving": "Foto",
        "vertrouwelijkheidaanduiding": "openbaar",
        "informatieobjectcategorie": "Beeld",
        "beginGeldigheid": "2024-01-01",
        **changes,
    }


def besluittype_body(catalogus: str, **changes: Any) -> dict[str, Any]:
    return {
        "catalogus": catalogus,
        "omschrijving": "Besluit op melding",
        "publicatieIndicatie": False,
        "informatieobjecttypen": [],
        "beginGeldigheid": "2024-01-01",
        **changes,
    }


def eigenschap_body(zaaktype: str, **changes: Any) -> dict[str, Any]:
    return {
        "zaaktype": zaaktype,
        "naam": "Soort melding",
        "definitie": "Waar de melding over gaat",
        "specificatie": {"formaat": "tekst", "lengte": "80", "kardinaliteit": "1"},
        **changes,
    }


def zaakobjecttype_body(zaaktype: str, **changes: Any) -> dict[str, Any]:
    return {
        "zaaktype": zaaktype,
        "anderObjecttype": False,
        "objecttype": "https://objecttypen.example.nl/api/v2/objecttypes/pand",
        "relatieOmschrijving": "Pand van de melding",
        **changes,
    }


def ziot_body(zaaktype: str, informatieobjecttype: str, **changes: Any) -> dict[str, Any]:
    return {
        "zaaktype": zaaktype,
        "informatieobjecttype": informatieobjecttype,
        "volgnummer": 1,
        "richting": "inkomend",
        **changes,
    }


def reader(municipality: Municipality) -> ApiClient:
    """Who may read the catalogue and nothing else."""
    return api_with_rights(municipality, right("ztc", ["catalogi.lezen"]))
