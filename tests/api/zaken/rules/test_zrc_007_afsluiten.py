"""zrc-007: the end status closes a zaak, which then changes by force only."""

from __future__ import annotations

from datetime import date

import pytest

from api.zaken.models import Resultaat, Status, Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import RESULTATEN, ROLLEN, STATUSSEN, Catalogue

LIMITED = ("zaken.lezen", "zaken.aanmaken", "zaken.bijwerken", "zaken.statussen.toevoegen", "zaken.heropenen")
FORCE = "zaken.geforceerd-bijwerken"


def limited(catalogue: Catalogue, *more: str) -> ApiClient:
    with in_municipality(catalogue.municipality):
        given = right("zrc", [*LIMITED, *more], catalogue.zaaktype, maximum=8)  # type: ignore[arg-type]
    return api_with_rights(catalogue.municipality, given)


def test_closing_needs_a_resultaat(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.last))
    assert violations(answer) == [("nonFieldErrors", "resultaat-does-not-exist")]
    with in_municipality(catalogue.municipality):
        assert Status.objects.count() == 0


def test_the_end_status_closes_on_its_day(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] == "2026-02-01"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-02T00:30:00+01:00", "2026-01-02"),
        ("2026-01-01T23:30:00Z", "2026-01-02"),
        ("2026-01-01T23:00:00Z", "2026-01-02"),
        ("2026-01-01T22:59:59Z", "2026-01-01"),
        ("2025-07-01T22:30:00Z", "2025-07-02"),
        ("2025-07-01T22:00:00Z", "2025-07-02"),
        ("2025-07-01T21:59:59Z", "2025-07-01"),
    ],
)
def test_that_day_is_the_one_in_amsterdam(
    haarlem_api: ApiClient, catalogue: Catalogue, moment: str, day: str
) -> None:
    zaak = catalogue.new_zaak(startdatum=date(2025, 1, 1))
    haarlem_api.post(RESULTATEN, catalogue.resultaat(zaak))
    body = catalogue.status(zaak, catalogue.last, datumStatusGezet=moment)
    assert haarlem_api.post(STATUSSEN, body).json()["datumStatusGezet"][:10] == day
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] == day


def test_a_zaak_closes_on_the_day_that_it_began(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    zaak = catalogue.new_zaak(startdatum=date(2026, 1, 2))
    haarlem_api.post(RESULTATEN, catalogue.resultaat(zaak))
    body = catalogue.status(zaak, catalogue.last, datumStatusGezet="2026-01-01T23:30:00Z")
    assert haarlem_api.post(STATUSSEN, body).status_code == 201
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] == "2026-01-02"


def test_an_earlier_status_does_not_close(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.first))
    assert haarlem_api.get(catalogue.url(zaak)).json()["einddatum"] is None


def test_closing_is_in_the_trail_of_the_zaak(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    lines = haarlem_api.get(f"{catalogue.url(zaak)}/audittrail").json()
    changed = [line for line in lines if line["resource"] == "zaak"]
    assert changed[0]["wijzigingen"]["oud"]["einddatum"] is None
    assert changed[0]["wijzigingen"]["nieuw"]["einddatum"] == "2026-02-01"


def test_a_closed_zaak_needs_force(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    answer = limited(catalogue).patch(catalogue.url(zaak), {"omschrijving": "nieuw"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "permission_denied"


def test_with_force_it_changes(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    forced = limited(catalogue, FORCE)
    assert forced.patch(catalogue.url(zaak), {"omschrijving": "nieuw"}).status_code == 200


def test_a_rol_in_a_closed_zaak_needs_force(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    assert limited(catalogue).post(ROLLEN, catalogue.rol(zaak)).status_code == 403
    assert limited(catalogue, FORCE).post(ROLLEN, catalogue.rol(zaak)).status_code == 201


def test_a_rol_of_a_closed_zaak_stays(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    url = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    catalogue.close(haarlem_api, zaak)
    assert limited(catalogue).delete(url).status_code == 403
    assert haarlem_api.get(url).status_code == 200
    assert limited(catalogue, FORCE).delete(url).status_code == 204


def test_a_closed_zaak_gets_a_resultaat_by_force(catalogue: Catalogue) -> None:
    closed = catalogue.new_zaak(einddatum=date(2026, 2, 1))
    refused = limited(catalogue).post(RESULTATEN, catalogue.resultaat(closed))
    with in_municipality(catalogue.municipality):
        left = Resultaat.objects.count()
    made = limited(catalogue, FORCE).post(RESULTATEN, catalogue.resultaat(closed))
    assert (refused.status_code, left, made.status_code) == (403, 0, 201)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_resultaat_of_a_closed_zaak_changes_by_force(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, method: str
) -> None:
    catalogue.close(haarlem_api, zaak)
    with in_municipality(catalogue.municipality):
        url = catalogue.url(Resultaat.objects.get())
    body = catalogue.resultaat(zaak, toelichting="nieuw")
    assert limited(catalogue).request(method, url, body).status_code == 403
    assert haarlem_api.get(url).json()["toelichting"] == ""
    assert limited(catalogue, FORCE).request(method, url, body).json()["toelichting"] == "nieuw"


def test_a_resultaat_of_a_closed_zaak_stays(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    with in_municipality(catalogue.municipality):
        url = catalogue.url(Resultaat.objects.get())
    assert limited(catalogue).delete(url).status_code == 403
    assert haarlem_api.get(url).status_code == 200
    assert limited(catalogue, FORCE).delete(url).status_code == 204


def test_a_second_resultaat_is_said_before_rights(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    answer = limited(catalogue).post(RESULTATEN, catalogue.resultaat(zaak))
    assert violations(answer) == [("nonFieldErrors", "unique")]


def test_an_end_status_closes_though_a_later_one_stands(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    later = catalogue.status(zaak, catalogue.first, datumStatusGezet="2026-03-01T10:00:00Z")
    current = haarlem_api.post(STATUSSEN, later).json()["url"]
    catalogue.close(haarlem_api, zaak)
    found = haarlem_api.get(catalogue.url(zaak)).json()
    assert (found["einddatum"], found["status"]) == ("2026-02-01", current)
