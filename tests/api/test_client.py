"""The client that the other tests speak with."""

from __future__ import annotations

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.factories.catalogi import CatalogusFactory

CATALOGUSSEN = "/catalogi/api/v1/catalogussen"


def test_it_reads_with_all_rights(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.get(CATALOGUSSEN)
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


def test_urls_of_answers_can_be_followed(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem):
        CatalogusFactory.create()
    url = haarlem_api.get(CATALOGUSSEN).json()["results"][0]["url"]
    assert url.startswith(haarlem_api.url(f"{CATALOGUSSEN}/"))
    assert haarlem_api.get(url).json()["url"] == url


def test_limited_rights_are_limited(haarlem: Municipality) -> None:
    api = api_with_rights(haarlem, right("ztc", ["catalogi.lezen"]))
    assert api.get(CATALOGUSSEN).status_code == 200
    assert api.post(CATALOGUSSEN, {}).status_code == 403
