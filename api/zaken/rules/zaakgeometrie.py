"""A zaakgeometrie is one that a search can work with (x-crs-01; no number in the standard).

Areas that cross themselves are GeoJSON, and no geometry to compare with: PostGIS raises on some, and
takes minutes for others.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.validate.fields.geometry import is_valid
from api.pipeline.words.violations import Violation


def area_does_not_cross_itself(write: Write) -> Iterator[Violation]:
    """PostGIS says whether it is valid; points and lines always are."""
    geometry = write.data.get("zaakgeometrie")
    if geometry and not is_valid(geometry):
        yield Violation("zaakgeometrie", "invalid", "De rand van dit vlak kruist zichzelf.")
