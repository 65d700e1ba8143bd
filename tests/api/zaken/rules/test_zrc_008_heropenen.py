"""zrc-008: a status on a closed zaak opens it again."""

from __future__ import annotations

import pytest

from api.zaken.models import Status, Zaak
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


CLOSING = "2026-02-01T10:00:00Z"
FORCE = "zaken.geforceerd-bijwerken"


@pytest.mark.parametrize(
    ("moment", "held", "status", "einddatum"),
    [
        ("2026-01-31T22:59:59Z", "zaken.heropenen", 403, "2026-02-01"),
        ("2026-01-31T23:30:00Z", "zaken.heropenen", 403, "2026-02-01"),
        ("2026-02-01T09:59:59Z", "zaken.heropenen", 403, "2026-02-01"),
        (CLOSING, "zaken.heropenen", 201, None),
        ("2026-02-01T23:30:00Z", "zaken.heropenen", 201, None),
        ("2026-01-31T22:59:59Z", FORCE, 201, "2026-02-01"),
        ("2026-02-01T09:59:59Z", FORCE, 201, "2026-02-01"),
        (CLOSING, FORCE, 201, None),
    ],
)
def test_what_is_dated_before_the_end_is_history(
    haarlem_api: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    moment: str,
    held: str,
    status: int,
    einddatum: str | None,
) -> None:
    catalogue.close(haarlem_api, zaak)
    api = setting(catalogue, held, "zaken.statussen.toevoegen")
    answer = api.post(STATUSSEN, catalogue.status(zaak, catalogue.first, datumStatusGezet=moment))
    assert answer.status_code == status
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] == einddatum
    with in_municipality(catalogue.municipality):
        assert Status.objects.count() == (2 if status == 201 else 1)


@pytest.mark.parametrize(
    ("moment", "einddatum"), [("2026-01-20T10:00:00Z", "2026-02-01"), ("2026-02-03T10:00:00Z", "2026-02-03")]
)
def test_an_end_status_of_before_the_end_changes_nothing(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, moment: str, einddatum: str
) -> None:
    catalogue.close(haarlem_api, zaak)
    answer = haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.last, datumStatusGezet=moment))
    assert answer.status_code == 201
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] == einddatum


def test_history_keeps_what_was_derived_for_the_archive(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    archive = {"archiefnominatie": "vernietigen", "archiefactiedatum": "2031-02-01"}
    haarlem_api.patch(catalogue.url(zaak), archive)
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet="2026-01-20T10:00:00Z")
    assert haarlem_api.post(STATUSSEN, body).json()["indicatieLaatstGezetteStatus"] is False
    found = haarlem_api.get(catalogue.url(zaak)).json()
    assert {name: found[name] for name in archive} == archive


def test_a_zaak_that_is_closed_without_a_status_has_its_day(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        Zaak.objects.update(einddatum="2026-02-01")
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet="2026-02-01T00:30:00Z")
    assert haarlem_api.post(STATUSSEN, body).status_code == 201
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] is None
