"""An import that takes longer than a request may: long work of the municipality, with a standing to read.

What becomes of it is what the request would have been answered: the report, or the refusal. It is kept
beside the zip, in the municipality's own storage; the zip goes as soon as it is in.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from api.catalogi.exchange.operations import IMPORT, take_in
from api.catalogi.exchange.options import OnDifference, Options
from api.catalogi.exchange.reading import read_archive
from api.catalogi.models import Catalogus
from api.pipeline.authorise.authentication import client_now
from api.pipeline.authorise.judgement import refuse_client, refuse_municipality
from api.pipeline.http.errors import answer_to
from api.pipeline.words.asked import Asked
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Refusal, TooMany
from api.pipeline.words.registry import resource_for
from tenants.jobs.asking import JobRefused, ask, standing
from tenants.jobs.kinds import Connection, Work, step
from tenants.jobs.models import Job
from tenants.registry.context import current_municipality, in_municipality
from tenants.registry.models import Municipality

KIND = "catalogue-import"
STANDINGS = "catalogusinvoeren"
"""The path at which it is read how imports stand."""
DIRECTORY = "invoer"
KEPT_FOR = timedelta(days=30)
"""How long it can be read what became of an import."""
PATIENCE_SECONDS = 60


class Standing(StrEnum):
    """How an import stands."""

    WAITING = "wacht"
    RUNNING = "loopt"
    DONE = "klaar"
    REFUSED = "geweigerd"
    FAILED = "mislukt"


OPEN = {
    Job.State.WAITING: Standing.WAITING,
    Job.State.RUNNING: Standing.RUNNING,
    Job.State.FAILED: Standing.FAILED,
    Job.State.ABANDONED: Standing.FAILED,
}


def ask_import(raw: bytes, options: Options, caller: Caller) -> UUID:
    """Have the zip imported on behalf of the caller; by what it is known. Raises ``TooMany``."""
    name = uuid4()
    zip_file = default_storage.save(f"{DIRECTORY}/{name}.zip", ContentFile(raw))
    given = {
        "archive": zip_file,
        "options": {**asdict(options), "catalogus": options.catalogus and str(options.catalogus)},
        "client_id": caller.client.client_id,
        "origin": caller.origin,
    }
    try:
        job = ask(
            KIND,
            str(name),
            asked_by=caller.client.label or caller.client.client_id,
            given=given,
            municipality=caller.municipality,
        )
    except JobRefused as refused:
        default_storage.delete(zip_file)
        raise TooMany(str(refused)) from refused
    return job.pk


def how_it_stands(uuid: UUID, url: str) -> dict[str, Any] | None:
    """The document of an import of this municipality; ``None`` where there is none."""
    found = standing(KIND, uuid)
    if found is None:
        return None
    job, at = found
    became = _read(job) if job.state == Job.State.DONE else {}
    return {
        "url": url,
        "status": OPEN.get(Job.State(job.state)) or job.found["standing"],
        "gevraagd": _moment(job.created_at),
        "beeindigd": _moment(job.ended_at),
        "verwerkt": None if at is None else at.parts_done,
        "totaal": None if at is None else at.parts_all,
        "verslag": became.get("verslag"),
        "fout": became.get("fout"),
    }


@step("import", "Catalogus invoeren", connection=Connection.MUNICIPALITY)
def import_zip(work: Work) -> None:
    """Import it with the rights that the application has by now; what is refused is no failure of ours."""
    with default_storage.open(work.given["archive"]) as file:
        raw = file.read()
    try:
        with transaction.atomic():
            became = f'{{"verslag": {_taken_in(raw, work)}}}'
        work.found["standing"] = Standing.DONE
    except Refusal as refusal:
        became = f'{{"fout": {_problem(refusal)}}}'
        work.found["standing"] = Standing.REFUSED
    _forget_old(work.now)
    report = f"{DIRECTORY}/{work.job.pk}.json"
    default_storage.delete(report)
    work.found["report"] = default_storage.save(report, ContentFile(became.encode()))
    transaction.on_commit(partial(_delete, work.given["archive"], current_municipality()), robust=True)


def _delete(name: str, municipality: Municipality) -> None:
    with in_municipality(municipality):
        default_storage.delete(name)


def _taken_in(raw: bytes, work: Work) -> str:
    municipality = current_municipality()
    client = client_now(work.given["client_id"])
    resource = resource_for(Catalogus)
    refusal = refuse_municipality(municipality) or refuse_client(resource, IMPORT.scope, client)
    if refusal is not None:
        raise refusal
    asked = Asked(seconds=PATIENCE_SECONDS)
    caller = Caller(client, municipality, work.now, work.given["origin"], asked=asked)
    return take_in(read_archive(raw), _options(work.given["options"]), caller, work.progress)


def _options(given: dict[str, Any]) -> Options:
    catalogus = UUID(given["catalogus"]) if given["catalogus"] else None
    return Options(**{**given, "catalogus": catalogus, "on_difference": OnDifference(given["on_difference"])})


def _problem(refusal: Refusal) -> str:
    """As the request would have been answered."""
    answer = answer_to(refusal)
    assert answer is not None, refusal  # noqa: S101 - of every refusal there is one
    return answer.content.decode()


def _read(job: Job) -> dict[str, Any]:
    try:
        with default_storage.open(job.found["report"]) as file:
            found: dict[str, Any] = json.loads(file.read())
    except FileNotFoundError:
        return {}
    return found


def _forget_old(now: datetime) -> None:
    """What nobody came for in all that time."""
    _, names = default_storage.listdir(DIRECTORY)
    for name in names:
        if default_storage.get_modified_time(f"{DIRECTORY}/{name}") < now - KEPT_FOR:
            default_storage.delete(f"{DIRECTORY}/{name}")


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
