"""zrc-008: a status on a closed zaak opens it again, for who may do that.

One that is dated before the end status opens nothing, and is added by force as any change (zrc-007).
"""

from __future__ import annotations

from api.pipeline.authorise.belonging import main_after, main_of
from api.pipeline.commit.effects import change
from api.pipeline.declare.rules import effect, guard
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Lacking
from api.zaken.rules.zrc_006_autorisatie import RIGHTS
from api.zaken.rules.zrc_007_afsluiten import CLOSED, is_end_status, is_history
from api.zaken.scopes import ZAKEN_GEFORCEERD_BIJWERKEN, ZAKEN_HEROPENEN

HEROPENEN = ZAKEN_HEROPENEN | ZAKEN_GEFORCEERD_BIJWERKEN


@guard
def reopening_needs_its_scope(write: Write) -> Lacking | None:
    """On a closed zaak a status needs ``zaken.heropenen``, or force; force alone adds to its history."""
    zaak = main_after(write)
    enough = ZAKEN_GEFORCEERD_BIJWERKEN if is_history(write) else HEROPENEN
    if zaak.einddatum is None or RIGHTS.permits(write.client, enough, zaak):
        return None
    if is_history(write):
        return CLOSED
    return Lacking(HEROPENEN, "De zaak is afgesloten; heropenen kan alleen met 'zaken.heropenen'.")


@effect
def reopen_zaak(write: Write) -> None:
    """The end date goes, and with it what was derived for the archive."""
    zaak = main_of(write)
    if zaak.einddatum is None or is_end_status(write) or is_history(write):
        return
    change(
        write,
        zaak,
        einddatum=None,
        archiefnominatie=None,
        archiefactiedatum=None,
        startdatum_bewaartermijn=None,
    )
