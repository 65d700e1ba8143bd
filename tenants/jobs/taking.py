"""Taking a step: one worker has it, for as long as it renews its lease."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import monotonic
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from tenants.jobs.kinds import follow_failure
from tenants.jobs.models import Job, Step
from tenants.registry.connection import connection

MAX_ATTEMPTS = 5
"""A step whose worker died so often is not given to another: it may be what kills them."""

logger = structlog.get_logger(__name__)


def take(
    connections: Sequence[str], *, job: Job | None = None, besides: Collection[UUID] = ()
) -> Step | None:
    """The next step that is to be done on one of these connections, now ours; None where there is none.

    Of ``job`` alone where it is given, and of none of the jobs ``besides``.

    One municipality has one step running at a time, so that the others are never kept from all workers.
    """
    while True:
        with transaction.atomic():
            step = _next(connections, job, besides)
            if step is None:
                return None
            if step.attempts < MAX_ATTEMPTS:
                _have(step)
                return step
            _give_up(step)


def _next(connections: Sequence[str], job: Job | None, besides: Collection[UUID]) -> Step | None:
    busy = Step.objects.filter(
        state=Step.State.RUNNING, leased_until__gte=Now(), job__municipality=OuterRef("job__municipality")
    )
    steps = Step.objects.takeable().filter(
        Q(job__municipality=None) | ~Exists(busy), connection__in=connections
    )
    if job is not None:
        steps = steps.filter(job=job)
    if besides:
        steps = steps.exclude(job__in=besides)
    ordered = steps.select_related("job__municipality").order_by("job__created_at", "position")
    return ordered.select_for_update(of=("self",), skip_locked=True).first()


def _have(step: Step) -> None:
    if step.state == Step.State.RUNNING:
        logger.warning("step_taken_over", job=str(step.job_id), step=step.name, attempts=step.attempts)
    step.holder = uuid4()
    Step.objects.filter(pk=step.pk).update(
        state=Step.State.RUNNING,
        holder=step.holder,
        leased_until=Now() + lease(),
        started_at=Now(),
        ended_at=None,
        attempts=F("attempts") + 1,
        parts_done=None,
        parts_all=None,
    )
    Job.objects.filter(pk=step.job_id).update(state=Job.State.RUNNING)


def _give_up(step: Step) -> None:
    logger.error("step_given_up", job=str(step.job_id), step=step.name, attempts=step.attempts)
    reason = f"De verwerking is {step.attempts} keer afgebroken zonder dat deze stap klaar was."
    Step.objects.filter(pk=step.pk).update(state=Step.State.FAILED, error=reason, ended_at=Now(), holder=None)
    Job.objects.filter(pk=step.job_id).update(state=Job.State.FAILED)
    follow_failure(step)


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Lease:
    """That a step is ours. A thread with a connection of its own renews it, and tells how far the step is."""

    def __init__(self, step: Step) -> None:
        self.ours = Step.objects.filter(pk=step.pk, holder=step.holder)
        self.parts: tuple[int, int] | None = None
        self.stop = Event()

    def report(self, done: int, of: int) -> None:
        """The progress of the step; whoever looks sees it within a second or so."""
        self.parts = (done, of)

    def keep(self) -> None:
        """Until it is stopped; at the first second nothing is due, so a short step costs no connection."""
        told, renewed = None, monotonic()
        try:
            while not self.stop.wait(min(1.0, lease().total_seconds() / 3)):
                parts = self.parts
                if parts != told or monotonic() - renewed >= lease().total_seconds() / 3:
                    done, of = parts or (None, None)
                    self.ours.update(leased_until=Now() + lease(), parts_done=done, parts_all=of)
                    told, renewed = parts, monotonic()
        finally:
            connection.close()


@contextmanager
def kept(step: Step) -> Iterator[Lease]:
    """Meanwhile the lease of a step that was taken is renewed."""
    lease_of_step = Lease(step)
    keeping = Thread(target=lease_of_step.keep, daemon=True)
    keeping.start()
    try:
        yield lease_of_step
    finally:
        lease_of_step.stop.set()
        keeping.join()
