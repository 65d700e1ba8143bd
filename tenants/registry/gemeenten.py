"""The municipalities of the Netherlands: what one picks from, and what is then filled in without asking."""

import csv
import re
import unicodedata
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


def gemeenten_named(part: str = "") -> list[Gemeente]:
    """Those whose name has the part in it, whatever case and accents, by name; all for no part."""
    wanted = _plain(part)
    found = [each for each in _gemeenten().values() if wanted in _plain(each.naam)]
    return sorted(found, key=lambda each: (_plain(each.naam), each.provincie))


def _plain(text: str) -> str:
    """As one types it: without case and accents."""
    parts = unicodedata.normalize("NFKD", text.strip())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


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
