"""What a GeoJSON geometry (RFC 7946) in EPSG:4326 must be for PostGIS to take it in.

What passes here never makes ``ST_GeomFromGeoJSON`` fail. The order of longitude and latitude is
left as the client wrote it: both ``[4.64, 52.38]`` and ``[52.38, 4.64]`` are in use.
"""

import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

MAX_DEGREES = 180  # of either coordinate, since the order is free
MAX_HEIGHT = sys.float_info.max  # any finite number
MAX_POSITIONS = 20_000  # in one geometry
MAX_RINGS = 1000  # in one geometry: telling whether they lie in each other takes the square of their number
MAX_COLLECTIONS = 5  # nested in each other, the outermost included
MAX_FOREIGN_LEVELS = 10  # of lists and objects in a member that is ignored; PostGIS parses 32 in all

CRS_NAMES = {"EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84"}


class Depth(NamedTuple):
    """How the coordinates of a type are built: lists around rows of positions."""

    levels: int
    least: int
    closed: bool = False


SHAPES = {
    "Point": Depth(levels=0, least=1),  # its one position is read as a row of one
    "MultiPoint": Depth(levels=0, least=1),
    "LineString": Depth(levels=0, least=2),
    "MultiLineString": Depth(levels=1, least=2),
    "Polygon": Depth(levels=1, least=4, closed=True),
    "MultiPolygon": Depth(levels=2, least=4, closed=True),
}


def problem_with(value: Any) -> str | None:
    """Give the reason, a sentence in Dutch, why this is no usable geometry; None when it is one."""
    problem = next(_problems(value, collections=0), None)
    if problem:
        return problem
    if not _names_epsg_4326(value.get("crs")):
        return "Het lid 'crs' mag alleen EPSG:4326 noemen."
    if sum(len(row) for row in _rows_of(value)) > MAX_POSITIONS:
        return f"Een geometrie heeft ten hoogste {MAX_POSITIONS} posities."
    if _rings(value) > MAX_RINGS:
        return f"Een geometrie heeft ten hoogste {MAX_RINGS} ringen."
    return None


def has_area(geometry: dict[str, Any]) -> bool:
    """Whether a usable geometry can be an area that crosses itself; points and lines never are."""
    return _rings(geometry) > 0


def _problems(value: Any, *, collections: int) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "Een geometrie is een JSON-object."
        return
    kind = value.get("type")
    content = "geometries" if kind == "GeometryCollection" else "coordinates"
    if any(_deeper_than(MAX_FOREIGN_LEVELS, value[name]) for name in value.keys() - {"type", content}):
        yield "Een onbekend lid van de geometrie is te diep genest."
    if kind == "GeometryCollection":
        yield from _collection_problems(value.get(content), collections=collections + 1)
    elif isinstance(kind, str) and kind in SHAPES:
        for row in _rows_of(value):
            yield from _row_problems(row, SHAPES[kind])
    else:
        yield f"Het type van een geometrie is {', '.join(SHAPES)} of GeometryCollection."


def _collection_problems(geometries: Any, *, collections: int) -> Iterator[str]:
    if collections > MAX_COLLECTIONS:
        yield f"Verzamelingen zijn ten hoogste {MAX_COLLECTIONS} diep genest."
    if not isinstance(geometries, list) or not geometries:
        yield "Een GeometryCollection heeft een lijst 'geometries' met ten minste één geometrie."
        return
    for geometry in geometries:
        yield from _problems(geometry, collections=collections)


def _rows_of(geometry: dict[str, Any]) -> Iterator[Any]:
    """Each row of positions; where a list is missing or empty, what stands in its place."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rows_of(part)
    elif geometry["type"] == "Point":
        yield [geometry.get("coordinates")]
    else:
        yield from _rows(geometry.get("coordinates"), SHAPES[geometry["type"]].levels)


def _rows(value: Any, levels: int) -> Iterator[Any]:
    if levels and isinstance(value, list) and value:
        for part in value:
            yield from _rows(part, levels - 1)
    else:
        yield value


def _rings(geometry: dict[str, Any]) -> int:
    if geometry["type"] == "GeometryCollection":
        return sum(map(_rings, geometry["geometries"]))
    return sum(1 for _ in _rows_of(geometry)) if SHAPES[geometry["type"]].closed else 0


def _row_problems(row: Any, depth: Depth) -> Iterator[str]:
    if not isinstance(row, list) or not all(map(_is_position, row)):
        yield (
            "Coördinaten zijn lijsten van posities; een positie is een lijst van twee of drie getallen, "
            f"de eerste twee tussen -{MAX_DEGREES} en {MAX_DEGREES}."
        )
    elif len(row) < depth.least:
        yield f"Hier horen ten minste {depth.least} posities te staan."
    elif depth.closed and row[0] != row[-1]:
        yield "De eerste en de laatste positie van een ring zijn gelijk."


def _is_position(value: Any) -> bool:
    if not isinstance(value, list) or len(value) not in {2, 3}:
        return False
    x, y, *height = value
    return _within(MAX_DEGREES, x) and _within(MAX_DEGREES, y) and all(_within(MAX_HEIGHT, z) for z in height)


def _within(limit: float, number: Any) -> bool:
    """Say whether this is a finite number between -limit and limit; not so for NaN and booleans."""
    return isinstance(number, int | float) and not isinstance(number, bool) and -limit <= number <= limit


def _deeper_than(levels: int, value: Any) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper_than(levels - 1, part) for part in parts)


def _names_epsg_4326(crs: Any) -> bool:
    """Accept the member that GeoJSON had before RFC 7946, which PostGIS still reads."""
    match crs:
        case None:
            return True
        case {"type": "name", "properties": {"name": str(name)}}:
            return name in CRS_NAMES
    return False
