"""Which kinds of jobs there are, and what their steps do.

They are dotted paths in settings, so that each house adds its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from tenants.jobs.models import Job, Step
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

logger = structlog.get_logger(__name__)

Connection = Step.Connection
Progress = Callable[[int, int], None]
"""Is told how many parts are done, and of how many."""


class StepFailed(Exception):
    """An expected failure of a step; its text is shown to people, so it quotes nothing of others."""


class Rest(Exception):
    """A bounded part of a step that cannot be undone is done: others go first, then it is run again.

    It is no failure and no attempt. What it found out so far is kept.
    """


@dataclass(frozen=True, slots=True)
class Work:
    """What a step is given."""

    job: Job
    municipality: Municipality | None
    """Whose job it is; inside it where the step says so. None before there is one."""
    found: dict[str, Any]
    """What earlier steps found out; what is added is kept when the step is done."""
    now: datetime
    progress: Progress

    @property
    def given(self) -> dict[str, Any]:
        given: dict[str, Any] = self.job.given
        return given


Run = Callable[[Work], None]
Failed = Callable[[Job], None]


@dataclass(frozen=True, slots=True)
class Action:
    """What a step does. It may be run again after any failure, also after it was done and nobody knew."""

    name: str
    label: str
    """In Dutch, as the page of the job calls it."""
    connection: Step.Connection
    run: Run
    is_undoable: bool = True
    """Whether all that it does can be undone. What cannot (files that were moved) is noted by transactions of
    its own, which stay where the step itself is not done."""
    failed: Failed | None = None
    """What follows, in the same place, when it is not run again unless somebody asks."""

    def __call__(self, work: Work) -> None:
        self.run(work)


def step(
    name: str,
    label: str,
    *,
    connection: Step.Connection,
    is_undoable: bool = True,
    failed: Failed | None = None,
) -> Callable[[Run], Action]:
    """Mark a function as a step: its database work and its being done are one transaction, if undoable."""
    return lambda run: Action(name, label, connection, run, is_undoable, failed)


@cache
def actions(kind: str) -> tuple[Action, ...]:
    """The steps of a kind of job, in order. Raises KeyError for a kind that nobody has."""
    return tuple(import_string(path) for path in settings.JOB_KINDS[kind])


def action_of(kind: str, name: str) -> Action:
    """Raises LookupError for a step that a former version of the code had."""
    return {each.name: each for each in actions(kind)}[name]


@transaction.atomic
def follow_failure(step: Step) -> None:
    """What its action does when it failed, in the transaction of whoever notes that.

    Where that goes wrong itself, the step failed all the same.
    """
    job = Job.objects.select_related("municipality").get(pk=step.job_id)
    try:
        action = action_of(job.kind, step.name)
    except LookupError:
        return
    municipality = job.municipality
    if action.failed is None or municipality is None:
        return
    try:
        with in_municipality(municipality), transaction.atomic():
            action.failed(job)
    except Exception:
        logger.exception("failure_not_followed", job=str(job.pk), step=step.name)
