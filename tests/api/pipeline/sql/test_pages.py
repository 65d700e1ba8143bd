"""A page is the same, however it is found, and there are as many rows as there are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.clients.client import NOBODY
from api.pipeline.declare.declaration import bindings_of
from api.pipeline.sql import pages
from api.pipeline.sql.compiled import Compiled
from api.pipeline.sql.pages import Window, counted, keys_of, number_of
from api.pipeline.validate.filters import apply, those_that_point
from api.zaken.filters import LIST_FILTERS
from api.zaken.models import Rol, Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.zaken.conftest import ZAKEN as ZAKEN_PATH
from tests.api.zaken.conftest import Catalogue, catalogue
from tests.factories.zaken import RolFactory, ZaakFactory

__all__ = ["catalogue"]

DAY = date(2026, 1, 5)
ZAKEN = 23

ORDERS: tuple[tuple[str, ...], ...] = (
    ("-volgorde",),
    ("startdatum", "volgorde"),
    ("-einddatum", "-volgorde"),
    ("einddatum", "-identificatie", "pk"),
    ("zaaktype", "pk"),
)
EARLY = {"startdatum__lt": DAY + timedelta(days=4)}
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    EARLY,
    {"startdatum__gte": DAY + timedelta(days=2)},
    {"einddatum__isnull": False},
    {"rol__betrokkeneType": "medewerker", "startdatum__lt": DAY + timedelta(days=9)},
    {"rol__betrokkeneType": "natuurlijk_persoon"},
    {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "999993653"},
    {"zaaktype__omschrijving": "100%"},
)
BOUNDS = st.sampled_from([0, 1, 3, 7, 1000])


@pytest.fixture
def filled(catalogue: Catalogue) -> Catalogue:
    """Zaken of two types that begin on ten days, some closed, with rollen of two kinds."""
    with in_municipality(catalogue.municipality):
        zaken = [
            ZaakFactory.build(
                zaaktype=catalogue.zaaktype if number % 3 else catalogue.other,
                vertrouwelijkheidaanduiding=1 + number % 8,
                volgorde=number,
                startdatum=DAY + timedelta(days=number * 7 % 10),
                einddatum=DAY + timedelta(days=number % 4) if number % 2 else None,
            )
            for number in range(ZAKEN)
        ]
        Zaak.objects.bulk_create(zaken)
        kinds = ("medewerker", "natuurlijk_persoon")
        Rol.objects.bulk_create(
            RolFactory.build(zaak=zaak, roltype=catalogue.roltype, betrokkene_type=kinds[number % 2])
            for number, zaak in enumerate([*zaken, *zaken, *zaken])
            if number % 5
        )
    return catalogue


def page_of(rows: QuerySet[Any, Any], window: Window, known: Compiled | None = None) -> tuple[int, str]:
    return counted(rows, window, bindings_of(NOBODY, DAY), known)


def as_array(rows: QuerySet[Any, Any]) -> str:
    return "{" + ",".join(str(key) for key in rows.values_list("pk", flat=True)) + "}"


@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    narrowed=st.sampled_from(FILTERS),
    offset=st.integers(0, ZAKEN + 2),
    size=st.integers(1, ZAKEN + 2),
    few=BOUNDS,
    near=BOUNDS,
    many=BOUNDS,
    deep=BOUNDS,
)
@example(narrowed=EARLY, offset=0, size=5, few=0, near=1000, many=3, deep=1000).via("close together")
@example(narrowed=EARLY, offset=0, size=5, few=0, near=0, many=3, deep=1000).via("not close together")
@example(narrowed=EARLY, offset=0, size=5, few=1000, near=0, many=3, deep=1000).via("few")
@example(narrowed=EARLY, offset=3, size=5, few=0, near=0, many=3, deep=0).via("from the first on")
@example(narrowed={}, offset=ZAKEN - 5, size=3, few=0, near=0, many=3, deep=0).via("back from the last")
@example(narrowed={}, offset=ZAKEN - 2, size=5, few=0, near=0, many=3, deep=0).via("the last page")
def test_a_page_is_that_part_of_the_list(
    filled: Catalogue,
    order: tuple[str, ...],
    narrowed: dict[str, Any],
    offset: int,
    size: int,
    few: int,
    near: int,
    many: int,
    deep: int,
) -> None:
    bounds: dict[str, Any] = {"FEW": few, "NEAR": near, "MANY": many, "DEEP": deep}
    with in_municipality(filled.municipality), patch.multiple(pages, **bounds):
        rows = apply(LIST_FILTERS, narrowed, Zaak.objects.all()).order_by(*order)
        count, keys = page_of(rows, Window(offset, size))
        assert (count, keys) == (rows.count(), as_array(rows[offset : offset + size]))


@pytest.mark.parametrize("order", [("zaak_id", "registratiedatum", "pk"), ("-zaak__volgorde", "pk")])
@pytest.mark.parametrize("offset", [0, 7, 30])
@pytest.mark.parametrize("bound", [0, 1000])
def test_what_is_reached_through_another_table_is_found_too(
    filled: Catalogue, order: tuple[str, ...], offset: int, bound: int
) -> None:
    with in_municipality(filled.municipality), patch.multiple(pages, FEW=0, NEAR=bound, DEEP=bound):
        rows = Rol.objects.filter(zaak__vertrouwelijkheidaanduiding__lte=6).order_by(*order)
        count, keys = page_of(rows, Window(offset, 7))
        assert (count, keys) == (rows.count(), as_array(rows[offset : offset + 7]))


@pytest.mark.parametrize("narrowed", [{}, {"startdatum": DAY}])
def test_what_is_known_is_not_counted(filled: Catalogue, narrowed: dict[str, Any]) -> None:
    known = Compiled("SELECT %s::bigint", (12345,))
    with in_municipality(filled.municipality):
        rows = Zaak.objects.filter(**narrowed).order_by("-volgorde")
        count, keys = page_of(rows, Window(0, 2), known)
        assert (count, keys) == (12345, as_array(rows[:2]))


def test_of_nothing_there_are_no_pages(filled: Catalogue) -> None:
    with in_municipality(filled.municipality):
        assert page_of(Zaak.objects.none(), Window(0, 2)) == (0, "{}")
        assert keys_of(Zaak.objects.none(), bindings_of(NOBODY, DAY)) == "{}"
        assert page_of(Zaak.objects.filter(identificatie="x"), Window(2, 2)) == (0, "{}")


def test_without_pages_all_keys_come_in_order(filled: Catalogue) -> None:
    with in_municipality(filled.municipality):
        rows = Zaak.objects.order_by("startdatum", "pk")
        assert keys_of(rows, bindings_of(NOBODY, DAY)) == as_array(rows)


@pytest.mark.parametrize("narrowed", FILTERS)
def test_rows_that_point_tell_how_many_they_point_at(filled: Catalogue, narrowed: dict[str, Any]) -> None:
    with in_municipality(filled.municipality):
        pointing = those_that_point(LIST_FILTERS, narrowed)
        alone = bool(narrowed) and all(name.startswith("rol__") for name in narrowed)
        assert (pointing is not None) == alone
        if pointing is not None:
            ((number,),) = number_of(pointing).rows(bindings_of(NOBODY, DAY))
            assert number == apply(LIST_FILTERS, narrowed, Zaak.objects.all()).count()


def test_nothing_points_at_nothing(filled: Catalogue) -> None:
    with in_municipality(filled.municipality):
        ((number,),) = number_of(Rol.objects.none().values_list("zaak_id")).rows(bindings_of(NOBODY, DAY))
        assert number == 0


def test_a_zaak_with_two_rollen_counts_once(filled: Catalogue, haarlem_api: ApiClient) -> None:
    with in_municipality(filled.municipality):
        rollen = Rol.objects.filter(betrokkene_type="medewerker")
        several, zaken = rollen.count(), rollen.values("zaak_id").distinct().count()
    found = haarlem_api.get(f"{ZAKEN_PATH}?rol__betrokkeneType=medewerker").json()
    assert found["count"] == len(found["results"]) == zaken < several
