"""Reading a zip that anybody may have made: bounded, and every complaint with its file and place."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from api.catalogi.exchange.layout import FILES, FORM, MANIFEST, VERSION, File
from api.catalogi.exchange.spelling import shape_of, spelled
from api.pipeline.declare.operations import MEBIBYTE
from api.pipeline.validate import references
from api.pipeline.validate.bodies import parse_json
from api.pipeline.validate.filters import NO_KEY
from api.pipeline.words.refusals import Invalid, Refusal, TooLarge
from api.pipeline.words.violations import OBJECT, Violation

MAX_BYTES = 8 * MEBIBYTE
MAX_UNPACKED = 32 * MEBIBYTE
MAX_OBJECTS = 20_000
MOST_IN_AN_OBJECT = 200
"""Values of one object on average, and commas in its texts: what is small as text is large in memory."""
ENCRYPTED = 0x1
# RuntimeError is what zipfile raises for a form of encryption or compression that it does not know.
UNREADABLE = (
    BadZipFile, zlib.error, struct.error,
    EOFError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(slots=True, eq=False)
class Entry:
    """One object of the zip, and what becomes of it here."""

    file: File
    index: int
    body: dict[str, Any]
    url: str
    uuid: UUID
    pk: UUID = NO_KEY
    """Its key in this municipality."""
    existing: Any = None
    """The row that it is here already."""
    refused: bool = False
    changed: list[str] = field(default_factory=list)
    """What was made of it that the zip has otherwise, and why."""
    instead: Entry | None = None
    """What stands for it here, where it is left out because of a later one."""
    is_left_out: bool = False

    @property
    def place(self) -> str:
        """``ZaakType.json.3``, as a violation names it."""
        return f"{self.file}.{self.index}"

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.body.get(self.file.names[0], ""))[:100]


@dataclass(frozen=True, slots=True)
class Archive:
    """The contents of a zip."""

    entries: dict[str, list[Entry]]
    """By the name of the file, each file present."""
    source: str = ""
    """Scheme and host that it comes from; empty where no manifest says so."""
    catalogus: dict[str, str] = field(default_factory=dict)
    """``domein`` and ``rsin`` of the catalogus that the types stood in."""
    unknown: dict[str, list[str]] = field(default_factory=dict)
    """By the name of the file, the members that mean nothing here."""

    def of(self, file: File) -> list[Entry]:
        return self.entries.get(file.name, [])

    def every(self) -> Iterator[Entry]:
        """In the order in which they can be written."""
        for file in FILES:
            yield from self.of(file)


class TooManyAtOnce(Exception):
    """There is more in the zip than whoever asks has the time for."""


def read_archive(raw: bytes, most: int | None = None) -> Archive:
    """The objects of a zip; raises ``Invalid`` with everything that is wrong with its form.

    ``most`` is how many objects whoever asks has the time for; raises ``TooManyAtOnce`` beyond it, as soon
    as that is clear, and ``TooLarge`` where no time would be enough.
    """
    values = _values(raw, most)
    if most is not None and sum(len(each) for each in values.values() if isinstance(each, list)) > most:
        raise TooManyAtOnce
    manifest = _manifest(values.pop(MANIFEST, {}))
    violations: list[Violation] = []
    entries: dict[str, list[Entry]] = {}
    unknown: dict[str, list[str]] = {}
    for file in FILES:
        if str(file) in values:
            strange: set[str] = set()
            entries[file.name], wrong = _entries(file, values[str(file)], strange)
            unknown[file.name] = [_printable(name) for name in sorted(strange)]
            violations += wrong
    if not any(entries.values()) and not violations:
        violations.append(Violation(OBJECT, "empty", "In de zip staat geen enkel object."))
    if sum(map(len, entries.values())) > MAX_OBJECTS:
        violations = [Violation(OBJECT, "max_length", f"Niet meer dan {MAX_OBJECTS} objecten in een zip.")]
    if violations:
        raise Invalid(violations)
    return Archive(entries, manifest.get("bron", ""), manifest.get("catalogus", {}), unknown)


def _values(raw: bytes, most: int | None) -> dict[str, Any]:
    if len(raw) > MAX_BYTES:
        raise _unreadable(OBJECT, f"De zip is groter dan {MAX_BYTES} bytes.")
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return dict(_parsed(archive, _files(archive.infolist()), most))
    except UNREADABLE as error:
        raise _unreadable(OBJECT, "Dit is geen leesbare zip.") from error


def _files(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    """The files by their names; there may be one folder around them."""
    known = {MANIFEST, *map(str, FILES)}
    folder = _folder(infos)
    named = [(info.filename.removeprefix(folder), info) for info in infos if info.filename != folder]
    for name, times in Counter(name for name, _ in named).items():
        if name not in known:
            raise _unreadable(OBJECT, f"Het bestand '{_printable(name)}' hoort niet in deze zip.")
        if times > 1:
            raise _unreadable(name, "Dit bestand staat meer dan eens in de zip.")
    for name, info in named:
        if info.flag_bits & ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _unreadable(name, "Dit bestand is versleuteld of op onbekende wijze ingepakt.")
    return dict(named)


def _folder(infos: list[ZipInfo]) -> str:
    """``catalogus/``, where everything stands in it; else nothing. It is only a name: nothing is unpacked."""
    folders = {info.filename.partition("/")[0] for info in infos if "/" in info.filename}
    if len(folders) != 1 or folders & {"", ".", ".."}:
        return ""
    folder = f"{folders.pop()}/"
    return folder if all(info.filename.startswith(folder) for info in infos) else ""


def _parsed(archive: ZipFile, files: dict[str, ZipInfo], most: int | None) -> Iterator[tuple[str, Any]]:
    left, values_left = MAX_UNPACKED, MOST_IN_AN_OBJECT * (most or MAX_OBJECTS)
    for name, info in files.items():
        # what the zip says of its sizes is not believed
        with archive.open(info) as file:
            raw = file.read(left + 1)
        left -= len(raw)
        if left < 0:
            raise _unreadable(name, f"Uitgepakt is de zip groter dan {MAX_UNPACKED} bytes.")
        values_left -= sum(map(raw.count, (b",", b"[", b"{")))
        if values_left < 0 and most is not None:
            raise TooManyAtOnce
        if values_left < 0:
            raise TooLarge(f"Niet meer dan {MOST_IN_AN_OBJECT * MAX_OBJECTS} waarden in een zip.")
        try:
            yield name, parse_json(raw)
        except Invalid as refusal:
            raise _unreadable(name, refusal.violations[0].reason) from refusal
        except Refusal as refusal:
            raise _unreadable(name, refusal.detail) from refusal


def _manifest(value: Any) -> dict[str, Any]:
    """``bron`` and ``catalogus``, where the manifest has them in their form."""
    if value == {}:
        return {}
    if not isinstance(value, dict) or (value.get("vorm"), value.get("versie")) != (FORM, VERSION):
        raise _unreadable(MANIFEST, f"Verwachtte een object met vorm '{FORM}' en versie {VERSION}.")
    source, catalogus = value.get("bron", ""), value.get("catalogus", {})
    named = isinstance(catalogus, dict) and all(isinstance(name, str) for name in catalogus.values())
    if not named or (source != "" and not references.is_url(source)):
        raise _unreadable(MANIFEST, "De bron is een URL, de catalogus een object met domein en rsin.")
    return {"bron": source.rstrip("/"), "catalogus": catalogus}


def _entries(file: File, value: Any, strange: set[str]) -> tuple[list[Entry], list[Violation]]:
    if not isinstance(value, list):
        return [], [Violation(str(file), "not_a_list", "Verwachtte een lijst van objecten.")]
    entries, violations = [], []
    seen: set[UUID] = set()
    shape = shape_of(file)
    for index, body in enumerate(value):
        try:
            entry = _entry(file, index, spelled(body, shape, strange))
        except Invalid as refusal:
            violations += refusal.violations
            continue
        if entry.uuid in seen:
            violations.append(Violation(f"{entry.place}.url", "unique", "Dit object staat er al in."))
        seen.add(entry.uuid)
        entries.append(entry)
    return entries, violations


def _entry(file: File, index: int, body: Any) -> Entry:
    if not isinstance(body, dict):
        raise _unreadable(f"{file}.{index}", "Verwachtte een object.")
    url = body.get("url")
    key = url.rpartition("/")[2] if isinstance(url, str) and references.is_url(url) else ""
    if not _UUID.fullmatch(key):
        raise Invalid(
            [Violation(f"{file}.{index}.url", "bad-url", "Verwachtte een URL die op een UUID eindigt.")]
        )
    if not isinstance(body.get("concept", False), bool):
        raise _unreadable(f"{file}.{index}.concept", "Verwachtte true of false.")
    return Entry(file, index, body, str(url), UUID(key))


def _unreadable(name: str, reason: str) -> Invalid:
    return Invalid([Violation(name, "invalid", reason)])


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:80])
