"""What the caller may not read is not there for it, as a hoofdzaak, a relevante zaak or a rol."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.pipeline.words import registry
from api.zaken.models import Rol, Status, Zaak
from api.zaken.scopes import BIJWERKEN, STATUS_ZETTEN, ZAKEN_AANMAKEN, ZAKEN_LEZEN, ZAKEN_VERWIJDEREN
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, STATUSSEN, ZAKEN, Catalogue
from tests.factories.by_model import factory_of

SCOPES = (ZAKEN_LEZEN, ZAKEN_AANMAKEN, BIJWERKEN, STATUS_ZETTEN, ZAKEN_VERWIJDEREN)


def said(answer: Response) -> Any:
    return answer.status_code, {**answer.json(), "instance": ""}


@pytest.fixture
def secret(catalogue: Catalogue) -> Zaak:
    return catalogue.new_zaak(vertrouwelijkheidaanduiding=Level.GEHEIM)


@pytest.fixture
def limited(catalogue: Catalogue) -> ApiClient:
    rights = right("zrc", SCOPES, catalogue.zaaktype, maximum=Level.CONFIDENTIEEL)
    return api_with_rights(catalogue.municipality, rights)


def test_nobody_makes_a_zaak_of_another_undeletable(
    limited: ApiClient, haarlem_api: ApiClient, catalogue: Catalogue, secret: Zaak
) -> None:
    answer = limited.post(ZAKEN, catalogue.zaak(hoofdzaak=catalogue.url(secret)))
    assert violations(answer) == [("hoofdzaak", "no_match")]
    assert haarlem_api.delete(catalogue.url(secret)).status_code == 204


@pytest.mark.parametrize("method", ["post", "patch"])
def test_a_relevante_zaak_that_may_not_be_read(
    limited: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak, method: str
) -> None:
    def refused(url: str) -> Any:
        given = {"relevanteAndereZaken": [{"url": url, "aardRelatie": "vervolg"}]}
        if method == "post":
            return said(limited.post(ZAKEN, catalogue.zaak(**given)))
        return said(limited.patch(catalogue.url(zaak), given))

    hidden = refused(catalogue.url(secret))
    assert hidden == refused(limited.url(f"{ZAKEN}/{uuid4()}"))
    assert [each["code"] for each in hidden[1]["invalidParams"]] == ["bad-url"]


def test_what_was_read_can_be_put_back(limited: ApiClient, catalogue: Catalogue, secret: Zaak) -> None:
    url = registry.resource_for(Zaak).url_of(secret)
    related = [{"url": url, "aardRelatie": "vervolg"}]
    zaak = catalogue.new_zaak(hoofdzaak=secret, relevante_andere_zaken=related)
    body = limited.get(catalogue.url(zaak)).json()
    answer = limited.put(catalogue.url(zaak), {**body, "omschrijving": "anders"})
    assert (answer.status_code, answer.json()["omschrijving"]) == (200, "anders")
    assert answer.json()["hoofdzaak"] == catalogue.url(secret)
    assert answer.json()["relevanteAndereZaken"] == body["relevanteAndereZaken"]


def test_what_stands_there_tells_nothing_to_who_may_not_read_it(
    limited: ApiClient, catalogue: Catalogue, secret: Zaak
) -> None:
    part = catalogue.new_zaak(hoofdzaak=secret, vertrouwelijkheidaanduiding=Level.GEHEIM)
    standing = limited.patch(catalogue.url(part), {"hoofdzaak": catalogue.url(secret)})
    absent = limited.patch(catalogue.url(part), {"hoofdzaak": limited.url(f"{ZAKEN}/{uuid4()}")})
    assert said(standing) == said(absent)


def test_the_zaak_that_something_belongs_to_is_judged(
    limited: ApiClient, catalogue: Catalogue, secret: Zaak
) -> None:
    assert limited.post(ROLLEN, catalogue.rol(secret)).status_code == 403
    assert limited.post(STATUSSEN, catalogue.status(secret, catalogue.first)).status_code == 403


def test_who_may_only_write_refers_to_types_and_to_the_zaak(catalogue: Catalogue, zaak: Zaak) -> None:
    writer = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.aanmaken"], catalogue.zaaktype, maximum=Level.ZEER_GEHEIM),
    )
    assert writer.post(ZAKEN, catalogue.zaak()).status_code == 201
    assert writer.post(STATUSSEN, catalogue.status(zaak, catalogue.first)).status_code == 201


def test_a_rol_of_a_zaak_that_may_not_be_read(
    limited: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        rol = factory_of(Rol).create(zaak=secret)
    body = catalogue.status(zaak, catalogue.first, gezetdoor=catalogue.url(rol))
    assert violations(limited.post(STATUSSEN, body)) == [("gezetdoor", "bad-url")]
    with in_municipality(catalogue.municipality):
        assert not Status.objects.exists()
