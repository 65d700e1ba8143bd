"""Geometries as clients send them, and as PostGIS takes them in."""

import json
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from api.pipeline.validate import geojson

HAARLEM = {"type": "Point", "coordinates": [4.64, 52.38]}
RING = [[4, 52], [5, 52], [5, 53], [4, 52]]

Json = dict[str, Any]


def nested(collections: int) -> Json:
    geometry: Json = HAARLEM
    for _ in range(collections):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    return geometry


def lists(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels - 1):
        value = [value]
    return value


@pytest.mark.parametrize(
    "geometry",
    [
        HAARLEM,
        {"type": "Point", "coordinates": [52.38, 4.64]},
        {"type": "Point", "coordinates": [-180, 180.0, -3.5]},
        {"type": "MultiPoint", "coordinates": [[4, 52]]},
        {"type": "LineString", "coordinates": [[4, 52], [5, 53]]},
        {"type": "MultiLineString", "coordinates": [[[4, 52], [5, 53]], [[4, 52], [5, 52]]]},
        {"type": "Polygon", "coordinates": [RING, RING]},
        {"type": "MultiPolygon", "coordinates": [[RING], [RING, RING]]},
        nested(1),
        nested(geojson.MAX_COLLECTIONS),
    ],
)
def test_a_geometry_of_each_type_has_no_problem(geometry: Json) -> None:
    assert geojson.problem_with(geometry) is None


@pytest.mark.parametrize("value", [None, True, 1, "Point", [], [HAARLEM]])
def test_a_geometry_is_an_object(value: object) -> None:
    assert geojson.problem_with(value) == "Een geometrie is een JSON-object."


@pytest.mark.parametrize(
    "kind", [None, 1, [], {}, "", "point", "Feature", "FeatureCollection", "CircularString"]
)
def test_the_type_is_one_of_seven(kind: object) -> None:
    problem = geojson.problem_with({**HAARLEM, "type": kind})

    assert problem is not None
    assert problem.startswith("Het type van een geometrie is Point, ")


@pytest.mark.parametrize(
    "position",
    [
        None,
        4,
        "4 52",
        {"x": 4, "y": 52},
        [],
        [4],
        [4, 52, 1, 1],
        ["4", "52"],
        [4, None],
        [True, 52],
        [4, 52, False],
        [180.1, 52],
        [4, -180.1],
        [10**400, 52],
        [float("nan"), 52],
        [4, float("inf")],
        [4, 52, float("-inf")],
        [4, 52, 10**400],
        [[4, 52]],
    ],
)
def test_what_is_no_position(position: object) -> None:
    problem = geojson.problem_with({"type": "Point", "coordinates": position})

    assert problem is not None
    assert problem.startswith("Coördinaten zijn lijsten van posities;")


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point"},
        {"type": "MultiPoint", "coordinates": []},
        {"type": "MultiPoint", "coordinates": [4, 52]},
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [[4, 52]]},
        {"type": "LineString", "coordinates": [RING]},
        {"type": "MultiLineString", "coordinates": []},
        {"type": "MultiLineString", "coordinates": [[]]},
        {"type": "MultiLineString", "coordinates": [[[4, 52]]]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": RING},
        {"type": "Polygon", "coordinates": [RING, []]},
        {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [4, 52]]]},
        {"type": "Polygon", "coordinates": "abc"},
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "GeometryCollection"},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "GeometryCollection", "geometries": HAARLEM},
        {"type": "GeometryCollection", "geometries": [HAARLEM, None]},
        {"type": "GeometryCollection", "geometries": [HAARLEM, {"type": "Point", "coordinates": []}]},
    ],
)
def test_coordinates_that_do_not_fit_the_type(geometry: Json) -> None:
    assert geojson.problem_with(geometry)


def test_a_ring_is_closed() -> None:
    problem = geojson.problem_with({"type": "Polygon", "coordinates": [[*RING[:-1], [4, 52.1]]]})

    assert problem == "De eerste en de laatste positie van een ring zijn gelijk."


def test_collections_are_nested_five_deep_at_most() -> None:
    assert geojson.problem_with(nested(6)) == "Verzamelingen zijn ten hoogste 5 diep genest."


def test_collections_nested_without_end_are_not_followed() -> None:
    assert geojson.problem_with(nested(100_000)) == "Verzamelingen zijn ten hoogste 5 diep genest."


def test_the_positions_of_all_parts_count() -> None:
    line = {"type": "LineString", "coordinates": [[4, 52]] * (geojson.MAX_POSITIONS - 1)}

    assert geojson.problem_with({"type": "GeometryCollection", "geometries": [line, HAARLEM]}) is None
    assert (
        geojson.problem_with({"type": "GeometryCollection", "geometries": [line, HAARLEM, HAARLEM]})
        == "Een geometrie heeft ten hoogste 20000 posities."
    )


def test_the_rings_of_all_parts_count() -> None:
    areas = {"type": "MultiPolygon", "coordinates": [[RING, RING]] * (geojson.MAX_RINGS // 2)}
    more = {"type": "Polygon", "coordinates": [RING]}

    assert geojson.problem_with(areas) is None
    assert (
        geojson.problem_with({"type": "GeometryCollection", "geometries": [areas, more]})
        == "Een geometrie heeft ten hoogste 1000 ringen."
    )


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (HAARLEM, False),
        ({"type": "LineString", "coordinates": RING}, False),
        ({"type": "MultiPolygon", "coordinates": [[RING]]}, True),
        ({"type": "GeometryCollection", "geometries": [HAARLEM]}, False),
        (
            {
                "type": "GeometryCollection",
                "geometries": [HAARLEM, {"type": "Polygon", "coordinates": [RING]}],
            },
            True,
        ),
    ],
)
def test_what_has_an_area(geometry: Json, expected: bool) -> None:
    assert geojson.has_area(geometry) is expected


def test_an_unknown_member_is_ignored() -> None:
    assert geojson.problem_with({**HAARLEM, "bbox": [4, 52, 5, 53], "geometries": "geen"}) is None


def test_an_unknown_member_may_not_be_deeper_than_postgis_parses() -> None:
    deep = {**HAARLEM, "extra": lists(geojson.MAX_FOREIGN_LEVELS + 1)}

    assert geojson.problem_with(deep) == "Een onbekend lid van de geometrie is te diep genest."
    assert geojson.problem_with({**HAARLEM, "extra": lists(geojson.MAX_FOREIGN_LEVELS)}) is None


@pytest.mark.parametrize("name", sorted(geojson.CRS_NAMES))
def test_a_crs_may_name_what_holds_anyhow(name: str) -> None:
    assert geojson.problem_with({**HAARLEM, "crs": {"type": "name", "properties": {"name": name}}}) is None


@pytest.mark.parametrize("crs", [{}, 1, "EPSG:4326", {"type": "name", "properties": {"name": "EPSG:28992"}}])
def test_a_crs_may_name_nothing_else(crs: object) -> None:
    assert geojson.problem_with({**HAARLEM, "crs": crs}) == "Het lid 'crs' mag alleen EPSG:4326 noemen."


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)
degrees = st.integers(-180, 180) | st.floats(-180, 180)
height = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
positions = st.tuples(degrees, degrees).map(list) | st.tuples(degrees, degrees, height).map(list)
lines = st.lists(positions, min_size=2, max_size=5)
rings = st.lists(positions, min_size=3, max_size=5).map(lambda row: [*row, row[0]])
polygons = st.lists(rings, min_size=1, max_size=2)
COORDINATES = {
    "Point": positions,
    "MultiPoint": st.lists(positions, min_size=1, max_size=3),
    "LineString": lines,
    "MultiLineString": st.lists(lines, min_size=1, max_size=3),
    "Polygon": polygons,
    "MultiPolygon": st.lists(polygons, min_size=1, max_size=2),
}


def of_type(kind: str, coordinates: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    members = {"type": st.just(kind), "coordinates": coordinates}
    foreign = {"crs": st.none() | anything, "bbox": anything, "geometries": anything, "extra": anything}
    return st.fixed_dictionaries(members, optional=foreign)


def in_collections(geometries: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "type": st.just("GeometryCollection"),
            "geometries": st.lists(geometries, min_size=1, max_size=3),
        },
        optional={"coordinates": anything},
    )


right = st.one_of(*[of_type(kind, coordinates) for kind, coordinates in COORDINATES.items()])
nearly_right = st.one_of(*[of_type(kind, anything) for kind in COORDINATES])
geometries = st.recursive(right | nearly_right, in_collections, max_leaves=6)
with_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(value=anything | geometries)
def test_nothing_that_json_can_say_breaks_it(value: object) -> None:
    assert isinstance(geojson.problem_with(value), str | None)


@pytest.mark.django_db
@with_database
@given(geometry=geometries)
def test_postgis_takes_in_what_has_no_problem(geometry: Json) -> None:
    assume(geojson.problem_with(geometry) is None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT ST_SetSRID(ST_GeomFromGeoJSON(%s), 4326) IS NOT NULL", [json.dumps(geometry)])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
@pytest.mark.parametrize("levels", [1, geojson.MAX_FOREIGN_LEVELS])
def test_postgis_takes_in_the_deepest_geometry(levels: int) -> None:
    deepest = {"type": "MultiPolygon", "coordinates": [[RING]], "extra": lists(levels)}
    collection: Json = deepest
    for _ in range(geojson.MAX_COLLECTIONS):
        collection = {"type": "GeometryCollection", "geometries": [collection], "extra": lists(levels)}
    assert geojson.problem_with(collection) is None

    with connection.cursor() as cursor:
        cursor.execute("SELECT ST_GeomFromGeoJSON(%s) IS NOT NULL", [json.dumps(collection)])
        assert cursor.fetchone() == (True,)
