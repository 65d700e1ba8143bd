"""Writing the contents of a zip: as a client would that sends one object after the other.

Types are made as concepts, get their parts and are published last; every write goes through the rules
of its resource and leaves behind what any write does. It is all or nothing: a trial run is the real one,
rolled back, and so is a run in which anything is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from rest_framework import serializers

from api.catalogi.exchange.comparison import differences
from api.catalogi.exchange.layout import BESLUITTYPE, CATALOGUS, INFORMATIEOBJECTTYPE, ZAAKTYPE, File
from api.catalogi.exchange.mending import mend
from api.catalogi.exchange.options import OnDifference, Options
from api.catalogi.exchange.planning import Plan
from api.catalogi.exchange.reading import Archive, Entry
from api.catalogi.exchange.references import ask_about_references
from api.catalogi.exchange.report import Line, Outcome, Report
from api.catalogi.exchange.translation import Translated, Translation
from api.catalogi.models import Catalogus
from api.pipeline.commit.entry import carry_out_together
from api.pipeline.declare.write import Write
from api.pipeline.http.errors import flatten
from api.pipeline.represent.serializers import attributes, write_serializer
from api.pipeline.validate.values import ELSEWHERE, MISDIRECTED
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Conflict, Invalid, Refusal
from api.pipeline.words.violations import OBJECT, Violation

Progress = Callable[[int, int], None]
"""Is told how many objects are done, and of how many."""

LONGEST_GENERIEK = 80
TOGETHER = 250
"""How many new objects are made at once."""
PUBLISHED = (INFORMATIEOBJECTTYPE, BESLUITTYPE, ZAAKTYPE)


def import_archive(
    archive: Archive, options: Options, caller: Caller, progress: Progress | None = None
) -> Report:
    """Take the zip in; the report says whether, and what became of each object.

    Raises ``Invalid`` where the chosen catalogus is not here, ``Forbidden`` without the scopes.
    """
    if not options.accept_references:
        ask_about_references(archive, caller)
    with caller.asked.closed(), transaction.atomic():
        # two imports go one after the other; a type that is made meanwhile waits for neither
        list(Catalogus.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        report = _Import(archive, options, caller, progress).run()
        # what PostgreSQL checks at the end only, a trial run should meet as well
        connection.check_constraints()
        if not report.is_carried_out:
            transaction.set_rollback(True)
    return report


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A new object that is valid by itself, and what it is to become once it is there."""

    line: Line
    write: Write
    given: dict[str, Any]
    later: dict[str, Any]

    @property
    def of(self) -> File:
        return self.line.entry.file


class _Import:
    """One run, inside its transaction."""

    def __init__(self, archive: Archive, options: Options, caller: Caller, progress: Progress | None) -> None:
        self.archive = archive
        self.options = options
        self.caller = caller
        self.progress = progress
        target = _target(options)
        mend(archive, target)
        self.plan = Plan(archive, target, options.prefix)
        self.translation = Translation(self.plan, options, caller, archive.source)
        self.serializers: dict[str, Any] = {}
        self.known: dict[UUID, Any] = {e.pk: e.existing for e in archive.every() if e.existing is not None}
        """Rows that others refer to, as they stand now."""
        if self.plan.target is not None:
            self.known[self.plan.target.pk] = self.plan.target
        self.report = Report(options.dry_run, archive.unknown)
        self.waiting: list[_Waiting] = []
        """New objects of one file, which are made together."""

    def run(self) -> Report:
        entries = list(self.archive.every())
        for done, entry in enumerate(entries, start=1):
            if self.waiting and (self.waiting[0].of is not entry.file or len(self.waiting) == TOGETHER):
                self._make()
            self.report.lines.append(self._take(entry))
            if self.progress is not None:
                self.progress(done, len(entries))
        self._make()
        wanted = [line for line in self.report.lines if self._is_published(line)]
        for _, of_file in groupby(wanted, key=lambda line: line.entry.file):
            self._publish(list(of_file))
        return self.report

    def _take(self, entry: Entry) -> Line:
        if entry.file is CATALOGUS and self.plan.given is not None:
            return Line(entry, Outcome.KEPT)
        if entry.is_left_out:
            return Line(entry, Outcome.LEFT_OUT)
        translated = self.translation.of(entry)
        if translated.is_left_out:
            return Line(entry, Outcome.LEFT_OUT, left_out=translated.left_out)
        line = Line(entry, Outcome.NEW, left_out=translated.left_out)
        try:
            data = self._validated(entry, translated)
            if entry.existing is None:
                self._create(line, data)
            else:
                self._meet(line, data)
        except Invalid as refusal:
            line.violations += refusal.violations
        except Conflict as refusal:
            line.violations.append(Violation(OBJECT, refusal.code, refusal.detail))
        self._close(line)
        return line

    def _close(self, line: Line) -> None:
        if line.violations:
            line.outcome = Outcome.REFUSED
            line.entry.refused = True

    def _validated(self, entry: Entry, translated: Translated) -> dict[str, Any]:
        resource = entry.file.resource
        serializer = self.serializers.get(entry.file.name)
        if serializer is None:
            serializer = write_serializer(resource)(context={"caller": self.caller, "known": self.known})
            self.serializers[entry.file.name] = serializer
        try:
            return attributes(resource, serializer.run_validation(translated.body))
        except serializers.ValidationError as error:
            raise Invalid([_explained(each, translated) for each in flatten(error.detail)]) from error

    def _create(self, line: Line, data: dict[str, Any]) -> None:
        entry = line.entry
        if self._belongs_to_kept_zaaktype(data):
            line.outcome = Outcome.KEPT
            return
        later = _later(data)
        given = {name: value for name, value in data.items() if name not in later}
        write = self._write(entry, "create", {**given, **self._generiek(entry), "uuid": entry.pk})
        is_numbered = entry.file is ZAAKTYPE and not given.get("identificatie")
        if is_numbered:
            # it gets the number after the highest, so those before it have to be there
            self._make()
        self.waiting.append(_Waiting(line, write, given, later))
        if is_numbered:
            self._make()

    def _make(self) -> None:
        """Make what waits; then what can only be written once it is there."""
        made, self.waiting = self.waiting, []
        refusals = carry_out_together([each.write for each in made])
        for each, refusal in zip(made, refusals, strict=True):
            refused = refusal or self._complete(each)
            if refused is not None:
                each.line.violations += _violations(refused)
            self._close(each.line)

    def _complete(self, made: _Waiting) -> Refusal | None:
        """What the operation made otherwise than the zip has it becomes what the zip has."""
        self.known[made.line.entry.pk] = made.write.instance
        changed = {
            name: value
            for name, value in made.given.items()
            if name in made.write.data and made.write.data[name] != value
        }
        later = {**made.later, **changed}
        return self._change(made.line.entry, later) if later else None

    def _meet(self, line: Line, data: dict[str, Any]) -> None:
        """The object is here already: the same, or not."""
        entry = line.entry
        write = Write(entry.file.resource, "partial_update", self.caller, data, entry.existing)
        different = differences(write)
        line.differences = [*different]
        if self._concept_differs(entry):
            line.differences.append("concept")
        line.outcome = Outcome.EQUAL
        if not line.differences:
            return
        if self.options.on_difference is OnDifference.KEEP:
            line.outcome = Outcome.KEPT
        elif self.options.on_difference is OnDifference.REPLACE and _is_concept(entry):
            line.outcome = Outcome.REPLACED
            changed = {attribute: data[attribute] for each in different.values() for attribute in each}
            refusal = self._change(entry, changed) if changed else None
            if refusal is not None:
                raise refusal
        else:
            members = ", ".join(line.differences)
            reason = f"Hier bestaat dit al, met een andere waarde voor: {members}."
            raise Invalid([Violation(OBJECT, "import-conflict", reason)])

    def _write(self, entry: Entry, action: str, data: dict[str, Any]) -> Write:
        asking = not self.options.accept_references
        return Write(entry.file.resource, action, self.caller, data, asking=asking)

    def _change(self, entry: Entry, data: dict[str, Any]) -> Refusal | None:
        """Write to a row that is here, after what waits: the zip says in which order."""
        self._make()
        write = self._write(entry, "partial_update", data)
        (refusal,) = carry_out_together([write], [entry.pk])
        if refusal is None:
            self.known[entry.pk] = write.instance
        return refusal

    def _generiek(self, entry: Entry) -> dict[str, str]:
        """What the selectielijst would say, where it is not asked."""
        given = entry.body.get("omschrijvingGeneriek")
        if entry.file.name != "ResultaatType" or not isinstance(given, str):
            return {}
        return {"omschrijving_generiek": given[:LONGEST_GENERIEK]}

    def _belongs_to_kept_zaaktype(self, data: dict[str, Any]) -> bool:
        """A part that a published zaaktype here has not got, while everything here is to stay as it is."""
        zaaktype = data.get("zaaktype")
        return (
            self.options.on_difference is OnDifference.KEEP and zaaktype is not None and not zaaktype.concept
        )

    def _concept_differs(self, entry: Entry) -> bool:
        if self.options.as_concept or entry.file not in PUBLISHED or "concept" not in entry.body:
            return False
        return bool(entry.existing.concept != entry.body["concept"])

    def _is_published(self, line: Line) -> bool:
        wanted = line.entry.file in PUBLISHED and line.entry.body.get("concept") is False
        return wanted and not self.options.as_concept and line.outcome in (Outcome.NEW, Outcome.REPLACED)

    def _publish(self, lines: list[Line]) -> None:
        writes = [self._write(line.entry, "publish", {"concept": False}) for line in lines]
        refusals = carry_out_together(writes, [line.entry.pk for line in lines])
        for line, refusal in zip(lines, refusals, strict=True):
            if refusal is not None:
                line.violations += _violations(refusal)
            self._close(line)


def _violations(refusal: Refusal) -> list[Violation]:
    if isinstance(refusal, Invalid):
        return refusal.violations
    return [Violation(OBJECT, refusal.code, refusal.detail)]


def _target(options: Options) -> Catalogus | None:
    if options.catalogus is None:
        return None
    catalogus = Catalogus.objects.filter(pk=options.catalogus).first()
    if catalogus is None:
        raise Invalid([Violation("catalogus", "bad-url", "Deze catalogus bestaat hier niet.")])
    return catalogus


def _is_concept(entry: Entry) -> bool:
    if entry.file is CATALOGUS:
        return True
    version = entry.existing if entry.file in PUBLISHED else entry.existing.zaaktype
    return bool(version.concept)


def _later(data: dict[str, Any]) -> dict[str, Any]:
    """Dates of a part: none where they are its zaaktype's; others can be given once the part is there."""
    zaaktype = data.get("zaaktype")
    later: dict[str, Any] = {}
    for attribute in ("begin_geldigheid", "einde_geldigheid") if zaaktype is not None else ():
        value = data.pop(attribute, None)
        if value is not None and value != getattr(zaaktype, attribute):
            later[attribute] = value
    return later


def _explained(violation: Violation, translated: Translated) -> Violation:
    if violation.code == ELSEWHERE:
        return Violation(violation.name, "bad-url", MISDIRECTED["bad-url"])
    reason = translated.reasons.get(violation.name)
    if reason is None and violation.code == "bad-url":
        reason = translated.unknown.get(violation.name.partition(".")[0])
    return Violation(violation.name, violation.code, reason) if reason else violation
