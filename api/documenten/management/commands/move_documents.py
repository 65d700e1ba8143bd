"""Move the contents of a municipality's documents to another storage; again goes on with it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from api.documenten.models import VerlatenInhoud
from api.documenten.moving import USUAL_MEGABYTES, Held, Move, MoveRefused, ask_move, held
from tenants.jobs.asking import JobRefused
from tenants.jobs.models import Job, Step
from tenants.jobs.running import work_through
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = (
        "Moves the contents of a municipality's documents to another storage while it stays in use. New ones"
        " go there at once; each of the others is copied, compared and only then looked for there. What was"
        " left behind is deleted after a grace. May be ended at any moment: called again it goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--to", metavar="ALIAS", help="the storage to move to, and to use from now on")
        wanted.add_argument("--show", action="store_true", help="only say where contents are")
        parser.add_argument("--from", metavar="ALIAS", default="", help="move those alone that are there")
        parser.add_argument(
            "--rate",
            type=int,
            default=USUAL_MEGABYTES,
            metavar="MB",
            help="read at most so many in a second (default: %(default)s)",
        )
        parser.add_argument(
            "--later",
            action="store_true",
            help="let the workers do it; how far they are is on the page Taken",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        found = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if found is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        if not options["show"]:
            wanted = Move(options["to"], options["from"], options["rate"])
            self._move(found, wanted, later=options["later"])
            found.refresh_from_db(fields=["storage"])
        for line in standing(found):
            self.stdout.write(line)

    def _move(self, municipality: Municipality, wanted: Move, *, later: bool) -> None:
        try:
            job = ask_move(municipality, wanted, by=COMMAND_LINE)
        except (MoveRefused, JobRefused) as refused:
            raise CommandError(str(refused)) from refused
        if later:
            self.stdout.write(f"Asked: job {job.pk}.")
            return
        job = work_through(job)
        if job.state != Job.State.DONE:
            failed = job.steps.filter(state=Step.State.FAILED).first()
            raise CommandError(f"{failed}: {failed.error}" if failed else f"The job is {job.state}.")


def standing(municipality: Municipality) -> list[str]:
    """Where the contents are by now."""
    with in_municipality(municipality):
        lines = [line_of(each, municipality.storage) for each in held()] or ["No contents yet."]
        left = VerlatenInhoud.objects.count()
    return [*lines, f"{left} files wait to be deleted."] if left else lines


def line_of(each: Held, current: str) -> str:
    used = ", where new ones go" if each.opslag == current else ""
    return f"{each.opslag}: {each.count} contents of {each.size / MEGABYTE:.1f} MB{used}."
