"""zrc-023: deleting a zaak deletes all of it."""

from __future__ import annotations

from api.records.models import AuditTrail, OutboxMessage
from api.zaken.models import Resultaat, Rol, Status, Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
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
