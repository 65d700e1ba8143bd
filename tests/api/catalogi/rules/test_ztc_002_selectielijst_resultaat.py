"""ztc-002: a resultaattype follows a resultaat of the selectielijst."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, resultaattype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    AFGEHANDELD,
    BLIJVEND_BEWAREN,
    INRICHTEN,
    NIET_DOORGEGAAN,
    SELECTIELIJST,
    ResultaattypeFactory,
    ZaaktypeFactory,
)

RESULTAATTYPEN = f"{ROOT}/resultaattypen"
URL = "https://selectielijst.example.nl/api/v1/1"
NOWHERE = "00000000-0000-4000-8000-000000000000"
TOEGEKEND = f"{SELECTIELIJST}/resultaattypeomschrijvingen/fb65d251-1518-4185-865f-b8bdcfad07b1"
VASTGESTELD, VASTGESTELD_BEFORE = (
    "43ac0469-e0c0-4985-a6ce-8ec285d2df47",
    "41d2babd-a9a5-4790-9245-acce8ce857b4",
)
BEGROTEN = f"{SELECTIELIJST}/procestypen/2692b18e-f86c-4e15-b68d-e9e50d241db3"


@pytest.fixture
def zaaktype(haarlem: Municipality, haarlem_api: ApiClient) -> str:
    made = make(haarlem, ZaaktypeFactory, selectielijst_procestype=INRICHTEN)
    return haarlem_api.url(path_of(made))


def test_the_selectielijst_says_what_the_client_does_not(haarlem_api: ApiClient, zaaktype: str) -> None:
    answer = haarlem_api.post(RESULTAATTYPEN, resultaattype_body(zaaktype)).json()

    assert answer["omschrijvingGeneriek"] == "Afgehandeld"
    assert (answer["archiefnominatie"], answer["archiefactietermijn"]) == ("vernietigen", "P5Y")


@pytest.mark.parametrize("empty", [{"archiefactietermijn": None}, {"archiefnominatie": ""}])
def test_an_empty_value_is_filled_in_as_well(
    haarlem_api: ApiClient, zaaktype: str, empty: dict[str, object]
) -> None:
    answer = haarlem_api.post(RESULTAATTYPEN, resultaattype_body(zaaktype, **empty)).json()

    assert (answer["archiefnominatie"], answer["archiefactietermijn"]) == ("vernietigen", "P5Y")


def test_what_the_client_says_stays(haarlem_api: ApiClient, zaaktype: str) -> None:
    own = {"archiefnominatie": "blijvend_bewaren", "archiefactietermijn": "P20Y"}

    answer = haarlem_api.post(RESULTAATTYPEN, resultaattype_body(zaaktype, **own)).json()

    assert own.items() <= answer.items()


def test_what_is_kept_for_ever_has_no_termijn(haarlem_api: ApiClient, zaaktype: str) -> None:
    body = resultaattype_body(zaaktype, selectielijstklasse=BLIJVEND_BEWAREN)

    answer = haarlem_api.post(RESULTAATTYPEN, body).json()

    assert (answer["archiefnominatie"], answer["archiefactietermijn"]) == ("blijvend_bewaren", None)


def test_another_omschrijving_brings_its_own_generic_one(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    resultaattype = make(haarlem, ResultaattypeFactory, archiefactietermijn="P7Y")

    changed = haarlem_api.patch(path_of(resultaattype), {"resultaattypeomschrijving": TOEGEKEND}).json()

    assert changed["omschrijvingGeneriek"] == "Toegekend"
    assert changed["archiefactietermijn"] == "P7Y"


@pytest.mark.parametrize(
    ("member", "url", "code"),
    [
        ("resultaattypeomschrijving", f"{SELECTIELIJST}/resultaattypeomschrijvingen/{NOWHERE}", "bad-url"),
        ("resultaattypeomschrijving", NIET_DOORGEGAAN, "invalid-resource"),
        ("selectielijstklasse", f"{SELECTIELIJST}/resultaten/{NOWHERE}", "bad-url"),
        ("selectielijstklasse", AFGEHANDELD, "invalid-resource"),
    ],
)
def test_anything_else_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype: str, member: str, url: str, code: str
) -> None:
    resultaattype = make(haarlem, ResultaattypeFactory)
    with nothing_written(haarlem):
        body = resultaattype_body(zaaktype, **{member: url})
        assert violations(haarlem_api.post(RESULTAATTYPEN, body)) == [(member, code)]
        assert violations(haarlem_api.put(path_of(resultaattype), body)) == [(member, code)]
        assert violations(haarlem_api.patch(path_of(resultaattype), {member: url})) == [(member, code)]


def test_a_class_of_another_procestype_is_refused(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory, selectielijst_procestype=BEGROTEN)
    resultaattype = make(haarlem, ResultaattypeFactory, zaaktype=zaaktype)
    body = resultaattype_body(haarlem_api.url(path_of(zaaktype)))

    with nothing_written(haarlem):
        for answer in (
            haarlem_api.post(RESULTAATTYPEN, body),
            haarlem_api.patch(path_of(resultaattype), {"selectielijstklasse": NIET_DOORGEGAAN}),
        ):
            assert violations(answer) == [("nonFieldErrors", "procestype-mismatch")]


@pytest.mark.usefixtures("either_mode")
def test_what_is_wrong_with_a_member_is_told_first(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory, selectielijst_procestype=BEGROTEN)
    procedure = {"afleidingswijze": "hoofdzaak", "datumkenmerk": "vervaldatum", "procestermijn": "P5Y"}
    body = resultaattype_body(haarlem_api.url(path_of(zaaktype)), brondatumArchiefprocedure=procedure)

    assert violations(haarlem_api.post(RESULTAATTYPEN, body)) == [
        ("brondatumArchiefprocedure.datumkenmerk", "must-be-empty"),
        ("brondatumArchiefprocedure.procestermijn", "must-be-empty"),
        ("nonFieldErrors", "procestype-mismatch"),
        ("nonFieldErrors", "invalid-afleidingswijze-for-procestermijn"),
    ]


def test_the_same_procestype_by_another_name_is_the_same(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    elsewhere = INRICHTEN.replace("selectielijst.openzaak.nl", "referentielijsten-api.vng.cloud")
    zaaktype = make(haarlem, ZaaktypeFactory, selectielijst_procestype=elsewhere)
    body = resultaattype_body(haarlem_api.url(path_of(zaaktype)))

    assert haarlem_api.post(RESULTAATTYPEN, body).status_code == 201


def test_a_change_of_something_else_does_not_ask_again(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    gone = "https://selectielijst.example.nl/api/v1/resultaten/1"
    resultaattype = make(haarlem, ResultaattypeFactory, selectielijstklasse=gone)

    change = {"toelichting": "Nader bekeken", "brondatumArchiefprocedure": {"afleidingswijze": "hoofdzaak"}}

    assert haarlem_api.patch(path_of(resultaattype), change).status_code == 200


@pytest.fixture
def hostile(haarlem: Municipality) -> Iterator[str]:
    """A selectielijst of somebody else, which says what no column can hold."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    call_command("allow_host", f"127.0.0.1:{server.server_port}", municipality="haarlem", verbosity=0)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Hostile(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        resultaat = {"url": URL, "procesType": URL, "naam": "x", "waardering": "w" * 5000}
        omschrijving = {"/long": "o" * 81, "/nul": "a\x00b", "/number": 7}.get(self.path)
        naming = {"url": URL, "omschrijving": omschrijving, "definitie": "", "opmerking": ""}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(resultaat if self.path == "/resultaat" else naming).encode())

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.mark.parametrize("path", ["/long", "/nul", "/number"])
def test_an_omschrijving_that_cannot_be_kept_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype: str, hostile: str, path: str
) -> None:
    body = resultaattype_body(zaaktype, resultaattypeomschrijving=hostile + path)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(RESULTAATTYPEN, body)) == [
            ("resultaattypeomschrijving", "invalid-resource")
        ]


def test_a_waardering_that_is_none_is_not_taken_over(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str, hostile: str
) -> None:
    body = resultaattype_body(zaaktype_url, selectielijstklasse=f"{hostile}/resultaat")

    answer = haarlem_api.post(RESULTAATTYPEN, body)

    assert answer.status_code == 201, answer.content
    assert (answer.json()["archiefnominatie"], answer.json()["archiefactietermijn"]) == ("", None)


@pytest.mark.parametrize("root", [SELECTIELIJST, "http://haarlem.localhost/selectielijst/api/v1"])
@pytest.mark.parametrize("uuid", [VASTGESTELD, VASTGESTELD_BEFORE])
def test_a_word_may_be_named_by_either_of_its_uuids(
    haarlem_api: ApiClient, zaaktype: str, root: str, uuid: str
) -> None:
    url = f"{root}/resultaattypeomschrijvingen/{uuid}"
    made = haarlem_api.post(
        RESULTAATTYPEN, resultaattype_body(zaaktype, resultaattypeomschrijving=url)
    ).json()

    shown = haarlem_api.get(made["url"]).json()
    kept = haarlem_api.put(made["url"], shown).json()

    assert (shown["resultaattypeomschrijving"], shown["omschrijvingGeneriek"]) == (url, "Vastgesteld")
    assert kept == shown
