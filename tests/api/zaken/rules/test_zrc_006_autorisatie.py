"""zrc-006: rights on zaken are per zaaktype, up to a level; lists leave out, a detail refuses."""

from __future__ import annotations

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.zaken.conftest import RESULTATEN, ROLLEN, STATUSSEN, ZAKEN, Catalogue

INTERN = Vertrouwelijkheidaanduiding.INTERN


@pytest.fixture
def reader(catalogue: Catalogue) -> ApiClient:
    """May read and make zaken of the zaaktype, up to intern."""
    with in_municipality(catalogue.municipality):
        scopes = ["zaken.lezen", "zaken.aanmaken", "zaken.bijwerken"]
        given = right("zrc", scopes, catalogue.zaaktype, maximum=INTERN)
    return api_with_rights(catalogue.municipality, given)


@pytest.fixture
def secret(catalogue: Catalogue) -> Zaak:
    return catalogue.new_zaak(vertrouwelijkheidaanduiding=Vertrouwelijkheidaanduiding.GEHEIM)


@pytest.fixture
def foreign(catalogue: Catalogue) -> Zaak:
    return catalogue.new_zaak(zaaktype=catalogue.other)


def test_a_list_shows_what_may_be_seen(
    reader: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak, foreign: Zaak
) -> None:
    found = reader.get(ZAKEN).json()
    assert (found["count"], [each["uuid"] for each in found["results"]]) == (1, [str(zaak.pk)])


def test_a_search_shows_what_may_be_seen(
    reader: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak, foreign: Zaak
) -> None:
    wanted = {"uuid__in": [str(each.pk) for each in (zaak, secret, foreign)]}
    assert reader.post(f"{ZAKEN}/_zoek", wanted).json()["count"] == 1


@pytest.mark.parametrize("hidden", ["secret", "foreign"])
def test_a_detail_refuses(
    reader: ApiClient, catalogue: Catalogue, hidden: str, request: pytest.FixtureRequest
) -> None:
    answer = reader.get(catalogue.url(request.getfixturevalue(hidden)))
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_expand_leaves_out_what_may_not_be_seen(
    reader: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        Zaak.objects.filter(pk=zaak.pk).update(hoofdzaak=secret)
    found = reader.get(f"{catalogue.url(zaak)}?expand=hoofdzaak,hoofdzaak.rollen").json()
    assert found["hoofdzaak"] == catalogue.url(secret)
    assert found["_expand"] == {}


def test_expanded_deelzaken_are_filtered(
    reader: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        Zaak.objects.filter(pk=secret.pk).update(hoofdzaak=zaak)
    assert reader.get(f"{ZAKEN}?expand=deelzaken").json()["results"][0]["_expand"] == {"deelzaken": []}


def test_one_clients_rights_are_never_anothers(
    haarlem_api: ApiClient, reader: ApiClient, catalogue: Catalogue, zaak: Zaak, secret: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        Zaak.objects.filter(pk=secret.pk).update(hoofdzaak=zaak)
    url = f"{catalogue.url(zaak)}?expand=deelzaken"
    seen = [len(api.get(url).json()["_expand"]["deelzaken"]) for api in (haarlem_api, reader, haarlem_api)]
    assert seen == [1, 0, 1]


@pytest.mark.parametrize("path", [STATUSSEN, RESULTATEN, ROLLEN, ZAKEN])
def test_without_any_right_a_list_refuses(catalogue: Catalogue, path: str) -> None:
    with in_municipality(catalogue.municipality):
        given = right("ztc", ["catalogi.lezen"])
    assert api_with_rights(catalogue.municipality, given).get(path).status_code == 403


def test_making_one_beyond_the_level_is_refused(reader: ApiClient, catalogue: Catalogue) -> None:
    answer = reader.post(ZAKEN, catalogue.zaak(vertrouwelijkheidaanduiding="geheim"))
    assert answer.status_code == 403
    with in_municipality(catalogue.municipality):
        assert Zaak.objects.count() == 0


def test_raising_it_beyond_the_level_is_refused(reader: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = reader.patch(catalogue.url(zaak), {"vertrouwelijkheidaanduiding": "geheim"})
    assert answer.status_code == 403


def test_a_right_on_a_catalogus_covers_later_versions(catalogue: Catalogue, zaak: Zaak) -> None:
    with in_municipality(catalogue.municipality):
        given = right("zrc", ["zaken.lezen"], catalogue.zaaktype.catalogus, maximum=INTERN)
    assert api_with_rights(catalogue.municipality, given).get(ZAKEN).json()["count"] == 1


def test_a_right_on_an_identificatie_covers_that_alone(
    catalogue: Catalogue, zaak: Zaak, foreign: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        given = right(
            "zrc",
            ["zaken.lezen"],
            catalogue.zaaktype.catalogus,
            identificatie=catalogue.zaaktype.identificatie,
            maximum=INTERN,
        )
    assert api_with_rights(catalogue.municipality, given).get(ZAKEN).json()["count"] == 1
