"""What clients of Open Zaak send is taken as it is, and answered in the form that they know."""

from __future__ import annotations

import pytest

from tests.api.catalogi.open_zaak.conftest import Places
from tests.api.catalogi.open_zaak.recorded import body, collection, differences, names, target
from tests.api.client import ApiClient
from tests.api.refusals import violations

BY_NAME = ["informatieobjecttype"]
"""What the letter of the standard answers by name, and Open Zaak by URL."""

NAMES = {
    "besluittype": "Vergunning",
    "informatieobjecttype": "Vergunning",
    "deelzaaktype": "ADVIES",
    "gerelateerd": "TOEZICHT",
}
"""What the types of the catalogue are called."""


@pytest.mark.parametrize("name", names("post"))
def test_a_recorded_post(haarlem_api: ApiClient, places: Places, name: str) -> None:
    sent = body(name, "post", places)

    answer = haarlem_api.post(collection(name), sent)

    assert answer.status_code == 201, answer.content
    read_only = ["zaaktypen"] if name == "besluittype" else []
    assert [each.split(":")[0] for each in differences(sent, answer.json())] == read_only


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize("name", names("put"))
def test_a_recorded_change(haarlem_api: ApiClient, places: Places, name: str, method: str) -> None:
    sent = body(name, method, places)

    answer = haarlem_api.request(method.upper(), target(name, places), sent)

    assert answer.status_code == 200, answer.content
    of_versions = [each for each in ("beginObject",) if each in sent]
    assert [each.split(":")[0] for each in differences(sent, answer.json())] == of_versions


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize("name", names("put"))
def test_the_same_by_the_letter(haarlem_api: ApiClient, places: Places, name: str, method: str) -> None:
    sent = body(name, method, places)

    answer = haarlem_api.request(method.upper(), target(name, places), sent)

    assert answer.status_code == 200, answer.content
    by_name = BY_NAME if name == "zaaktype-informatieobjecttype" else []
    assert [each.split(":")[0] for each in differences(sent, answer.json())] == by_name


def test_every_kind_has_a_body_for_each_method() -> None:
    assert names("put") == names("patch")
    assert set(names("put")) < set(names("post"))


def test_open_zaak_numbers_zaaktypen_of_which_the_client_gives_no_identificatie(
    haarlem_api: ApiClient, places: Places
) -> None:
    sent = body("zaaktype-zonder-identificatie", "post", places)
    first, second = (
        haarlem_api.post(collection("zaaktype"), each) for each in (sent, {**sent, "identificatie": ""})
    )

    given = [answer.json()["identificatie"] for answer in (first, second)]
    assert [each.rpartition("-")[2] for each in given] == ["0000000001", "0000000002"]


def test_a_change_without_identificatie_keeps_it(haarlem_api: ApiClient, places: Places) -> None:
    sent = body("zaaktype-zonder-identificatie", "post", places)

    assert haarlem_api.put(places["zaaktype"], sent).json()["identificatie"] == "EVENEMENT"


@pytest.mark.usefixtures("by_the_letter")
def test_the_standard_wants_an_identificatie(haarlem_api: ApiClient, places: Places) -> None:
    sent = body("zaaktype-zonder-identificatie", "post", places)

    assert violations(haarlem_api.post(collection("zaaktype"), sent)) == [("identificatie", "required")]


@pytest.mark.parametrize("name", ["zaaktype", "resultaattype", "zaaktype-informatieobjecttype"])
def test_names_mean_what_the_urls_mean(haarlem_api: ApiClient, places: Places, name: str) -> None:
    sent = body(name, "post", {**places, **NAMES})

    answer = haarlem_api.post(collection(name), sent)

    assert answer.status_code == 201, answer.content
    assert differences(body(name, "post", places), answer.json()) == []
