"""Each recorded shape is answered as it was: status, members and paging form."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from http import HTTPStatus

import pytest
from pytest_django import DjangoDbBlocker

from tests.api.client import Response
from tests.api.modes import answering
from tests.api.traffic.cast import Cast, cast
from tests.api.traffic.fill import fill
from tests.api.traffic.otherwise import NOT_SERVED, OPEN_ZAAK_ALONE
from tests.api.traffic.shapes import Shape, shapes
from tests.conftest import municipality
from tests.isolation.square import undone

PAGED = frozenset(("count", "next", "previous", "results"))

each_shape = pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.name)


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), undone():
        haarlem = municipality("haarlem")
        assert haarlem.open_zaak_compatibility, "clients of Open Zaak are promised nothing without"
        yield cast(haarlem)


def send(shape: Shape, played: Cast) -> Response:
    client = played.editor if shape.api == "catalogi" else played.form_server
    with undone():
        return fill(shape, played).send(client)


@each_shape
def test_it_is_answered_as_recorded(shape: Shape, played: Cast) -> None:
    assert difference(shape, send(shape, played)) == expected(shape)


@each_shape
def test_by_the_letter_it_breaks_nothing(shape: Shape, played: Cast) -> None:
    with answering(played.editor, compatible=False):
        assert send(shape, played).status_code < HTTPStatus.INTERNAL_SERVER_ERROR


def test_what_answers_otherwise_was_recorded() -> None:
    paths = {shape.path for shape in shapes()}
    assert set(NOT_SERVED) <= paths
    assert OPEN_ZAAK_ALONE.keys() <= paths


def expected(shape: Shape) -> str:
    """Where a resource lacks members, any recorded answer that has them shows it."""
    if shape.path in NOT_SERVED:
        return "404"
    return _without(shape.answer_keys & OPEN_ZAAK_ALONE.get(shape.collection, {}).keys())


def difference(shape: Shape, answer: Response) -> str:
    """In a few words; empty where the client goes on as it was used to."""
    if answer.status_code != shape.status:
        return f"{answer.status_code} {_first_reason(answer)}".strip()
    if not shape.answer_keys:
        return ""
    names = answer.json().keys()
    if PAGED in (shape.answer_keys, names):
        return "" if names == shape.answer_keys else "another form of paging"
    return _without(shape.answer_keys - names)


def _without(names: AbstractSet[str]) -> str:
    return f"without {', '.join(sorted(names))}" if names else ""


def _first_reason(answer: Response) -> str:
    if answer.status_code != HTTPStatus.BAD_REQUEST:
        return ""
    first = answer.json()["invalidParams"][0]
    return f"{first['name']}:{first['code']}"
