"""GeoJSON in Python, a PostGIS geometry in the database; no GDAL in between."""

# ruff: noqa: FBT001, FBT002  (Django decides what its hooks are given)

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import FieldGetDbPrepValueMixin
from django.db.models.sql.compiler import SQLCompiler

SRID = 4326  # the only CRS of the standard (x-crs-01)
FROM_GEOJSON = f"ST_SetSRID(ST_GeomFromGeoJSON(%s), {SRID})"


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
    """``zaakgeometrie__within=<GeoJSON dict>``: wholly inside it; served by a GiST index."""

    lookup_name = "within"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        # an area that crosses itself is mended, since PostGIS raises on comparing with some of those
        area = f"ST_MakeValid({FROM_GEOJSON % rhs})" if self.rhs_is_direct_value() else rhs
        return f"ST_Within({lhs}, {area})", [*lhs_params, *rhs_params]
