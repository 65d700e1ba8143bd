"""``/applicaties``: what they look like, and that they work at once."""

from api.catalogi.models import Zaaktype
from api.clients.models import Credential
from tenants.registry.context import in_municipality
from tests.api.autorisaties.conftest import APPLICATIES, applicatie
from tests.api.client import ApiClient
from tests.factories.catalogi import ZaaktypeFactory

CATALOGUSSEN = "/catalogi/api/v1/catalogussen"


def caller(api: ApiClient, client_id: str = "zaaksysteem") -> ApiClient:
    with in_municipality(api.municipality):
        return ApiClient(api.municipality, Credential.objects.create(client_id=client_id, secret="x" * 32))


def test_a_right_is_answered_as_it_was_given(haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem_api.municipality):
        zaaktype: Zaaktype = ZaaktypeFactory.create(published=True)
    given = {
        "component": "zrc",
        "scopes": ["zaken.lezen"],
        "zaaktype": haarlem_api.url(f"/catalogi/api/v1/zaaktypen/{zaaktype.pk}"),
        "maxVertrouwelijkheidaanduiding": "intern",
    }
    made = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given])).json()
    assert made["autorisaties"] == [{**given, "componentWeergave": "Zaken API"}]


def test_an_applicatie_works_at_once_and_stops_at_once(haarlem_api: ApiClient) -> None:
    api = caller(haarlem_api)
    assert api.get(CATALOGUSSEN).status_code == 403
    url = haarlem_api.post(APPLICATIES, applicatie()).json()["url"]
    assert api.get(CATALOGUSSEN).status_code == 200
    haarlem_api.delete(url)
    assert api.get(CATALOGUSSEN).status_code == 403


def test_the_consumer_of_a_client_id(haarlem_api: ApiClient) -> None:
    made = haarlem_api.post(APPLICATIES, applicatie()).json()
    assert haarlem_api.get(f"{APPLICATIES}/consumer?clientId=zaaksysteem").json() == made
    assert haarlem_api.get(f"{APPLICATIES}/consumer?clientId=niemand").status_code == 404
    assert haarlem_api.get(f"{APPLICATIES}/consumer").status_code == 400


def test_the_list_is_filtered_on_client_ids(haarlem_api: ApiClient) -> None:
    haarlem_api.post(APPLICATIES, applicatie(clientIds=["a", "b"]))
    assert haarlem_api.get(f"{APPLICATIES}?clientIds=a,b").json()["count"] == 1
    assert haarlem_api.get(f"{APPLICATIES}?clientIds=c").json()["count"] == 0
