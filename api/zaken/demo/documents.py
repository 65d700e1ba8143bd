"""A few documents that can be read: a letter, a photo, and a long report in two versions; each made once."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from struct import pack
from typing import Any

from django.utils import timezone

from api.catalogi.models import Informatieobjecttype
from api.documenten import locks
from api.documenten.content.writing import write
from api.documenten.models import EnkelvoudigInformatieObject
from api.documenten.rules.inhoud import CONTENT
from api.pipeline.authorise.authentication import client_now
from api.pipeline.commit.entry import carry_out
from api.pipeline.declare.write import Write
from api.pipeline.words.caller import Caller
from api.pipeline.words.registry import resource_for
from api.zaken.demo.catalogue import RSIN
from screens.pdf import as_pdf
from tenants.registry.context import current_municipality

PDF, PNG = "application/pdf", "image/png"
LARGEST = 5_000_000
SECONDS = 60
"""For drawing a page, on a machine that starts everything at once."""
CHAPTERS = (
    "Aanleiding",
    "Wat is gevraagd",
    "Hoe is gezocht",
    "Wat is gevonden",
    "Wat openbaar wordt",
    "Vervolg",
)
STYLE = (
    "<style>@page{size:A4;margin:25mm}body{font-family:sans-serif;line-height:1.5}"
    "h2{break-before:page}</style>"
)
WIDTH, HEIGHT, TILE, JOINT = 480, 320, 80, 4
LOOSE = (3, 1)
"""The column and the row of the tile that lies loose."""


@dataclass(frozen=True, slots=True)
class Example:
    """A document, with the contents of its versions."""

    identificatie: str
    titel: str
    type: str
    formaat: str
    bestandsnaam: str
    beschrijving: str
    contents: tuple[Callable[[], bytes], ...]


def letter() -> bytes:
    """That a report of somebody came in."""
    return _page(
        "Ontvangstbevestiging",
        "<h1>Ontvangstbevestiging</h1><p>Beste mevrouw, meneer,</p>"
        "<p>U meldde dat voor uw huis een stoeptegel los ligt. Dank u wel. Wij kijken binnen vijf werkdagen"
        " en laten u weten wat wij doen.</p>"
        "<p>Met vriendelijke groet,<br>Beheer openbare ruimte</p>",
    )


def report(*, is_final: bool) -> bytes:
    """Long enough to leaf through; the second version says what was decided."""
    state = "Vastgesteld" if is_final else "Concept"
    chapters = "".join(f"<h2>{number}. {name}</h2>{_text(name)}" for number, name in enumerate(CHAPTERS, 1))
    last = "<p>Op 15 januari 2026 is besloten alle stukken openbaar te maken.</p>" if is_final else ""
    return _page(
        "Rapport parkeergarage",
        f"<h1>Informatie over de parkeergarage</h1><p>{state}</p>{chapters}{last}",
    )


def photo() -> bytes:
    """Paving stones from above, one of them loose: a PNG."""
    random = Random(1)  # noqa: S311 - no secret hangs on it
    rows = [b"\0" + bytes(_shade(x, y, random) for x in range(WIDTH)) for y in range(HEIGHT)]
    head = pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


EXAMPLES = (
    Example(
        "DEMO-BRIEF-1",
        "Ontvangstbevestiging losse stoeptegel",
        "Ontvangstbevestiging",
        PDF,
        "ontvangstbevestiging.pdf",
        "Brief aan de melder.",
        (letter,),
    ),
    Example(
        "DEMO-FOTO-1",
        "Foto van de losse stoeptegel",
        "Foto van de melding",
        PNG,
        "stoeptegel.png",
        "De stoep van boven.",
        (photo,),
    ),
    Example(
        "DEMO-RAPPORT-1",
        "Informatie over de parkeergarage",
        "Inventarislijst",
        PDF,
        "rapport-parkeergarage.pdf",
        "Rapport in twee versies.",
        (lambda: report(is_final=False), lambda: report(is_final=True)),
    ),
)


def seed_documents(client_id: str, *, origin: str) -> int:
    """Make those that are not there in the municipality that one is in, on behalf of a client; how many."""
    caller = Caller(client_now(client_id), current_municipality(), timezone.now(), origin)
    return sum(_seed(each, caller) for each in EXAMPLES)


def _seed(example: Example, caller: Caller) -> bool:
    there = EnkelvoudigInformatieObject.objects.filter(
        identificatie=example.identificatie, bronorganisatie=RSIN
    )
    of_type = Informatieobjecttype.objects.published().filter(omschrijving=example.type).first()
    if of_type is None or there.exists():
        return False
    first, *following = example.contents
    made = _written(caller, "create", {**_columns(example, of_type), CONTENT: _stored(first)})
    for content in following:
        _replace(caller, made, content)
    return True


def _replace(caller: Caller, document: Any, content: Callable[[], bytes]) -> None:
    """A new version, as a client makes it: locked for it, and unlocked again."""
    locked = _written(caller, "lock", dict(locks.new_lock(caller.client)), document)
    aside = {locks.LOCK: locked.lock}
    change = {CONTENT: _stored(content), "status": "definitief"}
    _written(caller, "partial_update", change, document, aside)
    _written(caller, "unlock", {}, document, aside)


def _written(caller: Caller, name: str, data: dict[str, Any], document: Any = None, aside: Any = None) -> Any:
    asked = Write(resource_for(EnkelvoudigInformatieObject), name, caller, data, aside=aside or {})
    carry_out(asked, document and document.pk, answered=False)
    return asked.instance


def _columns(example: Example, of_type: Informatieobjecttype) -> dict[str, Any]:
    return {
        "identificatie": example.identificatie,
        "bronorganisatie": RSIN,
        "creatiedatum": date(2026, 1, 12),
        "titel": example.titel,
        "auteur": "Beheer openbare ruimte",
        "status": "in_bewerking" if len(example.contents) > 1 else "definitief",
        "formaat": example.formaat,
        "taal": "nld",
        "bestandsnaam": example.bestandsnaam,
        "beschrijving": example.beschrijving,
        "informatieobjecttype": of_type,
    }


def _stored(content: Callable[[], bytes]) -> Any:
    return write([_made(content)], most=LARGEST)


@cache
def _made(content: Callable[[], bytes]) -> bytes:
    """Once, for all municipalities."""
    return content()


def _page(title: str, body: str) -> bytes:
    html = (
        f'<!doctype html><html lang="nl"><head><title>{title}</title>{STYLE}</head><body>{body}</body></html>'
    )
    return as_pdf(html, seconds=SECONDS)


def _text(chapter: str) -> str:
    line = f"Dit is de tekst van het hoofdstuk {chapter.lower()}. Zij is verzonnen, en gaat over niemand."
    return f"<p>{' '.join([line] * 12)}</p>" * 4


def _shade(x: int, y: int, random: Random) -> int:
    """Of one point: joints are dark, and the loose tile has moved."""
    column, row = x // TILE, y // TILE
    moved = 9 if (column, row) == LOOSE else 0
    if (x + moved) % TILE < JOINT + moved or (y + moved) % TILE < JOINT + moved:
        return 40 + random.randrange(12)
    return 150 + (column * 7 + row * 13) % 25 + random.randrange(18)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
