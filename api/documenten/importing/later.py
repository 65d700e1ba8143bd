"""An import is long work of the municipality: in batches, each of which is made and noted in one transaction.

So it goes on after any crash with the row behind the last that was noted, and no row is made twice.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from datetime import datetime, timedelta
from io import StringIO
from itertools import islice
from time import monotonic
from uuid import UUID, uuid4

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from api.documenten.content.writing import settle
from api.documenten.importing import folder
from api.documenten.importing.rows import IMPORTED, NOT_IMPORTED, Prepared, make, prepare
from api.documenten.importing.table import OUTCOME, Row, count_rows, header_of, read_text, rows_of
from api.documenten.importing.table import UUID as UUID_COLUMN
from api.documenten.models import DocumentImport, ImportRegel
from api.pipeline.authorise.authentication import client_now
from api.pipeline.authorise.judgement import refuse_municipality
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Invalid, NotFound, Refusal, TooMany
from api.pipeline.words.violations import OBJECT, Violation
from tenants.jobs.asking import JobRefused, ask
from tenants.jobs.kinds import Connection, Rest, Work, step
from tenants.jobs.models import Job
from tenants.registry.context import current_municipality

KIND = "document-import"
DIRECTORY = "invoer"
MOST_OPEN = 10
"""Imports of one municipality that are not over."""
BATCH = 50
BATCH_BYTES = 64 * 1024 * 1024
"""Of files, after which a batch has rows enough."""
SLICE_SECONDS = 20
KEPT_FOR = timedelta(days=30)
"""How long an import can be asked for after it began."""
OPEN = (DocumentImport.Status.PENDING, DocumentImport.Status.ACTIVE)
BEGUN = (DocumentImport.Status.ACTIVE, DocumentImport.Status.ERROR)

logger = structlog.get_logger(__name__)


def begin() -> DocumentImport:
    """An import that waits for its table. Raises TooMany."""
    if DocumentImport.objects.filter(status__in=OPEN).count() >= MOST_OPEN:
        raise TooMany(
            f"Er staan al {MOST_OPEN} imports open. Wacht tot er een klaar is, of verwijder er een."
        )
    made: DocumentImport = DocumentImport.objects.create()
    return made


def start(uuid: UUID, raw: bytes, caller: Caller) -> None:
    """Have the rows of this table imported on behalf of the caller.

    Raises Invalid, Malformed and TooMany, and then the import waits for its table still; or NotFound.
    """
    text = read_text(raw)
    total = count_rows(text)
    if not folder.is_there():
        raise _invalid("import-dir-not-found", "De importmap van de gemeente is er niet.")
    table = default_storage.save(f"{DIRECTORY}/{uuid4()}.csv", ContentFile(text.encode()))
    try:
        _activate(uuid, table, total, caller)
    except BaseException:
        default_storage.delete(table)
        raise


@transaction.atomic
def _activate(uuid: UUID, table: str, total: int, caller: Caller) -> None:
    standing = _locked(uuid)
    if standing.status != DocumentImport.Status.PENDING:
        raise _invalid("invalid-status", f"De import is al {standing.get_status_display().lower()}.")
    standing.status, standing.total, standing.table = DocumentImport.Status.ACTIVE, total, table
    standing.save(update_fields=["status", "total", "table"])
    _ask(uuid, caller)


def delete(uuid: UUID) -> None:
    """With its table and report; the documents stay. Raises Invalid while it runs, and NotFound."""
    with transaction.atomic():
        standing = _locked(uuid)
        if standing.status == DocumentImport.Status.ACTIVE:
            raise _invalid("import-invalid-status", "De import loopt nog.")
        standing.delete()
    if standing.table:
        default_storage.delete(standing.table)


def forget_old(now: datetime) -> None:
    """Delete imports of which nobody needs the report any more."""
    old = DocumentImport.objects.exclude(status=DocumentImport.Status.ACTIVE)
    for uuid in list(old.filter(created_on__lt=now - KEPT_FOR).values_list("pk", flat=True)[:1000]):
        with suppress(Invalid, NotFound):  # somebody took it up or away meanwhile
            delete(uuid)


def report_of(standing: DocumentImport) -> str:
    """The table as it came, with what became of each row behind it."""
    text = _text_of(standing)
    header = header_of(text)
    written = StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow([*header, *OUTCOME])
    regels = standing.regels.order_by("nummer").iterator()
    for regel, (line, row) in zip(regels, rows_of(text), strict=False):
        lines.writerow([*_told(header, line, row, regel), *_outcome(regel)])
    return written.getvalue()


def break_off(job: Job) -> None:
    """Its client learns that it goes on no more, unless somebody has the job run again."""
    standing = DocumentImport.objects.filter(
        pk=job.given["import"], status=DocumentImport.Status.ACTIVE
    ).first()
    if standing is not None:
        _finish(standing, DocumentImport.Status.ERROR)


@step(
    "import",
    "Documenten importeren",
    connection=Connection.MUNICIPALITY,
    is_undoable=False,
    failed=break_off,
)
def import_documents(work: Work) -> None:
    """In slices, with the rights that the application has by now; one that was broken off goes on."""
    standing = DocumentImport.objects.filter(pk=work.given["import"], status__in=BEGUN).first()
    if standing is None:
        return
    if standing.status == DocumentImport.Status.ERROR:
        standing.status, standing.finished_on = DocumentImport.Status.ACTIVE, None
        standing.save(update_fields=["status", "finished_on"])
    try:
        caller = _caller(work)
    except Refusal:
        _finish(standing, DocumentImport.Status.ERROR)
        return
    until = monotonic() + SLICE_SECONDS
    rows = islice((row for _, row in rows_of(_text_of(standing))), standing.processed, None)
    while batch := _prepared(rows, caller):
        _note(standing, batch)
        work.progress(standing.processed, standing.total)
        if monotonic() >= until:
            raise Rest
    _finish(standing, DocumentImport.Status.FINISHED)


def _locked(uuid: UUID) -> DocumentImport:
    """In the transaction of the caller. Raises NotFound."""
    standing = DocumentImport.objects.select_for_update().filter(pk=uuid).first()
    if standing is None:
        raise NotFound
    return standing


def _caller(work: Work) -> Caller:
    """Raises a Refusal where the application may import no longer."""
    municipality = current_municipality()
    client = client_now(work.given["client_id"])
    restricted = refuse_municipality(municipality)
    if restricted is not None:
        raise restricted
    if not client.heeft_alle_autorisaties:
        raise Refusal
    return Caller(client, municipality, timezone.now(), work.given["origin"])


def _prepared(rows: islice[Row | None], caller: Caller) -> list[Prepared]:
    """The next rows: so many, or so many bytes."""
    batch: list[Prepared] = []
    size = 0
    try:
        for row in rows:
            batch.append(prepare(row, caller))
            stored = batch[-1].stored
            size += stored.omvang if stored else 0
            if len(batch) == BATCH or size >= BATCH_BYTES:
                break
    except BaseException:
        _take_away(batch)
        raise
    return batch


def _note(standing: DocumentImport, batch: list[Prepared]) -> None:
    """Make the documents of a batch, and note what became of each row, or neither.

    Where it ends unexpectedly nobody knows whether they were made: the sweep takes what has no row.
    """
    try:
        settle([each.stored for each in batch if each.stored is not None])
    except BaseException:
        _take_away(batch)
        raise
    try:
        _make(standing, batch)
    except Rest:
        _take_away(batch)  # of which nothing was made
        raise
    _take_away(batch)


@transaction.atomic
def _make(standing: DocumentImport, batch: list[Prepared]) -> None:
    """Raises Rest where another was here first, and is further."""
    processed = standing.processed
    standing.refresh_from_db(from_queryset=DocumentImport.objects.select_for_update())
    if standing.processed != processed:
        raise Rest
    make(batch)
    ImportRegel.objects.bulk_create(
        _regel(standing, number, each) for number, each in enumerate(batch, processed + 1)
    )
    made = sum(each.document is not None for each in batch)
    standing.processed += len(batch)
    standing.processed_successfully += made
    standing.processed_invalid += len(batch) - made
    standing.save(update_fields=["processed", "processed_successfully", "processed_invalid"])


def _take_away(batch: list[Prepared]) -> None:
    for each in batch:
        each.take_away()


def _regel(standing: DocumentImport, number: int, row: Prepared) -> ImportRegel:
    document = row.document
    if document is None:
        return ImportRegel(of_import=standing, nummer=number, opmerking=row.remark)
    return ImportRegel(
        of_import=standing, nummer=number, document=document.pk, identificatie=document.identificatie
    )


def _finish(standing: DocumentImport, status: DocumentImport.Status) -> None:
    standing.status, standing.finished_on = status, timezone.now()
    standing.save(update_fields=["status", "finished_on"])
    logger.info("import_over", status=status.value, made=standing.processed_successfully)


def _ask(uuid: UUID, caller: Caller) -> None:
    given = {"import": str(uuid), "client_id": caller.client.client_id, "origin": caller.origin}
    asked_by = caller.client.label or caller.client.client_id
    try:
        ask(KIND, str(uuid), asked_by=asked_by, given=given, municipality=caller.municipality)
    except JobRefused as refused:
        raise TooMany(str(refused)) from refused


def _text_of(standing: DocumentImport) -> str:
    with default_storage.open(standing.table) as file:
        return bytes(file.read()).decode()


def _told(header: list[str], line: list[str], row: Row | None, regel: ImportRegel) -> list[str]:
    """The row as it came, with the key and number that its document got."""
    if row is None or regel.document is None:
        return [*line, *[""] * (len(header) - len(line))]
    made = {UUID_COLUMN: str(regel.document), "identificatie": regel.identificatie}
    return [made.get(name, row[name]) for name in header]


def _outcome(regel: ImportRegel) -> tuple[str, str]:
    return regel.opmerking, NOT_IMPORTED if regel.document is None else IMPORTED


def _invalid(code: str, reason: str) -> Invalid:
    return Invalid([Violation(OBJECT, code, reason)])
