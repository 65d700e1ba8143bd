"""Where the zaken of a municipality are."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from random import Random

from api.pipeline.validate.fields.geometry import SRID

KM_PER_DEGREE = 111.2
STRATEN = (
    "Kerkstraat", "Dorpsstraat", "Molenweg", "Schoolstraat", "Stationsweg", "Julianalaan", "Beatrixstraat",
    "Grote Markt", "Nieuwstraat", "Havenkade", "Wilhelminapark", "Kastanjelaan", "Eikenlaan", "Meeuwenplein",
    "Zijlweg", "Singel", "Oude Gracht", "Parklaan", "Industrieweg", "Tulpenstraat", "Lindenlaan", "Zandpad",
    "Bakkersteeg", "Vijverhof", "Rembrandtplein", "Spoorsingel", "Abdijstraat", "Waterpoort", "Vrijheidslaan",
    "Kloosterhof",
)  # fmt: skip
HOUSES = 300


@dataclass(frozen=True, slots=True)
class Place:
    """A circle that lies within a municipality: its middle in degrees, its radius in km."""

    longitude: float
    latitude: float
    radius: float

    def point(self, random: Random) -> str:
        """A point in it as PostGIS reads it, spread evenly."""
        angle, distance = 2 * pi * random.random(), self.radius * sqrt(random.random())
        north = distance * cos(angle) / KM_PER_DEGREE
        east = distance * sin(angle) / (KM_PER_DEGREE * cos(radians(self.latitude)))
        return f"SRID={SRID};POINT({self.longitude + east:.6f} {self.latitude + north:.6f})"


MIDDLE_OF_THE_COUNTRY = Place(5.387, 52.156, 2.0)
PLACES = {"0392": Place(4.637, 52.381, 2.0), "0344": Place(5.117, 52.091, 3.0)}
"""By CBS code."""


def address(random: Random) -> str:
    """A street and a number in it: ``Molenweg 12``."""
    return f"{STRATEN[int(random.random() * len(STRATEN))]} {1 + int(random.random() * HOUSES)}"
