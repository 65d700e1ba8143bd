"""``/verklaring``: why an application may, or may not."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from api.clients.models import Applicatie, ClientId, Credential
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.pipeline.describe.documentation.about_operation import rule_titles
from api.pipeline.words import registry
from api.pipeline.words.marks import is_of_state, number_in, number_of
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import STATUSSEN, ZAKEN, Catalogue
from tests.factories.zaken import RolFactory

VERKLARING = "/autorisaties/api/v1/verklaring"
APPLICATIES = "/autorisaties/api/v1/applicaties"


def ask(api: ApiClient, **asked: str) -> Response:
    return api.get(f"{VERKLARING}?{urlencode(asked)}")


def told(api: ApiClient, who: ApiClient | str, url: str, operatie: str) -> dict[str, Any]:
    client_id = who if isinstance(who, str) else who.client.client_id
    answer = ask(api, clientId=client_id, url=url, operatie=operatie)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
def geheime_zaak(catalogue: Catalogue) -> Zaak:
    return catalogue.new_zaak(vertrouwelijkheidaanduiding=Level.GEHEIM)


def test_a_right_that_covers_the_object_is_named(
    haarlem_api: ApiClient, catalogue: Catalogue, geheime_zaak: Zaak
) -> None:
    lezer = api_with_rights(
        catalogue.municipality, right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=Level.GEHEIM)
    )
    explained = told(haarlem_api, lezer, catalogue.url(geheime_zaak), "retrieve")
    zaaktype = {"url": catalogue.url(catalogue.zaaktype), "omschrijving": catalogue.zaaktype.omschrijving}
    assert (explained["toegestaan"], explained["stap"]) == (True, "type-en-niveau")
    assert explained["regel"]["nummer"] == "zrc-006"
    assert (explained["type"], explained["vertrouwelijkheidaanduiding"]) == (zaaktype, "geheim")
    assert (explained["nodigeScopes"], explained["ontbrekendeScopes"]) == ([["zaken.lezen"]], [])
    assert explained["autorisaties"] == [
        {
            "component": "zrc",
            "scopes": ["zaken.lezen"],
            "type": zaaktype,
            "maxVertrouwelijkheidaanduiding": "geheim",
            "tekort": [],
        }
    ]


def test_a_level_that_is_too_low_is_named(
    haarlem_api: ApiClient, catalogue: Catalogue, geheime_zaak: Zaak
) -> None:
    lezer = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.lezen"], catalogue.other, maximum=Level.ZEER_GEHEIM),
        right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=Level.INTERN),
    )
    explained = told(haarlem_api, lezer, catalogue.url(geheime_zaak), "GET")
    assert (explained["toegestaan"], explained["stap"]) == (False, "type-en-niveau")
    assert [each["tekort"] for each in explained["autorisaties"]] == [["ander-type"], ["niveau-te-laag"]]
    assert explained["ontbrekendeScopes"] == [["zaken.lezen"]]
    assert explained["reden"] == (
        "De applicatie heeft 'zaken.lezen' voor dit zaaktype tot en met 'intern'; dit is 'geheim'."
    )


def test_another_type_is_named(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    lezer = api_with_rights(
        catalogue.municipality, right("zrc", ["zaken.lezen"], catalogue.other, maximum=Level.ZEER_GEHEIM)
    )
    explained = told(haarlem_api, lezer, catalogue.url(zaak), "zaak_retrieve")
    assert explained["reden"] == "De applicatie heeft 'zaken.lezen', maar niet voor dit zaaktype."
    assert explained["autorisaties"][0]["tekort"] == ["ander-type"]


def test_a_scope_that_is_nowhere_held_is_named(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    lezer = api_with_rights(
        catalogue.municipality, right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=Level.ZEER_GEHEIM)
    )
    explained = told(haarlem_api, lezer, catalogue.url(zaak), "PATCH")
    assert (explained["toegestaan"], explained["stap"]) == (False, "scope")
    assert explained["ontbrekendeScopes"] == [["zaken.bijwerken"], ["zaken.geforceerd-bijwerken"]]
    assert explained["autorisaties"][0]["tekort"] == ["scope-ontbreekt"]
    assert explained["operatie"] == "zaak_partial_update"


def test_the_rule_about_a_closed_zaak_is_named(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    behandelaar = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.bijwerken"], catalogue.zaaktype, maximum=Level.ZEER_GEHEIM),
    )
    explained = told(haarlem_api, behandelaar, catalogue.url(zaak), "partial_update")
    assert (explained["toegestaan"], explained["stap"]) == (False, "voorwaarde")
    assert explained["regel"] == {"nummer": "zrc-007", "titel": rule_titles()["zrc-007"]}
    assert explained["nodigeScopes"] == [["zaken.geforceerd-bijwerken"]]
    assert explained["reden"].startswith("De zaak is afgesloten")


def test_adding_a_status_is_asked_about_the_zaak(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    assert haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.first)).status_code == 201
    aanmaker = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.aanmaken"], catalogue.zaaktype, maximum=Level.ZEER_GEHEIM),
    )
    explained = told(haarlem_api, aanmaker, catalogue.url(zaak), "status_create")
    assert (explained["toegestaan"], explained["regel"]) == (False, None)
    assert explained["reden"] == "Met 'zaken.aanmaken' kan alleen de eerste status worden gezet."


def test_making_a_zaak_is_asked_about_the_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    aanmaker = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.aanmaken"], catalogue.other, maximum=Level.ZEER_GEHEIM),
    )
    refused = told(haarlem_api, aanmaker, catalogue.url(catalogue.zaaktype), "zaak_create")
    allowed = told(haarlem_api, aanmaker, catalogue.url(catalogue.other), "zaak_create")
    assert (refused["toegestaan"], allowed["toegestaan"]) == (False, True)
    assert refused["type"]["url"] == catalogue.url(catalogue.zaaktype)


def test_a_collection_says_how_far_it_goes(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    lezer = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=Level.OPENBAAR),
        right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=Level.INTERN),
        right("zrc", ["zaken.bijwerken"], catalogue.other, maximum=Level.GEHEIM),
    )
    explained = told(haarlem_api, lezer, haarlem_api.url(f"{ZAKEN}?zaaktype=x"), "list")
    (reached,) = explained["bereik"]["typen"]
    assert (explained["toegestaan"], explained["bereik"]["alleTypen"]) == (True, False)
    assert reached["type"]["url"] == catalogue.url(catalogue.zaaktype)
    assert reached["maxVertrouwelijkheidaanduiding"] == "intern"
    assert explained["url"] == haarlem_api.url(ZAKEN)


def test_a_search_is_asked_by_its_name_or_its_own_url(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    by_name = told(haarlem_api, haarlem_api, haarlem_api.url(ZAKEN), "search")
    by_method = told(haarlem_api, haarlem_api, haarlem_api.url(f"{ZAKEN}/_zoek"), "POST")
    assert by_name["operatie"] == by_method["operatie"] == "zaak__zoek"
    assert by_name["bereik"] == {"alleTypen": True, "typen": []}


def test_reading_the_catalogue_through_rights_on_zaken_is_said_so(
    haarlem_api: ApiClient, catalogue: Catalogue
) -> None:
    lezer = api_with_rights(
        catalogue.municipality, right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=Level.OPENBAAR)
    )
    explained = told(haarlem_api, lezer, catalogue.url(catalogue.other), "retrieve")
    assert (explained["toegestaan"], explained["regel"]["nummer"]) == (True, "ztc-014")
    assert [each["component"] for each in explained["autorisaties"]] == ["zrc"]


def test_a_published_type_is_a_reservation_that_force_lifts(
    haarlem_api: ApiClient, catalogue: Catalogue
) -> None:
    schrijver = api_with_rights(catalogue.municipality, right("ztc", ["catalogi.schrijven"]))
    forced = api_with_rights(catalogue.municipality, right("ztc", ["catalogi.geforceerd-schrijven"]))
    of_type = told(haarlem_api, schrijver, catalogue.url(catalogue.zaaktype), "PUT")
    of_part = told(haarlem_api, schrijver, catalogue.url(catalogue.roltype), "DELETE")
    assert (of_type["toegestaan"], of_part["toegestaan"]) == (True, True)
    assert [(each["regel"]["nummer"], each["nodigeScopes"]) for each in of_type["voorbehouden"]] == [
        ("ztc-009", [["catalogi.geforceerd-schrijven"]])
    ]
    assert [(each["regel"]["nummer"], each["nodigeScopes"]) for each in of_part["voorbehouden"]] == [
        ("ztc-010", [["catalogi.geforceerd-verwijderen"]])
    ]
    assert told(haarlem_api, forced, catalogue.url(catalogue.zaaktype), "PUT")["voorbehouden"] == []


def test_all_rights_are_said_to_be_all(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    explained = told(haarlem_api, haarlem_api, catalogue.url(zaak), "destroy")
    assert explained["reden"] == "De applicatie heeft alle autorisaties."
    assert explained["applicatie"]["heeftAlleAutorisaties"]
    assert haarlem_api.get(explained["applicatie"]["url"]).json()["label"] == explained["applicatie"]["label"]


def test_a_client_id_without_a_secret_is_said_to_be_unknown(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        owner = Applicatie.objects.create(label="zonder geheim", heeft_alle_autorisaties=True)
        ClientId.objects.create(client_id="zonder-geheim", applicatie=owner)
    for client_id in ("zonder-geheim", "niemand", "x" * 400):
        explained = told(haarlem_api, client_id, catalogue.url(zaak), "retrieve")
        assert (explained["toegestaan"], explained["stap"]) == (False, "token")
        assert explained["applicatie"] is None
        assert explained["reden"].startswith("Voor deze client-id is hier geen geheim vastgelegd")


def test_a_client_id_without_an_applicatie_is_said_to_have_none(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        Credential.objects.create(client_id="los", secret="x" * 32)
    explained = told(haarlem_api, "los", catalogue.url(zaak), "retrieve")
    assert (explained["toegestaan"], explained["stap"], explained["applicatie"]) == (
        False,
        "applicatie",
        None,
    )


def test_what_is_public_is_said_to_be(haarlem_api: ApiClient) -> None:
    url = haarlem_api.url("/selectielijst/api/v1/procestypen")
    explained = told(haarlem_api, "niemand", url, "list")
    assert (explained["toegestaan"], explained["reden"]) == (True, "Dit is openbaar.")


def test_nothing_of_the_contents_is_told(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    zaak = catalogue.new_zaak(omschrijving="Ruzie op de Zijlstraat", toelichting="heel geheim")
    content = ask(
        haarlem_api, clientId=haarlem_api.client.client_id, url=catalogue.url(zaak), operatie="retrieve"
    ).content.decode()
    assert [
        text for text in (zaak.omschrijving, zaak.toelichting, zaak.identificatie) if text in content
    ] == []


def test_what_is_not_given_is_required(haarlem_api: ApiClient) -> None:
    required = [(name, "required") for name in ("clientId", "url", "operatie")]
    assert violations(ask(haarlem_api)) == required
    assert violations(ask(haarlem_api, clientId="", url="", operatie="")) == required


def test_what_cannot_be_done_there_is_answered_with_what_can(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    for operatie in ("list", "POST", "vliegen", "statussen"):
        answer = ask(haarlem_api, clientId="x", url=catalogue.url(zaak), operatie=operatie)
        assert violations(answer) == [("operatie", "invalid_choice")]
        assert "partial_update" in answer.json()["invalidParams"][0]["reason"]
        assert "status_create" in answer.json()["invalidParams"][0]["reason"]


@pytest.mark.parametrize("compatible", [True, False])
def test_what_only_open_zaak_does_is_asked_where_it_is_done(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, compatible: bool
) -> None:
    catalogue.municipality.open_zaak_compatibility = compatible
    catalogue.municipality.save()
    with in_municipality(catalogue.municipality):
        rol = RolFactory.create(zaak=zaak, roltype=catalogue.roltype)
    answer = ask(haarlem_api, clientId="x", url=catalogue.url(rol), operatie="PUT")
    assert answer.status_code == (200 if compatible else 400)


@pytest.mark.parametrize(
    "url",
    [
        "geen-url",
        "https://elders.example.nl/zaken/api/v1/zaken",
        "http://utrecht.localhost/zaken/api/v1/zaken",
        "http://haarlem.localhost/niets",
        "http://haarlem.localhost",
        "http://haarlem.localhost/zaken/api/v1/openapi.json",
        "http://haarlem.localhost/zaken/api/v1/zaken/3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "http://haarlem.localhost/zaken/api/v1/zaken/3fa85f64-5717-4562-b3fc-2c963f66afa6/audittrail",
    ],
)
def test_a_url_of_nobody_here_is_a_bad_one(haarlem_api: ApiClient, url: str) -> None:
    answer = ask(haarlem_api, clientId="x", url=url, operatie="list")
    assert violations(answer) == [("url", "bad-url")]
    assert answer.json()["invalidParams"][0]["reason"] == "Op deze URL is in deze gemeente niets te vinden."


def test_an_alias_of_the_host_is_ours(haarlem_api: ApiClient) -> None:
    assert told(haarlem_api, "x", f"http://127.0.0.2{ZAKEN}", "list")["url"] == haarlem_api.url(ZAKEN)


def test_it_asks_for_the_scope_of_who_manages_rights(haarlem: Municipality) -> None:
    manager = api_with_rights(haarlem, right("ac", ["autorisaties.lezen"]))
    other = api_with_rights(haarlem, right("ac", ["autorisaties.bijwerken"]))
    assert ask(manager).status_code == 400
    assert ask(other).status_code == 403


def test_another_parameter_is_unknown(haarlem_api: ApiClient) -> None:
    assert violations(ask(haarlem_api, client="x")) == [("nonFieldErrors", "unknown-parameters")]


def test_every_rule_that_an_explanation_can_name_has_a_title() -> None:
    numbers = set()
    for resource in registry.resources():
        numbers.add(number_in(getattr(resource.rights, "key", "")))
        for operation in resource.operations.values():
            asked = (*operation.guards, *filter(is_of_state, operation.rules))
            numbers |= {number_of(each) for each in asked}
    assert {"zrc-006", "zrc-007", "ztc-009"} <= numbers
    assert numbers - {""} <= set(rule_titles())
