"""The table of an import: text with a column for each member of a document, as Open Zaak reads it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from api.pipeline.words.refusals import Invalid, Malformed
from api.pipeline.words.violations import OBJECT, Violation

MEDIA_TYPE = "text/csv"
MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
UUID, PATH, ZAAK, TREFWOORDEN = "uuid", "bestandspad", "zaakUuid", "trefwoorden"
COLUMNS = (
    UUID,
    "identificatie",
    "bronorganisatie",
    "creatiedatum",
    "titel",
    "vertrouwelijkheidaanduiding",
    "auteur",
    "status",
    "formaat",
    "taal",
    "bestandsnaam",
    "bestandsomvang",
    PATH,
    "link",
    "beschrijving",
    "ontvangstdatum",
    "verzenddatum",
    "indicatieGebruiksrecht",
    "verschijningsvorm",
    "ondertekening.soort",
    "ondertekening.datum",
    "integriteit.algoritme",
    "integriteit.waarde",
    "integriteit.datum",
    "informatieobjecttype",
    ZAAK,
    TREFWOORDEN,
)
"""All of them, in the order of Open Zaak; each has to be there, in whatever order."""
GROUPED = tuple(name for name in COLUMNS if "." in name)
"""Columns that are a member of a group of a document."""
PLAIN = tuple(name for name in COLUMNS if name not in {UUID, PATH, ZAAK, TREFWOORDEN, *GROUPED})
"""Columns that are a member of a document by themselves."""
OUTCOME = ("opmerking", "resultaat")
"""What a report has behind the columns."""
WORDS = {"true": True, "false": False}

Row = dict[str, str]


def read_text(raw: bytes) -> str:
    """The text, which is UTF-8, with or without a mark at its beginning. Raises Malformed."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("Het bestand is geen CSV in UTF-8.") from error
    if "\0" in text:
        raise Malformed("Het bestand heeft een teken dat in geen tekst hoort.")
    return text


def count_rows(text: str) -> int:
    """How many rows there are below the header. Raises Invalid and Malformed."""
    if not text.strip():
        raise _invalid("empty-file", "Het bestand is leeg.")
    try:
        lines = csv.reader(StringIO(text, newline=""), strict=True)
        _check_header(next(lines, []))
        count = 0
        for line in lines:
            count += bool(line)
            if count > MOST_ROWS:
                raise _invalid("too-many-rows", f"Een import heeft ten hoogste {MOST_ROWS} rijen.")
    except csv.Error as error:
        raise Malformed("Het bestand is geen geldige CSV.") from error
    if not count:
        raise _invalid("empty-file", "Onder de kop staat geen enkele rij.")
    return count


def rows_of(text: str) -> Iterator[tuple[list[str], Row | None]]:
    """Each row below the header, as it came and by column; None where it has too few or too many cells."""
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    header = next(lines)
    for line in lines:
        if line:
            yield line, dict(zip(header, line, strict=True)) if len(line) == len(header) else None


def header_of(text: str) -> list[str]:
    return next(csv.reader(StringIO(text, newline=""), strict=True))


def body_of(row: Row) -> dict[str, Any]:
    """What a client would send for this row; an empty cell is a member that is left out."""
    body: dict[str, Any] = {name: row[name] for name in PLAIN if row[name]}
    if "indicatieGebruiksrecht" in body:
        word = body["indicatieGebruiksrecht"]
        body["indicatieGebruiksrecht"] = WORDS.get(word.lower(), word)
    for name in GROUPED:
        group, _, member = name.partition(".")
        if row[name]:
            body.setdefault(group, {})[member] = row[name]
    words = [word.strip() for word in row[TREFWOORDEN].replace('"', "").split(",")]
    if any(words):
        body["trefwoorden"] = [word for word in words if word]
    return body


def _check_header(header: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise _invalid("missing-import-headers", f"Deze kolommen ontbreken: {', '.join(missing)}.")
    if len(header) > MOST_COLUMNS or len(set(header)) < len(header):
        raise _invalid("invalid-import-headers", "Een kolom staat er dubbel, of het zijn er te veel.")


def _invalid(code: str, reason: str) -> Invalid:
    return Invalid([Violation(OBJECT, code, reason)])
