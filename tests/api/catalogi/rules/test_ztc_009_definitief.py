"""ztc-009: a published type does not change any more."""

from __future__ import annotations

from typing import Any

import pytest
from factory.django import DjangoModelFactory

from api.catalogi.models import Zaaktype
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import make, nothing_written, path_of
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import BesluittypeFactory, InformatieobjecttypeFactory, ZaaktypeFactory

MAIN_TYPES = [ZaaktypeFactory, InformatieobjecttypeFactory, BesluittypeFactory]
REFUSED = [("nonFieldErrors", "non-concept-object")]

Factory = type[DjangoModelFactory[Any]]


def test_a_concept_changes(writer: ApiClient, concept: Zaaktype) -> None:
    assert writer.patch(url(concept), {"toelichting": "x"}).status_code == 200


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_a_published_type_does_not(haarlem: Municipality, writer: ApiClient, factory: Factory) -> None:
    path = path_of(make(haarlem, factory, published=True))
    shown = writer.get(path).json()

    with nothing_written(haarlem):
        assert violations(writer.patch(path, {"omschrijving": "x"})) == REFUSED
        assert violations(writer.put(path, shown)) == REFUSED
        assert violations(writer.delete(path)) == REFUSED


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_it_may_be_given_an_end(haarlem: Municipality, writer: ApiClient, factory: Factory) -> None:
    path = path_of(make(haarlem, factory, published=True))

    assert writer.patch(path, {"eindeGeldigheid": "2030-01-01"}).json()["eindeGeldigheid"] == "2030-01-01"


def test_an_end_and_something_else_is_refused(
    haarlem: Municipality, writer: ApiClient, published: Zaaktype
) -> None:
    with nothing_written(haarlem):
        refused = writer.patch(url(published), {"eindeGeldigheid": "2030-01-01", "toelichting": "x"})
    assert violations(refused) == REFUSED


def test_names_that_are_no_columns_do_not_change_either(
    haarlem: Municipality, writer: ApiClient, published: Zaaktype
) -> None:
    with nothing_written(haarlem):
        assert violations(writer.patch(url(published), {"besluittypen": ["Ander"]})) == REFUSED


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_force_corrects_and_deletes_it(
    haarlem: Municipality, haarlem_api: ApiClient, factory: Factory
) -> None:
    path = path_of(make(haarlem, factory, published=True))

    assert haarlem_api.patch(path, {"omschrijving": "x"}).json()["omschrijving"] == "x"
    assert haarlem_api.delete(path).status_code == 204
