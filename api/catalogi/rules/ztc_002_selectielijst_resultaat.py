"""ztc-002: a resultaattype follows a resultaat of the selectielijst, which says what becomes of a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.models import Resultaattype
from api.catalogi.models.keuzes import Archiefnominatie
from api.catalogi.rules.selectielijst import invalid, is_text, referred, unusable
from api.pipeline.fields.duration import is_duration
from api.pipeline.outgoing import Unusable
from api.pipeline.rules import effect, rule
from api.pipeline.violations import OBJECT, Violation
from api.pipeline.write import Write
from api.selectielijst.lookup import Kind, find

OMSCHRIJVING, KLASSE = "resultaattypeomschrijving", "selectielijstklasse"
LONGEST = Resultaattype._meta.get_field("omschrijving_generiek").max_length or 0


@rule
def resultaattypeomschrijving_found(write: Write) -> Iterator[Violation]:
    """``resultaattypeomschrijving`` is one of the referentielijsten, with an omschrijving that fits."""
    yield from unusable(write, OMSCHRIJVING, OMSCHRIJVING, Kind.RESULTAATTYPEOMSCHRIJVING)
    if OMSCHRIJVING in write.memo and not is_text(write.memo[OMSCHRIJVING]["omschrijving"], LONGEST):
        yield invalid(OMSCHRIJVING)


@rule
def selectielijstklasse_found(write: Write) -> Iterator[Violation]:
    """``selectielijstklasse`` is a resultaat of the selectielijst."""
    yield from unusable(write, KLASSE, KLASSE, Kind.RESULTAAT)


@rule
def selectielijstklasse_of_own_procestype(write: Write) -> Iterator[Violation]:
    """It belongs to the procestype of the zaaktype, where that has one."""
    if not {KLASSE, "zaaktype"} & write.data.keys():
        return
    url = write.value("zaaktype").selectielijst_procestype
    resultaat = referred(write, KLASSE, Kind.RESULTAAT)
    if not url or resultaat is None:
        return
    if resultaat["procesType"] != _procestype(write, url):
        reason = "De selectielijstklasse hoort bij een ander procestype dan het zaaktype."
        yield Violation(OBJECT, "procestype-mismatch", reason)


@effect
def fill_in_omschrijving_generiek(write: Write) -> None:
    """``omschrijvingGeneriek`` is what resultaattypeomschrijving says."""
    found = write.memo.get(OMSCHRIJVING)
    if found is not None:
        write.data["omschrijving_generiek"] = found["omschrijving"]


@effect
def fill_in_archive_attributes(write: Write) -> None:
    """``archiefnominatie`` and ``archiefactietermijn`` are the resultaat's where the client gives none.

    A change that does not speak of one leaves it as it is.
    """
    resultaat = write.memo.get(KLASSE)
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


def _procestype(write: Write, url: str) -> str:
    """The procestype as the selectielijst names it; the URL itself where it is not to be found now."""
    try:
        return str(find(Kind.PROCESTYPE, url, write.caller.municipality)["url"])
    except Unusable:
        return url
