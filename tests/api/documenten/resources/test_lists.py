"""Lists of documents: the filters, the order, and how many statements they cost."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from tests.api.client import ApiClient
from tests.api.documenten.conftest import DOCUMENTEN, ROOT, RSIN, Archive, base64
from tests.api.modes import answering
from tests.api.refusals import violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(archive: Archive) -> Any:
    """One document that each filter finds, beside one that none of them does."""
    archive.new(
        titel="Verslag", auteur="Henk", informatieobjecttype=archive.other, creatiedatum=date(2020, 1, 1)
    )
    return archive.new(
        titel="Foto",
        auteur="Suzanne Moulin",
        beschrijving="De stoeptegel in de Zijlstraat",
        trefwoorden=["stoep", "tegel"],
        vertrouwelijkheidaanduiding=Level.GEHEIM,
        creatiedatum=date(2026, 1, 5),
        identificatie="FOTO-1",
        lock="slot",
        lock_houder="iemand",
    )


OF_OPEN_ZAAK = {
    "titel=Foto": 1,
    "titel=foto": 0,
    "titel=Fot": 0,
    "auteur=MOULIN": 1,
    "auteur=moulins": 0,
    "beschrijving=zijlstraat": 1,
    "creatiedatum__gte=2026-01-05": 1,
    "creatiedatum__gte=2026-01-06": 0,
    "creatiedatum__lte=2026-01-05": 2,
    "creatiedatum__lte=2026-01-04": 1,
    "locked=true": 1,
    "locked=false": 1,
    "trefwoorden__overlap=tegel,niets": 1,
    "trefwoorden__overlap=niets": 0,
    "vertrouwelijkheidaanduiding=geheim": 1,
}
OF_THE_STANDARD = {
    "identificatie=FOTO-1": 1,
    f"bronorganisatie={RSIN}": 2,
    "bronorganisatie=000000000": 0,
    "trefwoorden=tegel,stoep": 1,
    "trefwoorden=tegel,niets": 0,
}


def test_each_filter_finds_what_it_says(archive: Archive, photo: Any) -> None:
    expected = OF_THE_STANDARD | OF_OPEN_ZAAK | {f"informatieobjecttype={archive.url(archive.type)}": 1}
    found = {query: archive.api.get(f"{DOCUMENTEN}?{query}").json()["count"] for query in expected}
    assert found == expected


def test_by_the_letter_those_of_open_zaak_are_unknown(archive: Archive, photo: Any) -> None:
    with answering(archive.api, compatible=False):
        for query in (*OF_OPEN_ZAAK, "ordering=titel"):
            refused = violations(archive.api.get(f"{DOCUMENTEN}?{query}"))
            assert refused == [("nonFieldErrors", "unknown-parameters")], query
        assert archive.api.get(f"{DOCUMENTEN}?identificatie=FOTO-1").json()["count"] == 1
        assert archive.api.post(f"{ROOT}/documentnummer_reserveren", {}).status_code == 405


def test_each_order_goes_both_ways(archive: Archive, photo: Any) -> None:
    names = (
        "auteur",
        "bestandsomvang",
        "creatiedatum",
        "formaat",
        "status",
        "titel",
        "vertrouwelijkheidaanduiding",
    )
    for name in names:
        up, down = (
            [each["url"] for each in archive.api.get(f"{DOCUMENTEN}?ordering={sign}{name}").json()["results"]]
            for sign in ("", "-")
        )
        assert up == down[::-1], name
    assert violations(archive.api.get(f"{DOCUMENTEN}?ordering=beschrijving")) == [
        ("ordering", "invalid_choice")
    ]


def test_a_search_names_its_keys(archive: Archive, photo: Any) -> None:
    search = f"{DOCUMENTEN}/_zoek"
    keys = {"uuid__in": [str(photo.pk)]}

    assert archive.api.post(search, keys).json()["count"] == 1
    shown = archive.api.post(search, {**keys, "expand": "informatieobjecttype"}).json()["results"][0]
    assert shown["_expand"]["informatieobjecttype"]["url"] == archive.url(archive.type)
    assert archive.api.post(search, {**keys, "identificatie": "ANDERS"}).json()["count"] == 0
    assert violations(archive.api.post(search, {"identificatie": "FOTO-1"})) == [("uuid__in", "required")]
    assert violations(archive.api.post(search, {"uuid__in": ["x"]})) == [("uuid__in", "invalid")]
    assert archive.api.post(search, {"uuid__in": []}).json()["count"] == 0


def statements(api: ApiClient, method: str, path: str, body: Any = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = api.request(method, path, body)
    assert answer.status_code in (200, 201), answer.content
    queries = [each["sql"] for each in captured.captured_queries]
    return len([sql for sql in queries if "SAVEPOINT" not in sql])


def test_so_many_statements_and_no_more(archive: Archive) -> None:
    for _ in range(30):
        archive.new(trefwoorden=["stoep"])
    url = archive.stored()["url"]
    archive.changed(url, titel="Anders")
    body = archive.body(inhoud=base64(b"x" * 10_000), bestandsomvang=10_000)
    costs = {
        ("GET", DOCUMENTEN): 4,
        ("GET", f"{DOCUMENTEN}?auteur={quote('Suzanne')}&ordering=titel"): 4,
        ("GET", f"{DOCUMENTEN}?expand=informatieobjecttype"): 4,
        ("GET", url): 3,
        ("GET", f"{url}?expand=informatieobjecttype"): 3,
        ("GET", f"{url}?versie=1"): 4,
        ("GET", f"{url}/download"): 4,
        ("GET", f"{url}/download?versie=1"): 5,
    }
    counted = {asked: statements(archive.api, *asked) for asked in costs}
    assert counted == costs
    assert statements(archive.api, "POST", DOCUMENTEN, body) <= 12
