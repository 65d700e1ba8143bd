"""What becomes of each zaak of a municipality, as rows."""

from __future__ import annotations

from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from math import exp
from random import Random

from django.db import transaction

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.sql.loading import NULL, Rows, new_uuid, written, written_day, written_moment
from api.zaken.demo.catalogue import RSIN
from api.zaken.demo.kinds import Kind, Outcome, shares, term_after
from api.zaken.demo.people import Betrokkene, Betrokkenen, drawn, elsewhere
from api.zaken.demo.places import Place, address
from api.zaken.models import Resultaat, Rol, Status, Zaak
from api.zaken.models.keuzes import Archiefstatus, Betalingsindicatie, IndicatieMachtiging

DAYS_OPEN = 180
"""After so many days two of three zaken are closed."""
DAYS_TO_HAND_OVER = 5 * 365
OFFICE_OPENS, OFFICE_MINUTES = 8 * 60, 10 * 60
"""Of a day."""
DAYS_BETWEEN_STEPS = 30
LONGEST_OMSCHRIJVING = 80

SHARE_AT_ANOTHER_LEVEL = 0.03
SHARE_BELOW_ANOTHER = 0.02
SHARE_WITH_KENMERK = 0.1
SHARE_PUBLISHED = 0.05
SHARE_PAID = 0.1
SHARE_EXTENDED = 0.03
SHARE_SUSPENDED = 0.01
SHARE_OF_ORGANISATIES = 0.15
SHARE_BY_URL = 0.01
SHARE_GEMACHTIGD = 0.02
SHARE_OF_BEHANDELAARS = 0.5
SHARE_OF_AFDELINGEN = 0.1
LEVELS = [str(int(level)) for level in Vertrouwelijkheidaanduiding]
BRONNEN = (
    "Zaaksysteem",
    "Zaaksysteem",
    "Formulieren",
    "Formulieren",
    "Formulieren",
    "Klantcontact",
    "Archief",
)
STILL_OPEN: tuple[str, ...] = (NULL, NULL, Archiefstatus.NOG_TE_ARCHIVEREN.value, NULL, NULL)
"""Of the columns that follow from the end of a zaak, in the order of ``Batch``."""


class Batch:
    """Rows that are stored together, in as few statements as there are tables."""

    def __init__(self) -> None:
        self.zaken = Rows(
            Zaak,
            "uuid", "identificatie", "omschrijving", "zaaktype_id", "vertrouwelijkheidaanduiding",
            "startdatum", "registratiedatum", "zaakgeometrie", "einddatum_gepland",
            "uiterlijke_einddatum_afdoening", "hoofdzaak_id", "kenmerken", "publicatiedatum",
            "betalingsindicatie", "laatste_betaaldatum", "verlenging_reden", "verlenging_duur",
            "opschorting_indicatie", "opschorting_reden", "einddatum",
            "archiefnominatie", "archiefstatus", "archiefactiedatum", "startdatum_bewaartermijn",
            bronorganisatie=RSIN, verantwoordelijke_organisatie=RSIN,
        )  # fmt: skip
        self.rollen = Rows(
            Rol,
            "uuid", "zaak_id", "roltype_id", "omschrijving", "omschrijving_generiek", "roltoelichting",
            "betrokkene_type", "betrokkene_identificatie", "betrokkene", "indicatie_machtiging",
            "registratiedatum",
        )  # fmt: skip
        self.statussen = Rows(
            Status,
            "uuid", "zaak_id", "statustype_id", "datum_status_gezet", "indicatie_laatst_gezette_status",
        )  # fmt: skip
        self.resultaten = Rows(Resultaat, "uuid", "zaak_id", "resultaattype_id")

    def store(self) -> None:
        with transaction.atomic():
            for rows in (self.zaken, self.rollen, self.statussen, self.resultaten):
                rows.store()


class History:
    """Zaken of these zaaktypen, at this place, of these people, up to ``today``."""

    def __init__(
        self, random: Random, today: date, place: Place, betrokkenen: Betrokkenen, kinds: list[Kind]
    ) -> None:
        self._random = random
        self._yesterday = today - timedelta(days=1)
        self._place = place
        self._betrokkenen = betrokkenen
        self._kinds = kinds
        self._edges = list(accumulate(shares(len(kinds))))
        self._above = NULL
        """A zaak that others may stand below."""

    def add(self, batch: Batch, number: str, began: date) -> None:
        """One zaak more, with what belongs to it."""
        random, kind, uuid = self._random, self._kind(), new_uuid()
        is_closed = self._is_closed(kind, began)
        moments = self._moments(began, kind, is_closed=is_closed)
        self._add_statussen(batch, kind, uuid, moments, is_closed=is_closed)
        self._add_rollen(batch, kind, uuid, moments[0])
        ending = STILL_OPEN
        if is_closed:
            outcome = random.choice(kind.outcomes)
            batch.resultaten.add(new_uuid(), uuid, outcome.uuid)
            ending = self._ending(outcome, moments[-1][0])
        day = written_day(began)
        batch.zaken.add(
            uuid, number, f"{random.choice(kind.titles)}, {address(random)}"[:LONGEST_OMSCHRIJVING],
            kind.uuid, self._level(kind), day, day, self._place.point(random),
            term_after(began, kind.servicenorm), term_after(began, kind.doorlooptijd),
            self._hoofdzaak(uuid), *self._asides(number, began), *ending,
        )  # fmt: skip

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _kind(self) -> Kind:
        found = bisect(self._edges, self._random.random() * self._edges[-1])
        return self._kinds[min(found, len(self._kinds) - 1)]

    def _level(self, kind: Kind) -> str:
        return self._random.choice(LEVELS) if self._happens(SHARE_AT_ANOTHER_LEVEL) else str(kind.level)

    def _hoofdzaak(self, uuid: str) -> str:
        if self._happens(SHARE_BELOW_ANOTHER):
            return self._above
        self._above = uuid
        return NULL

    def _asides(self, number: str, began: date) -> tuple[str, ...]:
        """What few zaken have."""
        paid = self._happens(SHARE_PAID)
        extended, suspended = self._happens(SHARE_EXTENDED), self._happens(SHARE_SUSPENDED)
        return (
            self._kenmerken(number),
            written_day(began) if self._happens(SHARE_PUBLISHED) else NULL,
            Betalingsindicatie.GEHEEL.value if paid else "",
            written_moment(began, OFFICE_OPENS) if paid else NULL,
            "Er is meer tijd nodig" if extended else "",
            "P14D" if extended else NULL,
            written(suspended),
            "Wacht op aanvulling" if suspended else "",
        )

    def _kenmerken(self, number: str) -> str:
        if not self._happens(SHARE_WITH_KENMERK):
            return "[]"
        # the number of the zaak says it as well as any
        return f'[{{"bron": "{self._random.choice(BRONNEN)}", "kenmerk": "{number[5:]}"}}]'

    # -- its steps -----------------------------------------------------------------------------

    def _is_closed(self, kind: Kind, began: date) -> bool:
        age = (self._yesterday - began).days
        return bool(kind.outcomes) and self._happens(1 - exp(-age / DAYS_OPEN))

    def _moments(self, began: date, kind: Kind, *, is_closed: bool) -> list[tuple[date, int]]:
        """Days and minutes from the first day on, none today, each later than the one before."""
        random = self._random
        reached = 1 + bisect((0.6, 0.9), random.random())
        if is_closed:
            reached = min(reached, 2) + 1
        reached = max(1, min(reached, len(kind.statustypen) - (not is_closed)))
        day, minute, left = began, OFFICE_OPENS, OFFICE_OPENS + OFFICE_MINUTES
        moments = []
        for _ in range(reached):
            # no minute twice, so that two steps of one day are apart
            minute += 1 + int(random.random() * (left - minute) / 4)
            moments.append((day, minute))
            day = min(day + timedelta(days=1 + int(random.random() * DAYS_BETWEEN_STEPS)), self._yesterday)
        return moments

    def _add_statussen(
        self, batch: Batch, kind: Kind, uuid: str, moments: list[tuple[date, int]], *, is_closed: bool
    ) -> None:
        steps = kind.statustypen[: len(moments)]
        if is_closed:
            steps = [*steps[:-1], kind.statustypen[-1]]
        for step, when in zip(steps, moments, strict=True):
            batch.statussen.add(new_uuid(), uuid, step, written_moment(*when), written(when is moments[-1]))

    def _ending(self, outcome: Outcome, day: date) -> tuple[str, ...]:
        """The day of the end, and what the resultaattype says of archiving then (zrc-021)."""
        handed_over = outcome.is_kept and (self._yesterday - day).days > DAYS_TO_HAND_OVER
        termijn = outcome.termijn or (f"P{DAYS_TO_HAND_OVER}D" if handed_over else None)
        status = Archiefstatus.OVERGEDRAGEN if handed_over else Archiefstatus.NOG_TE_ARCHIVEREN
        end = written_day(day)
        return end, outcome.nominatie, status.value, term_after(day, termijn), end

    # -- its people ----------------------------------------------------------------------------

    def _add_rollen(self, batch: Batch, kind: Kind, uuid: str, first: tuple[date, int]) -> None:
        registered = written_moment(*first)
        if kind.initiator is not None:
            machtiging = IndicatieMachtiging.GEMACHTIGDE.value if self._happens(SHARE_GEMACHTIGD) else ""
            who = self._initiator()
            batch.rollen.add(new_uuid(), uuid, *kind.initiator, *who, machtiging, registered)
        if kind.behandelaar is not None and self._happens(SHARE_OF_BEHANDELAARS):
            who = self._behandelaar()
            batch.rollen.add(new_uuid(), uuid, *kind.behandelaar, *who, "", registered)

    def _initiator(self) -> Betrokkene:
        if self._happens(SHARE_BY_URL):
            return elsewhere(self._random)
        of_organisaties = self._happens(SHARE_OF_ORGANISATIES)
        among = self._betrokkenen.organisaties if of_organisaties else self._betrokkenen.inwoners
        return drawn(self._random, among)

    def _behandelaar(self) -> Betrokkene:
        of_afdelingen = self._happens(SHARE_OF_AFDELINGEN)
        return drawn(
            self._random, self._betrokkenen.afdelingen if of_afdelingen else self._betrokkenen.medewerkers
        )
