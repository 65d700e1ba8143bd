"""The lists over HTTP, in the shape that clients of the public servers know."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.api.client import ApiClient

ROOT = "/selectielijst/api/v1"
INRICHTEN = "e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
INGERICHT = "cc5ae4e3-a9e6-4386-bcee-46be4986a829"

ONBEKEND = "50060769-96b3-4993-ae6a-35ae5fd14604"
PUBLIC = {
    "3c23a936-ab4b-4715-a05b-b122d62ff050": "Niet nodig",
    "1118c52c-5445-4d32-91cd-e9efbac24ccd": "Niet ontvankelijk",
    "9c180d8b-2dd7-4a6f-89fa-7ba4d2f0cd8d": "Niet vastgesteld",
    ONBEKEND: "Onbekend",
    "b20acab7-ba04-4c44-b408-3d2ea18d1e57": "Ongegrond",
    "ea945b93-e052-4c54-b179-51a18cb02667": "Ontvankelijk",
    "43ac0469-e0c0-4985-a6ce-8ec285d2df47": "Vastgesteld",
    "f33dbd16-68ae-4820-acb5-5f437bca5edb": "Verwerkt",
}
OPMERKINGEN = {ONBEKEND: "Een onbekende generieke resultaatomschrijving."}
ALIASES = {
    "d878fd1e-4e9a-420d-baf9-507bb68c0673": "Niet vastgesteld",
    "41d2babd-a9a5-4790-9245-acce8ce857b4": "Vastgesteld",
    "8ea4c4d0-aac6-42a9-af15-fcba563de55b": "Verwerkt",
}


def test_procestypen_are_a_plain_list(haarlem_api: ApiClient) -> None:
    procestypen = haarlem_api.get(f"{ROOT}/procestypen").json()

    assert len(procestypen) == 58
    assert procestypen[0] == {
        "url": f"http://haarlem.localhost{ROOT}/procestypen/{INRICHTEN}",
        "nummer": 1,
        "jaar": 2017,
        "naam": "Instellen en inrichten organisatie",
        "omschrijving": "Instellen en inrichten organisatie",
        "toelichting": procestypen[0]["toelichting"],
        "procesobject": "De vastgestelde organisatie inrichting",
    }


def test_procestypen_of_one_year(haarlem_api: ApiClient) -> None:
    procestypen = haarlem_api.get(f"{ROOT}/procestypen?jaar=2020").json()

    assert [each["nummer"] for each in procestypen] == list(range(1, 30))


def test_resultaten_come_in_pages(haarlem_api: ApiClient) -> None:
    page = haarlem_api.get(f"{ROOT}/resultaten").json()

    assert (page["count"], page["previous"], len(page["results"])) == (651, None, 100)
    assert page["next"] == f"http://haarlem.localhost{ROOT}/resultaten?page=2"


def test_a_resultaat(haarlem_api: ApiClient) -> None:
    resultaat = haarlem_api.get(f"{ROOT}/resultaten/{INGERICHT}").json()

    assert resultaat == {
        "url": f"http://haarlem.localhost{ROOT}/resultaten/{INGERICHT}",
        "procesType": f"http://haarlem.localhost{ROOT}/procestypen/{INRICHTEN}",
        "nummer": 1,
        "volledigNummer": "1.1",
        "generiek": True,
        "specifiek": False,
        "naam": "Ingericht",
        "omschrijving": "",
        "herkomst": "Risicoanalyse",
        "waardering": "vernietigen",
        "procestermijn": "nihil",
        "procestermijnWeergave": "Nihil",
        "bewaartermijn": "P10Y",
        "toelichting": "Invoering nieuwe werkwijze",
        "algemeenBestuurEnInrichtingOrganisatie": False,
        "bedrijfsvoeringEnPersoneel": True,
        "publiekeInformatieEnRegistratie": False,
        "burgerzaken": False,
        "veiligheid": False,
        "verkeerEnVervoer": False,
        "economie": False,
        "onderwijs": False,
        "sportCultuurEnRecreatie": False,
        "sociaalDomein": False,
        "volksgezonheidEnMilieu": False,
        "vhrosv": False,
        "heffenBelastingen": False,
        "alleTaakgebieden": False,
        "procestermijnOpmerking": "",
    }


@pytest.mark.parametrize(
    "root",
    [f"http://haarlem.localhost{ROOT}", "https://selectielijst.openzaak.nl/api/v1"],
)
def test_resultaten_of_one_procestype(haarlem_api: ApiClient, root: str) -> None:
    page = haarlem_api.get(f"{ROOT}/resultaten?procesType={root}/procestypen/{INRICHTEN}").json()

    assert {each["volledigNummer"].split(".")[0] for each in page["results"]} == {"1"}
    assert {each["procesType"] for each in page["results"]} == {
        f"http://haarlem.localhost{ROOT}/procestypen/{INRICHTEN}"
    }


def test_a_procestype_elsewhere_has_no_resultaten_here(haarlem_api: ApiClient) -> None:
    elsewhere = f"http://utrecht.localhost{ROOT}/procestypen/{INRICHTEN}"

    assert haarlem_api.get(f"{ROOT}/resultaten?procesType={elsewhere}").json()["count"] == 0


def test_numbers_stand_in_their_order(haarlem_api: ApiClient) -> None:
    page = haarlem_api.get(f"{ROOT}/resultaten?pageSize=500").json()
    nummers = [each["volledigNummer"] for each in page["results"][:305]]

    assert nummers == sorted(nummers, key=lambda nummer: [int(step) for step in nummer.split(".")])


def test_resultaattypeomschrijvingen_are_a_plain_list(haarlem_api: ApiClient) -> None:
    omschrijvingen = haarlem_api.get(f"{ROOT}/resultaattypeomschrijvingen").json()

    assert len(omschrijvingen) == len({each["omschrijving"] for each in omschrijvingen}) == 44
    assert omschrijvingen[0].keys() == {"url", "omschrijving", "definitie", "opmerking"}


@pytest.mark.parametrize("uuid", PUBLIC, ids=PUBLIC.values())
def test_a_word_is_listed_under_the_uuid_of_the_public_server(haarlem_api: ApiClient, uuid: str) -> None:
    listed = haarlem_api.get(f"{ROOT}/resultaattypeomschrijvingen").json()

    (found,) = [each for each in listed if each["omschrijving"] == PUBLIC[uuid]]
    assert found == {
        "url": f"http://haarlem.localhost{ROOT}/resultaattypeomschrijvingen/{uuid}",
        "omschrijving": PUBLIC[uuid],
        "definitie": PUBLIC[uuid],
        "opmerking": OPMERKINGEN.get(uuid, ""),
    }


@pytest.mark.parametrize("uuid", ALIASES, ids=ALIASES.values())
def test_a_word_is_found_under_the_uuid_that_it_had(haarlem_api: ApiClient, uuid: str) -> None:
    path = f"{ROOT}/resultaattypeomschrijvingen/{uuid}"

    found = haarlem_api.get(path).json()
    assert (found["url"], found["omschrijving"]) == (f"http://haarlem.localhost{path}", ALIASES[uuid])


def test_aliases_are_listed_for_who_asks(haarlem_api: ApiClient) -> None:
    listed = haarlem_api.get(f"{ROOT}/resultaattypeomschrijvingen?aliassen=true").json()

    assert len(listed) == 47
    assert {each["url"].rpartition("/")[2] for each in listed} >= ALIASES.keys()


def test_communicatiekanalen_come_in_pages(haarlem_api: ApiClient) -> None:
    page = haarlem_api.get(f"{ROOT}/communicatiekanalen").json()

    assert [each["naam"] for each in page["results"]] == ["Telefonisch"]


@pytest.mark.parametrize("authorization", [None, "Bearer onzin"])
def test_no_token_is_asked(haarlem_api: ApiClient, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = Browser().get(
        f"{ROOT}/procestypen/{INRICHTEN}", headers=headers, SERVER_NAME="haarlem.localhost"
    )

    assert answer.status_code == 200


def test_the_document_asks_no_token(haarlem_api: ApiClient) -> None:
    document = haarlem_api.get(f"{ROOT}/openapi.json").json()

    assert document["paths"]["/resultaten"]["get"]["security"] == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(haarlem_api: ApiClient, method: str) -> None:
    assert haarlem_api.request(method, f"{ROOT}/procestypen/{INRICHTEN}", {}).status_code == 405
    assert haarlem_api.request(method, f"{ROOT}/procestypen", {}).status_code == 405


def test_what_is_known_is_not_sent_again(haarlem_api: ApiClient) -> None:
    url = f"{ROOT}/resultaten/{INGERICHT}"
    etag = haarlem_api.head(url).headers["ETag"]

    assert haarlem_api.get(url, If_None_Match=etag).status_code == 304


@pytest.mark.parametrize(
    "query", ["resultaten?pageSize=500", "procestypen", "resultaattypeomschrijvingen", "communicatiekanalen"]
)
def test_a_list_takes_few_statements(
    haarlem_api: ApiClient, django_assert_max_num_queries: object, query: str
) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert haarlem_api.get(f"{ROOT}/{query}").status_code == 200
