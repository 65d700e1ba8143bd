"""GeoJSON in Python, a PostGIS geometry in the database; no GDAL in between."""

# ruff: noqa: FBT001, FBT002  (Django decides what its hooks are given)

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import FieldGetDbPrepValueMixin
from django.db.models.sql.compiler import SQLCompiler

from api.pipeline.validate import geojson

SRID = 4326  # the only CRS of the standard (x-crs-01)
PLACES = re.compile(r"\{(\w+)\}")
WITHIN = """(
    {shape} @ {area}
    AND CASE WHEN ST_Dimension({shape}) = 0 THEN ST_Within({shape}, {area}) ELSE
        NOT EXISTS (SELECT FROM ST_DumpSegments({shape}) AS side WHERE NOT ST_Covers({area}, side.geom))
        AND NOT EXISTS (
            SELECT FROM ST_Dump({shape}) AS part
            WHERE ST_Dimension(part.geom) <> 1 AND NOT ST_Within(part.geom, {area})
        )
    END
)"""
"""Side by side first: what the sides of two shapes have in common may be the product of their numbers.

After that no side leaves the area, and comparing the whole costs little. A line that runs along the edge
counts as inside.
"""
FROM_GEOJSON = f"ST_SetSRID(ST_GeomFromGeoJSON(%s), {SRID})"


def is_valid(geometry: dict[str, Any]) -> bool:
    """Whether areas neither cross themselves nor each other; raises what PostGIS does on no geometry."""
    if not geojson.has_area(geometry):
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ST_IsValid({FROM_GEOJSON})", [json.dumps(geometry)])
        (valid,) = cursor.fetchone()
    return bool(valid)


class GeometryField(models.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """Any GeoJSON geometry in EPSG:4326; the Python value is its dict.

    The dict is not checked here: PostgreSQL raises ``DataError`` or ``InternalError`` on what is no
    geometry, so validate before saving.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"geometry(Geometry,{SRID})"

    def cast_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)

    def get_placeholder(self, value: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
        return "%s" if hasattr(value, "as_sql") else FROM_GEOJSON

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return json.dumps(value) if isinstance(value, dict) else value

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> tuple[str, Any]:
        # A subquery hands the geometry itself to the query around it.
        return (sql, params) if compiler.query.subquery else (f"ST_AsGeoJSON({sql}, 15)", params)

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> dict[str, Any] | None:
        return None if value is None else json.loads(value)


@GeometryField.register_lookup
class Within(FieldGetDbPrepValueMixin, models.Lookup):  # type: ignore[type-arg]  # likewise
    """``zaakgeometrie__within=<GeoJSON dict>``: wholly inside it; served by a GiST index.

    The area is points or a valid area: comparing with lines that cross themselves has no bound.
    """

    lookup_name = "within"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        area = FROM_GEOJSON % rhs if self.rhs_is_direct_value() else rhs
        sql = WITHIN.format(shape=lhs, area=area)
        params = {"shape": lhs_params, "area": rhs_params}
        return sql, [value for name in PLACES.findall(WITHIN) for value in params[name]]
