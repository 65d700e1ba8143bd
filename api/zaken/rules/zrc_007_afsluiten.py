"""zrc-007: the last status closes the zaak; a closed zaak changes only by force.

The end status is the statustype with the highest volgnummer of the zaaktype.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from api.catalogi.models import Statustype
from api.pipeline.commit import change
from api.pipeline.rules import effect, guard, rule
from api.pipeline.violations import OBJECT, Lacking, Violation
from api.pipeline.write import Write
from api.zaken.models import Resultaat, Zaak
from api.zaken.rules.zrc_006_autorisatie import RIGHTS
from api.zaken.scopes import ZAKEN_GEFORCEERD_BIJWERKEN

CLOSED = Lacking(
    ZAKEN_GEFORCEERD_BIJWERKEN,
    "De zaak is afgesloten; wijzigen kan alleen met 'zaken.geforceerd-bijwerken'.",
)


@guard("zrc-007")
def closed_zaak_needs_force(write: Write) -> Lacking | None:
    """No write on a closed zaak, or what belongs to it, without the forced scope."""
    zaken = [zaak for zaak in (_zaak_before(write), _zaak_after(write)) if zaak is not None]
    for zaak in zaken:
        if zaak.einddatum and not RIGHTS.permits(write.client, ZAKEN_GEFORCEERD_BIJWERKEN, zaak):
            return CLOSED
    return None


@rule("zrc-007")
def closing_needs_a_resultaat(write: Write) -> Iterator[Violation]:
    """A zaak is closed with an outcome."""
    if is_end_status(write) and not Resultaat.objects.filter(zaak=write.data["zaak"]).exists():
        yield Violation(
            OBJECT,
            "resultaat-does-not-exist",
            "De zaak heeft nog geen resultaat en kan niet worden afgesloten.",
        )


@effect("zrc-007")
def close_zaak(write: Write) -> None:
    """``einddatum`` is the day of the end status in Europe/Amsterdam, as its moment is answered."""
    if is_end_status(write):
        day = timezone.localdate(write.instance.datum_status_gezet)
        change(write, write.instance.zaak, einddatum=day)


def is_end_status(write: Write) -> bool:
    """Whether the status that is being set is the last of the zaaktype; asked once."""
    if "is_end_status" not in write.memo:
        statustype = write.data["statustype"]
        later = Statustype.objects.filter(
            zaaktype=statustype.zaaktype_id, volgnummer__gt=statustype.volgnummer
        )
        write.memo["is_end_status"] = not later.exists()
    return bool(write.memo["is_end_status"])


def _zaak_before(write: Write) -> Zaak | None:
    return write.resource.main_before(write)


def _zaak_after(write: Write) -> Zaak | None:
    return write.data.get("zaak")
