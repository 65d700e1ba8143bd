"""What clients of Open Zaak narrow zaken and rollen by, beyond the standard."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import connection

from api.pipeline.validate.filters import apply
from api.zaken.filters import SEARCH_FILTERS
from api.zaken.models import Rol, Status, Zaak
from api.zaken.resources.rol import RolResource
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, ZAKEN, Catalogue
from tests.factories.zaken import ResultaatFactory, RolFactory, StatusFactory

KENMERKEN = [{"bron": "CRM", "kenmerk": "2026:7"}, {"bron": "urn:zaak", "kenmerk": "9"}]
BSN = "999993653"


def found(api: ApiClient, path: str = ZAKEN, **query: str) -> int:
    answer = api.get(f"{path}?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    return int(answer.json()["count"])


def with_rol(catalogue: Catalogue, **attributes: Any) -> Zaak:
    zaak = catalogue.new_zaak()
    with in_municipality(catalogue.municipality):
        RolFactory.create(zaak=zaak, roltype=catalogue.roltype, **attributes)
    return zaak


@pytest.mark.parametrize(
    ("part", "count"),
    [("losse", 1), ("TEGEL", 1), ("Losse stoeptegel", 1), ("100%", 0), ("_", 0), ("stoep%tegel", 0)],
)
def test_a_part_of_the_omschrijving(
    haarlem_api: ApiClient, catalogue: Catalogue, part: str, count: int
) -> None:
    catalogue.new_zaak(omschrijving="Losse stoeptegel")
    catalogue.new_zaak(omschrijving="Kapotte lantaarn")

    assert found(haarlem_api, omschrijving=part) == count


@pytest.mark.parametrize(("part", "count"), [("2026", 2), ("zaak-2026-1", 1), ("zaak-2026-3", 0)])
def test_a_part_of_the_identificatie(
    haarlem_api: ApiClient, catalogue: Catalogue, part: str, count: int
) -> None:
    for number in (1, 2):
        catalogue.new_zaak(identificatie=f"ZAAK-2026-{number}")

    assert found(haarlem_api, identificatie__icontains=part) == count


def test_a_part_of_the_omschrijving_of_the_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    with in_municipality(catalogue.municipality):
        type(catalogue.other).objects.filter(pk=catalogue.other.pk).update(omschrijving="Parkeervergunning")
    catalogue.new_zaak(zaaktype=catalogue.other)
    catalogue.new_zaak()

    assert found(haarlem_api, zaaktype__omschrijving="VERGUN") == 1


def test_a_part_is_no_longer_than_the_whole(haarlem_api: ApiClient) -> None:
    assert found(haarlem_api, omschrijving="x" * 80) == 0
    refused = haarlem_api.get(f"{ZAKEN}?omschrijving={'x' * 81}")
    assert violations(refused) == [("omschrijving", "max_length")]


@pytest.mark.parametrize(
    ("kenmerk", "count"),
    [("CRM:2026:7", 1), ("urn:zaak:9", 1), ("CRM:9", 0), ("CRM:2026", 0), ("crm:2026:7", 0), (":", 0)],
)
def test_a_kenmerk_with_its_bron(
    haarlem_api: ApiClient, catalogue: Catalogue, kenmerk: str, count: int
) -> None:
    catalogue.new_zaak(kenmerken=KENMERKEN)
    catalogue.new_zaak()

    assert found(haarlem_api, kenmerk=kenmerk) == count


@pytest.mark.parametrize(("bron", "count"), [("CRM", 1), ("urn:zaak", 1), ("urn", 0)])
def test_the_bron_of_a_kenmerk(haarlem_api: ApiClient, catalogue: Catalogue, bron: str, count: int) -> None:
    catalogue.new_zaak(kenmerken=KENMERKEN)

    assert found(haarlem_api, kenmerk__bron=bron) == count


def test_a_kenmerk_has_a_bron(haarlem_api: ApiClient) -> None:
    assert violations(haarlem_api.get(f"{ZAKEN}?kenmerk=2026")) == [("kenmerk", "invalid")]


def test_the_statustype_is_that_of_the_current_status(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    zaak = catalogue.new_zaak()
    with in_municipality(catalogue.municipality):
        StatusFactory.create(zaak=zaak, statustype=catalogue.first)
        StatusFactory.create(zaak=zaak, statustype=catalogue.last, indicatie_laatst_gezette_status=True)

    counts = [
        found(haarlem_api, status__statustype=catalogue.url(each))
        for each in (catalogue.first, catalogue.last)
    ]

    assert counts == [0, 1]


def test_the_resultaattype_of_the_resultaat(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    zaak = catalogue.new_zaak()
    catalogue.new_zaak()
    with in_municipality(catalogue.municipality):
        ResultaatFactory.create(zaak=zaak, resultaattype=catalogue.resultaattype)

    assert found(haarlem_api, resultaat__resultaattype=catalogue.url(catalogue.resultaattype)) == 1


@pytest.mark.parametrize(("machtiging", "count"), [("eigen", 1), ("gemachtigde", 2), ("machtiginggever", 0)])
def test_for_whom_somebody_acts(
    haarlem_api: ApiClient, catalogue: Catalogue, machtiging: str, count: int
) -> None:
    with_rol(catalogue)
    for _ in range(2):
        with_rol(catalogue, indicatie_machtiging="gemachtigde")

    assert found(haarlem_api, rol__machtiging=machtiging) == count
    assert found(haarlem_api, ROLLEN, machtiging=machtiging) == count


def test_it_is_the_same_rol_that_acts_for_another(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    zaak = with_rol(
        catalogue, indicatie_machtiging="gemachtigde", betrokkene_identificatie={"inpBsn": "123456782"}
    )
    with in_municipality(catalogue.municipality):
        RolFactory.create(zaak=zaak, roltype=catalogue.roltype, betrokkene_identificatie={"inpBsn": BSN})
    by_bsn = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": BSN}

    assert found(haarlem_api, rol__machtiging="eigen", **by_bsn) == 1
    assert found(haarlem_api, rol__machtiging="gemachtigde", **by_bsn) == 0


def test_another_machtiging_is_refused(haarlem_api: ApiClient) -> None:
    assert violations(haarlem_api.get(f"{ROLLEN}?machtiging=x")) == [("machtiging", "invalid_choice")]


def test_a_vestiging_by_its_kvk_nummer(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    with_rol(catalogue, betrokkene_type="vestiging", betrokkene_identificatie={"kvkNummer": "12345678"})
    with_rol(catalogue)
    name = "betrokkeneIdentificatie__vestiging__kvkNummer"

    assert found(haarlem_api, ROLLEN, **{name: "12345678"}) == 1
    assert found(haarlem_api, **{f"rol__{name}": "12345678"}) == 1
    assert found(haarlem_api, **{f"rol__{name}": "12345679"}) == 0


def test_none_of_several_zaaktypen(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    other = catalogue.new_zaak(zaaktype=catalogue.other)
    catalogue.new_zaak()

    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaaktype__not_in": [catalogue.url(catalogue.zaaktype)]})

    assert [each["url"] for each in answer.json()["results"]] == [catalogue.url(other)]


def test_a_zaaktype_of_elsewhere_excludes_nothing(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    catalogue.new_zaak()
    elsewhere = catalogue.url(catalogue.zaaktype).replace("haarlem", "utrecht")

    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaaktype__not_in": [elsewhere]})

    assert answer.json()["count"] == 1


NOBODY = UUID(int=0)
INDEXED = [
    ("identificatie__icontains", "2026", "zaak_tekst"),
    ("omschrijving", "tegel", "zaak_tekst"),
    ("kenmerk", "CRM:7", "zaak_tekst"),
    ("kenmerk__bron", "CRM", "zaak_tekst"),
    ("zaaktype__omschrijving", "tegel", "zaaktype_tekst"),
    ("resultaat__resultaattype", NOBODY, "resultaat"),
    ("rol__machtiging", "gemachtigde", "rol_machtiging"),
    ("rol__betrokkeneIdentificatie__vestiging__kvkNummer", "12345678", "rol_kvk_nummer"),
]
AMONG_MANY = {"status__statustype"}
NOT_INDEXED = {"zaaktype__not_in"}
"""What leaves something out keeps most."""


@pytest.mark.parametrize(("name", "value", "index"), INDEXED)
def test_a_filter_on_zaken_has_its_index(catalogue: Catalogue, name: str, value: Any, index: str) -> None:
    assert index in plan(catalogue, apply(SEARCH_FILTERS, {name: value}, Zaak.objects.all()))


def test_the_current_status_is_found_among_all_that_a_zaak_had(catalogue: Catalogue) -> None:
    """The foreign key has an index too, which is as good while there are none or few."""
    zaken = [catalogue.new_zaak() for _ in range(100)]
    with in_municipality(catalogue.municipality):
        had = [StatusFactory.build(zaak=zaak, statustype=catalogue.first) for zaak in zaken for _ in range(9)]
        for each in had[::9]:
            each.indicatie_laatst_gezette_status = True
        Status.objects.bulk_create(had)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE zaken_zaak, zaken_status")
    of_it = apply(SEARCH_FILTERS, {"status__statustype": catalogue.first.pk}, Zaak.objects.all())

    assert "status_current" in plan(catalogue, of_it)


def test_no_filter_is_forgotten() -> None:
    declared = {name for name, each in SEARCH_FILTERS.items() if each.of_open_zaak}

    assert declared == {name for name, *_ in INDEXED} | AMONG_MANY | NOT_INDEXED


@pytest.mark.parametrize(
    ("name", "value", "index"),
    [
        ("betrokkeneIdentificatie__vestiging__kvkNummer", "12345678", "rol_kvk_nummer"),
        ("machtiging", "gemachtigde", "rol_machtiging"),
    ],
)
def test_a_filter_on_rollen_has_its_index(catalogue: Catalogue, name: str, value: str, index: str) -> None:
    declared = RolResource.operations["list"].filters[name]

    assert index in plan(catalogue, Rol.objects.filter(declared.condition(value)))


def plan(catalogue: Catalogue, rows: Any) -> str:
    """How PostgreSQL finds the rows when it may not read them all; a table of a test is too small to ask."""
    with in_municipality(catalogue.municipality):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        return str(rows.order_by().explain())
