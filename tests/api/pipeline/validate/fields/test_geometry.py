import math
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from api.zaken.models import Zaak
from tests.factories.zaken import ZaakFactory

GROTE_MARKT = {"type": "Point", "coordinates": [4.63644, 52.38111]}
DOMPLEIN = {"type": "Point", "coordinates": [5.12137, 52.09069]}
AROUND_HAARLEM = {
    "type": "Polygon",
    "coordinates": [[[4.5, 52.3], [4.7, 52.3], [4.7, 52.5], [4.5, 52.5], [4.5, 52.3]]],
}


pytestmark = pytest.mark.usefixtures("in_haarlem")


@pytest.mark.parametrize(
    "geometry",
    [
        GROTE_MARKT,
        AROUND_HAARLEM,
        {"type": "LineString", "coordinates": [[4.6, 52.3], [4.7, 52.4]]},
        {"type": "GeometryCollection", "geometries": [GROTE_MARKT, DOMPLEIN]},
        None,
    ],
)
def test_a_geometry_comes_back_as_it_was_written(geometry: dict[str, Any] | None) -> None:
    zaak = ZaakFactory.create(zaakgeometrie=geometry)

    assert Zaak.objects.get(pk=zaak.pk).zaakgeometrie == geometry


def test_a_geometry_can_be_updated() -> None:
    zaak = ZaakFactory.create(zaakgeometrie=GROTE_MARKT)

    Zaak.objects.filter(pk=zaak.pk).update(zaakgeometrie=DOMPLEIN)

    zaak.refresh_from_db()
    assert zaak.zaakgeometrie == DOMPLEIN


def test_within_finds_what_lies_inside() -> None:
    inside = ZaakFactory.create(zaakgeometrie=GROTE_MARKT)
    ZaakFactory.create(zaakgeometrie=DOMPLEIN)
    ZaakFactory.create(zaakgeometrie=None)

    assert list(Zaak.objects.order_by().filter(zaakgeometrie__within=AROUND_HAARLEM)) == [inside]


def test_within_compares_with_another_column_too() -> None:
    ZaakFactory.create(zaakgeometrie=GROTE_MARKT, hoofdzaak=ZaakFactory.create(zaakgeometrie=AROUND_HAARLEM))

    assert Zaak.objects.order_by().filter(zaakgeometrie__within=F("hoofdzaak__zaakgeometrie")).count() == 1


def test_within_in_a_subquery_is_the_same() -> None:
    zaak = ZaakFactory.create(zaakgeometrie=GROTE_MARKT)
    inside = Zaak.objects.order_by().filter(zaakgeometrie__within=AROUND_HAARLEM)

    assert Zaak.objects.get(pk__in=inside.values("pk")) == zaak


def test_within_is_served_by_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "zaak_geometrie" in Zaak.objects.order_by().filter(zaakgeometrie__within=AROUND_HAARLEM).explain()


RING = AROUND_HAARLEM["coordinates"][0]
SMALLER = [[4.55, 52.35], [4.65, 52.35], [4.65, 52.45], [4.55, 52.45], [4.55, 52.35]]
WITH_A_HOLE = {
    "type": "Polygon",
    "coordinates": [RING, [[4.61, 52.41], [4.62, 52.41], [4.62, 52.4], [4.61, 52.41]]],
}


@pytest.mark.parametrize(
    ("shape", "area", "found"),
    [
        ({"type": "Polygon", "coordinates": [SMALLER]}, AROUND_HAARLEM, 1),
        (AROUND_HAARLEM, AROUND_HAARLEM, 1),
        (AROUND_HAARLEM, {"type": "Polygon", "coordinates": [SMALLER]}, 0),
        ({"type": "Polygon", "coordinates": [SMALLER]}, WITH_A_HOLE, 0),
        (WITH_A_HOLE, AROUND_HAARLEM, 1),
        ({"type": "LineString", "coordinates": [GROTE_MARKT["coordinates"], [4.6, 52.4]]}, AROUND_HAARLEM, 1),
        (
            {"type": "LineString", "coordinates": [GROTE_MARKT["coordinates"], DOMPLEIN["coordinates"]]},
            AROUND_HAARLEM,
            0,
        ),
        ({"type": "LineString", "coordinates": [[4.55, 52.35], [4.62, 52.402]]}, WITH_A_HOLE, 0),
        ({"type": "GeometryCollection", "geometries": [GROTE_MARKT, AROUND_HAARLEM]}, AROUND_HAARLEM, 1),
        ({"type": "GeometryCollection", "geometries": [DOMPLEIN, AROUND_HAARLEM]}, AROUND_HAARLEM, 0),
        ({"type": "MultiPoint", "coordinates": [[4.6, 52.4], [4.61, 52.4]]}, AROUND_HAARLEM, 1),
        ({"type": "MultiPoint", "coordinates": [[4.6, 52.4], [4.8, 52.4]]}, AROUND_HAARLEM, 0),
        ({"type": "Point", "coordinates": [4.5, 52.4]}, AROUND_HAARLEM, 0),
        (GROTE_MARKT, GROTE_MARKT, 1),
    ],
)
def test_what_lies_wholly_inside(shape: dict[str, Any], area: dict[str, Any], found: int) -> None:
    ZaakFactory.create(zaakgeometrie=shape)

    assert Zaak.objects.order_by().filter(zaakgeometrie__within=area).count() == found


def star(positions: int) -> dict[str, Any]:
    """A line of which each side crosses nearly all others."""
    turn = 2 * math.pi * (positions // 2 - 1) / positions
    corners = [[4.6 + 0.01 * math.cos(turn * n), 52.4 + 0.01 * math.sin(turn * n)] for n in range(positions)]
    return {"type": "LineString", "coordinates": corners}


def test_a_line_that_crosses_itself_everywhere_is_soon_found() -> None:
    ZaakFactory.create(zaakgeometrie=star(20_000))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10s'")

    assert Zaak.objects.order_by().filter(zaakgeometrie__within=AROUND_HAARLEM).count() == 1
