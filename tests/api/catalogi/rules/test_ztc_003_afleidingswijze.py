"""ztc-003: the procestermijn of the selectielijst leaves some resultaattypen one afleidingswijze."""

from __future__ import annotations

from typing import Any

import pytest

from api.catalogi.models.keuzes import Afleidingswijze
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, resultaattype_body
from tests.api.catalogi.rules.brondatum import filled_in
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import BLIJVEND_BEWAREN, NIET_DOORGEGAAN, SELECTIELIJST, ResultaattypeFactory

RESULTAATTYPEN = f"{ROOT}/resultaattypen"
REFUSED = [("nonFieldErrors", "invalid-afleidingswijze-for-procestermijn")]
INGESCHAT = f"{SELECTIELIJST}/resultaten/c1375774-9381-42e0-892a-73278b129057"
BESTAANSDUUR = f"{SELECTIELIJST}/resultaten/3ddbf229-1ea4-4f5a-bc3a-26f28ebff867"
ALLOWED = {NIET_DOORGEGAAN: ["afgehandeld"], INGESCHAT: ["termijn"]}
EVERY = [each.value for each in Afleidingswijze]


def body(zaaktype: str, klasse: str, afleidingswijze: str) -> dict[str, Any]:
    procedure = filled_in(afleidingswijze)
    return resultaattype_body(zaaktype, selectielijstklasse=klasse, brondatumArchiefprocedure=procedure)


@pytest.mark.parametrize("klasse", [NIET_DOORGEGAAN, INGESCHAT, BESTAANSDUUR, BLIJVEND_BEWAREN])
@pytest.mark.parametrize("afleidingswijze", EVERY)
def test_only_what_the_procestermijn_leaves_is_taken(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str, klasse: str, afleidingswijze: str
) -> None:
    if afleidingswijze in ALLOWED.get(klasse, EVERY):
        answer = haarlem_api.post(RESULTAATTYPEN, body(zaaktype_url, klasse, afleidingswijze))
        assert answer.status_code == 201, answer.content
        return
    with nothing_written(haarlem):
        answer = haarlem_api.post(RESULTAATTYPEN, body(zaaktype_url, klasse, afleidingswijze))
        assert violations(answer) == REFUSED


def test_a_change_of_either_is_held_to_it(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    resultaattype = make(haarlem, ResultaattypeFactory)

    with nothing_written(haarlem):
        change: dict[str, Any] = {"brondatumArchiefprocedure": filled_in("hoofdzaak")}
        assert violations(haarlem_api.patch(path_of(resultaattype), change)) == REFUSED
        change = {"selectielijstklasse": INGESCHAT}
        assert violations(haarlem_api.patch(path_of(resultaattype), change)) == REFUSED


def test_without_a_procedure_there_is_nothing_to_hold_to_it(
    haarlem_api: ApiClient, zaaktype_url: str
) -> None:
    answer = haarlem_api.post(
        RESULTAATTYPEN, resultaattype_body(zaaktype_url, brondatumArchiefprocedure=None)
    )

    assert answer.status_code == 201
