"""Forms of values as clients of Open Zaak send and expect them, and by the letter: over all resources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import CharField, DateTimeField, TextField
from rest_framework.serializers import BooleanField

from api.catalogi.objectdate import ObjectDate
from api.pipeline.represent.groups import Group
from api.pipeline.represent.members import Field
from api.pipeline.represent.serializers import write_serializer
from api.pipeline.validate.emptiness import NO_TEXT
from api.pipeline.validate.values import MomentField
from tenants.registry.context import in_municipality
from tests.api.client import Response
from tests.api.modes import answering
from tests.api.refusals import violations
from tests.api.requests import beside, request_of
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OWN = [each for each in own_resources() if each.represents_model and "retrieve" in each.operations]
SIX_DIGITS = re.compile(r"T\d\d:\d\d:\d\d\.500000(Z|[+-]\d\d:\d\d)$")


def written(resource: Any) -> Iterator[tuple[str, Any]]:
    """The fields of what a client may write, where it may."""
    if {"create", "partial_update"} & resource.operations.keys():
        yield from write_serializer(resource)().fields.items()


def shown(resource: Any) -> Iterator[tuple[str, Any, Any]]:
    """By its path: every member that shows a column, in groups too."""
    for name, member in resource.representation.members.items():
        inner = member.members if isinstance(member, Group) else {"": member}
        for step, each in inner.items():
            if isinstance(each, Field) and not isinstance(each, ObjectDate):
                yield f"{name}.{step}".strip("."), each, resource.model._meta.get_field(each.attribute)


def case(resource: Any, name: str) -> Any:
    return pytest.param(resource, name, id=f"{resource.api.name}-{resource.noun}-{name}")


def is_optional(field: Any) -> bool:
    no_text = isinstance(field, NO_TEXT)
    return no_text and not field.required and not getattr(field, "allow_blank", False)


OPTIONAL = [
    case(resource, name)
    for resource in OWN
    for name, field in written(resource)
    if is_optional(field) and not (isinstance(field, BooleanField) and field.allow_null)
]
MOMENTS = [
    case(resource, name)
    for resource in OWN
    for name, field in written(resource)
    if isinstance(field, MomentField)
]
FRACTIONS = [
    case(resource, name)
    for resource in OWN
    for name, _, column in shown(resource)
    if isinstance(column, DateTimeField)
]
TEXTS = [
    case(resource, name)
    for resource in OWN
    for name, _, column in shown(resource)
    if isinstance(column, CharField | TextField) and column.null and not column.choices
]


@pytest.mark.parametrize(("resource", "name"), OPTIONAL)
def test_an_empty_text_for_what_is_no_text_is_not_set(haarlem_house: House, resource: Any, name: str) -> None:
    field = write_serializer(resource)().fields[name]
    with answering(haarlem_house.api, compatible=True):
        empty = send(haarlem_house, resource, {name: ""})
        unset = send(haarlem_house, resource, {name: None} if field.allow_null else {}, without=name)

    assert empty.status_code == unset.status_code, empty.content
    assert empty.status_code in (200, 201), empty.content
    assert empty.json()[name] == unset.json()[name]


@pytest.mark.parametrize(("resource", "name"), OPTIONAL)
def test_by_the_letter_it_is_refused(haarlem_house: House, resource: Any, name: str) -> None:
    with answering(haarlem_house.api, compatible=False):
        refused = send(haarlem_house, resource, {name: ""})

    assert [each for each, _ in violations(refused)] == [name]
    assert haarlem_house.is_unchanged


@pytest.mark.parametrize(("resource", "name"), MOMENTS)
@pytest.mark.parametrize("day", ["2026-01-06", "2025-07-06"])
def test_a_bare_day_is_the_moment_at_which_it_begins(
    haarlem_house: House, resource: Any, name: str, day: str
) -> None:
    with answering(haarlem_house.api, compatible=True):
        answer = send(haarlem_house, resource, {name: day})

    assert answer.status_code in (200, 201), answer.content
    assert datetime.fromisoformat(answer.json()[name]) == datetime.fromisoformat(day).replace(
        tzinfo=AMSTERDAM
    )


@pytest.mark.parametrize(("resource", "name"), MOMENTS)
def test_by_the_letter_a_day_is_no_moment(haarlem_house: House, resource: Any, name: str) -> None:
    with answering(haarlem_house.api, compatible=False):
        assert violations(send(haarlem_house, resource, {name: "2026-01-06"})) == [(name, "invalid")]


@pytest.mark.parametrize(("resource", "name"), FRACTIONS)
@pytest.mark.parametrize("compatible", [True, False])
def test_a_fraction_of_a_second_has_six_digits(
    haarlem_house: House, resource: Any, name: str, compatible: bool
) -> None:
    moment = datetime(2026, 1, 5, 9, 30, 0, 500_000, tzinfo=UTC)
    with undone(), answering(haarlem_house.api, compatible=compatible):
        half = as_stored(haarlem_house, resource, name, moment)
        whole = as_stored(haarlem_house, resource, name, moment.replace(microsecond=0))

    assert SIX_DIGITS.search(half), half
    assert "." not in whole
    assert datetime.fromisoformat(half) == moment


@pytest.mark.parametrize(("resource", "name"), TEXTS)
@pytest.mark.parametrize(("compatible", "answered"), [(True, ""), (False, None)])
def test_open_zaak_has_an_empty_text_for_none(
    haarlem_house: House, resource: Any, name: str, compatible: bool, answered: str | None
) -> None:
    with undone(), answering(haarlem_house.api, compatible=compatible):
        assert as_stored(haarlem_house, resource, name, None) == answered


def test_there_is_something_of_each_kind() -> None:
    assert [bool(each) for each in (OPTIONAL, MOMENTS, FRACTIONS, TEXTS)] == [True] * 4


def send(house: House, resource: Any, given: dict[str, Any], *, without: str = "") -> Response:
    """A change where there is one, else a new object; it has not happened afterwards."""
    action = "partial_update" if "partial_update" in resource.operations else "create"
    body = dict(house.body(resource)) if action == "create" else {}
    body.pop(without, None)
    with undone():
        if action == "create":
            house.vacate(resource)
        method, path = request_of(resource, action, house)
        return house.api.request(method.upper(), path, {**body, **given, **beside(resource, action)})


def as_stored(house: House, resource: Any, name: str, value: Any) -> Any:
    """What is answered of a member whose column holds this."""
    attribute = next(each.attribute for path, each, _ in shown(resource) if path == name)
    with in_municipality(house.api.municipality):
        resource.model._default_manager.filter(pk=house[resource.model].pk).update(**{attribute: value})
    method, path = request_of(resource, "retrieve", house)
    answered: Any = house.api.request(method.upper(), path).json()
    for step in name.split("."):
        answered = answered[step]
    return answered
