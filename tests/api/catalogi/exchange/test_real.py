"""Zips as they really are: what they mean is taken in, and every change is told with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from api.catalogi.exchange.layout import FILES
from api.catalogi.exchange.translation import MEANING, OUTSIDE
from api.catalogi.named import Versions
from api.catalogi.named_version import NamedVersion
from api.zaken.demo.catalogue import DOMEIN, seed_catalogue
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, nothing_written, path_of
from tests.api.catalogi.exchange import open_zaak, real
from tests.api.catalogi.exchange.contents import (
    exported,
    outcomes,
    packed,
    reasons,
    rich_catalogus,
    send,
    shown,
    unpacked,
    wipe,
)
from tests.api.client import ApiClient, Response

ELDERS = f"{open_zaak.ROOT}/besluittypen/00000000-0000-4000-8000-000000000000"
EARLIER = f"{open_zaak.ROOT}/zaaktypen/00000000-0000-4000-8000-000000000001"
ZAAKTYPE = "HOST/catalogi/api/v1/zaaktypen/44444444-4444-4444-8444-444444444444"


@pytest.fixture
def demo(haarlem: Municipality, haarlem_api: ApiClient) -> bytes:
    """The catalogue of the demo as a zip of ours."""
    with in_municipality(haarlem):
        seed_catalogue()
    (catalogus,) = haarlem_api.get(f"{ROOT}/catalogussen?domein={DOMEIN}").json()["results"]
    return exported(haarlem_api, catalogus["url"])


def told(answer: Response, file: str = "") -> list[str]:
    """Everything that the report says was changed, in a file or in all of them."""
    assert answer.status_code == 200, answer.content
    return [
        sentence
        for each in answer.json()["bestanden"]
        for line in each["objecten"]
        if not file or each["bestand"] == file
        for sentence in line["aangepast"]
    ]


def unknown(answer: Response) -> dict[str, list[str]]:
    return {each["bestand"]: each["onbekend"] for each in answer.json()["bestanden"] if each["onbekend"]}


def test_the_catalogue_of_the_demo_comes_in_as_open_zaak_writes_it(
    haarlem_api: ApiClient, utrecht_api: ApiClient, demo: bytes
) -> None:
    answer = send(utrecht_api, real.zipped(real.files_of(demo)))

    assert outcomes(answer).keys() == {"nieuw"}
    assert (told(answer), unknown(answer)) == ([], {})
    assert shown(utrecht_api) == shown(haarlem_api)


def test_the_demo_comes_in_as_old_programs_left_it(utrecht_api: ApiClient, demo: bytes) -> None:
    files = real.files_of(demo)
    for each in files["InformatieObjectType.json"]:
        del each["informatieobjectcategorie"]
    for each in files["ZaakType.json"]:
        del each["verantwoordelijke"]
        each["servicenorm"] = "P0D"
        each["vroegerLid"] = "iets"
    for each in files["ResultaatType.json"]:
        each["procestermijn"] = "P0D"
        if each["brondatumArchiefprocedure"]["afleidingswijze"] != "termijn":
            each["brondatumArchiefprocedure"]["procestermijn"] = "P0D"
        each["brondatumArchiefprocedure"]["vreemd"] = 1

    answer = send(utrecht_api, real.zipped(files))

    assert outcomes(answer).keys() == {"nieuw"}
    assert set(told(answer, "InformatieObjectType.json")) == {
        "informatieobjectcategorie is 'overig': de zip noemt er geen."
    }
    assert set(told(answer, "ZaakType.json")) == {
        "servicenorm is leeg: 'P0D' is geen tijd.",
        "verantwoordelijke is '517439943': de zip noemt er geen; dit is het RSIN van de catalogus.",
    }
    assert "brondatumArchiefprocedure.procestermijn is leeg: 'P0D' is geen tijd." in told(answer)
    assert unknown(answer) == {
        "ZaakType.json": ["vroeger_lid"],
        "ResultaatType.json": ["brondatumArchiefprocedure.vreemd"],
    }


def test_everything_that_there_is_comes_in_in_snake_case(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    archive = exported(haarlem_api, path_of(rich_catalogus(haarlem)))
    before = shown(haarlem_api)
    wipe(haarlem)
    files = {name: each for name, each in unpacked(archive).items() if name != "zaakplein.json"}

    assert outcomes(send(haarlem_api, real.zipped(files))) == {"nieuw": len(before)}
    assert shown(haarlem_api) == before


def test_a_name_that_stands_there_exactly_counts(haarlem_api: ApiClient, into: str) -> None:
    files = open_zaak.files(handeling_initiator="anders")

    assert outcomes(send(haarlem_api, packed(files), into)) == {"nieuw": 8}
    assert shown(haarlem_api)[ZAAKTYPE]["handelingInitiator"] == "melden"


@pytest.mark.usefixtures("by_the_letter")
def test_a_zip_is_read_so_by_the_letter_too(haarlem_api: ApiClient, into: str) -> None:
    files = open_zaak.files(servicenorm="P0D")

    assert outcomes(send(haarlem_api, real.zipped(files), into)) == {"nieuw": 8}


def test_a_term_of_no_time_stays_wrong_where_a_term_is_asked(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    files = open_zaak.files()
    files["ResultaatType.json"][0]["brondatumArchiefprocedure"] = {
        "afleidingswijze": "afgehandeld",
        "procestermijn": "P1D",
    }
    with nothing_written(haarlem):
        refused = reasons(send(haarlem_api, packed(files), into))
    assert refused == {"ResultaatType.json.0.brondatumArchiefprocedure.procestermijn": "must-be-empty"}


def two_versions(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """The zip of Open Zaak with one more version, of which a roltype is all that it has."""
    files = open_zaak.files(**later)
    (zaaktype,) = files["ZaakType.json"]
    (roltype,) = files["RolType.json"]
    first = {**zaaktype, "url": EARLIER, "eindeGeldigheid": None, **earlier}
    part = {**roltype, "url": f"{roltype['url'][:-1]}9", "zaaktype": EARLIER}
    return {**files, "ZaakType.json": [zaaktype, first], "RolType.json": [roltype, part]}


def test_a_version_that_ends_on_the_day_of_the_next_ends_the_day_before(
    haarlem_api: ApiClient, into: str
) -> None:
    files = two_versions(
        {"beginGeldigheid": "2023-01-01", "eindeGeldigheid": "2024-01-01"}, {"beginGeldigheid": "2024-01-01"}
    )
    files["RolType.json"][1] |= {"beginGeldigheid": "2023-01-01", "eindeGeldigheid": "2024-01-01"}

    answer = send(haarlem_api, packed(files), into)

    assert outcomes(answer) == {"nieuw": 10}
    assert told(answer) == [
        "eindeGeldigheid is 2023-12-31 in plaats van 2024-01-01: op die dag begint ZaakType.json.0."
    ]
    ends = {each["eindeGeldigheid"] for url, each in shown(haarlem_api).items() if "eindeGeldigheid" in each}
    assert ends == {None, "2023-12-31"}


def test_a_day_between_two_versions_is_enough(haarlem_api: ApiClient, into: str) -> None:
    files = two_versions(
        {"beginGeldigheid": "2023-01-01", "eindeGeldigheid": "2023-12-31"}, {"beginGeldigheid": "2024-01-01"}
    )

    assert told(send(haarlem_api, packed(files), into)) == []


def test_versions_that_share_more_than_a_day_are_refused(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    files = two_versions(
        {"beginGeldigheid": "2023-01-01", "eindeGeldigheid": "2024-01-02"}, {"beginGeldigheid": "2024-01-01"}
    )
    with nothing_written(haarlem):
        assert set(reasons(send(haarlem_api, packed(files), into)).values()) == {"overlap"}


def test_concepts_may_share_days(haarlem_api: ApiClient, into: str) -> None:
    files = two_versions(
        {"beginGeldigheid": "2023-01-01", "eindeGeldigheid": "2024-01-01", "concept": True},
        {"beginGeldigheid": "2024-01-01"},
    )

    assert told(send(haarlem_api, packed(files), into)) == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"eindeGeldigheid": "2024-01-01"}, {}),
        ({"versiedatum": "2024-01-01"}, {"versiedatum": "2024-01-02"}),
    ],
)
def test_of_corrections_on_one_day_the_last_published_holds(
    haarlem_api: ApiClient, into: str, earlier: dict[str, Any], later: dict[str, Any]
) -> None:
    files = two_versions(
        {"doel": "Vergeten"} | earlier, {"doel": "Verbeterd", "deelzaaktypen": [EARLIER]} | later
    )

    answer = send(haarlem_api, packed(files), into)

    assert outcomes(answer) == {"nieuw": 8, "weggelaten": 2}
    assert told(answer) == [
        "Weggelaten: ZaakType.json.0 is van dezelfde dag, later gepubliceerd, en komt ervoor in de plaats.",
        "Weggelaten: dit hoort bij ZaakType.json.1, dat is weggelaten.",
    ]
    (melding,) = (each for each in shown(haarlem_api).values() if each.get("identificatie") == "MELDING")
    assert (melding["url"], melding["doel"]) == (ZAAKTYPE, "Verbeterd")
    assert melding["deelzaaktypeIdentificaties"] == ["MELDING"]
    assert outcomes(send(haarlem_api, packed(files), into)) == {"gelijk": 8, "weggelaten": 2}


def test_a_refused_relation_says_what_leaving_it_out_means(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    archive = packed(open_zaak.files(besluittypen=[open_zaak.BESLUITTYPE, ELDERS]))
    with nothing_written(haarlem):
        refused = send(haarlem_api, archive, into).json()["invalidParams"][0]
    assert (refused["name"], refused["code"]) == ("ZaakType.json.0.besluittypen.1", "bad-url")
    assert refused["reason"] == f"{OUTSIDE} Zonder deze relatie geldt: {MEANING['ZaakType.besluittypen']}."


def test_a_relation_that_was_left_out_says_what_that_means(haarlem_api: ApiClient, into: str) -> None:
    archive = packed(open_zaak.files(besluittypen=[open_zaak.BESLUITTYPE, ELDERS]))

    answer = send(haarlem_api, archive, f"{into}&onbekendeRelatiesWeglaten=true")

    said = f"{OUTSIDE} Daardoor geldt: {MEANING['ZaakType.besluittypen']}."
    assert told(answer) == [f"besluittypen is niet volledig overgenomen. {said}"]


def test_a_document_that_is_nowhere_is_left_out_as_a_whole(haarlem_api: ApiClient, into: str) -> None:
    files = open_zaak.files()
    files["ZaakTypeInformatieObjectType.json"][0]["informatieobjecttype"] = ELDERS

    answer = send(haarlem_api, packed(files), f"{into}&onbekendeRelatiesWeglaten=true")

    assert outcomes(answer) == {"nieuw": 7, "weggelaten": 1}
    assert MEANING["ZaakTypeInformatieObjectType.informatieobjecttype"] in told(answer)[0]


def test_many_strange_names_are_told_up_to_a_number(haarlem_api: ApiClient, into: str) -> None:
    strange = {f"vreemd{number:05}\n": 1 for number in range(10_000)}

    answer = send(haarlem_api, packed(open_zaak.files(**strange)), into)

    assert outcomes(answer) == {"nieuw": 8}
    assert len(unknown(answer)["ZaakType.json"]) == 50
    assert all(name.isprintable() for name in unknown(answer)["ZaakType.json"])


def test_each_relation_that_can_be_left_out_has_a_meaning() -> None:
    relations = {
        f"{file.name}.{name}"
        for file in FILES
        for name, member in file.resource.representation.members.items()
        if isinstance(member, Versions | NamedVersion)
    }
    assert MEANING.keys() == relations
