"""What holds for a zaaktype beyond the numbered rules (x-ztc-03, x-ztc-13).

The latter stands in no text of the standard, but Open Zaak asks for it, so its clients know.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.validate.fields import is_no_time
from api.pipeline.words.violations import OBJECT, Violation

BRONCATALOGUS = ("broncatalogus_url", "broncatalogus_domein", "broncatalogus_rsin")
BRONZAAKTYPE = ("bronzaaktype_url", "bronzaaktype_identificatie", "bronzaaktype_omschrijving")


def verlengingstermijn_fits(write: Write) -> Iterator[Violation]:
    """A term for extension only where extension is possible."""
    if _verlengingstermijn(write) and not write.value("verlenging_mogelijk"):
        yield Violation(
            "verlengingstermijn", "verlenging-mismatch", "Verlenging is bij dit zaaktype niet mogelijk."
        )


def servicenorm_not_empty(write: Write) -> Iterator[Violation]:
    """Zaken are not expected to be done in no time."""
    if is_no_time(write.data.get("servicenorm")) and not write.caller.municipality.open_zaak_compatibility:
        yield Violation("servicenorm", "empty-duration", "De servicenorm mag geen lege duur zijn.")


def forget_terms(write: Write) -> None:
    """A servicenorm of no time is none, and a verlengingstermijn goes with what it was for."""
    if is_no_time(write.data.get("servicenorm")):
        write.data["servicenorm"] = None
    if write.value("verlengingstermijn") != _verlengingstermijn(write):
        write.data["verlengingstermijn"] = None


def _verlengingstermijn(write: Write) -> str | None:
    """The term that is meant: a PUT that leaves it out has none.

    Clients of Open Zaak say that extension is not possible and leave the term as it was, or give no time
    (``open_zaak_compatibility``).
    """
    given: str | None = write.data.get("verlengingstermijn")
    if write.name == "update" or "verlengingstermijn" in write.data:
        meant = given
    else:
        meant = write.value("verlengingstermijn")
    if write.value("verlenging_mogelijk") or not write.caller.municipality.open_zaak_compatibility:
        return meant
    return None if is_no_time(given) else given


def bron_is_whole(write: Write) -> Iterator[Violation]:
    """A zaaktype is derived from a zaaktype in a catalogus, so of both or of neither something is known."""
    if not write.data.keys() & {*BRONCATALOGUS, *BRONZAAKTYPE}:
        return
    if any(map(write.value, BRONCATALOGUS)) != any(map(write.value, BRONZAAKTYPE)):
        yield Violation(
            OBJECT,
            "invalid-bronzaaktype-for-broncatalogus",
            "Geef broncatalogus en bronzaaktype allebei op, of geen van beide.",
        )
