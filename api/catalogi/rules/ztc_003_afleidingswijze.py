"""ztc-003: the procestermijn of the selectielijst leaves some resultaattypen one afleidingswijze.

The other way round nothing follows: ``afgehandeld`` and ``termijn`` go with every other procestermijn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.catalogi.brondatum import AFLEIDINGSWIJZE
from api.catalogi.models.keuzes import Afleidingswijze
from api.catalogi.rules.selectielijst import referred
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation
from api.selectielijst.lookup import Kind

ONLY: Mapping[str, str] = {
    "nihil": Afleidingswijze.AFGEHANDELD.value,
    "ingeschatte_bestaansduur_procesobject": Afleidingswijze.TERMIJN.value,
}
CODE = "invalid-afleidingswijze-for-procestermijn"


@rule
def afleidingswijze_fits_procestermijn(write: Write) -> Iterator[Violation]:
    """``nihil`` leaves ``afgehandeld``, an estimated life of the procesobject leaves ``termijn``."""
    given = write.value(AFLEIDINGSWIJZE)
    if not given or not {AFLEIDINGSWIJZE, "selectielijstklasse"} & write.data.keys():
        return
    resultaat = referred(write, "selectielijstklasse", Kind.RESULTAAT)
    only = ONLY.get(str(resultaat.get("procestermijn"))) if resultaat else None
    if only not in (None, given):
        yield Violation(OBJECT, CODE, f"Bij deze selectielijstklasse is de afleidingswijze '{only}'.")
