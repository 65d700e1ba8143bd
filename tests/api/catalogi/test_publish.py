"""A version is made as a concept and published once."""

from __future__ import annotations

from typing import Any

import pytest
from factory.django import DjangoModelFactory

from api.pipeline.validate.references import parsed
from api.records.models import OutboxMessage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, reader, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import BesluittypeFactory, InformatieobjecttypeFactory, ZaaktypeFactory

MAIN_TYPES = [ZaaktypeFactory, InformatieobjecttypeFactory, BesluittypeFactory]
ABSENT = f"{ROOT}/zaaktypen/00000000-0000-4000-8000-000000000000"


def test_a_new_version_is_a_concept_whatever_the_client_says(
    haarlem_api: ApiClient, catalogus_url: str
) -> None:
    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, concept=False))

    assert made.json()["concept"] is True


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_publishing_ends_the_concept(
    haarlem: Municipality, haarlem_api: ApiClient, factory: type[DjangoModelFactory[Any]]
) -> None:
    path = path_of(make(haarlem, factory))

    published = haarlem_api.post(f"{path}/publish")

    assert (published.status_code, published.json()["concept"]) == (200, False)
    assert haarlem_api.get(path).json() == published.json()


def test_publishing_is_told_to_subscribers(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    haarlem_api.post(f"{path_of(make(haarlem, ZaaktypeFactory))}/publish")

    with in_municipality(haarlem):
        message = OutboxMessage.objects.get()
    assert (message.kanaal, message.actie, list(parsed(message.kenmerken))) == (
        "zaaktypen",
        "publish",
        ["catalogus"],
    )


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_who_only_reads_publishes_nothing(
    haarlem: Municipality, factory: type[DjangoModelFactory[Any]]
) -> None:
    path = path_of(make(haarlem, factory))
    client = reader(haarlem)

    with nothing_written(haarlem):
        assert client.post(f"{path}/publish").status_code == 403


def test_what_does_not_exist_is_not_published(haarlem_api: ApiClient) -> None:
    assert haarlem_api.post(f"{ABSENT}/publish").status_code == 404


def test_publishing_takes_no_parameters(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))

    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(f"{path}/publish?force=true"))
    assert refused == [("nonFieldErrors", "unknown-parameters")]
