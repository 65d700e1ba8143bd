"""What holds for a status beyond the numbered rules (x-zrc-b2, b3, b4 and the scope of the first)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from api.pipeline.authorise.belonging import main_after
from api.pipeline.commit.effects import keep_derived
from api.pipeline.declare.write import Write, fact
from api.pipeline.words.violations import OBJECT, Lacking, Violation
from api.zaken.models import Status
from api.zaken.rules.zrc_006_autorisatie import RIGHTS
from api.zaken.scopes import STATUSSEN_TOEVOEGEN, ZAKEN_HEROPENEN

LEEWAY = timedelta(seconds=60)
"""How far the clocks of two systems may differ."""

NOT_ONLY_FIRST = STATUSSEN_TOEVOEGEN | ZAKEN_HEROPENEN


def aanmaken_is_for_the_first(write: Write) -> Lacking | None:
    """``zaken.aanmaken`` alone sets the first status of a zaak, and no later one."""
    zaak = main_after(write)
    if current_status(write) is None or RIGHTS.permits(write.client, NOT_ONLY_FIRST, zaak):
        return None
    return Lacking(NOT_ONLY_FIRST, "Met 'zaken.aanmaken' kan alleen de eerste status worden gezet.")


def set_on_or_after_startdatum(write: Write) -> Iterator[Violation]:
    """The day of ``datumStatusGezet`` in Europe/Amsterdam is not before the zaak began, nor ahead.

    Open Zaak takes one from before that day (``open_zaak_compatibility``).
    """
    moment = write.data["datum_status_gezet"]
    if moment > write.caller.now + LEEWAY:
        yield Violation("datumStatusGezet", "date-in-future", "Deze datum ligt in de toekomst.")
    if write.caller.municipality.open_zaak_compatibility:
        return
    if timezone.localdate(moment) < main_after(write).startdatum:
        yield Violation("datumStatusGezet", "invalid", "Deze datum ligt voor de startdatum van de zaak.")


def gezetdoor_of_zaak(write: Write) -> Iterator[Violation]:
    """``gezetdoor`` is a rol in the same zaak."""
    rol = write.data.get("gezetdoor")
    if rol is not None and rol.zaak_id != main_after(write).pk:
        yield Violation(OBJECT, "zaak-mismatch", "De rol hoort niet bij de zaak van de status.")


def mark_latest(write: Write) -> None:
    """The status with the latest moment is the current one; of equals the one that came last."""
    current = current_status(write)
    is_latest = current is None or current.datum_status_gezet <= write.data["datum_status_gezet"]
    write.data["indicatie_laatst_gezette_status"] = is_latest
    if is_latest and current is not None:
        keep_derived(write, current, indicatie_laatst_gezette_status=False)


@fact
def current_status(write: Write) -> Status | None:
    """The status that the zaak has now."""
    return Status.objects.filter(zaak=main_after(write), indicatie_laatst_gezette_status=True).first()
