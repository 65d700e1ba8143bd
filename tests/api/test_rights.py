"""Who may not, does not; who may, does: over every operation of every resource.

Rights are held for a component, on zaken for a type and up to a level. Without the scope nothing is
reached at all; with it for another type, or up to too low a level, a detail refuses and whatever
shows more than one object leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.core.validators import EmailValidator
from django.db.models import CharField, Model, TextField

from api.clients.models import Autorisatie, Component
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.documenten.content.parts import MULTIPART
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject, ObjectInformatieObject
from api.pipeline.declare.visibility import AllRights, TypeRights
from api.pipeline.represent.members import Field
from api.pipeline.words import registry
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.requests import BODILESS, BOUNDARY, beside, part_of_content, request_of
from tests.factories.by_model import factory_of, has_factory
from tests.factories.documenten import EnkelvoudigInformatieObjectFactory
from tests.factories.everything import own_resources
from tests.factories.zaken import ZaakFactory
from tests.isolation.rows import digests
from tests.isolation.square import House, undone

FORBIDDEN = 403
SECRET = "alleen voor wie het zien mag"
SCOPES = {
    label
    for resource in own_resources()
    for operation in resource.operations.values()
    for label in operation.scope.labels()
}

OPERATIONS = [
    pytest.param(resource, action, id=f"{resource.api.name}-{resource.noun}-{action}")
    for resource in own_resources()
    for action in resource.operations
]
OF_A_TYPE = [each for each in OPERATIONS if isinstance(each.values[0].rights, TypeRights)]  # type: ignore[union-attr]
OF_EVERYTHING = [each for each in OPERATIONS if isinstance(each.values[0].rights, AllRights)]  # type: ignore[union-attr]
OF_A_SCOPE = [each for each in OPERATIONS if each not in OF_EVERYTHING]
COLLECTIONS = ("list", "search")
ON_ONE = [each for each in OF_A_TYPE if each.values[1] not in COLLECTIONS]
ON_MANY = [each for each in OF_A_TYPE if each.values[1] in COLLECTIONS and each.values[0].represents_model]  # type: ignore[union-attr]
OF_MAINS = [
    resource
    for resource in own_resources()
    if isinstance(resource.rights, TypeRights) and resource.represents_model
]
SHOWN = [resource for resource in OF_MAINS if "retrieve" in resource.operations]
MAINS: Mapping[type[Model], str] = {Zaak: "zaaktype", EnkelvoudigInformatieObject: "informatieobjecttype"}
"""What is judged by its type and level, with the attribute of the type."""
WITHOUT_TEXT: frozenset[type[Model]] = frozenset((BestandsDeel, ObjectInformatieObject))
"""Models that have no column in which a secret can stand; that they are left out is all that shows."""
READING = [each for each in OPERATIONS if each.values[1] in ("list", "retrieve")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(haarlem_house: House) -> Iterator[House]:
    """The zaak and its parts are geheim and carry a secret; one of another type is related, and has none."""
    with undone():
        with in_municipality(haarlem_house.api.municipality):
            for main in MAINS:
                main._default_manager.update(vertrouwelijkheidaanduiding=Level.GEHEIM)
            for resource in OF_MAINS:
                if columns := secret_columns(resource):
                    resource.model._default_manager.update(**dict.fromkeys(columns, SECRET))
            others = {
                Zaak: ZaakFactory.create(hoofdzaak=haarlem_house[Zaak]),
                EnkelvoudigInformatieObject: EnkelvoudigInformatieObjectFactory.create(),
            }
            for resource in OF_MAINS:
                if resource.main and has_factory(resource.model):
                    other = others[resource.main_resource().model]
                    factory_of(resource.model).create(**{resource.main: other})
        yield replace(haarlem_house, bodies={})


def secret_columns(resource: Any) -> list[str]:
    """The columns that a reader is shown and that hold any text."""
    unique = {
        name for constraint in resource.model._meta.total_unique_constraints for name in constraint.fields
    }
    shown = {member.attribute for member in resource.representation.members.values() if type(member) is Field}
    return [
        column.name
        for column in resource.model._meta.concrete_fields
        if column.name in shown - unique and takes_any_text(column)
    ]


def takes_any_text(column: Any) -> bool:
    return (
        type(column) in (CharField, TextField)
        and not column.choices
        and not column.unique
        and not any(isinstance(each, EmailValidator) for each in column.validators)
        and (column.max_length or len(SECRET)) >= len(SECRET)
    )


@pytest.mark.parametrize("resource", OF_MAINS, ids=lambda resource: resource.noun)
def test_what_is_judged_on_a_zaak_can_carry_a_secret(resource: Any) -> None:
    assert bool(secret_columns(resource)) != (resource.model in WITHOUT_TEXT), (
        f"{resource.model.__name__} needs a member that is any text, or a place in WITHOUT_TEXT"
    )


@pytest.mark.parametrize("resource", SHOWN, ids=lambda resource: resource.noun)
def test_who_may_see_it_sees_the_secret(hidden: House, resource: Any) -> None:
    answer = hidden.api.get(f"{resource.root()}/{hidden[resource.model].pk}")
    assert (SECRET in answer.content.decode()) == (resource.model not in WITHOUT_TEXT)


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_without_any_right_nothing_is_reached(haarlem_house: House, resource: Any, action: str) -> None:
    assert is_refused(haarlem_house, [], resource, action)


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_another_scope_is_not_enough(haarlem_house: House, resource: Any, action: str) -> None:
    others = SCOPES - resource.operations[action].scope.labels()
    with in_municipality(haarlem_house.api.municipality):
        given = [_on_mains(haarlem_house, component, others) for component in Component.values]
    assert is_refused(haarlem_house, given, resource, action)


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_another_component_is_not_enough(haarlem_house: House, resource: Any, action: str) -> None:
    operation = resource.operations[action]
    counting = {component for component, _ in resource.rights.sources(operation.scope)}
    others = [component for component in Component.values if component not in counting]
    with in_municipality(haarlem_house.api.municipality):
        given = [_on_mains(haarlem_house, component, SCOPES) for component in others]
    assert is_refused(haarlem_house, given, resource, action)


@pytest.mark.parametrize(("resource", "action"), OF_EVERYTHING)
def test_where_all_rights_are_needed_no_scope_is_enough(
    haarlem_house: House, resource: Any, action: str
) -> None:
    with in_municipality(haarlem_house.api.municipality):
        given = [_on_mains(haarlem_house, component, SCOPES) for component in Component.values]
    assert is_refused(haarlem_house, given, resource, action)


@pytest.mark.parametrize(("resource", "action"), OF_A_SCOPE)
def test_the_scope_is_enough(haarlem_house: House, resource: Any, action: str) -> None:
    sources = resource.rights.sources(resource.operations[action].scope)
    assert sources
    for component, enough in sources:
        with undone():
            with in_municipality(haarlem_house.api.municipality):
                given = _on_mains(haarlem_house, component, enough.labels())
            answer = sent(haarlem_house, [given], resource, action)
            assert answer.status_code != FORBIDDEN, answer.content


@pytest.mark.parametrize("held", ["another type", "too low a level"])
@pytest.mark.parametrize(("resource", "action"), ON_ONE)
def test_one_object_beyond_the_right_is_refused(hidden: House, resource: Any, action: str, held: str) -> None:
    assert is_refused(hidden, _rights_beside(hidden, held), resource, action)


@pytest.mark.parametrize("held", ["another type", "too low a level"])
@pytest.mark.parametrize(("resource", "action"), ON_MANY)
def test_many_leave_out_what_is_beyond_the_right(
    hidden: House, resource: Any, action: str, held: str
) -> None:
    answer = sent(hidden, _rights_beside(hidden, held), resource, action)

    assert answer.status_code == 200, answer.content
    assert str(hidden[resource.model].pk) not in keys_in(answer)


@pytest.mark.parametrize(("resource", "action"), ON_MANY)
def test_many_show_what_is_within_the_right(hidden: House, resource: Any, action: str) -> None:
    with in_municipality(hidden.api.municipality):
        given = _on_mains(hidden, resource.api.component, SCOPES)
    answer = sent(hidden, [given], resource, action)

    assert str(hidden[resource.model].pk) in keys_in(answer)


@pytest.mark.parametrize("held", ["another type", "too low a level"])
@pytest.mark.parametrize(("resource", "action"), READING)
def test_nothing_expands_into_what_is_beyond_the_right(
    hidden: House, resource: Any, action: str, held: str
) -> None:
    method, path = request_of(resource, action, hidden)
    members = resource.representation.members.items() if resource.expands else ()
    steps = [
        name
        for name, member in members
        if (target := member.target(resource.model)) and registry.is_served(target)
    ]
    reader = application(hidden, _rights_beside(hidden, held))

    answer = reader.request(method.upper(), f"{path}?expand={','.join(steps)}" if steps else path)

    assert SECRET not in answer.content.decode()


def keys_in(answer: Response) -> list[str]:
    """Of the objects that a list or a page shows."""
    shown = answer.json()
    return [
        each["url"].rpartition("/")[2] for each in (shown if isinstance(shown, list) else shown["results"])
    ]


def is_refused(house: House, given: Sequence[Autorisatie], resource: Any, action: str) -> bool:
    """Whether an application with these rights gets a 403, and nothing is written by trying."""
    answer = sent(house, given, resource, action)
    return bool(answer.status_code == FORBIDDEN)


def sent(house: House, given: Sequence[Autorisatie], resource: Any, action: str) -> Response:
    """What an application with these rights is answered to an ordinary request; it has not happened after."""
    method, path = request_of(resource, action, house)
    body = _body(house, resource, action, method)
    with undone():
        caller = application(house, given)
        if action == "create":
            house.vacate(resource)
        before = digests(house.api.municipality)
        if resource.operations[action].takes == MULTIPART:
            answer = caller.multipart(method.upper(), path, part_of_content(), BOUNDARY)
        else:
            answer = caller.request(method.upper(), path, body)
        if answer.status_code == FORBIDDEN:
            assert digests(house.api.municipality) == before
        return answer


def application(house: House, given: Sequence[Autorisatie]) -> ApiClient:
    """An application that may do this and nothing else."""
    return api_with_rights(house.api.municipality, *given)


def _body(house: House, resource: Any, action: str, method: str) -> Any:
    if action in ("create", "update", "partial_update"):
        return house.body(resource)
    if action == "search":
        return {"uuid__in": [str(house[resource.model].pk)]}
    return None if method in BODILESS else beside(resource, action)


def _on_mains(house: House, component: str, scopes: Any) -> Autorisatie:
    """A right on the type of the zaak or the document, up to the highest level."""
    model = EnkelvoudigInformatieObject if component == Component.DOCUMENTEN else Zaak
    return right(component, sorted(scopes), getattr(house[model], MAINS[model]), maximum=Level.ZEER_GEHEIM)


def _rights_beside(house: House, held: str) -> list[Autorisatie]:
    """Every scope, but for objects of another type or up to a lower level; and the whole catalogue."""
    given = [right("ztc", sorted(SCOPES))]
    for (model, name), component in zip(MAINS.items(), ("zrc", "drc"), strict=True):
        own = getattr(house[model], name)
        with in_municipality(house.api.municipality):
            other = getattr(model._default_manager.exclude(**{name: own}).get(), name)
        subjects = {"another type": (other, Level.ZEER_GEHEIM), "too low a level": (own, Level.CONFIDENTIEEL)}
        subject, maximum = subjects[held]
        given.append(right(component, sorted(SCOPES), subject, maximum=maximum))
    return given
