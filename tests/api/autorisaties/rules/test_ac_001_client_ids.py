"""ac-001: a client id belongs to one applicatie, and once given out never to another."""

from api.clients.models import Applicatie
from tenants.registry.context import in_municipality
from tests.api.autorisaties.conftest import APPLICATIES, applicatie
from tests.api.client import ApiClient
from tests.api.refusals import violations


def test_a_client_id_of_another_is_refused(haarlem_api: ApiClient) -> None:
    assert haarlem_api.post(APPLICATIES, applicatie()).status_code == 201
    answer = haarlem_api.post(APPLICATIES, applicatie(clientIds=["nieuw", "zaaksysteem"]))
    assert violations(answer) == [("clientIds", "clientId-exists")]
    with in_municipality(haarlem_api.municipality):
        assert Applicatie.objects.filter(label="Zaaksysteem").count() == 1


def test_its_own_are_kept(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(APPLICATIES, applicatie()).json()["url"]
    answer = haarlem_api.patch(url, {"clientIds": ["tweede", "zaaksysteem"]})
    assert answer.json()["clientIds"] == ["tweede", "zaaksysteem"]


def test_it_may_take_back_what_it_dropped(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(APPLICATIES, applicatie(clientIds=["eerste", "tweede"])).json()["url"]
    haarlem_api.put(url, applicatie(clientIds=["tweede"]))
    answer = haarlem_api.put(url, applicatie(clientIds=["eerste"]))
    assert answer.json()["clientIds"] == ["eerste"]


def test_what_another_dropped_is_refused(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(APPLICATIES, applicatie(clientIds=["eerste", "tweede"])).json()["url"]
    haarlem_api.patch(url, {"clientIds": ["tweede"]})
    answer = haarlem_api.post(APPLICATIES, applicatie(clientIds=["eerste"]))
    assert violations(answer) == [("clientIds", "clientId-exists")]


def test_what_a_deleted_one_had_is_refused(haarlem_api: ApiClient) -> None:
    haarlem_api.delete(haarlem_api.post(APPLICATIES, applicatie()).json()["url"])
    answer = haarlem_api.post(APPLICATIES, applicatie())
    assert violations(answer) == [("clientIds", "clientId-exists")]
    with in_municipality(haarlem_api.municipality):
        assert not Applicatie.objects.filter(label="Zaaksysteem").exists()


def test_the_neighbour_gives_out_its_own(haarlem_api: ApiClient, utrecht_api: ApiClient) -> None:
    haarlem_api.post(APPLICATIES, applicatie())
    assert utrecht_api.post(APPLICATIES, applicatie()).status_code == 201
