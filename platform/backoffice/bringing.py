"""From what the wizard was told to the job that does it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.models import Draft
from backoffice.models.draft import DraftQuerySet
from tenants.accounts.log import SYSTEM, note
from tenants.accounts.models import User
from tenants.accounts.person import Person
from tenants.jobs.models import Job
from tenants.onboarding.asking import KIND, Catalogue, Request, RequestRefused, ask_onboarding
from tenants.registry.connection import connection
from tenants.registry.gemeenten import gemeente
from tenants.registry.models import Municipality, MunicipalityQuerySet
from tenants.registry.names import RESERVED

ADMINISTRATOR = "beheerder"
STEPS = ("gemeente", "hosts", "catalogus", ADMINISTRATOR)
CHECK = "controle"
KEPT_FOR = timedelta(days=7)
MOST_CLEARED = 100
"""At one time, with their zips."""
LONGEST_SCHEMA = 40
AREA = "gemeenten"
CATALOGUES = {
    Catalogue.NONE: _("Geen"),
    Catalogue.DEMO: _("Vijf voorbeelden"),
    Catalogue.ZIP: _("Een zip"),
}


@transaction.atomic
def begin(person: Person, schema: str) -> Draft:
    """The one that this person began for the same, else a new one; those left alone are cleared away."""
    User.objects.select_for_update().get(pk=person.user.pk)  # a second click waits, and finds it
    begun = open_drafts(person).filter(answers__gemeente__schema=schema).first()
    if begun is not None:
        return begun
    old = Draft.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)[:MOST_CLEARED]
    for draft in old:
        drop_archive(draft)
        draft.delete()
    return Draft.objects.create(user=person.user)


def open_drafts(person: Person) -> DraftQuerySet:
    """One's own, that can be gone on with."""
    return Draft.objects.of(person.user).filter(job=None, created_at__gte=timezone.now() - KEPT_FOR)


@transaction.atomic
def begin_again(job: Job, person: Person, *, unknown: Sequence[str]) -> Draft:
    """From what was given to a job that was given up, but for a zip, which has to be given again."""
    given = job.given
    draft = begin(person, given["schema"])
    chosen = _of(given, "naam", "environment", "schema")
    answer(draft, "gemeente", {**chosen, "cbs_code": given["cbs_code"] or ""})
    answer(draft, "hosts", {"hosts": given["hosts"], "unknown": list(unknown)})
    if given["catalogue"] != Catalogue.ZIP:
        answer(draft, "catalogus", _of(given, "catalogue"))
    if given["administrator_email"]:
        name, email = given["administrator_name"], given["administrator_email"]
        answer(draft, "beheerder", {"name": name, "email": email})
    draft.refresh_from_db()
    return draft


def may_begin_again(job: Job) -> bool:
    """A former version of the code asked for less."""
    asked = {"naam", "schema", "hosts", "cbs_code", "environment", "catalogue", "administrator_name"}
    return job.kind == KIND and job.state == Job.State.ABANDONED and asked <= job.given.keys()


def _of(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names}


@transaction.atomic
def answer(draft: Draft, step: str, given: Mapping[str, Any]) -> Draft:
    """Keep what was answered at a step, unless it was carried out meanwhile."""
    standing = Draft.objects.select_for_update().get(pk=draft.pk)
    if standing.job_id is None:
        standing.answers[step] = dict(given)
        standing.save(update_fields=["answers"])
    return standing


def keep_archive(draft: Draft, file: File[bytes]) -> None:
    """The zip of a starter catalogue, in the place of one before it."""
    drop_archive(draft)
    draft.archive = storages["jobs"].save(f"{draft.pk}.zip", file)
    draft.save(update_fields=["archive"])


def drop_archive(draft: Draft) -> None:
    if draft.archive:
        storages["jobs"].delete(draft.archive)
        draft.archive = ""
        draft.save(update_fields=["archive"])


def missing_step(draft: Draft) -> str | None:
    """The first that was not answered."""
    return next((step for step in STEPS if step not in draft.answers), None)


def address_of_draft(draft: Draft, step: str) -> str:
    if step == CHECK:
        return reverse("check_gemeente", args=[draft.pk])
    if step == ADMINISTRATOR:
        return reverse("administrator_of_gemeente", args=[draft.pk])
    return reverse("step_of_gemeente", args=[draft.pk, step])


def request_of(draft: Draft) -> Request:
    answers = draft.answers
    return Request(
        naam=answers["gemeente"]["naam"],
        schema=answers["gemeente"]["schema"],
        hosts=tuple(answers["hosts"]["hosts"]),
        cbs_code=answers["gemeente"]["cbs_code"] or None,
        environment=answers["gemeente"]["environment"],
        catalogue=answers["catalogus"]["catalogue"],
        administrator_name=answers["beheerder"]["name"],
        administrator_email=answers["beheerder"]["email"],
    )


@transaction.atomic
def carry_out(draft: Draft, *, person: Person) -> Job:
    """Ask for the job, once: whoever comes second finds it. Raises RequestRefused."""
    standing = Draft.objects.select_for_update().get(pk=draft.pk)
    if standing.job is not None:
        return standing.job
    request = request_of(standing)
    archive = None
    if request.catalogue == Catalogue.ZIP:
        with storages["jobs"].open(standing.archive) as file:
            archive = file.read()
    job = ask_for(request, person=person, archive=archive)
    standing.job = job
    standing.save(update_fields=["job"])
    if standing.archive:
        name = standing.archive
        transaction.on_commit(lambda: storages["jobs"].delete(name))
    return job


@transaction.atomic
def ask_for(
    request: Request, *, person: Person | None, archive: bytes | None = None, by: str = SYSTEM
) -> Job:
    """The job that brings it aboard, with its line in the log; without a person it is `by`.

    Raises RequestRefused.
    """
    _wait_for_others(request.schema)
    refuse_running(request)
    job = ask_onboarding(request, asked_by=by if person is None else str(person.user), archive=archive)
    note(
        person=person,
        by=by,
        area=AREA,
        action="inrichting gevraagd",
        subject=f"{request.naam} ({request.environment})",
        schema=request.schema,
        changes={"hosts": [None, list(request.hosts)]},
    )
    return job


def _wait_for_others(schema: str) -> None:
    """Until whoever asks for the same at this moment is done, and who comes second finds his job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{KIND} {schema}"])


def running_for(cbs_code: str, naam: str, environment: str) -> Job | None:
    """The open job that brings this environment aboard; of a sandbox there may be many."""
    if environment == Municipality.Environment.SANDBOX:
        return None
    asked = Job.objects.open().filter(kind=KIND, given__environment=environment)
    same = asked.filter(given__cbs_code=cbs_code) if cbs_code else asked.filter(given__naam=naam)
    return same.first()


def refuse_running(request: Request) -> None:
    """Another asked for the same: that job goes on, with what was told to it."""
    running = Job.objects.open().filter(kind=KIND, subject=request.schema).first()
    if running is not None:
        sentence = gettext("Deze omgeving wordt al ingericht, gevraagd door %(who)s.")
        raise RequestRefused({"schema": [sentence % {"who": running.asked_by}]})


def sentences_of(refused: RequestRefused) -> list[str]:
    return [sentence for sentences in refused.problems.values() for sentence in sentences]


def already_here(cbs_code: str, naam: str, environment: str) -> Municipality | None:
    """The same environment of the same gemeente, once it was set up; of a sandbox there may be many."""
    return _same(cbs_code, naam, environment).exclude(status=Municipality.Status.IN_INRICHTING).first()


def schema_for(naam: str, environment: str, cbs_code: str) -> str:
    """A name for its schema that nobody has: after the gemeente, and the environment where not production.

    Where an earlier attempt did not come to its end, that is taken up again.
    """
    begun = _same(cbs_code, naam, environment).first()
    if begun is not None:
        return begun.schema_name
    base = _plain(naam)
    if environment != Municipality.Environment.PRODUCTIE:
        base = f"{base[: LONGEST_SCHEMA - len(environment) - 1]}_{environment}"
    taken = set(Municipality.objects.values_list("schema_name", flat=True)) | RESERVED
    taken |= set(Job.objects.open().filter(kind=KIND).values_list("subject", flat=True))
    return next(name for name in _names(base, cbs_code) if name not in taken)


def _same(cbs_code: str, naam: str, environment: str) -> MunicipalityQuerySet:
    if environment == Municipality.Environment.SANDBOX:
        return Municipality.objects.none()
    known = Municipality.objects.filter(environment=environment)
    return known.filter(cbs_code=cbs_code) if cbs_code else known.filter(cbs_code=None, naam=naam)


def name_of(cbs_code: str) -> str:
    known = gemeente(cbs_code)
    return known.naam if known else ""


def hosts_in(text: str) -> Sequence[str]:
    """One a line, or with spaces or commas between them; each once."""
    return list(dict.fromkeys(word for word in re.split(r"[\s,;]+", text.lower()) if word))


def _names(base: str, cbs_code: str) -> Iterator[str]:
    yield base
    if cbs_code:
        yield _joined(base, cbs_code)
    number = 2
    while True:
        yield _joined(base, str(number))
        number += 1


def _joined(base: str, end: str) -> str:
    return f"{base[: LONGEST_SCHEMA - len(end) - 1]}_{end}"


def _plain(naam: str) -> str:
    letters = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", letters.replace("'", "")).strip("_")[:LONGEST_SCHEMA].rstrip("_")
    return word if re.match(r"[a-z]", word) and not word.startswith("pg_") else f"g_{word}"[:LONGEST_SCHEMA]
