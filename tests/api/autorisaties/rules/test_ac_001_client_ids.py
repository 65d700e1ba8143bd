"""ac-001: a client id belongs to one applicatie."""

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
