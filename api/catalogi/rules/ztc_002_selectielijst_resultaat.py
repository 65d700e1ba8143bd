"""ztc-002: a resultaattype follows a resultaat of the selectielijst, which says what becomes of a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.models import Resultaattype
from api.catalogi.models.keuzes import Archiefnominatie
from api.catalogi.rules.selectielijst import invalid, is_text, referred, unusable
from api.pipeline.declare.rules import effect, rule
from api.pipeline.declare.write import Write
from api.pipeline.validate.fields.duration import is_duration
from api.pipeline.validate.outgoing import Unusable
from api.pipeline.words.violations import OBJECT, Violation
from api.selectielijst.lookup import Kind, found

OMSCHRIJVING, KLASSE = "resultaattypeomschrijving", "selectielijstklasse"
LONGEST = Resultaattype._meta.get_field("omschrijving_generiek").max_length or 0


@rule
def resultaattypeomschrijving_found(write: Write) -> Iterator[Violation]:
    """``resultaattypeomschrijving`` is one of the referentielijsten, with an omschrijving that fits."""
    yield from unusable(write, OMSCHRIJVING, OMSCHRIJVING, Kind.RESULTAATTYPEOMSCHRIJVING)
    named = referred(write, OMSCHRIJVING, Kind.RESULTAATTYPEOMSCHRIJVING)
    if named is not None and not is_text(named["omschrijving"], LONGEST):
        yield invalid(OMSCHRIJVING)


@rule
def selectielijstklasse_found(write: Write) -> Iterator[Violation]:
    """``selectielijstklasse`` is a resultaat of the selectielijst."""
    yield from unusable(write, KLASSE, KLASSE, Kind.RESULTAAT)
    yield from klasse_and_procestype_known(write)


def klasse_and_procestype_known(write: Write) -> Iterator[Violation]:
    """What stands in the row is asked for too, where a rule compares it with what the write gives."""
    yield from ()
    referred(write, KLASSE, Kind.RESULTAAT)
    _procestype(write)


@rule
def selectielijstklasse_of_own_procestype(write: Write) -> Iterator[Violation]:
    """It belongs to the procestype of the zaaktype, where that has one."""
    if not {KLASSE, "zaaktype"} & write.data.keys():
        return
    resultaat = referred(write, KLASSE, Kind.RESULTAAT)
    if resultaat is None or not write.value("zaaktype").selectielijst_procestype:
        return
    if resultaat["procesType"] != _procestype(write):
        reason = "De selectielijstklasse hoort bij een ander procestype dan het zaaktype."
        yield Violation(OBJECT, "procestype-mismatch", reason)


@effect
def fill_in_omschrijving_generiek(write: Write) -> None:
    """``omschrijvingGeneriek`` is what resultaattypeomschrijving says."""
    if not write.data.get(OMSCHRIJVING):
        return
    named = referred(write, OMSCHRIJVING, Kind.RESULTAATTYPEOMSCHRIJVING)
    if named is not None:
        write.data["omschrijving_generiek"] = named["omschrijving"]


@effect
def fill_in_archive_attributes(write: Write) -> None:
    """``archiefnominatie`` and ``archiefactietermijn`` are the resultaat's where the client gives none.

    A change that does not speak of one leaves it as it is.
    """
    resultaat = referred(write, KLASSE, Kind.RESULTAAT) if write.data.get(KLASSE) else None
    if resultaat is None:
        return
    waardering, termijn = resultaat.get("waardering"), resultaat.get("bewaartermijn")
    if _is_open(write, "archiefnominatie") and waardering in Archiefnominatie.values:
        write.data["archiefnominatie"] = waardering
    if _is_open(write, "archiefactietermijn") and isinstance(termijn, str) and is_duration(termijn):
        write.data["archiefactietermijn"] = termijn


def _is_open(write: Write, attribute: str) -> bool:
    """Whether the client leaves the value to the selectielijst: it gives an empty one, or none at all."""
    return not write.data[attribute] if attribute in write.data else write.creating


def _procestype(write: Write) -> str:
    """Of the zaaktype, as the selectielijst names it; the URL itself where it is not to be found now."""
    zaaktype = write.value("zaaktype")
    url: str = zaaktype.selectielijst_procestype if zaaktype is not None else ""
    try:
        return str(found(Kind.PROCESTYPE, url, write.caller)["url"]) if url else ""
    except Unusable:
        return url
