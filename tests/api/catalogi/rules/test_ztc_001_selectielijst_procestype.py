"""ztc-001: the procestype of a zaaktype is one of the selectielijst."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import INRICHTEN, NIET_DOORGEGAAN, SELECTIELIJST, ZaaktypeFactory

ZAAKTYPEN = f"{ROOT}/zaaktypen"
MEMBER = "selectielijstProcestype"
WRONG = [
    (f"{SELECTIELIJST}/procestypen/00000000-0000-4000-8000-000000000000", "bad-url"),
    (NIET_DOORGEGAAN, "invalid-resource"),
    ("http://127.0.0.1:1/procestypen/1", "bad-url"),
]


@pytest.mark.parametrize(
    "url", ["", INRICHTEN, INRICHTEN.replace("selectielijst.openzaak.nl", "referentielijsten-api.vng.cloud")]
)
def test_a_procestype_is_kept_as_it_was_given(haarlem_api: ApiClient, catalogus_url: str, url: str) -> None:
    answer = haarlem_api.post(ZAAKTYPEN, zaaktype_body(catalogus_url, selectielijstProcestype=url))

    assert answer.status_code == 201
    assert answer.json()[MEMBER] == url


def test_the_one_that_is_served_here_is_taken(haarlem_api: ApiClient, catalogus_url: str) -> None:
    url = haarlem_api.url(f"/selectielijst/api/v1/procestypen/{INRICHTEN.rpartition('/')[2]}")

    answer = haarlem_api.post(ZAAKTYPEN, zaaktype_body(catalogus_url, selectielijstProcestype=url))

    assert answer.json()[MEMBER] == url


@pytest.mark.parametrize(("url", "code"), WRONG)
def test_anything_else_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, url: str, code: str
) -> None:
    with nothing_written(haarlem):
        answer = haarlem_api.post(ZAAKTYPEN, zaaktype_body(catalogus_url, selectielijstProcestype=url))
        assert violations(answer) == [(MEMBER, code)]


@pytest.mark.parametrize(("url", "code"), WRONG)
def test_a_change_is_held_to_it_too(
    haarlem: Municipality, haarlem_api: ApiClient, url: str, code: str
) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory)
    whole = zaaktype_body(haarlem_api.url(path_of(zaaktype.catalogus)), selectielijstProcestype=url)

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path_of(zaaktype), {MEMBER: url})) == [(MEMBER, code)]
        assert violations(haarlem_api.put(path_of(zaaktype), whole)) == [(MEMBER, code)]
