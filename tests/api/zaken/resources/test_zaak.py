"""``/zaken``: reading, searching, headers, and how many statements that takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from math import cos, pi, sin
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.pipeline.validate.references import parsed
from api.records.models import OutboxMessage
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response
from tests.api.refusals import violations
from tests.api.zaken.conftest import RESULTATEN, ROLLEN, STATUSSEN, ZAKEN, Catalogue
from tests.factories.zaken import RolFactory

POINT = {"type": "Point", "coordinates": [4.64, 52.38]}
AREA = {"type": "Polygon", "coordinates": [[[4.6, 52.3], [4.7, 52.3], [4.7, 52.4], [4.6, 52.4], [4.6, 52.3]]]}
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def statements(call: Callable[[], Response]) -> int:
    """How many statements a request takes; what begins and ends a transaction does not count."""
    with CaptureQueriesContext(connection) as captured:
        assert call().status_code < 300
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured)


def test_a_zaak_is_answered_as_it_was_made(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    made = haarlem_api.post(
        ZAKEN, catalogue.zaak(zaakgeometrie=POINT, kenmerken=[{"kenmerk": "a", "bron": "b"}])
    )
    assert made.headers["Location"] == made.json()["url"]
    assert haarlem_api.get(made.json()["url"]).json() == made.json()
    assert made.json()["zaakgeometrie"] == POINT


def test_unknown_members_are_ignored(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    assert haarlem_api.post(ZAKEN, catalogue.zaak(wrong_field=1, status="http://x")).status_code == 201


def test_a_rsin_passes_the_eleven_test(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(bronorganisatie="123456789"))
    assert violations(answer) == [("bronorganisatie", "invalid")]


@pytest.mark.usefixtures("either_mode")
@pytest.mark.parametrize(
    "name", ["bronorganisatie", "verantwoordelijkeOrganisatie", "opdrachtgevendeOrganisatie"]
)
def test_nine_zeros_are_no_organisation_in_particular(
    haarlem_api: ApiClient, catalogue: Catalogue, name: str
) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(**{name: "000000000"}))
    assert answer.json()[name] == "000000000"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("startdatum__gte=2026-01-05", 1),
        ("startdatum__gt=2026-01-05", 0),
        ("einddatum__isnull=true", 1),
        ("archiefstatus__in=overgedragen,nog_te_archiveren", 1),
        ("maximaleVertrouwelijkheidaanduiding=openbaar", 1),
        ("bronorganisatie__in=111222333,517439943", 1),
        ("rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=999993653", 1),
        ("rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=999990019", 0),
        ("rol__betrokkeneType=medewerker", 0),
        ("rol__omschrijvingGeneriek=initiator&rol__betrokkeneType=natuurlijk_persoon", 1),
    ],
)
def test_filters(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, query: str, count: int) -> None:
    with in_municipality(catalogue.municipality):
        RolFactory.create(zaak=zaak, roltype=catalogue.roltype)
    assert haarlem_api.get(f"{ZAKEN}?{query}").json()["count"] == count


def test_the_filter_on_zaaktype_takes_an_unencoded_url(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    assert haarlem_api.get(f"{ZAKEN}?zaaktype={catalogue.url(catalogue.zaaktype)}").json()["count"] == 1
    assert haarlem_api.get(f"{ZAKEN}?zaaktype={catalogue.url(catalogue.other)}").json()["count"] == 0


def test_ordering(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    later = catalogue.new_zaak(startdatum=date(2026, 3, 1))
    order = [each["uuid"] for each in haarlem_api.get(f"{ZAKEN}?ordering=-startdatum").json()["results"]]
    assert order == [str(later.pk), str(zaak.pk)]


def test_an_unknown_order_is_refused(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.get(f"{ZAKEN}?ordering=toelichting")
    assert violations(answer) == [("ordering", "invalid_choice")]


def test_an_unknown_parameter_is_refused(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    assert violations(haarlem_api.get(f"{ZAKEN}?kleur=rood")) == [("nonFieldErrors", "unknown-parameters")]


def test_pages(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    for _ in range(3):
        catalogue.new_zaak()
    first = haarlem_api.get(f"{ZAKEN}?pageSize=2").json()
    second = haarlem_api.get(first["next"]).json()
    assert (first["count"], first["previous"], len(first["results"])) == (3, None, 2)
    assert (second["next"], len(second["results"])) == (None, 1)
    assert haarlem_api.get(f"{ZAKEN}?page=9").status_code == 404


def test_search_within_an_area(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    catalogue.new_zaak(zaakgeometrie=POINT)
    catalogue.new_zaak(zaakgeometrie={"type": "Point", "coordinates": [5.1, 52.1]})
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaakgeometrie": {"within": AREA}})
    assert answer.json()["count"] == 1


def test_an_empty_search_is_refused(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {})
    assert violations(answer) == [("nonFieldErrors", "empty_search_body")]


def test_the_coordinate_system_has_to_be_named(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    assert haarlem_api.get(ZAKEN, Accept_Crs="EPSG:28992").status_code == 406
    assert haarlem_api.get(ZAKEN).headers["Content-Crs"] == "EPSG:4326"


def test_what_is_known_already_is_not_sent_again(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    etag = haarlem_api.get(catalogue.url(zaak)).headers["ETag"]
    assert haarlem_api.head(catalogue.url(zaak)).headers["ETag"] == etag
    assert haarlem_api.get(catalogue.url(zaak), If_None_Match=f'"x", {etag}').status_code == 304
    haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "anders"})
    assert haarlem_api.get(catalogue.url(zaak), If_None_Match=etag).status_code == 200


def test_expand_nests(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    haarlem_api.post(ROLLEN, catalogue.rol(zaak))
    wanted = "status.statustype,zaaktype,rollen.roltype,resultaat.resultaattype,hoofdzaak,deelzaken"
    found = haarlem_api.get(f"{catalogue.url(zaak)}?expand={wanted}").json()["_expand"]
    assert found["status"]["_expand"]["statustype"]["url"] == catalogue.url(catalogue.last)
    assert found["resultaat"]["_expand"]["resultaattype"]["url"] == catalogue.url(catalogue.resultaattype)
    assert (found["hoofdzaak"], found["deelzaken"]) == ({}, [])


def test_expanding_what_is_no_relation(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    assert haarlem_api.get(f"{catalogue.url(zaak)}?expand=omschrijving").status_code == 404


def test_expanding_too_deep(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    deep = ".".join(["hoofdzaak", "deelzaken"] * 4)
    assert violations(haarlem_api.get(f"{ZAKEN}?expand={deep}")) == [("expand", "max_length")]


def test_a_write_leaves_a_message_without_content(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    haarlem_api.post(ZAKEN, catalogue.zaak(omschrijving="geheim"))
    with in_municipality(catalogue.municipality):
        (message,) = OutboxMessage.objects.all()
    assert (message.kanaal, message.actie, message.resource) == ("zaken", "create", "zaak")
    assert sorted(parsed(message.kenmerken)) == ["bronorganisatie", "vertrouwelijkheidaanduiding", "zaaktype"]


def test_the_trail_tells_who_and_why(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "anders"}, X_Audit_Toelichting="op verzoek")
    (line,) = haarlem_api.get(f"{catalogue.url(zaak)}/audittrail").json()
    assert (line["actie"], line["toelichting"], line["gebruikersId"]) == (
        "partial_update",
        "op verzoek",
        "medewerker",
    )
    assert line["hoofdObject"] == line["wijzigingen"]["nieuw"]["url"] == catalogue.url(zaak)
    assert haarlem_api.get(f"{catalogue.url(zaak)}/audittrail/{line['uuid']}").json() == line


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (ZAKEN, 4),
        (f"{ZAKEN}?page=1&startdatum__gte=2020-01-01", 4),
        (f"{ZAKEN}?rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=999993653", 4),
        (f"{ZAKEN}?expand=status,zaaktype,rollen", 5),
        (STATUSSEN, 4),
    ],
)
def test_a_list_takes_so_many_statements(
    haarlem_api: ApiClient, catalogue: Catalogue, path: str, most: int
) -> None:
    for _ in range(3):
        haarlem_api.post(STATUSSEN, catalogue.status(catalogue.new_zaak(), catalogue.first))
    assert statements(lambda: haarlem_api.get(path)) <= most


def test_a_detail_takes_so_many_statements(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    url = catalogue.url(zaak)
    assert statements(lambda: haarlem_api.get(url)) <= 3
    assert statements(lambda: haarlem_api.get(f"{url}?expand=status,zaaktype,rollen")) <= 4


def test_a_search_takes_so_many_statements(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    wanted = {"zaakgeometrie": {"within": AREA}}
    assert statements(lambda: haarlem_api.post(f"{ZAKEN}/_zoek", wanted)) <= 5


def test_a_write_takes_so_many_statements(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    status = catalogue.status(zaak, catalogue.first)
    assert statements(lambda: haarlem_api.post(ZAKEN, catalogue.zaak())) <= 12
    assert statements(lambda: haarlem_api.post(STATUSSEN, status)) <= 14
    assert statements(lambda: haarlem_api.post(ROLLEN, catalogue.rol(zaak))) <= 12
    assert statements(lambda: haarlem_api.post(RESULTATEN, catalogue.resultaat(zaak))) <= 12
    assert statements(lambda: haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "x"})) <= 14


BOWTIE = {
    "type": "Polygon",
    "coordinates": [[[4.6, 52.3], [4.7, 52.4], [4.7, 52.3], [4.6, 52.4], [4.6, 52.3]]],
}


def test_an_area_that_crosses_itself_is_refused(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(zaakgeometrie=BOWTIE))
    assert violations(answer) == [("zaakgeometrie", "invalid")]
    with in_municipality(catalogue.municipality):
        assert Zaak.objects.count() == 0


def test_searching_within_one_is_refused(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaakgeometrie": {"within": BOWTIE}})
    assert violations(answer) == [("zaakgeometrie", "invalid")]


def crossing_everywhere(positions: int) -> dict[str, Any]:
    """A ring of which each side crosses nearly every other: a star of odd points."""
    turn = (positions - 1) // 2 * 2 * pi / positions
    star = [[4.6 + cos(each * turn) / 10, 52.3 + sin(each * turn) / 10] for each in range(positions)]
    return {"type": "Polygon", "coordinates": [[*star, star[0]]]}


@pytest.mark.parametrize("positions", [201, 19_999])
def test_one_that_crosses_itself_everywhere_is_refused_soon(
    haarlem_api: ApiClient, catalogue: Catalogue, positions: int
) -> None:
    catalogue.new_zaak(zaakgeometrie=AREA)
    started = time.monotonic()
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaakgeometrie": {"within": crossing_everywhere(positions)}})
    assert violations(answer) == [("zaakgeometrie", "invalid")]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "lines",
    [
        {"type": "LineString", "coordinates": AREA["coordinates"][0]},
        {"type": "MultiLineString", "coordinates": AREA["coordinates"]},
        {"type": "GeometryCollection", "geometries": [AREA]},
    ],
)
def test_nothing_is_searched_within_lines_and_collections(haarlem_api: ApiClient, lines: object) -> None:
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaakgeometrie": {"within": lines}})
    assert violations(answer) == [("zaakgeometrie", "invalid")]
