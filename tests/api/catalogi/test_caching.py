"""Who has a type already is not sent it again (x-etag-01 to 03)."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import make, path_of
from tests.api.client import ApiClient
from tests.factories.catalogi import (
    BesluittypeFactory,
    CatalogusFactory,
    EigenschapFactory,
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)


@pytest.fixture(
    params=[
        CatalogusFactory,
        ZaaktypeFactory,
        StatustypeFactory,
        ResultaattypeFactory,
        RoltypeFactory,
        InformatieobjecttypeFactory,
        BesluittypeFactory,
        EigenschapFactory,
        ZaakobjecttypeFactory,
        ZaaktypeInformatieobjecttypeFactory,
    ],
    ids=lambda factory: factory._meta.model.__name__,
)
def path(request: pytest.FixtureRequest, haarlem: Municipality) -> str:
    return path_of(make(haarlem, request.param))


def test_what_is_known_is_not_sent_again(haarlem_api: ApiClient, path: str) -> None:
    etag = haarlem_api.get(path).headers["ETag"]

    again = haarlem_api.get(path, If_None_Match=f'"other", {etag}')

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


def test_what_is_not_known_is_sent(haarlem_api: ApiClient, path: str) -> None:
    assert haarlem_api.get(path, If_None_Match='"other"').status_code == 200


def test_head_has_the_headers_and_no_body(haarlem_api: ApiClient, path: str) -> None:
    whole, head = haarlem_api.get(path), haarlem_api.head(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.content))


def test_a_change_gives_another_etag(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))
    before = haarlem_api.get(path).headers["ETag"]

    changed = haarlem_api.patch(path, {"toelichting": "Nieuw"})

    assert changed.headers["ETag"] != before
    assert haarlem_api.get(path).headers["ETag"] == changed.headers["ETag"]


def test_another_host_gives_another_etag(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))
    there = haarlem_api.http.get(
        path, headers={"Authorization": f"Bearer {haarlem_api.token()}"}, SERVER_NAME="127.0.0.2"
    )

    assert there.headers["ETag"] != haarlem_api.get(path).headers["ETag"]
