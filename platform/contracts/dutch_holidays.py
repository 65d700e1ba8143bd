"""The holidays of a year as the library `holidays` knows them: a proposal, which a person confirms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holidays import OPTIONAL, PUBLIC, country_holidays

GOOD_FRIDAY, LIBERATION_DAY = "Goede vrijdag", "Bevrijdingsdag"
DIFFERS = (GOOD_FRIDAY, LIBERATION_DAY)
"""Some work on these days and others do not: whoever confirms says which, and nothing is chosen for him."""


@dataclass(frozen=True, slots=True)
class Holiday:
    day: date
    label: str


def holidays_of(year: int) -> list[Holiday]:
    """In order, 5 May among them in every year; where two fall together they are one."""
    found = country_holidays("NL", years=year, language="nl", categories=(PUBLIC, OPTIONAL))
    return [Holiday(day, str(label)) for day, label in sorted(found.items())]
