"""``/rollen``: who takes part in a zaak."""

from __future__ import annotations

from typing import Any

import pytest

from api.records.models import AuditTrail, OutboxMessage
from api.zaken.models import Rol, Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, Catalogue
from tests.factories.catalogi import RoltypeFactory


@pytest.mark.parametrize(
    ("betrokkene_type", "who"),
    [
        ("natuurlijk_persoon", {"inpBsn": "999993653"}),
        ("niet_natuurlijk_persoon", {"innNnpId": "517439943", "statutaireNaam": "Stichting"}),
        ("medewerker", {"identificatie": "m1"}),
        ("organisatorische_eenheid", {"identificatie": "team", "naam": "Balie"}),
    ],
)
def test_each_kind_of_betrokkene(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, betrokkene_type: str, who: dict[str, Any]
) -> None:
    body = catalogue.rol(zaak, betrokkeneType=betrokkene_type, betrokkeneIdentificatie=who)
    found = haarlem_api.post(ROLLEN, body).json()["betrokkeneIdentificatie"]
    assert who.items() <= found.items()


def test_the_roltype_gives_the_omschrijvingen(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    found = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()
    assert (found["omschrijving"], found["omschrijvingGeneriek"]) == ("Melder", "initiator")


def test_a_bsn_passes_the_eleven_test(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    who = {"inpBsn": "999993654"}
    body = catalogue.rol(zaak, betrokkeneType="natuurlijk_persoon", betrokkeneIdentificatie=who)
    assert violations(haarlem_api.post(ROLLEN, body)) == [("betrokkeneIdentificatie.inpBsn", "invalid")]
    with in_municipality(catalogue.municipality):
        assert Rol.objects.count() == 0


def test_nine_zeros_are_nobodys_bsn(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    who = {"inpBsn": "000000000"}
    body = catalogue.rol(zaak, betrokkeneType="natuurlijk_persoon", betrokkeneIdentificatie=who)
    assert violations(haarlem_api.post(ROLLEN, body)) == [("betrokkeneIdentificatie.inpBsn", "invalid")]


@pytest.mark.usefixtures("either_mode")
@pytest.mark.parametrize(
    ("number", "refused"),
    [("51743994", "min_length"), ("5174399430", "max_length"), ("517439943", ""), ("000000000", "")],
)
def test_a_legal_person_has_a_number_of_nine(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, number: str, refused: str
) -> None:
    who = {"innNnpId": number, "statutaireNaam": "Stichting"}
    body = catalogue.rol(zaak, betrokkeneType="niet_natuurlijk_persoon", betrokkeneIdentificatie=who)

    answer = haarlem_api.post(ROLLEN, body)
    told = violations(answer) if answer.status_code == 400 else []
    assert told == ([("betrokkeneIdentificatie.innNnpId", refused)] if refused else [])


def test_somebody_is_named(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    body = catalogue.rol(zaak, betrokkeneIdentificatie=None)
    assert violations(haarlem_api.post(ROLLEN, body)) == [("nonFieldErrors", "invalid-betrokkene")]


def test_a_rol_is_replaced_whole(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    made = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()
    with in_municipality(catalogue.municipality):
        other = RoltypeFactory.create(zaaktype=catalogue.zaaktype, omschrijving="Behandelaar")
    who = {"inpBsn": "999993653"}
    body = catalogue.rol(
        zaak,
        roltype=catalogue.url(other),
        betrokkeneType="natuurlijk_persoon",
        betrokkeneIdentificatie=who,
        roltoelichting="neemt het over",
    )

    became = haarlem_api.put(made["url"], body)

    assert became.status_code == 200
    assert became.json()["omschrijving"] == "Behandelaar"
    assert who.items() <= became.json()["betrokkeneIdentificatie"].items()
    assert haarlem_api.get(made["url"]).json() == became.json()
    kept = ("url", "uuid", "zaak", "registratiedatum")
    assert [became.json()[name] for name in kept] == [made[name] for name in kept]


def test_somebody_else_comes_whole(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    who = {"betrokkene": "https://personen.example/1", "betrokkeneIdentificatie": None}
    made = haarlem_api.post(ROLLEN, catalogue.rol(zaak, **who)).json()
    by_number = haarlem_api.put(made["url"], catalogue.rol(zaak)).json()
    by_url = haarlem_api.put(made["url"], {**catalogue.rol(zaak), **who}).json()
    assert by_number["betrokkene"] == ""
    assert (by_url["betrokkene"], by_url["betrokkeneIdentificatie"]) == (who["betrokkene"], {})


def test_what_is_read_of_a_rol_can_be_sent_back(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    made = haarlem_api.post(ROLLEN, catalogue.rol(zaak, contactpersoonRol={"naam": "Jo"})).json()
    assert haarlem_api.put(made["url"], made).json() == made


def test_a_rol_stays_in_its_zaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    url = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    refused = haarlem_api.put(url, catalogue.rol(catalogue.new_zaak()))
    assert violations(refused) == [("zaak", "wijzigen-niet-toegelaten")]


def test_somebody_stays_named(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    url = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    refused = haarlem_api.put(url, catalogue.rol(zaak, betrokkeneIdentificatie=None))
    assert violations(refused) == [("nonFieldErrors", "invalid-betrokkene")]


def test_another_roltype_is_of_the_same_zaaktype(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    url = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    with in_municipality(catalogue.municipality):
        strange = RoltypeFactory.create(zaaktype=catalogue.other)
    refused = haarlem_api.put(url, catalogue.rol(zaak, roltype=catalogue.url(strange)))
    assert violations(refused) == [("nonFieldErrors", "zaaktype-mismatch")]


def test_a_change_is_in_the_trail_and_notified(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    url = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    haarlem_api.put(url, catalogue.rol(zaak, roltoelichting="anders"))
    with in_municipality(catalogue.municipality):
        assert list(AuditTrail.objects.order_by("id").values_list("actie", flat=True)) == ["create", "update"]
        assert OutboxMessage.objects.count() == 2


def test_a_rol_is_deleted_and_by_the_letter_never_changed(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    url = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    catalogue.municipality.open_zaak_compatibility = False
    catalogue.municipality.save()
    assert haarlem_api.put(url, catalogue.rol(zaak)).status_code == 405
    assert haarlem_api.delete(url).status_code == 204
    assert haarlem_api.get(url).status_code == 404
