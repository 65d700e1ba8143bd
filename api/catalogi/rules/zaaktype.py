"""What holds for a zaaktype beyond the numbered rules (x-ztc-03, x-ztc-13).

The latter stands in no text of the standard, but Open Zaak asks for it, so its clients know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation

BRONCATALOGUS = ("broncatalogus_url", "broncatalogus_domein", "broncatalogus_rsin")
BRONZAAKTYPE = ("bronzaaktype_url", "bronzaaktype_identificatie", "bronzaaktype_omschrijving")


def verlengingstermijn_fits(write: Write) -> Iterator[Violation]:
    """A term for extension only where extension is possible."""
    if write.value("verlengingstermijn") and not write.value("verlenging_mogelijk"):
        yield Violation(
            "verlengingstermijn", "verlenging-mismatch", "Verlenging is bij dit zaaktype niet mogelijk."
        )


def servicenorm_not_empty(write: Write) -> Iterator[Violation]:
    """Zaken are not expected to be done in no time."""
    servicenorm = write.data.get("servicenorm")
    if servicenorm and not re.search("[1-9]", servicenorm):
        yield Violation("servicenorm", "empty-duration", "De servicenorm mag geen lege duur zijn.")


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
