"""Long work as people see it: which jobs, in what state, at which step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext, override
from django.utils.translation import gettext_lazy as _

from screens.badges import STATES, Badge, Kind
from screens.formats import near, number, took
from screens.parts import Act, Task, TaskState
from tenants.accounts.log import SYSTEM, note
from tenants.accounts.person import Person
from tenants.jobs.asking import run_again
from tenants.jobs.kinds import action_of
from tenants.jobs.models import Job, Step
from tenants.registry.models import Municipality

AREA = "taken"
Jobs = QuerySet[Any]  # jobs with what is annotated below

KINDS = {
    "onboarding": _("Inrichting"),
    "catalogue-import": _("Import van een catalogus"),
    "document-import": _("Import van documenten"),
    "move-documents": _("Verhuizing van documenten"),
}
BADGES = {
    Job.State.WAITING: STATES["wacht"],
    Job.State.RUNNING: STATES["bezig"],
    Job.State.FAILED: STATES["mislukt"],
    Job.State.DONE: STATES["klaar"],
    Job.State.ABANDONED: Badge(Kind.NEUTRAL, _("Afgebroken")),
}
TASKS = {
    Step.State.WAITING: TaskState.AHEAD,
    Step.State.RUNNING: TaskState.BUSY,
    Step.State.FAILED: TaskState.FAILED,
    Step.State.DONE: TaskState.DONE,
}
# The labels of steps stand with the steps, in houses below; here they are taken up for translation.
LABELS = (
    gettext_noop("Rol in de database maken"),
    gettext_noop("Schema maken"),
    gettext_noop("Gemeente registreren"),
    gettext_noop("Hosts toekennen"),
    gettext_noop("Opslag gereedmaken"),
    gettext_noop("Catalogus vullen"),
    gettext_noop("Eerste sleutel maken"),
    gettext_noop("Openstellen"),
    gettext_noop("Eerste beheerder uitnodigen"),
    gettext_noop("Welkomstbrief maken"),
    gettext_noop("Catalogus invoeren"),
    gettext_noop("Documenten importeren"),
    gettext_noop("Inhoud verplaatsen"),
)


def jobs(person: Person) -> Jobs:
    """Those of the municipalities that the person sees; of none yet, for who sees the fleet."""
    visible = Q(municipality__in=Municipality.objects.visible_to(person).values("pk"))
    if person.sees_the_fleet:
        visible |= Q(municipality=None)
    return Job.objects.filter(visible).select_related("municipality")


def with_progress(rows: Jobs) -> Jobs:
    """With how many steps there are, and how many are done."""
    return rows.annotate(
        steps_all=Count("steps"),
        steps_done=Count("steps", filter=Q(steps__state=Step.State.DONE)),
    )


@transaction.atomic
def repeat(job: Job, *, person: Person | None, by: str = SYSTEM) -> None:
    """Let it go on at the step that failed, and log it; without a person it is `by`. Raises JobRefused."""
    run_again(job)
    note_work(person, job, "stap herhaald", by=by)


def note_work(person: Person | None, job: Job, action: str, *, by: str = SYSTEM) -> None:
    """In Dutch, as all of the log, whatever the person reads."""
    with override(settings.LANGUAGE_CODE):
        subject = f"{kind_of(job)} {subject_of(job)}"
    note(person=person, by=by, area=AREA, action=action, subject=subject, municipality=job.municipality)


def kind_of(job: Job) -> str:
    return str(KINDS.get(job.kind, job.kind))


def subject_of(job: Job) -> str:
    """For whom it is, as people call it."""
    if job.municipality is not None:
        return job.municipality.naam
    return str(job.given.get("naam", job.subject))


def address_of(job: Job) -> str:
    return reverse("taak", args=[job.pk])


def label_of(step: Step, kind: str) -> str:
    """A step that a former version of the code had is called by its name."""
    try:
        return gettext(action_of(kind, step.name).label)
    except LookupError:
        return step.name


def tasks_of(job: Job, now: datetime, *, may_repeat: bool) -> list[Task]:
    return [_task(step, job, now, may_repeat=may_repeat) for step in job.steps.all()]


def known_kinds() -> list[tuple[str, Any]]:
    return [(kind, KINDS.get(kind, kind)) for kind in settings.JOB_KINDS]


def _task(step: Step, job: Job, now: datetime, *, may_repeat: bool) -> Task:
    failed = step.state == Step.State.FAILED
    again = Act(gettext("Herhaal deze stap"), reverse("repeat_step", args=[job.pk]))
    return Task(
        word=label_of(step, job.kind),
        state=TASKS[Step.State(step.state)],
        note=_note(step),
        time=_time(step, now),
        more=step.error,
        percent=_percent(step),
        act=again if failed and may_repeat and job.state == Job.State.FAILED else None,
    )


def _note(step: Step) -> str:
    if step.state == Step.State.FAILED:
        return gettext("mislukt")
    if step.state != Step.State.RUNNING:
        return ""
    if step.parts_all:
        return gettext("bezig, %(done)s van %(all)s") % {
            "done": number(step.parts_done or 0),
            "all": number(step.parts_all),
        }
    return gettext("bezig")


def _time(step: Step, now: datetime) -> str:
    """How long it took, or when it was tried and how often."""
    if step.state == Step.State.DONE and step.started_at and step.ended_at:
        return took(step.ended_at - step.started_at)
    if step.state != Step.State.FAILED or step.ended_at is None:
        return ""
    tries = ngettext("%(count)s poging", "%(count)s pogingen", step.attempts_in_all)
    tries %= {"count": step.attempts_in_all}
    return f"{near(step.ended_at, now)}, {tries}"


def _percent(step: Step) -> int | None:
    if step.state != Step.State.RUNNING or not step.parts_all:
        return None
    return 100 * (step.parts_done or 0) // step.parts_all
