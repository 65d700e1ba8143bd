"""From what the brondatum of a resultaattype is derived, and what has to be known for that.

One table (rules, section 8); ztc-004 to ztc-008 each hold one member of ``brondatumArchiefprocedure``
to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api.catalogi.models.keuzes import Afleidingswijze
from api.pipeline.declare.write import Write
from api.pipeline.validate.fields import is_no_time
from api.pipeline.words.violations import Violation

GROUP = "brondatum_archiefprocedure"
AFLEIDINGSWIJZE = f"{GROUP}_afleidingswijze"

DATUMKENMERK, EINDDATUM_BEKEND, OBJECTTYPE = "datumkenmerk", "einddatum_bekend", "objecttype"
REGISTRATIE, PROCESTERMIJN = "registratie", "procestermijn"
NAMES = {EINDDATUM_BEKEND: "einddatumBekend"}
"""On the wire, where that differs."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What one afleidingswijze asks; every other member must be empty."""

    required: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset((EINDDATUM_BEKEND,))


_NOTHING = Needs()
NEEDS: Mapping[str, Needs] = {
    Afleidingswijze.AFGEHANDELD: Needs(free=frozenset()),
    Afleidingswijze.ANDER_DATUMKENMERK: Needs(frozenset((DATUMKENMERK, OBJECTTYPE, REGISTRATIE))),
    Afleidingswijze.EIGENSCHAP: Needs(frozenset((DATUMKENMERK,))),
    Afleidingswijze.GERELATEERDE_ZAAK: _NOTHING,
    Afleidingswijze.HOOFDZAAK: _NOTHING,
    Afleidingswijze.INGANGSDATUM_BESLUIT: _NOTHING,
    Afleidingswijze.TERMIJN: Needs(frozenset((PROCESTERMIJN,)), free=frozenset()),
    Afleidingswijze.VERVALDATUM_BESLUIT: _NOTHING,
    Afleidingswijze.ZAAKOBJECT: Needs(frozenset((DATUMKENMERK, OBJECTTYPE))),
}


def misfit(write: Write, member: str) -> Iterator[Violation]:
    """What is wrong with one member of the group, where the write gives the group."""
    afleidingswijze = write.value(AFLEIDINGSWIJZE)
    if AFLEIDINGSWIJZE not in write.data or not afleidingswijze:
        return
    needs, value = NEEDS[afleidingswijze], write.value(f"{GROUP}_{member}")
    empty = not value or (member == PROCESTERMIJN and _is_nothing(write, value))
    name = f"brondatumArchiefprocedure.{NAMES.get(member, member)}"
    if member in needs.required and not value:
        yield Violation(name, "required", f"Verplicht bij de afleidingswijze '{afleidingswijze}'.")
    if member not in needs.required | needs.free and not empty:
        yield Violation(name, "must-be-empty", f"Leeg bij de afleidingswijze '{afleidingswijze}'.")


def forget_procestermijn(write: Write) -> None:
    """One of no time, where the afleidingswijze has none."""
    afleidingswijze, attribute = write.value(AFLEIDINGSWIJZE), f"{GROUP}_{PROCESTERMIJN}"
    goes = bool(afleidingswijze) and PROCESTERMIJN not in NEEDS[afleidingswijze].required
    if goes and is_no_time(write.data.get(attribute)):
        write.data[attribute] = None


def _is_nothing(write: Write, termijn: str) -> bool:
    """Clients of Open Zaak send no time for no term (``open_zaak_compatibility``)."""
    return write.caller.municipality.open_zaak_compatibility and is_no_time(termijn)
