"""Asking for long work, asking for it again, and giving it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from tenants.jobs.bell import ring
from tenants.jobs.kinds import actions
from tenants.jobs.models import Job, Step
from tenants.registry.connection import connection
from tenants.registry.context import WrongMunicipality, current_municipality, in_public, require_public
from tenants.registry.models import Municipality

MAX_OPEN = 10
"""How many jobs of one municipality may be open at once."""


class JobRefused(ValueError):
    """The job cannot be asked for, or not be run again, as things stand."""


@transaction.atomic
def ask(  # by name, all but two
    kind: str,
    subject: str,
    *,
    asked_by: str,
    given: dict[str, Any],
    municipality: Municipality | None = None,
) -> Job:
    """The job, which is done as soon as a worker is free; the one that is open where there is one.

    Inside a municipality one asks for that municipality alone. Raises JobRefused.
    """
    inside = connection.tenant
    if isinstance(inside, Municipality) and inside != municipality:
        raise WrongMunicipality(f"A job of {municipality} was asked inside {inside}.")
    if municipality is not None:
        # What a municipality asks never meets what another asks.
        subject = f"{municipality.schema_name}/{subject}"
    with in_public():
        if municipality is not None and municipality.jobs.open().count() >= MAX_OPEN:
            raise JobRefused(
                gettext("Er staan al %(most)s taken open. Wacht tot er een klaar is.") % {"most": MAX_OPEN}
            )
        job, is_new = Job.objects.get_or_create(
            kind=kind,
            subject=subject,
            ended_at=None,
            defaults={"asked_by": asked_by, "given": given, "municipality": municipality},
        )
        if is_new:
            Step.objects.bulk_create(
                Step(job=job, position=position, name=action.name, connection=action.connection)
                for position, action in enumerate(actions(kind))
            )
            ring(actions(kind)[0].connection)
    return job


def standing(kind: str, uuid: UUID) -> tuple[Job, Step | None] | None:
    """A job of the municipality that one is in, with the step that it is at; None for any other."""
    municipality = current_municipality()
    with in_public():
        job = Job.objects.of(municipality).filter(kind=kind, pk=uuid).first()
        if job is None:
            return None
        return job, job.steps.exclude(state=Step.State.DONE).first()


@transaction.atomic
def run_again(job: Job) -> None:
    """Let a job that failed go on at the step that failed. Raises JobRefused."""
    require_public()
    standing = Job.objects.select_for_update().get(pk=job.pk)
    if standing.state != Job.State.FAILED:
        raise JobRefused(
            gettext("Deze taak is niet mislukt, maar: %(state)s.")
            % {"state": standing.get_state_display().lower()}
        )
    failed = standing.steps.get(state=Step.State.FAILED)
    failed.attempts_before = failed.attempts_in_all
    failed.state, failed.error, failed.attempts = Step.State.WAITING, "", 0
    failed.save(update_fields=["state", "error", "attempts", "attempts_before"])
    standing.state = Job.State.WAITING
    standing.save(update_fields=["state"])
    ring(failed.connection)


@transaction.atomic
def abandon(job: Job, *, now: datetime) -> None:
    """End a job that failed; what its steps did stays. Raises JobRefused."""
    require_public()
    standing = Job.objects.select_for_update().get(pk=job.pk)
    if standing.state != Job.State.FAILED:
        raise JobRefused(gettext("Alleen een taak die mislukt is kan worden afgebroken."))
    standing.state, standing.ended_at = Job.State.ABANDONED, now
    standing.save(update_fields=["state", "ended_at"])
