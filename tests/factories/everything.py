"""One object of every kind that a resource represents, and the body with which a client sends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model

from api.catalogi.models import (
    Besluittype,
    Informatieobjecttype,
    Statustype,
    TypeRelatie,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.catalogi.models.keuzes import AardRelatie
from api.clients.models import Applicatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.documenten.models import (
    BestandsDeel,
    EnkelvoudigInformatieObject,
    Gebruiksrechten,
    ObjectInformatieObject,
    Verzending,
)
from api.pipeline.represent.serializers import write_serializer
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Rol, Status, Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, right
from tests.api.requests import LOCK, beside
from tests.factories import catalogi as catalogi_factories
from tests.factories import documenten as documenten_factories
from tests.factories import zaken as zaken_factories
from tests.factories.autorisaties import ApplicatieFactory
from tests.factories.by_model import factory_of, has_factory, name_of


class Objects(dict[type[Model], Any]):
    """One object by its model.

    A test that needs one that nobody can make is skipped: that its factory is missing is told once, by
    ``tests.conformance.test_factories``.
    """

    def __missing__(self, model: type[Model]) -> Any:
        if has_factory(model):
            raise KeyError(model)
        pytest.skip(no_factory(model))


def no_factory(model: type[Model]) -> str:
    """What is lacking, and what to do."""
    return (
        f"tests/factories has no {name_of(model)}; write one that makes the smallest valid {model.__name__}"
    )


def own_resources() -> list[Any]:
    """The resources of what belongs to one municipality; what is the same for everybody is nobody's."""
    return [resource for resource in registry.resources() if not resource.is_open()]


def own_models() -> list[type[Model]]:
    """What those resources represent."""
    return [resource.model for resource in own_resources() if resource.represents_model]


def everything(municipality: Municipality) -> Objects:
    """The smallest valid object of each model that a resource represents, and relations between them."""
    with in_municipality(municipality):
        objects = Objects(_zaken() | _relations())
        objects.update(_documenten(objects[Zaak]))
        objects[Applicatie] = _applicatie(objects[Zaak].zaaktype)
        for resource in own_resources():
            if resource.represents_model and resource.model not in objects and has_factory(resource.model):
                objects[resource.model] = factory_of(resource.model).create(**_belonging(resource, objects))
    return objects


def valid_body(api: ApiClient, resource: Any, ours: Objects) -> dict[str, Any]:
    """What a client sends to make or replace this object: its representation, the writable members."""
    if "retrieve" not in resource.operations:
        return {}
    answer = api.get(resource.path_of(ours[resource.model]))
    assert answer.status_code == 200, answer.content
    writable = write_serializer(resource)().fields
    body = {name: value for name, value in answer.json().items() if name in writable}
    return {**body, **beside(resource, "update")}


def vacate(api: ApiClient, resource: Any, ours: Objects) -> None:
    """Take the object away, so that another like it can be made."""
    with in_municipality(api.municipality):
        type(ours[resource.model])._default_manager.filter(pk=ours[resource.model].pk).delete()


def _belonging(resource: Any, objects: Objects) -> dict[str, Any]:
    """What it belongs to, where that is there: all parts are of one zaak."""
    main = resource.main_resource().model
    return {resource.main: objects[main]} if resource.main and main in objects else {}


def _zaken() -> dict[type[Model], Any]:
    status = zaken_factories.StatusFactory.create()
    # a later one, without which any status would close the zaak
    catalogi_factories.StatustypeFactory.create(zaaktype=status.zaak.zaaktype, omschrijving="Afgehandeld")
    other = zaken_factories.ZaakFactory.create(zaaktype=status.zaak.zaaktype)
    url = registry.resource_for(Zaak).url_of(other)
    status.zaak.relevante_andere_zaken = [{"url": url, "aardRelatie": "vervolg"}]
    status.zaak.save()
    return {
        Status: status,
        Zaak: status.zaak,
        Rol: zaken_factories.RolFactory.create(zaak=status.zaak),
        Resultaat: zaken_factories.ResultaatFactory.create(zaak=status.zaak),
    }


def _documenten(zaak: Zaak) -> dict[type[Model], Any]:
    """A document that somebody is at work on; another of its type waits for content, and is used."""
    held = {"lock": LOCK, "lock_houder": "een-ander"}
    document = documenten_factories.EnkelvoudigInformatieObjectFactory.create(**held)
    other = documenten_factories.EnkelvoudigInformatieObjectFactory.create(
        informatieobjecttype=document.informatieobjecttype, bestandsomvang=5, **held
    )
    return {
        EnkelvoudigInformatieObject: document,
        Gebruiksrechten: documenten_factories.GebruiksrechtenFactory.create(informatieobject=document),
        Verzending: documenten_factories.VerzendingFactory.create(informatieobject=document),
        BestandsDeel: documenten_factories.BestandsDeelFactory.create(document=other),
        ObjectInformatieObject: documenten_factories.ObjectInformatieObjectFactory.create(
            informatieobject=other, object=registry.resource_for(Zaak).url_of(zaak)
        ),
    }


def _relations() -> dict[type[Model], Any]:
    """A zaaktype that names types of its catalogus."""
    zaaktype = catalogi_factories.ZaaktypeFactory.create()
    published = {"catalogus": zaaktype.catalogus, "published": True}
    foto = catalogi_factories.InformatieobjecttypeFactory.create(catalogus=zaaktype.catalogus)
    catalogi_factories.BesluittypeFactory.create(omschrijving="Besluit", **published)
    catalogi_factories.ZaaktypeFactory.create(identificatie="ANDER", **published)
    named = {
        TypeRelatie.Kind.ZAAKTYPE_BESLUITTYPE: {"naam": "Besluit"},
        TypeRelatie.Kind.ZAAKTYPE_DEELZAAKTYPE: {"naam": "ANDER"},
        TypeRelatie.Kind.ZAAKTYPE_GERELATEERD: {"naam": "ANDER", "aard_relatie": AardRelatie.VERVOLG},
    }
    for kind, columns in named.items():
        catalogi_factories.TypeRelatieFactory.create(zaaktype=zaaktype, kind=kind, **columns)
    return {
        Zaaktype: zaaktype,
        Besluittype: catalogi_factories.BesluittypeFactory.create(catalogus=zaaktype.catalogus),
        Informatieobjecttype: foto,
        Statustype: catalogi_factories.StatustypeFactory.create(zaaktype=zaaktype),
        ZaaktypeInformatieobjecttype: catalogi_factories.ZaaktypeInformatieobjecttypeFactory.create(
            zaaktype=zaaktype, informatieobjecttype_omschrijving=foto.omschrijving
        ),
    }


def _applicatie(zaaktype: Zaaktype) -> Applicatie:
    applicatie: Applicatie = ApplicatieFactory.create()
    autorisatie = right("zrc", ["zaken.lezen"], zaaktype, maximum=Vertrouwelijkheidaanduiding.OPENBAAR)
    autorisatie.applicatie = applicatie
    autorisatie.volgorde = 0
    autorisatie.save()
    return applicatie
