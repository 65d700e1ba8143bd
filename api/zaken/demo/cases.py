"""Zaken in bulk, as a municipality has them: of few zaaktypen many, the older the more of them closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from api.pipeline.sql.loading import YEAR, analyze_once_committed, numbered_by_year
from api.zaken.demo.catalogue import RSIN
from api.zaken.demo.history import Batch, History
from api.zaken.demo.kinds import kinds
from api.zaken.demo.people import Betrokkenen
from api.zaken.demo.places import MIDDLE_OF_THE_COUNTRY, PLACES
from api.zaken.models import IdentificatieTeller, Resultaat, Rol, Status, Zaak
from api.zaken.rules.zrc_002_identificatie import SOORT, identificatie
from tenants.registry.context import current_municipality

BATCH = 25_000


def generate(
    count: int, *, today: date, seed: int, progress: Callable[[int], None], days: int = 10 * YEAR
) -> None:
    """Fill the current municipality with ``count`` zaken of its published zaaktypen, of the last ``days``.

    Raises ``LookupError`` where no published zaaktype has statustypen. ``progress`` hears how many
    are stored.
    """
    random = Random(seed)  # noqa: S311 - no secret hangs on it
    found = kinds()
    if not found:
        message = "no published zaaktype with statustypen"
        raise LookupError(message)
    place = PLACES.get(current_municipality().cbs_code or "", MIDDLE_OF_THE_COUNTRY)
    begins = sorted(today - timedelta(days=random.randint(1, days)) for _ in range(count))
    history = History(random, today, place, Betrokkenen.of(random, count), found)
    numbers = numbered_by_year(
        begins,
        lambda jaar, many: IdentificatieTeller.objects.next_number(SOORT, RSIN, jaar, count=many),
        identificatie,
    )
    for start in range(0, count, BATCH):
        batch = Batch()
        for began in begins[start : start + BATCH]:
            history.add(batch, next(numbers), began)
        batch.store()
        progress(min(start + BATCH, count))
    analyze_once_committed(Zaak, Status, Rol, Resultaat)
