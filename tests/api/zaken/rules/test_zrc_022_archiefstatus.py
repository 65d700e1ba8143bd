"""zrc-022: a dossier is archived when it is known what becomes of it."""

from __future__ import annotations

from api.zaken.models import Zaak
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_archiving_needs_a_nominatie_and_a_date(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(archiefstatus="gearchiveerd"))
    assert violations(answer) == [
        ("archiefnominatie", "archiefnominatie-not-set"),
        ("archiefactiedatum", "archiefactiedatum-not-set"),
    ]


def test_with_both_it_is_archived(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    archive = {
        "archiefstatus": "gearchiveerd",
        "archiefnominatie": "vernietigen",
        "archiefactiedatum": "2031-01-01",
    }
    assert haarlem_api.patch(catalogue.url(zaak), archive).json()["archiefstatus"] == "gearchiveerd"
