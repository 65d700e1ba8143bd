"""Bring a municipality aboard; again is harmless."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backoffice.bringing import ask_for
from backoffice.work import repeat
from tenants.jobs.asking import JobRefused
from tenants.jobs.models import Job, Step
from tenants.jobs.running import work_through
from tenants.onboarding.asking import KIND, Catalogue, Request, RequestRefused
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

Environment = Municipality.Environment


class Command(BaseCommand):
    help = (
        "Brings a municipality aboard: role and schema, row, hosts, catalogue, a key for a day, invitation"
        " and letter, as far as they are not there. What failed before goes on where it failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--naam", required=True, help="as people know it, e.g. Haarlem")
        parser.add_argument(
            "--schema", required=True, help="its schema in the database, e.g. haarlem or haarlem_acceptatie"
        )
        parser.add_argument(
            "--host",
            required=True,
            action="append",
            help="where it answers, without port; may be given more than once, the first one is the primary",
        )
        parser.add_argument("--cbs-code", help="four digits; left out for a samenwerkingsverband")
        parser.add_argument(
            "--environment",
            choices=Environment.values,
            default=Environment.PRODUCTIE,
            help="a gemeente has one of each, and any number of sandboxes (default: %(default)s)",
        )
        parser.add_argument(
            "--catalogue",
            metavar="none|demo|ZIP",
            default=Catalogue.NONE,
            help="with what it begins: nothing, the five zaaktypen of the demo, or a file that"
            " export_catalogue or Open Zaak wrote (default: %(default)s)",
        )
        parser.add_argument(
            "--administrator",
            metavar="E-MAIL",
            default="",
            help="who is mailed an invitation as first administrator",
        )
        parser.add_argument("--json", action="store_true", help="print what stands and what was done as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        is_named = options["catalogue"] in set(Catalogue) - {Catalogue.ZIP}
        request = Request(
            naam=options["naam"],
            schema=options["schema"],
            hosts=tuple(host.lower() for host in options["host"]),
            cbs_code=options["cbs_code"],
            environment=options["environment"],
            catalogue=options["catalogue"] if is_named else Catalogue.ZIP,
            administrator_email=options["administrator"],
        )
        archive = None if is_named else read(Path(options["catalogue"]))
        job = carried_out(request, archive)
        self.stdout.write(as_json(job) if options["json"] else as_text(job))


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read.") from error


def carried_out(request: Request, archive: bytes | None) -> Job:
    """The job after it was done here; one that failed before goes on where it failed."""
    try:
        job = work_through(asked(request, archive))
    except (RequestRefused, JobRefused) as refused:
        raise CommandError(str(refused)) from refused
    if job.state == Job.State.DONE:
        return job
    failed = job.steps.filter(state=Step.State.FAILED).first()
    raise CommandError(f"{failed}: {failed.error}" if failed else f"The job is {job.state}.")


def asked(request: Request, archive: bytes | None) -> Job:
    """As the wizard asks it, and the page of jobs lets it go on. Raises RequestRefused, or JobRefused."""
    standing = Job.objects.open().filter(kind=KIND, subject=request.schema).first()
    if standing is None:
        return ask_for(request, person=None, by=COMMAND_LINE, archive=archive)
    if standing.state == Job.State.FAILED:
        repeat(standing, person=None, by=COMMAND_LINE)
    return standing


def as_text(job: Job) -> str:
    return "\n".join(job.found["done"] or [f"{job.given['naam']} stood already."])


def as_json(job: Job) -> str:
    municipality = Municipality.objects.get(schema_name=job.given["schema"])
    domains = municipality.domains.order_by("-is_primary", "pk")
    return json.dumps(
        {
            "naam": municipality.naam,
            "schema": municipality.schema_name,
            "cbs_code": municipality.cbs_code,
            "environment": municipality.environment,
            "hosts": [domain.domain for domain in domains],
            "done": job.found["done"],
            "first_key": job.found.get("first_key"),
        },
        ensure_ascii=False,
    )
