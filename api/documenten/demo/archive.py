"""Documents in bulk, as a municipality has them: of few types many, and most of them letters."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from django.db import transaction

from api.catalogi.models import Informatieobjecttype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.documenten.content.rows import keep
from api.documenten.content.writing import write
from api.documenten.models import (
    DocumentTeller,
    EnkelvoudigInformatieObject,
    Gebruiksrechten,
    Inhoud,
    ObjectInformatieObject,
    Verzending,
)
from api.documenten.models.keuzes import AardRelatie, Documentstatus, ObjectType
from api.documenten.rules.identificatie import written_identificatie
from api.pipeline.sql.loading import (
    NULL,
    YEAR,
    Rows,
    analyze_once_committed,
    new_uuid,
    numbered_by_year,
    written,
    written_array,
    written_day,
    written_moment,
)

BATCH = 25_000
RSIN = "517439943"
NOON = 12 * 60
TAIL = 1.1
"""The higher, the fewer documents the last of the types have."""
CONTENTS = 40
"""So many different ones are stored, the n-th of n lines: documents share them, as versions do."""
LINE = b"Dit is de inhoud van een document dat over niemand gaat.\n"
MOST_BYTES = 1_000_000
DOCUMENTS_OF_A_ZAAK = 4

SHARE_AT_ANOTHER_LEVEL = 0.03
SHARE_WITH_WORDS = 0.3
SHARE_LOCKED = 0.001
SHARE_OF_A_ZAAK = 0.8
SHARE_SENT = 0.05
SHARE_RESTRICTED = 0.02
OBJECTS = "https://zaken.example.nl/zaken/api/v1/zaken"
PERSONS = "https://personen.example.nl/api/v1/personen"
LEVELS = [str(int(level)) for level in Vertrouwelijkheidaanduiding]
FORMATEN = (
    *(("application/pdf", "pdf"),) * 7, ("image/jpeg", "jpg"), ("application/vnd.ms-outlook", "msg"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
)  # fmt: skip
STATUSSEN = (*(Documentstatus.DEFINITIEF.value,) * 17, *(status.value for status in Documentstatus))
GEREED = ("t", "t", "f", *(NULL,) * 7)
WOORDEN = (
    "aanvraag", "advies", "afwijzing", "beschikking", "besluit", "bezwaar", "bijlage", "brief", "factuur",
    "foto", "horeca", "kaart", "klacht", "melding", "notitie", "nota", "offerte", "parkeren", "plattegrond",
    "rapport", "subsidie", "tekening", "verslag", "vergunning", "verkeer", "wmo", "woz",
)  # fmt: skip
ONDERWERPEN = (
    "de dakkapel", "het wegdek", "de speelplaats", "de markt", "de fietsenstalling", "het bestemmingsplan",
    "de sporthal", "de lantaarn", "het riool", "de boom", "de parkeerplaats", "de gevel", "het terras",
)  # fmt: skip
AUTEURS = 200


class _Batch:
    """Rows that are stored together, in as few statements as there are tables."""

    def __init__(self) -> None:
        self.documenten = Rows(
            EnkelvoudigInformatieObject,
            "uuid", "begin_registratie", "identificatie", "creatiedatum", "titel",
            "vertrouwelijkheidaanduiding", "is_gereed_voor_publicatie", "auteur", "status", "formaat",
            "bestandsnaam", "inhoud_id", "bestandsomvang", "beschrijving", "informatieobjecttype_id",
            "trefwoorden", "lock", "lock_houder",
            bronorganisatie=RSIN, taal="nld",
        )  # fmt: skip
        self.relaties = Rows(
            ObjectInformatieObject, "uuid", "informatieobject_id", "object", object_type=ObjectType.ZAAK.value
        )
        self.verzendingen = Rows(
            Verzending,
            "uuid", "informatieobject_id", "betrokkene", "verzenddatum",
            aard_relatie=AardRelatie.GEADRESSEERDE.value, contact_persoon=f"{PERSONS}/1", mijn_overheid=True,
        )  # fmt: skip
        self.rechten = Rows(
            Gebruiksrechten,
            "uuid", "informatieobject_id", "startdatum", omschrijving_voorwaarden="Voor eigen gebruik.",
        )  # fmt: skip

    def store(self) -> None:
        with transaction.atomic():
            for rows in (self.documenten, self.relaties, self.verzendingen, self.rechten):
                rows.store()


class _Archive:
    """Documents of these types, with these contents."""

    def __init__(self, random: Random, types: list[Informatieobjecttype], contents: list[Inhoud]) -> None:
        self._random = random
        self._types = [
            (str(each.pk), written(each.omschrijving), str(int(each.vertrouwelijkheidaanduiding)))
            for each in types
        ]
        self._edges = list(accumulate(rank**-TAIL for rank in range(1, len(types) + 1)))
        self._contents = [(str(each.pk), str(each.omvang)) for each in contents]
        self._zaak = new_uuid()

    def add(self, batch: _Batch, identificatie: str, made: date) -> None:
        random, uuid, day = self._random, new_uuid(), written_day(made)
        type_uuid, omschrijving, level = self._type()
        subject = f"{random.choice(ONDERWERPEN)} {1 + int(random.random() * 999)}"
        formaat, ending = random.choice(FORMATEN)
        inhoud, omvang = random.choice(self._contents)
        lock = f"slot-{identificatie}" if self._happens(SHARE_LOCKED) else ""
        batch.documenten.add(
            uuid, written_moment(made, NOON), identificatie, day, f"{omschrijving} over {subject}",
            random.choice(LEVELS) if self._happens(SHARE_AT_ANOTHER_LEVEL) else level,
            random.choice(GEREED), self._auteur(), random.choice(STATUSSEN), formaat,
            f"{identificatie.lower()}.{ending}", inhoud, omvang,
            f"Gaat over {subject}" if identificatie[-1] in "13579" else "",
            type_uuid, self._words(), lock, "iemand" if lock else "",
        )  # fmt: skip
        self._add_around(batch, uuid, made)

    def _add_around(self, batch: _Batch, uuid: str, made: date) -> None:
        """What few documents have, and the zaak that most belong to."""
        if self._happens(1 / DOCUMENTS_OF_A_ZAAK):
            self._zaak = new_uuid()
        if self._happens(SHARE_OF_A_ZAAK):
            batch.relaties.add(new_uuid(), uuid, f"{OBJECTS}/{self._zaak}")
        if self._happens(SHARE_SENT):
            person = f"{PERSONS}/{1 + int(self._random.random() * 10_000)}"
            batch.verzendingen.add(new_uuid(), uuid, person, written_day(made))
        if self._happens(SHARE_RESTRICTED):
            batch.rechten.add(new_uuid(), uuid, written_moment(made, NOON))

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _type(self) -> tuple[str, str, str]:
        found = bisect(self._edges, self._random.random() * self._edges[-1])
        return self._types[min(found, len(self._types) - 1)]

    def _auteur(self) -> str:
        return f"Medewerker {1 + int(AUTEURS * self._random.random() ** 2)}"

    def _words(self) -> str:
        if not self._happens(SHARE_WITH_WORDS):
            return "{}"
        return written_array(self._random.sample(WOORDEN, 2))


def generate(
    count: int, *, today: date, seed: int, progress: Callable[[int], None], days: int = 10 * YEAR
) -> None:
    """Fill the current municipality with documents of its published types, of the last ``days``.

    Raises ``LookupError`` where no type is published. ``progress`` hears how many are stored.
    """
    random = Random(seed)  # noqa: S311 - no secret hangs on it
    types = list(Informatieobjecttype.objects.published().order_by("omschrijving", "pk"))
    if not types:
        message = "no published informatieobjecttype"
        raise LookupError(message)
    archive = _Archive(random, types, _contents())
    dates = sorted(today - timedelta(days=random.randint(1, days)) for _ in range(count))
    numbers = numbered_by_year(
        dates,
        lambda jaar, many: DocumentTeller.objects.next_number(RSIN, jaar, count=many),
        written_identificatie,
    )
    for start in range(0, count, BATCH):
        batch = _Batch()
        for made in dates[start : start + BATCH]:
            archive.add(batch, next(numbers), made)
        batch.store()
        progress(min(start + BATCH, count))
    analyze_once_committed(EnkelvoudigInformatieObject, ObjectInformatieObject, Verzending, Gebruiksrechten)


def _contents() -> list[Inhoud]:
    """Stored before any row speaks of them."""
    stored = [write([LINE * lines], most=MOST_BYTES) for lines in range(1, CONTENTS + 1)]
    return [keep(each) for each in stored]
