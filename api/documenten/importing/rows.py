"""Rows of a table become documents, by all the rules of a POST; one that fails leaves the others alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from api.documenten.content.checking import Unchecked
from api.documenten.content.limits import most_bytes
from api.documenten.content.writing import Stored, TooMuch, checked, remove, write
from api.documenten.importing.folder import NoSuchFile, opened
from api.documenten.importing.table import PATH, ZAAK, Row, body_of
from api.documenten.importing.table import UUID as UUID_COLUMN
from api.documenten.models import EnkelvoudigInformatieObject
from api.documenten.rules.inhoud import CONTENT
from api.pipeline.commit.entry import carry_out_together
from api.pipeline.declare.write import Write
from api.pipeline.http.errors import flatten
from api.pipeline.represent.serializers import attributes, write_serializer
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Conflict, Invalid, Refusal
from api.pipeline.words.registry import resource_for
from api.pipeline.words.violations import OBJECT, Violation
from tenants.registry.storage import PIECE

LONGEST_REMARK = 2000
IMPORTED, NOT_IMPORTED = "Geïmporteerd", "Niet geïmporteerd"


@dataclass(slots=True)
class Prepared:
    """A row that may become a document, with its content in the storage; or why it does not."""

    write: Write | None = None
    stored: Stored | None = None
    remark: str = ""

    @property
    def document(self) -> EnkelvoudigInformatieObject | None:
        """What it became."""
        return self.write.instance if self.write is not None and not self.remark else None

    def take_away(self) -> None:
        """Its content, where no document has it."""
        if self.stored is not None and self.document is None:
            remove(self.stored)


def prepare(row: Row | None, caller: Caller) -> Prepared:
    """Read the row and store its file: not for within a transaction. It is durable once it is settled."""
    if row is None:
        return Prepared(remark="De rij heeft niet zoveel cellen als de kop.")
    try:
        data = _validated(row, caller)
        stored = _stored(row[PATH], caller)
    except (Invalid, Unchecked) as refusal:
        return Prepared(remark=remark_of(refusal))
    data[CONTENT] = stored
    resource = resource_for(EnkelvoudigInformatieObject)
    return Prepared(Write(resource, "create", caller, data), stored)


def make(prepared: Sequence[Prepared]) -> None:
    """Make the documents, in the transaction of the caller; what is refused gets its remark."""
    of_documents = [each for each in prepared if each.write is not None]
    writes = [each.write for each in of_documents if each.write is not None]
    if not writes:
        return
    for each, refusal in zip(of_documents, carry_out_together(writes), strict=True):
        if refusal is not None:
            each.remark = remark_of(refusal)


def remark_of(refusal: Refusal) -> str:
    """Why, in one text that fits."""
    if isinstance(refusal, Conflict):
        return "Een ander document heeft deze UUID of identificatie al."
    if not isinstance(refusal, Invalid):
        return refusal.detail[:LONGEST_REMARK]
    reasons = (
        each.reason if each.name == OBJECT else f"{each.name}: {each.reason}" for each in refusal.violations
    )
    return " ".join(reasons)[:LONGEST_REMARK]


def _validated(row: Row, caller: Caller) -> dict[str, Any]:
    resource: Any = resource_for(EnkelvoudigInformatieObject)
    context = {"caller": caller, "main": resource.main, "present": lambda: None}
    serializer = write_serializer(resource)(data=body_of(row), context=context)
    violations = list(_beside(row))
    if not serializer.is_valid():
        violations += flatten(serializer.errors)
    if violations:
        raise Invalid(violations)
    data = attributes(resource, serializer.validated_data)
    if row[UUID_COLUMN]:
        data["uuid"] = UUID(row[UUID_COLUMN])
    return data


def _beside(row: Row) -> Iterator[Violation]:
    """What is wrong with the columns that are no members of a document."""
    if row[ZAAK]:
        yield Violation(ZAAK, "invalid", "Een document aan een zaak koppelen kan een import niet.")
    if not row[UUID_COLUMN]:
        return
    try:
        key = UUID(row[UUID_COLUMN])
    except ValueError:
        yield Violation(UUID_COLUMN, "invalid", "Dit is geen UUID.")
        return
    if EnkelvoudigInformatieObject.objects.filter(pk=key).exists():
        yield Violation(UUID_COLUMN, "unique", "Er is al een document met deze UUID.")


def _stored(path: str, caller: Caller) -> Stored:
    """The file in the storage, checked. Raises Invalid and Unchecked, and then nothing of it is left."""
    most = most_bytes(caller.municipality)
    try:
        with opened(path) as (file, size):
            if size > most:
                raise _refused(f"Een bestand heeft ten hoogste {most} bytes.")
            return checked(write(_pieces(file), most=most, is_settled=False))
    except NoSuchFile as error:
        raise _refused("Dit bestand is er niet in de importmap.") from error
    except TooMuch as error:
        raise _refused(error.detail) from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _refused(reason: str) -> Invalid:
    return Invalid([Violation(PATH, "invalid", reason)])
