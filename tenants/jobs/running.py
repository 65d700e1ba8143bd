"""Running steps: the function and its being done are one transaction, behind a fence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import sentry_sdk
import structlog
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from tenants.jobs.bell import LOGINS, connections_of, ring
from tenants.jobs.kinds import Action, StepFailed, Work, action_of
from tenants.jobs.models import Job, Step
from tenants.jobs.taking import Lease, kept, take
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality
from tenants.registry.postgresql.work import Work as DatabaseWork

STEPS_PER_BELL = 50
LONGEST_SECONDS = 3600
PAUSE_SECONDS = 0.1
LIMITS = {"owner": DatabaseWork.MIGRATION, "app": DatabaseWork.JOB}
"""Within whose limits a step works, by the login of its connection."""

logger = structlog.get_logger(__name__)


class Superseded(Exception):
    """Another has taken the step meanwhile: what was done here is undone, and he says what came of it."""


def work(login: str) -> int:
    """Do what there is to do for this login, which is the process's; the number of steps that were run.

    After so many the process is free for other tasks, and the next bell goes on.
    """
    require_public()
    for done in range(STEPS_PER_BELL):
        step = take(connections_of(login))
        if step is None:
            return done
        run(step)
    return STEPS_PER_BELL


def work_through(job: Job) -> Job:
    """Do one job from here, whatever worker joins in; how it stands then. For who may use either login."""
    deadline = monotonic() + LONGEST_SECONDS
    while (standing := Job.objects.get(pk=job.pk)).state in {Job.State.WAITING, Job.State.RUNNING}:
        step = take(Step.Connection.values, job=standing)
        if step is not None:
            with _login(LOGINS[Step.Connection(step.connection)]):
                run(step)
        elif monotonic() > deadline:
            return standing
        else:
            sleep(PAUSE_SECONDS)
    return standing


@contextmanager
def _login(login: str) -> Iterator[None]:
    before = connection.settings_dict["LOGIN"]
    if before == login:
        yield
        return
    connection.use_login(login)
    try:
        yield
    finally:
        connection.use_login(before)


def run(step: Step) -> None:
    """Run a step that was taken; what became of it stands in its row."""
    with (
        structlog.contextvars.bound_contextvars(job=str(step.job_id), kind=step.job.kind, step=step.name),
        kept(step) as lease,
    ):
        try:
            _carry_out(step, action_of(step.job.kind, step.name), lease)
        except StepFailed as failure:
            _fail(step, str(failure))
        except Superseded:
            logger.warning("step_superseded")
        except Exception as failure:
            logger.exception("step_failed")
            sentry_sdk.capture_exception(failure)  # it rises no further, and somebody has to be woken
            _fail(step, f"Onverwachte fout ({type(failure).__name__}).")


def _carry_out(step: Step, action: Action, lease: Lease) -> None:
    job = Job.objects.select_related("municipality").get(pk=step.job_id)
    work = Work(job, job.municipality, dict(job.found), timezone.now(), lease.report)
    limits = LIMITS[LOGINS[Step.Connection(action.connection)]]
    with connection.doing(limits), transaction.atomic():
        with _place(action, work.municipality):
            action.run(work)
        _finish(step, work.found)


@contextmanager
def _place(action: Action, municipality: Municipality | None) -> Iterator[None]:
    if action.connection != Step.Connection.MUNICIPALITY:
        yield
        return
    if municipality is None or municipality.status == Municipality.Status.BEEINDIGD:
        raise StepFailed("De gemeente van deze taak is er niet (meer).")
    with in_municipality(municipality):
        yield


def _finish(step: Step, found: dict[str, Any]) -> None:
    """The fence is first: who lost the step changes nothing, not of the job either."""
    ours = Step.objects.filter(pk=step.pk, holder=step.holder, state=Step.State.RUNNING)
    if not ours.update(state=Step.State.DONE, ended_at=Now(), error="", holder=None, leased_until=None):
        raise Superseded
    following = Step.objects.filter(job=step.job_id, position__gt=step.position).order_by("position").first()
    if following is None:
        Job.objects.filter(pk=step.job_id).update(found=found, state=Job.State.DONE, ended_at=Now())
        return
    Job.objects.filter(pk=step.job_id).update(found=found)
    if LOGINS[Step.Connection(following.connection)] != LOGINS[Step.Connection(step.connection)]:
        ring(following.connection)


def _fail(step: Step, reason: str) -> None:
    with transaction.atomic():
        ours = Step.objects.filter(pk=step.pk, holder=step.holder, state=Step.State.RUNNING)
        longest = Step._meta.get_field("error").max_length or 0
        if ours.update(state=Step.State.FAILED, error=reason[:longest], ended_at=Now(), holder=None):
            Job.objects.filter(pk=step.job_id).update(state=Job.State.FAILED)
