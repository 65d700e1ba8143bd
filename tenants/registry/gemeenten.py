"""The municipalities of the Netherlands by CBS code: what onboarding fills in without asking."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GEMEENTEN = Path(__file__).with_name("data") / "gemeenten.csv"

# CBS writes "Bergen (NH.)" to tell two municipalities apart; the official name of both is Bergen.
SUFFIX = re.compile(r" \([A-Z]+\.\)$")


@dataclass(frozen=True, slots=True)
class Gemeente:
    """One row of data/gemeenten.csv; its README gives the reference dates."""

    cbs_code: str
    naam: str
    provincie: str
    inwoners: int


def gemeente(cbs_code: str) -> Gemeente | None:
    """The municipality with this code of four digits, "0392" for Haarlem; None when CBS does not know it."""
    return _gemeenten().get(cbs_code)


@cache
def _gemeenten() -> Mapping[str, Gemeente]:
    with GEMEENTEN.open(encoding="utf-8", newline="") as lines:
        return {row["cbs_code"]: _from_row(row) for row in csv.DictReader(lines)}


def _from_row(row: Mapping[str, str]) -> Gemeente:
    return Gemeente(
        cbs_code=row["cbs_code"],
        naam=SUFFIX.sub("", row["naam"]),
        provincie=row["provincie"],
        inwoners=int(row["inwoners"]),
    )
