"""Names and numbers of nobody: BSN's that pass the eleven test, from the range kept for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from api.pipeline.sql.loading import written, written_json
from api.zaken.models.keuzes import BetrokkeneType
from tenants.registry.elfproef import is_valid_rsin

FIRST_TEST_BSN, LAST_TEST_BSN = 999_900_000, 999_999_999
ACHTERNAMEN = ("Bakker", "Visser", "Smit", "Mulder", "Bos", "Vos", "Peters", "Hendriks", "Dekker", "Yilmaz")
VOORNAMEN = ("Anna", "Bram", "Chantal", "Daan", "Emine", "Fleur", "Gijs", "Hanna", "Imran", "Julia")
BEDRIJVEN = (
    "Bouwbedrijf",
    "Bakkerij",
    "Garage",
    "Hoveniersbedrijf",
    "Restaurant",
    "Makelaardij",
    "Sportclub",
)
AFDELINGEN = ("Vergunningen", "Burgerzaken", "Beheer", "Handhaving", "Sociaal domein", "Juridische zaken")
MOST_INWONERS, MOST_ORGANISATIES, MOST_MEDEWERKERS = 8_000, 4_000, 1_000
ZAKEN_OF_AN_ORGANISATIE, ZAKEN_OF_A_MEDEWERKER = 10, 20
SHARE_KNOWN_BY_ANOTHER_NUMBER = 0.05
RETURN = 1.5
"""The higher, the more often the same few come back."""


class Betrokkene(NamedTuple):
    """Somebody as COPY reads it: what kind, how identified, and by which URL instead."""

    type: str
    identificatie: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Betrokkenen:
    """Those of one municipality. Who is drawn from them comes back now and then, some more than others."""

    inwoners: Sequence[Betrokkene]
    organisaties: Sequence[Betrokkene]
    medewerkers: Sequence[Betrokkene]
    afdelingen: Sequence[Betrokkene]

    @classmethod
    def of(cls, random: Random, zaken: int) -> Betrokkenen:
        """As many as so many zaken have."""
        return cls(
            inwoners=_people(random, min(zaken, MOST_INWONERS)),
            organisaties=[
                organisatie(random)
                for _ in range(min(zaken // ZAKEN_OF_AN_ORGANISATIE + 1, MOST_ORGANISATIES))
            ],
            medewerkers=[
                _identified(BetrokkeneType.MEDEWERKER, medewerker(random, number))
                for number in range(1, min(max(200, zaken // ZAKEN_OF_A_MEDEWERKER), MOST_MEDEWERKERS) + 1)
            ],
            afdelingen=[
                _identified(BetrokkeneType.ORGANISATORISCHE_EENHEID, afdeling(number, naam))
                for number, naam in enumerate(AFDELINGEN, start=1)
            ],
        )


def drawn(random: Random, among: Sequence[Betrokkene]) -> Betrokkene:
    """One of them."""
    return among[int(len(among) * random.random() ** RETURN)]


def bsn(random: Random) -> str:
    """A valid one that the government gives to nobody."""
    while True:
        number = str(random.randint(FIRST_TEST_BSN, LAST_TEST_BSN))
        if is_valid_rsin(number):
            return number


def inwoner(random: Random) -> dict[str, Any]:
    """A ``natuurlijk_persoon`` with every member of its form."""
    voornaam = random.choice(VOORNAMEN)
    otherwise = random.random() < SHARE_KNOWN_BY_ANOTHER_NUMBER
    return {
        "inpBsn": bsn(random),
        "anpIdentificatie": str(random.randint(10**16, 10**17 - 1)) if otherwise else "",
        "inpA_nummer": str(random.randint(10**9, 10**10 - 1)) if otherwise else "",
        "geslachtsnaam": random.choice(ACHTERNAMEN),
        "voorvoegselGeslachtsnaam": "",
        "voorletters": f"{voornaam[0]}.",
        "voornamen": voornaam,
        "geslachtsaanduiding": "",
        "geboortedatum": "",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    }


def organisatie(random: Random) -> Betrokkene:
    """A company or a club, half of them by their place of business."""
    naam = f"{random.choice(BEDRIJVEN)} {random.choice(ACHTERNAMEN)}"
    if random.random() < 1 / 2:
        return _identified(
            BetrokkeneType.VESTIGING,
            {
                "kvkNummer": str(random.randint(10**7, 10**8 - 1)),
                "vestigingsNummer": str(random.randint(10**11, 10**12 - 1)),
                "handelsnaam": [naam],
                "verblijfsadres": None,
                "subVerblijfBuitenland": None,
            },
        )
    return _identified(
        BetrokkeneType.NIET_NATUURLIJK_PERSOON,
        {
            "innNnpId": str(random.randint(10**8, 10**9 - 1)),
            "annIdentificatie": str(random.randint(10**16, 10**17 - 1)),
            "statutaireNaam": naam,
            "innRechtsvorm": "besloten_vennootschap",
            "bezoekadres": "",
            "subVerblijfBuitenland": None,
        },
    )


def medewerker(random: Random, number: int) -> dict[str, Any]:
    """A ``medewerker`` with every member of its form."""
    return {
        "identificatie": f"medewerker-{number}",
        "achternaam": random.choice(ACHTERNAMEN),
        "voorletters": f"{random.choice(VOORNAMEN)[0]}.",
        "voorvoegselAchternaam": "",
    }


def afdeling(number: int, naam: str) -> dict[str, Any]:
    """An ``organisatorische_eenheid`` with every member of its form."""
    return {"identificatie": f"afdeling-{number}", "naam": naam, "isGehuisvestIn": ""}


def elsewhere(random: Random) -> Betrokkene:
    """An inwoner of whom the rol says only where another registration has them."""
    url = f"https://personen.example.nl/api/v1/personen/{random.randint(1, 10**6)}"
    return Betrokkene(BetrokkeneType.NATUURLIJK_PERSOON.value, written_json({}), written(url))


def _people(random: Random, count: int) -> list[Betrokkene]:
    """Of different numbers."""
    people: dict[str, dict[str, Any]] = {}
    while len(people) < count:
        person = inwoner(random)
        people.setdefault(person["inpBsn"], person)
    return [_identified(BetrokkeneType.NATUURLIJK_PERSOON, person) for person in people.values()]


def _identified(kind: BetrokkeneType, identificatie: dict[str, Any]) -> Betrokkene:
    return Betrokkene(kind.value, written_json(identificatie))
