"""A reference to what the caller may not read is answered as one to nothing: over every link that is judged.

So no refusal tells what is there, and nobody ties its own object to one that it may not see. The object that
a write belongs to is the exception: on it the caller is judged, which is a 403 (zrc-006).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.pipeline.declare.visibility import TypeRights
from api.pipeline.represent.serializers import write_serializer
from api.pipeline.validate.values import LinkField
from api.pipeline.words import registry
from api.zaken.models import Zaak
from api.zaken.scopes import BIJWERKEN, STATUS_ZETTEN, ZAKEN_AANMAKEN, ZAKEN_LEZEN, ZAKEN_VERWIJDEREN
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.factories.by_model import factory_of
from tests.factories.everything import own_resources
from tests.isolation.rows import digests
from tests.isolation.square import House, undone

SCOPES = (ZAKEN_LEZEN, ZAKEN_AANMAKEN, BIJWERKEN, STATUS_ZETTEN, ZAKEN_VERWIJDEREN)
LINKS = [
    (resource, name, field.target)
    for resource in own_resources()
    for name, field in write_serializer(resource)().fields.items()
    if isinstance(field, LinkField) and isinstance(registry.resource_for(field.target).rights, TypeRights)
]
HIDING = [
    pytest.param(resource, action, name, target, id=f"{resource.noun}-{name}-{action}")
    for resource, name, target in LINKS
    for action in ("create", "update", "partial_update")
    if name != resource.main and action in resource.operations
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(haarlem_house: House) -> Iterator[ApiClient]:
    """May do all to the house's own zaak, and nothing to a geheime one."""
    with undone():
        haarlem = haarlem_house.api.municipality
        with in_municipality(haarlem):
            zaaktype = haarlem_house[Zaak].zaaktype
            rights = [right("zrc", SCOPES, zaaktype, maximum=Level.CONFIDENTIEEL)]
        yield api_with_rights(haarlem, *rights)


def hidden_url(house: House, target: Any) -> str:
    """Of an object that belongs to a geheime zaak."""
    with in_municipality(house.api.municipality):
        zaaktype = house[Zaak].zaaktype
        zaak = factory_of(Zaak).create(zaaktype=zaaktype, vertrouwelijkheidaanduiding=Level.GEHEIM)
        resource = registry.resource_for(target)
        row = factory_of(target).create(**{resource.main: zaak}) if resource.main else zaak
    return house.api.url(resource.path_of(row))


def sent(house: House, reader: ApiClient, resource: Any, action: str, given: dict[str, str]) -> Any:
    """What a write that gives this is answered; it writes nothing."""
    operation = resource.operations[action]
    path = resource.root() if action == "create" else resource.path_of(house[resource.model])
    body = given if action == "partial_update" else {**house.body(resource), **given}
    before = digests(house.api.municipality)
    answer = reader.request(operation.method.upper(), path, body)
    assert digests(house.api.municipality) == before
    return said(answer)


def said(answer: Response) -> Any:
    return answer.status_code, {**answer.json(), "instance": ""}


def test_links_that_hide_are_found() -> None:
    assert {"zaak-hoofdzaak-create", "status-gezetdoor-create"} <= {each.id for each in HIDING}


@pytest.mark.parametrize(("resource", "action", "name", "target"), HIDING)
def test_what_may_not_be_read_is_refused_as_what_is_not_there(
    haarlem_house: House, reader: ApiClient, resource: Any, action: str, name: str, target: Any
) -> None:
    absent = haarlem_house.api.url(f"{registry.resource_for(target).root()}/{uuid4()}")
    hidden = sent(haarlem_house, reader, resource, action, {name: hidden_url(haarlem_house, target)})

    assert hidden == sent(haarlem_house, reader, resource, action, {name: absent})
    assert hidden[0] == 400
    assert [each["name"] for each in hidden[1]["invalidParams"]] == [name]
