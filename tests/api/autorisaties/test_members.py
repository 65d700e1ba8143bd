"""``clientIds`` and ``autorisaties`` on the wire."""

from __future__ import annotations

from typing import Any

import pytest

from api.clients.models import Autorisatie
from api.records.models import OutboxMessage
from tenants.registry.context import in_municipality
from tests.api.autorisaties.conftest import APPLICATIES, LEZEN, applicatie
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

ELDERS = "https://elders.example.nl/catalogi/api/v1/zaaktypen/1"


def patched(api: ApiClient, **members: Any) -> Response:
    url = api.post(APPLICATIES, applicatie()).json()["url"]
    return api.patch(url, members)


@pytest.mark.parametrize("component", ["ac", "nrc", "ztc", "zrc", "drc", "brc"])
def test_a_right_without_type_has_no_member_for_one_and_can_be_sent_back(
    haarlem_api: ApiClient, component: str
) -> None:
    given = {"component": component, "scopes": ["audittrails.lezen"]}
    made = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given])).json()
    assert made["autorisaties"][0].keys() == {"component", "componentWeergave", "scopes"}
    assert haarlem_api.put(made["url"], made).json() == made


def test_empty_members_are_absent_ones(haarlem_api: ApiClient) -> None:
    given = {"component": "zrc", "scopes": ["audittrails.lezen"], "zaaktype": ""}
    answer = patched(haarlem_api, autorisaties=[{**given, "maxVertrouwelijkheidaanduiding": ""}])
    assert answer.json()["autorisaties"][0].keys() == {"component", "componentWeergave", "scopes"}


def test_a_type_elsewhere_is_kept_as_it_was_given(haarlem_api: ApiClient) -> None:
    given = {"component": "brc", "scopes": ["besluiten.lezen"], "besluittype": ELDERS}
    assert patched(haarlem_api, autorisaties=[given]).json()["autorisaties"][0]["besluittype"] == ELDERS


def test_a_type_here_is_known_by_any_name_of_this_municipality(haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem_api.municipality):
        zaaktype = ZaaktypeFactory.create()
    given = {
        "component": "zrc",
        "scopes": ["zaken.lezen"],
        "zaaktype": f"http://127.0.0.2/catalogi/api/v1/zaaktypen/{zaaktype.pk}",
        "maxVertrouwelijkheidaanduiding": "intern",
    }
    answer = patched(haarlem_api, autorisaties=[given])
    assert answer.json()["autorisaties"][0]["zaaktype"].startswith(haarlem_api.url("/catalogi/"))
    with in_municipality(haarlem_api.municipality):
        assert Autorisatie.objects.get(component="zrc").type_uuid == zaaktype.pk


def test_a_neighbours_type_gives_no_right_here(haarlem_api: ApiClient, utrecht_api: ApiClient) -> None:
    with in_municipality(utrecht_api.municipality):
        zaaktype = ZaaktypeFactory.create()
    url = utrecht_api.url(f"/catalogi/api/v1/zaaktypen/{zaaktype.pk}")
    given = {"component": "zrc", "scopes": ["zaken.lezen"], "zaaktype": url}
    answer = patched(haarlem_api, autorisaties=[{**given, "maxVertrouwelijkheidaanduiding": "intern"}])
    assert answer.json()["autorisaties"][0]["zaaktype"] == url
    with in_municipality(haarlem_api.municipality):
        assert Autorisatie.objects.get().type_uuid is None


def test_a_list_replaces_the_whole_set(haarlem_api: ApiClient) -> None:
    other = {"component": "nrc", "scopes": ["notificaties.consumeren"]}
    answer = patched(haarlem_api, autorisaties=[other])
    assert answer.json()["autorisaties"] == [{**other, "componentWeergave": "Notificaties API"}]


def test_what_is_not_sent_stays(haarlem_api: ApiClient) -> None:
    answer = patched(haarlem_api, alleenIsGereedVoorPublicatie=True).json()
    assert (answer["alleenIsGereedVoorPublicatie"], answer["clientIds"]) == (True, ["zaaksysteem"])
    assert answer["autorisaties"] == [{**LEZEN, "componentWeergave": "Catalogi API"}]


@pytest.mark.parametrize(
    ("members", "refusals"),
    [
        ({"clientIds": None}, [("clientIds", "null")]),
        ({"clientIds": "zaaksysteem"}, [("clientIds", "not_a_list")]),
        ({"clientIds": ["", "x" * 51]}, [("clientIds.0", "blank"), ("clientIds.1", "max_length")]),
        ({"label": "x" * 101}, [("label", "max_length")]),
        ({"heeftAlleAutorisaties": "misschien"}, [("heeftAlleAutorisaties", "invalid")]),
        ({"autorisaties": None}, [("autorisaties", "null")]),
        ({"autorisaties": ["x"]}, [("autorisaties.0.nonFieldErrors", "invalid")]),
        ({"autorisaties": [{"component": "", "scopes": ""}]}, [
            ("autorisaties.0.component", "invalid_choice"),
            ("autorisaties.0.scopes", "not_a_list"),
        ]),
        ({"autorisaties": [{"component": "kc"}]}, [
            ("autorisaties.0.component", "invalid_choice"),
            ("autorisaties.0.scopes", "required"),
        ]),
        ({"autorisaties": [LEZEN, {**LEZEN, "scopes": "x"}]}, [("autorisaties.1.scopes", "not_a_list")]),
        ({"autorisaties": [{**LEZEN, "scopes": ["x" * 101]}]}, [("autorisaties.0.scopes.0", "max_length")]),
        ({"autorisaties": [{**LEZEN, "zaaktype": "geen url"}]}, [("autorisaties.0.zaaktype", "bad-url")]),
        (
            {"autorisaties": [{**LEZEN, "maxVertrouwelijkheidaanduiding": "topgeheim"}]},
            [("autorisaties.0.maxVertrouwelijkheidaanduiding", "invalid_choice")],
        ),
    ],
)  # fmt: skip
def test_what_has_the_wrong_shape(
    haarlem_api: ApiClient, members: dict[str, Any], refusals: list[tuple[str, str]]
) -> None:
    assert violations(patched(haarlem_api, **members)) == refusals


def test_a_refusal_leaves_everything_as_it_was(haarlem_api: ApiClient) -> None:
    made = haarlem_api.post(APPLICATIES, applicatie()).json()
    refused = {"clientIds": [haarlem_api.client.client_id], "label": "Anders", "autorisaties": []}
    assert haarlem_api.patch(made["url"], refused).status_code == 400
    assert haarlem_api.get(made["url"]).json() == made


def test_changing_needs_more_than_reading(haarlem_api: ApiClient) -> None:
    made = haarlem_api.post(APPLICATIES, applicatie()).json()
    reader = api_with_rights(haarlem_api.municipality, right("ac", ["autorisaties.lezen"]))
    assert reader.get(made["url"]).json() == made
    assert reader.patch(made["url"], {"label": "Anders"}).status_code == 403
    assert reader.delete(made["url"]).status_code == 403
    assert reader.post(APPLICATIES, applicatie(clientIds=["nieuw"])).status_code == 403


def test_the_rights_of_others_are_not_for_everybody(haarlem_api: ApiClient) -> None:
    curious = api_with_rights(haarlem_api.municipality, right("ztc", ["catalogi.lezen"]))
    assert curious.get(APPLICATIES).status_code == 403
    assert curious.get(f"{APPLICATIES}/consumer?clientId=zaaksysteem").status_code == 403


@pytest.mark.parametrize("path", ["?client_ids=a", "/consumer?clientId=a&page=1", "/consumer?clientId="])
def test_parameters_are_strict(haarlem_api: ApiClient, path: str) -> None:
    assert haarlem_api.get(APPLICATIES + path).status_code == 400


def test_a_change_of_rights_works_on_the_next_request(haarlem_api: ApiClient) -> None:
    holder = api_with_rights(haarlem_api.municipality, right("ztc", ["catalogi.lezen"]))
    url = haarlem_api.get(f"{APPLICATIES}/consumer?clientId={holder.client.client_id}").json()["url"]
    catalogussen = "/catalogi/api/v1/catalogussen"
    assert holder.get(catalogussen).status_code == 200
    haarlem_api.patch(url, {"autorisaties": [{"component": "ztc", "scopes": ["catalogi.schrijven"]}]})
    assert holder.get(catalogussen).status_code == 403


def test_every_change_is_announced_on_the_channel(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(APPLICATIES, applicatie()).json()["url"]
    haarlem_api.put(url, applicatie(label="Nieuw"))
    haarlem_api.patch(url, {"label": "Nieuwer"})
    haarlem_api.delete(url)
    with in_municipality(haarlem_api.municipality):
        messages = OutboxMessage.objects.order_by("pk")
        assert [each.actie for each in messages] == ["create", "update", "partial_update", "destroy"]
        assert {(each.kanaal, each.resource, str(each.kenmerken)) for each in messages} == {
            ("autorisaties", "applicatie", "{}")
        }
