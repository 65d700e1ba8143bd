"""A zaakgeometrie is one that a search can work with (x-crs-01; no number in the standard).

Areas that cross themselves are GeoJSON, and no geometry to compare with: PostGIS raises on some.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from api.pipeline.declare.write import Write
from api.pipeline.validate.fields.geometry import FROM_GEOJSON
from api.pipeline.words.violations import Violation

WITH_AREA = frozenset(("Polygon", "MultiPolygon", "GeometryCollection"))


def area_does_not_cross_itself(write: Write) -> Iterator[Violation]:
    """PostGIS says whether it is valid; points and lines always are."""
    geometry = write.data.get("zaakgeometrie")
    if geometry and geometry["type"] in WITH_AREA and not _is_valid(geometry):
        yield Violation("zaakgeometrie", "invalid", "De rand van dit vlak kruist zichzelf.")


def _is_valid(geometry: dict[str, Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ST_IsValid({FROM_GEOJSON})", [json.dumps(geometry)])
        (valid,) = cursor.fetchone()
    return bool(valid)
