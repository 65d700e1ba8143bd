"""Names and numbers of nobody: BSN's that pass the eleven test, from the range kept for tests."""

from __future__ import annotations

from random import Random
from typing import Any

from tenants.registry.elfproef import is_valid_rsin

FIRST_TEST_BSN, LAST_TEST_BSN = 999_900_000, 999_999_999
ACHTERNAMEN = ("Bakker", "Visser", "Smit", "Mulder", "Bos", "Vos", "Peters", "Hendriks", "Dekker", "Yilmaz")
VOORNAMEN = ("Anna", "Bram", "Chantal", "Daan", "Emine", "Fleur", "Gijs", "Hanna", "Imran", "Julia")


def bsn(random: Random) -> str:
    """A valid one that the government gives to nobody."""
    while True:
        number = str(random.randint(FIRST_TEST_BSN, LAST_TEST_BSN))
        if is_valid_rsin(number):
            return number


def inwoner(random: Random) -> dict[str, Any]:
    """A ``natuurlijk_persoon`` with every member of its form."""
    voornaam = random.choice(VOORNAMEN)
    return {
        "inpBsn": bsn(random),
        "anpIdentificatie": "",
        "inpA_nummer": "",
        "geslachtsnaam": random.choice(ACHTERNAMEN),
        "voorvoegselGeslachtsnaam": "",
        "voorletters": f"{voornaam[0]}.",
        "voornamen": voornaam,
        "geslachtsaanduiding": "",
        "geboortedatum": "",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    }


def medewerker(random: Random) -> dict[str, Any]:
    """A ``medewerker`` with every member of its form."""
    return {
        "identificatie": f"medewerker-{random.randint(1, 200)}",
        "achternaam": random.choice(ACHTERNAMEN),
        "voorletters": f"{random.choice(VOORNAMEN)[0]}.",
        "voorvoegselAchternaam": "",
    }
