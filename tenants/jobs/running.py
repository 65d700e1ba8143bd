"""Running steps: the function and its being done are one transaction, behind a fence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import sentry_sdk
import structlog
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from tenants.jobs.bell import LOGINS, connections_of, ring
from tenants.jobs.kinds import Action, Rest, StepFailed, Work, action_of, follow_failure
from tenants.jobs.models import Job, Step
from tenants.jobs.taking import Lease, kept, take
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality
from tenants.registry.postgresql.work import Work as DatabaseWork

STEPS_PER_BELL = 50
LONGEST_SECONDS = 3600
PAUSE_SECONDS = 0.1
REST_SECONDS = 1
LIMITS = {"owner": DatabaseWork.MIGRATION, "app": DatabaseWork.JOB}
"""Within whose limits a step works, by the login of its connection."""

logger = structlog.get_logger(__name__)


class Superseded(Exception):
    """Another has taken the step meanwhile: what was done here is undone, and he says what came of it."""


def work(login: str) -> int:
    """Do what there is to do for this login, which is the process's; the number of steps that were run.

    After so many the process is free for other tasks, and the next bell goes on. A job that rests has had
    its turn: it waits for that bell too.
    """
    require_public()
    rested: set[UUID] = set()
    for done in range(STEPS_PER_BELL):
        step = take(connections_of(login), besides=rested)
        if step is None:
            return done
        if run(step):
            rested.add(step.job_id)
    return STEPS_PER_BELL


def work_through(job: Job) -> Job:
    """Do one job from here, whatever worker joins in; how it stands then. For who may use either login."""
    deadline = monotonic() + LONGEST_SECONDS
    while (standing := Job.objects.get(pk=job.pk)).state in {Job.State.WAITING, Job.State.RUNNING}:
        step = take(Step.Connection.values, job=standing)
        if step is not None:
            with _login(LOGINS[Step.Connection(step.connection)]):
                rests = run(step)
            if rests:
                sleep(REST_SECONDS)
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


def run(step: Step) -> bool:
    """Run a step that was taken; what became of it stands in its row. Whether it rests, with more to do."""
    with (
        structlog.contextvars.bound_contextvars(job=str(step.job_id), kind=step.job.kind, step=step.name),
        kept(step) as lease,
    ):
        try:
            return _carry_out(step, action_of(step.job.kind, step.name), lease)
        except StepFailed as failure:
            _fail(step, str(failure))
        except Superseded:
            logger.warning("step_superseded")
        except Exception as failure:
            logger.exception("step_failed")
            sentry_sdk.capture_exception(failure)  # it rises no further, and somebody has to be woken
            _fail(step, f"Onverwachte fout ({type(failure).__name__}).")
    return False


def _carry_out(step: Step, action: Action, lease: Lease) -> bool:
    """Whether it rests."""
    job = Job.objects.select_related("municipality").get(pk=step.job_id)
    work = Work(job, job.municipality, dict(job.found), timezone.now(), lease.report)
    limits = LIMITS[LOGINS[Step.Connection(action.connection)]]
    with connection.doing(limits):
        if not action.is_undoable and _rests(action, work):
            _rest(step, work.found, lease)
            return True
        with transaction.atomic():
            if action.is_undoable:
                _act(action, work)
            _finish(step, work.found)
    return False


def _rests(action: Action, work: Work) -> bool:
    try:
        _act(action, work)
    except Rest:
        return True
    return False


def _act(action: Action, work: Work) -> None:
    with _place(action, work.municipality):
        action.run(work)


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


@transaction.atomic
def _rest(step: Step, found: dict[str, Any], lease: Lease) -> None:
    """How far it is stays to be read; who lost the step changes nothing."""
    done, of = lease.parts or (None, None)
    ours = Step.objects.filter(pk=step.pk, holder=step.holder, state=Step.State.RUNNING)
    rests = ours.update(
        state=Step.State.WAITING,
        holder=None,
        leased_until=None,
        attempts=0,
        parts_done=done,
        parts_all=of,
    )
    if not rests:
        raise Superseded
    Job.objects.filter(pk=step.job_id).update(found=found)


def _fail(step: Step, reason: str) -> None:
    with transaction.atomic():
        ours = Step.objects.filter(pk=step.pk, holder=step.holder, state=Step.State.RUNNING)
        longest = Step._meta.get_field("error").max_length or 0
        if ours.update(state=Step.State.FAILED, error=reason[:longest], ended_at=Now(), holder=None):
            Job.objects.filter(pk=step.job_id).update(state=Job.State.FAILED)
            follow_failure(step)
