"""ac-003: a right says on which type, and up to which level."""

from typing import Any

import pytest

from tests.api.autorisaties.conftest import APPLICATIES, applicatie
from tests.api.client import ApiClient
from tests.api.refusals import violations


@pytest.mark.parametrize(
    ("component", "scope", "missing"),
    [
        ("zrc", "zaken.lezen", ["zaaktype", "maxVertrouwelijkheidaanduiding"]),
        ("drc", "documenten.lezen", ["informatieobjecttype", "maxVertrouwelijkheidaanduiding"]),
        ("brc", "besluiten.lezen", ["besluittype"]),
    ],
)
def test_what_has_to_be_named(haarlem_api: ApiClient, component: str, scope: str, missing: list[str]) -> None:
    given: dict[str, Any] = {"component": component, "scopes": [scope]}
    answer = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given]))
    assert violations(answer) == [(f"autorisaties.0.{name}", "required") for name in missing]


def test_other_scopes_need_no_type(haarlem_api: ApiClient) -> None:
    given = {"component": "zrc", "scopes": ["audittrails.lezen"]}
    assert haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given])).status_code == 201
