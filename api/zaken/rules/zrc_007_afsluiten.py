"""zrc-007: the last status closes the zaak; a closed zaak changes only by force.

The end status is the statustype with the highest volgnummer of the zaaktype. It closes an open zaak
whatever its moment, a later status or not. On a closed zaak what is dated before the end status is
history: it is added by force, and changes nothing of the closing.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from api.catalogi.models import Statustype
from api.pipeline.authorise.belonging import main_after, main_of, mains
from api.pipeline.commit.effects import change
from api.pipeline.declare.rules import effect, guard, rule
from api.pipeline.declare.write import Write, fact
from api.pipeline.words.violations import OBJECT, Lacking, Violation
from api.zaken.models import Resultaat, Status
from api.zaken.rules.zrc_006_autorisatie import RIGHTS
from api.zaken.scopes import ZAKEN_GEFORCEERD_BIJWERKEN

CLOSED = Lacking(
    ZAKEN_GEFORCEERD_BIJWERKEN,
    "De zaak is afgesloten; wijzigen kan alleen met 'zaken.geforceerd-bijwerken'.",
)


@guard
def closed_zaak_needs_force(write: Write) -> Lacking | None:
    """No write on a closed zaak, or what belongs to it, without the forced scope."""
    for zaak in mains(write):
        if zaak.einddatum and not RIGHTS.permits(write.client, ZAKEN_GEFORCEERD_BIJWERKEN, zaak):
            return CLOSED
    return None


@rule
def closing_needs_a_resultaat(write: Write) -> Iterator[Violation]:
    """A zaak is closed with an outcome."""
    if is_end_status(write) and not Resultaat.objects.filter(zaak=main_after(write)).exists():
        yield Violation(
            OBJECT,
            "resultaat-does-not-exist",
            "De zaak heeft nog geen resultaat en kan niet worden afgesloten.",
        )


@effect
def close_zaak(write: Write) -> None:
    """``einddatum`` is the day of the end status in Europe/Amsterdam, as its moment is answered."""
    if is_end_status(write) and not is_history(write):
        day = timezone.localdate(write.instance.datum_status_gezet)
        change(write, main_of(write), einddatum=day)


@fact
def is_end_status(write: Write) -> bool:
    """Whether the status that is being set is the last of the zaaktype."""
    statustype = write.data["statustype"]
    later = Statustype.objects.filter(zaaktype=statustype.zaaktype_id, volgnummer__gt=statustype.volgnummer)
    return not later.exists()


@fact
def is_history(write: Write) -> bool:
    """Whether the zaak was closed after the moment of the status that is being set."""
    zaak, moment = main_after(write), write.data.get("datum_status_gezet")
    if zaak.einddatum is None or moment is None:
        return False
    day = timezone.localdate(moment)
    if day != zaak.einddatum:
        return bool(day < zaak.einddatum)
    last = max(Statustype.objects.filter(zaaktype=zaak.zaaktype_id).values_list("volgnummer", flat=True))
    later = Status.objects.filter(zaak=zaak, statustype__volgnummer=last, datum_status_gezet__gt=moment)
    return any(timezone.localdate(each.datum_status_gezet) == day for each in later)
