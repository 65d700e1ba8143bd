"""zrc-008: a status on a closed zaak opens it again."""

from __future__ import annotations

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.zaken.conftest import STATUSSEN, Catalogue

LATER = "2026-02-02T10:00:00Z"


def setting(catalogue: Catalogue, *scopes: str) -> ApiClient:
    with in_municipality(catalogue.municipality):
        given = right("zrc", scopes, catalogue.zaaktype, maximum=8)  # type: ignore[arg-type]
    return api_with_rights(catalogue.municipality, given)


def test_a_status_on_a_closed_zaak_needs_its_scope(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    api = setting(catalogue, "zaken.statussen.toevoegen")
    answer = api.post(STATUSSEN, catalogue.status(zaak, catalogue.first, datumStatusGezet=LATER))
    assert answer.status_code == 403
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] == "2026-02-01"


def test_reopening_forgets_the_end_and_the_archive(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    archive = {"archiefnominatie": "vernietigen", "archiefactiedatum": "2031-02-01"}
    haarlem_api.patch(catalogue.url(zaak), archive)
    api = setting(catalogue, "zaken.heropenen", "zaken.lezen")
    answer = api.post(STATUSSEN, catalogue.status(zaak, catalogue.first, datumStatusGezet=LATER))
    assert answer.status_code == 201
    found = api.get(catalogue.url(zaak)).json()
    assert [found[name] for name in ("einddatum", *archive)] == [None, None, None]
