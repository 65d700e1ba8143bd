"""``/statussen``: which is the current one, and what a status may be."""

from __future__ import annotations

from datetime import date

import pytest

from api.zaken.models import Status, Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, STATUSSEN, Catalogue
from tests.factories.zaken import RolFactory


def test_the_latest_moment_is_current(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    body = catalogue.status(zaak, catalogue.first)
    latest = haarlem_api.post(STATUSSEN, body).json()
    earlier = haarlem_api.post(STATUSSEN, {**body, "datumStatusGezet": "2026-01-20T10:00:00Z"}).json()
    assert (latest["indicatieLaatstGezetteStatus"], earlier["indicatieLaatstGezetteStatus"]) == (True, False)
    assert haarlem_api.get(catalogue.url(zaak)).json()["status"] == latest["url"]


def test_of_equal_moments_the_last_that_came_is_current(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    body = catalogue.status(zaak, catalogue.first)
    first, last = (haarlem_api.post(STATUSSEN, body).json()["url"] for _ in range(2))
    assert haarlem_api.get(catalogue.url(zaak)).json()["status"] == last
    assert haarlem_api.get(last).json()["indicatieLaatstGezetteStatus"] is True
    assert haarlem_api.get(first).json()["indicatieLaatstGezetteStatus"] is False


def test_the_latest_is_the_latest_in_the_hour_that_comes_twice(
    haarlem_api: ApiClient, catalogue: Catalogue
) -> None:
    zaak = catalogue.new_zaak(startdatum=date(2025, 1, 1))
    body = catalogue.status(zaak, catalogue.first)
    haarlem_api.post(STATUSSEN, {**body, "datumStatusGezet": "2025-10-26T02:15:00+01:00"})
    haarlem_api.post(STATUSSEN, {**body, "datumStatusGezet": "2025-10-26T02:45:00+02:00"})
    found = haarlem_api.get(STATUSSEN).json()["results"]
    assert [(each["datumStatusGezet"], each["indicatieLaatstGezetteStatus"]) for each in found] == [
        ("2025-10-26T02:15:00+01:00", True),
        ("2025-10-26T02:45:00+02:00", False),
    ]


def test_the_same_statustype_again_takes_over(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    body = catalogue.status(zaak, catalogue.first)
    haarlem_api.post(STATUSSEN, body)
    again = haarlem_api.post(STATUSSEN, {**body, "datumStatusGezet": "2026-02-02T10:00:00Z"}).json()
    found = haarlem_api.get(f"{STATUSSEN}?indicatieLaatstGezetteStatus=true").json()["results"]
    assert [each["url"] for each in found] == [again["url"]]


def test_a_moment_without_zone_is_dutch(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet="2026-02-01T13:37:00")
    assert haarlem_api.post(STATUSSEN, body).json()["datumStatusGezet"] == "2026-02-01T13:37:00+01:00"


def test_open_zaak_takes_one_from_before_the_zaak_began(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet="2026-01-04")
    assert haarlem_api.post(STATUSSEN, body).json()["datumStatusGezet"] == "2026-01-04T00:00:00+01:00"


@pytest.mark.usefixtures("by_the_letter")
def test_it_is_not_set_before_the_zaak_began(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet="2026-01-04T12:00:00Z")
    assert violations(haarlem_api.post(STATUSSEN, body)) == [("datumStatusGezet", "invalid")]
    with in_municipality(catalogue.municipality):
        assert Status.objects.count() == 0


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize(
    ("startdatum", "moment", "status"),
    [
        (date(2026, 1, 5), "2026-01-04T23:30:00Z", 201),
        (date(2026, 1, 5), "2026-01-04T23:00:00Z", 201),
        (date(2026, 1, 5), "2026-01-04T22:59:59Z", 400),
        (date(2026, 1, 5), "2026-01-04T23:30:00-01:00", 201),
        (date(2025, 7, 2), "2025-07-01T22:30:00Z", 201),
        (date(2025, 7, 2), "2025-07-01T22:00:00Z", 201),
        (date(2025, 7, 2), "2025-07-01T21:59:59Z", 400),
    ],
)
def test_that_day_begins_at_midnight_in_amsterdam(
    haarlem_api: ApiClient, catalogue: Catalogue, startdatum: date, moment: str, status: int
) -> None:
    zaak = catalogue.new_zaak(startdatum=startdatum)
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet=moment)
    assert haarlem_api.post(STATUSSEN, body).status_code == status


def test_the_moments_beside_it_are_in_utc(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    rol = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()
    paid = haarlem_api.patch(catalogue.url(zaak), {"laatsteBetaaldatum": "2026-01-02T00:30:00+01:00"})
    assert rol["registratiedatum"].endswith("Z")
    assert paid.json()["laatsteBetaaldatum"] == "2026-01-01T23:30:00Z"


def test_it_is_not_set_ahead(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    body = catalogue.status(zaak, catalogue.first, datumStatusGezet="2999-01-04T12:00:00Z")
    assert violations(haarlem_api.post(STATUSSEN, body)) == [("datumStatusGezet", "date-in-future")]


def test_gezetdoor_is_in_the_same_zaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    with in_municipality(catalogue.municipality):
        elsewhere = RolFactory.create(zaak__zaaktype=catalogue.zaaktype)
    body = catalogue.status(zaak, catalogue.first, gezetdoor=catalogue.url(elsewhere))
    assert violations(haarlem_api.post(STATUSSEN, body)) == [("nonFieldErrors", "zaak-mismatch")]


def test_aanmaken_sets_the_first_alone(catalogue: Catalogue, zaak: Zaak) -> None:
    with in_municipality(catalogue.municipality):
        given = right("zrc", ["zaken.aanmaken"], catalogue.zaaktype, maximum=8)  # type: ignore[arg-type]
    api = api_with_rights(catalogue.municipality, given)
    body = catalogue.status(zaak, catalogue.first)
    assert api.post(STATUSSEN, body).status_code == 201
    assert api.post(STATUSSEN, {**body, "datumStatusGezet": "2026-02-02T10:00:00Z"}).status_code == 403


def test_a_status_never_changes(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    made = haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.first)).json()
    assert haarlem_api.patch(made["url"], {"statustoelichting": "x"}).status_code == 405
    assert haarlem_api.delete(made["url"]).status_code == 405
