"""zrc-014: nothing was paid where nothing has to be paid."""

from __future__ import annotations

from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue

PAID = "2026-01-10T12:00:00Z"


def test_nothing_is_paid_where_nothing_is_due(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(betalingsindicatie="nvt", laatsteBetaaldatum=PAID)
    assert violations(haarlem_api.post(ZAKEN, body)) == [("laatsteBetaaldatum", "betaling-nvt")]


def test_changing_to_nvt_empties_the_date(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(betalingsindicatie="geheel", laatsteBetaaldatum=PAID)
    made = haarlem_api.post(ZAKEN, body).json()
    changed = haarlem_api.patch(made["url"], {"betalingsindicatie": "nvt"}).json()
    assert (changed["betalingsindicatie"], changed["laatsteBetaaldatum"]) == ("nvt", None)


def test_a_payment_lies_in_the_past(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(laatsteBetaaldatum="2999-01-01T00:00:00Z")
    assert violations(haarlem_api.post(ZAKEN, body)) == [("laatsteBetaaldatum", "future_not_allowed")]
