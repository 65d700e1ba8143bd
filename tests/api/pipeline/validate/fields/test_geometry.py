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
