"""Rights on a catalogus or an identificatie, for clients that only know plain ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.catalogi.models import Zaaktype
from api.clients.models import Autorisatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.autorisaties.conftest import APPLICATIES, LEZEN
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.factories.catalogi import (
    BesluittypeFactory,
    CatalogusFactory,
    InformatieobjecttypeFactory,
    ZaaktypeFactory,
)

INTERN = Vertrouwelijkheidaanduiding.INTERN
LATER = {"begin_geldigheid": date(2025, 1, 1), "versiedatum": date(2025, 1, 1)}


@pytest.fixture
def zaaktype(haarlem: Municipality) -> Zaaktype:
    """One of the two in its catalogus."""
    with in_municipality(haarlem):
        made: Zaaktype = ZaaktypeFactory.create()
        ZaaktypeFactory.create(catalogus=made.catalogus)
    return made


@pytest.fixture
def holder(haarlem: Municipality, zaaktype: Zaaktype) -> ApiClient:
    """May read zaken of every type in the catalogus, up to intern."""
    return api_with_rights(haarlem, right("zrc", ["zaken.lezen"], zaaktype.catalogus, maximum=INTERN))


def shown(api: ApiClient, holder: ApiClient) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"{APPLICATIES}/consumer?clientId={holder.client.client_id}").json()
    return found


def wide(holder: ApiClient) -> int:
    with in_municipality(holder.municipality):
        return Autorisatie.objects.exclude(catalogus=None).count()


def test_each_type_is_a_plain_autorisatie(
    haarlem_api: ApiClient, holder: ApiClient, zaaktype: Zaaktype
) -> None:
    first, _ = shown(haarlem_api, holder)["autorisaties"]
    assert first == {
        "component": "zrc",
        "componentWeergave": "Zaken API",
        "scopes": ["zaken.lezen"],
        "zaaktype": haarlem_api.url(f"/catalogi/api/v1/zaaktypen/{zaaktype.pk}"),
        "maxVertrouwelijkheidaanduiding": "intern",
    }


def test_an_identificatie_shows_its_versions_alone(haarlem_api: ApiClient, zaaktype: Zaaktype) -> None:
    with in_municipality(haarlem_api.municipality):
        named = {"catalogus": zaaktype.catalogus, "identificatie": zaaktype.identificatie}
        later = ZaaktypeFactory.create(**named, **LATER)
    given = right("zrc", ["zaken.lezen"], zaaktype.catalogus, identificatie=zaaktype.identificatie)
    holder = api_with_rights(haarlem_api.municipality, given)
    urls = {each["zaaktype"] for each in shown(haarlem_api, holder)["autorisaties"]}
    assert urls == {haarlem_api.url(f"/catalogi/api/v1/zaaktypen/{each.pk}") for each in (zaaktype, later)}


def test_documenten_and_besluiten_show_their_own_types(haarlem_api: ApiClient, zaaktype: Zaaktype) -> None:
    with in_municipality(haarlem_api.municipality):
        document = InformatieobjecttypeFactory.create(catalogus=zaaktype.catalogus)
        besluit = BesluittypeFactory.create(catalogus=zaaktype.catalogus)
    holder = api_with_rights(
        haarlem_api.municipality,
        right("drc", ["documenten.lezen"], zaaktype.catalogus, maximum=INTERN),
        right("brc", ["besluiten.lezen"], zaaktype.catalogus),
    )
    first, second = shown(haarlem_api, holder)["autorisaties"]
    assert first["informatieobjecttype"].endswith(f"/informatieobjecttypen/{document.pk}")
    assert second["besluittype"].endswith(f"/besluittypen/{besluit.pk}")
    assert "maxVertrouwelijkheidaanduiding" not in second


def test_it_survives_a_client_that_sends_it_back_and_covers_what_comes_later(
    haarlem_api: ApiClient, holder: ApiClient, zaaktype: Zaaktype
) -> None:
    before = shown(haarlem_api, holder)
    assert haarlem_api.put(before["url"], before).json() == before
    with in_municipality(holder.municipality):
        ZaaktypeFactory.create(catalogus=zaaktype.catalogus)
    assert len(shown(haarlem_api, holder)["autorisaties"]) == 3


def test_it_survives_another_right_beside_it(haarlem_api: ApiClient, holder: ApiClient) -> None:
    before = shown(haarlem_api, holder)
    answer = haarlem_api.patch(before["url"], {"autorisaties": [*before["autorisaties"], LEZEN]})
    assert (len(answer.json()["autorisaties"]), wide(holder)) == (3, 1)


def test_taking_one_type_away_takes_it_away(haarlem_api: ApiClient, holder: ApiClient) -> None:
    before = shown(haarlem_api, holder)
    answer = haarlem_api.patch(before["url"], {"autorisaties": before["autorisaties"][1:]})
    assert answer.json()["autorisaties"] == before["autorisaties"][1:]
    assert wide(holder) == 0


@pytest.mark.parametrize(
    "other", [{"scopes": ["zaken.bijwerken"]}, {"maxVertrouwelijkheidaanduiding": "openbaar"}]
)
def test_another_scope_or_level_is_another_right(
    haarlem_api: ApiClient, holder: ApiClient, other: dict[str, Any]
) -> None:
    before = shown(haarlem_api, holder)
    changed = [{**each, **other} for each in before["autorisaties"]]
    answer = haarlem_api.patch(before["url"], {"autorisaties": changed})
    assert (answer.json()["autorisaties"], wide(holder)) == (changed, 0)


def test_all_rights_replace_it(haarlem_api: ApiClient, holder: ApiClient) -> None:
    url = shown(haarlem_api, holder)["url"]
    answer = haarlem_api.patch(url, {"heeftAlleAutorisaties": True, "autorisaties": []})
    assert (answer.status_code, wide(holder)) == (200, 0)


def test_on_an_empty_catalogus_it_shows_nothing_and_survives_that(haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem_api.municipality):
        empty = CatalogusFactory.create()
    holder = api_with_rights(haarlem_api.municipality, right("zrc", ["zaken.lezen"], empty, maximum=INTERN))
    before = shown(haarlem_api, holder)
    assert before["autorisaties"] == []
    assert haarlem_api.put(before["url"], before).status_code == 200
    assert wide(holder) == 1


def test_an_empty_list_leaves_nothing_and_is_refused(haarlem_api: ApiClient, holder: ApiClient) -> None:
    url = shown(haarlem_api, holder)["url"]
    assert violations(haarlem_api.patch(url, {"autorisaties": []})) == [
        ("nonFieldErrors", "missing-authorizations")
    ]
    assert wide(holder) == 1
