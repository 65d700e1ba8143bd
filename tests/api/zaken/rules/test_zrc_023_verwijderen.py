"""zrc-023: deleting a zaak deletes all of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.records.models import AuditTrail, OutboxMessage
from api.zaken.models import Resultaat, Rol, Status, Zaak
from api.zaken.rules import zrc_023_verwijderen
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, STATUSSEN, Catalogue


def test_all_of_it_goes(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.new_zaak(hoofdzaak=zaak)
    haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.first))
    haarlem_api.post(ROLLEN, catalogue.rol(zaak))
    assert haarlem_api.delete(catalogue.url(zaak)).status_code == 204
    with in_municipality(catalogue.municipality):
        assert [model.objects.count() for model in (Zaak, Status, Rol, Resultaat)] == [0, 0, 0, 0]


def test_what_stays_has_no_content(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    haarlem_api.patch(catalogue.url(zaak), {"toelichting": "geheim"})
    haarlem_api.delete(catalogue.url(zaak))
    assert haarlem_api.get(f"{catalogue.url(zaak)}/audittrail").status_code == 404
    with in_municipality(catalogue.municipality):
        (left,) = AuditTrail.objects.all()
    assert (left.actie, left.oud, left.nieuw, left.resource_weergave) == ("destroy", None, None, "")


def test_a_deelzaak_is_said_to_be_gone_too(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.new_zaak(hoofdzaak=zaak)
    haarlem_api.delete(catalogue.url(zaak))
    with in_municipality(catalogue.municipality):
        assert OutboxMessage.objects.filter(actie="destroy", resource="zaak").count() == 2


def test_a_deelzaak_goes_alone(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    deelzaak = catalogue.new_zaak(hoofdzaak=zaak)
    haarlem_api.delete(catalogue.url(deelzaak))
    assert haarlem_api.get(catalogue.url(zaak)).status_code == 200


def remover(catalogue: Catalogue) -> ApiClient:
    """May delete zaken of one zaaktype, up to vertrouwelijk."""
    with in_municipality(catalogue.municipality):
        scopes = ("zaken.lezen", "zaken.verwijderen")
        given = right("zrc", scopes, catalogue.zaaktype, maximum=Vertrouwelijkheidaanduiding.VERTROUWELIJK)
    return api_with_rights(catalogue.municipality, given)


def beyond(catalogue: Catalogue, what: str) -> dict[str, Any]:
    if what == "level":
        return {"vertrouwelijkheidaanduiding": Vertrouwelijkheidaanduiding.GEHEIM}
    return {"zaaktype": catalogue.other}


@pytest.mark.parametrize("what", ["level", "zaaktype"])
@pytest.mark.parametrize("compatible", [True, False])
def test_nothing_goes_where_a_deelzaak_may_not(
    catalogue: Catalogue, zaak: Zaak, what: str, compatible: bool
) -> None:
    catalogue.municipality.open_zaak_compatibility = compatible
    catalogue.municipality.save()
    for more in ({}, beyond(catalogue, what), beyond(catalogue, what)):
        catalogue.new_zaak(hoofdzaak=zaak, **more)
    answer = remover(catalogue).delete(catalogue.url(zaak))
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert " 2 " in answer.json()["detail"]
    with in_municipality(catalogue.municipality):
        assert (Zaak.objects.count(), OutboxMessage.objects.count()) == (4, 0)


def test_a_deelzaak_of_the_highest_level_that_is_held_goes(catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.new_zaak(hoofdzaak=zaak, vertrouwelijkheidaanduiding=Vertrouwelijkheidaanduiding.VERTROUWELIJK)
    assert remover(catalogue).delete(catalogue.url(zaak)).status_code == 204


def test_a_closed_deelzaak_goes_as_it_would_by_itself(catalogue: Catalogue, zaak: Zaak) -> None:
    closed = {"einddatum": date(2026, 2, 1)}
    catalogue.new_zaak(hoofdzaak=zaak, **closed)
    alone = catalogue.new_zaak(**closed)
    answers = [remover(catalogue).delete(catalogue.url(each)).status_code for each in (alone, zaak)]
    assert answers == [204, 204]


def test_so_many_deelzaken_go_along_and_no_more(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zrc_023_verwijderen, "MOST_DEELZAKEN", 2)
    deelzaken = [catalogue.new_zaak(hoofdzaak=zaak) for _ in range(3)]
    refused = haarlem_api.delete(catalogue.url(zaak))
    assert violations(refused) == [("nonFieldErrors", "too-many-deelzaken")]
    assert haarlem_api.delete(catalogue.url(deelzaken[0])).status_code == 204
    assert haarlem_api.delete(catalogue.url(zaak)).status_code == 204
