"""ztc-008: the afleidingswijze decides whether procestermijn is required, must be empty, or is free."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.catalogi.cast import ROOT, resultaattype_body
from tests.api.catalogi.rules.brondatum import TABLE, asked, filled_in, holds_to_the_table
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import BLIJVEND_BEWAREN

EMPTY = [each for each in TABLE if asked(each, "procestermijn") == "e"]


@pytest.mark.parametrize("afleidingswijze", TABLE)
def test_it_is_as_the_table_says(haarlem_api: ApiClient, afleidingswijze: str) -> None:
    holds_to_the_table(haarlem_api, afleidingswijze, "procestermijn")


def with_no_time(zaaktype_url: str, afleidingswijze: str, written: str) -> dict[str, Any]:
    group = {**filled_in(afleidingswijze), "procestermijn": written}
    return resultaattype_body(
        zaaktype_url, selectielijstklasse=BLIJVEND_BEWAREN, brondatumArchiefprocedure=group
    )


@pytest.mark.parametrize("written", ["P0D", "PT0S", ""])
@pytest.mark.parametrize("afleidingswijze", EMPTY)
def test_for_open_zaak_no_time_is_empty(
    haarlem_api: ApiClient, zaaktype_url: str, afleidingswijze: str, written: str
) -> None:
    made = haarlem_api.post(f"{ROOT}/resultaattypen", with_no_time(zaaktype_url, afleidingswijze, written))

    assert made.status_code == 201, made.content
    assert made.json()["brondatumArchiefprocedure"]["procestermijn"] is None


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize(("written", "code"), [("P0D", "must-be-empty"), ("", "blank")])
def test_by_the_letter_it_is_a_term(
    haarlem_api: ApiClient, zaaktype_url: str, written: str, code: str
) -> None:
    refused = haarlem_api.post(f"{ROOT}/resultaattypen", with_no_time(zaaktype_url, "hoofdzaak", written))

    assert violations(refused) == [("brondatumArchiefprocedure.procestermijn", code)]
