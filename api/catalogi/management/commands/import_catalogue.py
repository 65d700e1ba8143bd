"""``manage.py import_catalogue --municipality haarlem catalogus.zip --dry-run``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.catalogi.exchange.command import chosen_catalogus, command_caller, municipality_named
from api.catalogi.exchange.importing import import_archive
from api.catalogi.exchange.options import OnDifference, Options
from api.catalogi.exchange.reading import MAX_BYTES, read_archive
from api.catalogi.exchange.report import Line, Outcome, Report, counts
from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import OBJECT, Violation
from tenants.registry.context import in_municipality

SAID_EVERY = 100


class Command(BaseCommand):
    """Take in a zip of export_catalogue or of Open Zaak: all of it, or nothing."""

    help = "Imports a catalogus or a zaaktype from a zip, ours or one of Open Zaak."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--catalogus", metavar="DOMEIN", help="put the types there; domein or UUID")
        parser.add_argument(
            "--on-difference",
            choices=[choice.value for choice in OnDifference],
            default=OnDifference.REFUSE.value,
            help="what to do with a type that is here already and differs; only concepts are replaced",
        )
        parser.add_argument("--as-concept", action="store_true", help="publish nothing")
        parser.add_argument(
            "--accept-references", action="store_true", help="do not look up references to the selectielijst"
        )
        parser.add_argument(
            "--leave-out-unknown", action="store_true", help="leave out relations to types that are nowhere"
        )
        parser.add_argument("--prefix", default="", help="to put before each identificatie of a zaaktype")
        parser.add_argument("--force", action="store_true", help="add parts to published zaaktypen, too")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = municipality_named(options["municipality"])
        raw = _read(options["file"])
        started = monotonic()
        with in_municipality(municipality):
            try:
                report = import_archive(
                    read_archive(raw),
                    _options(options),
                    command_caller(municipality, force=options["force"]),
                    self._progress,
                )
            except Invalid as refusal:
                raise CommandError("\n".join(map(_said, refusal.violations))) from refusal
        self._tell(report)
        if report.violations:
            refused = "\n".join(map(_said, report.violations))
            many = "bezwaar" if len(report.violations) == 1 else "bezwaren"
            raise CommandError(f"{refused}\nGeweigerd: {len(report.violations)} {many}, niets geschreven.")
        self.stdout.write(f"{_ending(report)} ({monotonic() - started:.1f} s).")

    def _progress(self, done: int, total: int) -> None:
        if done % SAID_EVERY == 0 or done == total:
            self.stdout.write(f"{done} van {total} objecten")

    def _tell(self, report: Report) -> None:
        for name, lines in report.files().items():
            totals = ", ".join(f"{number} {word}" for word, number in counts(lines).items() if number)
            self.stdout.write(f"{name}: {totals}")
            if unknown := report.unknown_in(lines):
                self.stdout.write(f"  onbekend en niet overgenomen: {', '.join(unknown)}")
            for line in lines:
                self._detail(line)

    def _detail(self, line: Line) -> None:
        if line.outcome is Outcome.REFUSED or not (line.differences or line.left_out or line.entry.changed):
            return
        said = [f"verschilt in {', '.join(line.differences)}"] if line.differences else []
        said += [f"zonder {relation}" for relation in line.left_out]
        said += line.entry.changed
        self.stdout.write(f"  {line.entry.place} ({line.entry.title}) {line.outcome}: {'; '.join(said)}")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"Cannot read {file}: {error.strerror}.") from error


def _options(given: dict[str, Any]) -> Options:
    return Options(
        dry_run=given["dry_run"],
        catalogus=chosen_catalogus(given["catalogus"]).pk if given["catalogus"] else None,
        on_difference=OnDifference(given["on_difference"]),
        as_concept=given["as_concept"],
        accept_references=given["accept_references"],
        leave_out_unknown=given["leave_out_unknown"],
        prefix=given["prefix"],
    )


def _ending(report: Report) -> str:
    if report.dry_run:
        return "Proef: er is niets geschreven"
    written = {Outcome.NEW, Outcome.REPLACED} & {line.outcome for line in report.lines}
    return "Geschreven" if written else "Niets te schrijven: alles blijft zoals het hier stond"


def _said(violation: Violation) -> str:
    """With its place, but for what is said of the zip as a whole."""
    place = "" if violation.name == OBJECT else f"{violation.name}: "
    return f"{place}{violation.reason} ({violation.code})"
