"""GeoJSON geometries in the OpenAPI document."""

from __future__ import annotations

from typing import Any

POSITION: dict[str, Any] = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}


def _array_of(items: dict[str, Any], at_least: int = 1) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": at_least}


def _geometry(name: str, coordinates: dict[str, Any]) -> dict[str, Any]:
    properties = {"type": {"type": "string", "enum": [name]}, "coordinates": coordinates}
    return {"type": "object", "required": ["type", "coordinates"], "properties": properties}


_LINE = _array_of(POSITION, 2)
_RINGS = _array_of(_array_of(POSITION, 4))

_SIMPLE = {
    "Point": _geometry("Point", POSITION),
    "MultiPoint": _geometry("MultiPoint", _array_of(POSITION)),
    "LineString": _geometry("LineString", _LINE),
    "MultiLineString": _geometry("MultiLineString", _array_of(_LINE)),
    "Polygon": _geometry("Polygon", _RINGS),
    "MultiPolygon": _geometry("MultiPolygon", _array_of(_RINGS)),
}

SCHEMAS: dict[str, Any] = {
    **_SIMPLE,
    "GeometryCollection": {
        "type": "object",
        "required": ["type", "geometries"],
        "properties": {
            "type": {"type": "string", "enum": ["GeometryCollection"]},
            "geometries": _array_of({"$ref": "#/components/schemas/GeoJSONGeometry"}),
        },
    },
    "GeoJSONGeometry": {
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in (*_SIMPLE, "GeometryCollection")],
        "discriminator": {"propertyName": "type"},
    },
}
