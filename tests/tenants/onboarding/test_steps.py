"""What every step of coming aboard must do, whatever becomes of it the first time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tenants.jobs import kinds
from tenants.jobs.asking import run_again
from tenants.jobs.kinds import Action, StepFailed, Work
from tenants.jobs.models import Job
from tenants.jobs.running import work_through
from tenants.onboarding.asking import Request, ask_onboarding
from tests.tenants.onboarding.conftest import HOST, SCHEMA

pytestmark = pytest.mark.usefixtures("aboard")

ZANDVOORT = Request("Zandvoort", SCHEMA, (HOST,), cbs_code="0473", catalogue="demo")
ACTIONS = kinds.actions("onboarding")
NAMES = [action.name for action in ACTIONS]


def test_the_steps_are_all_that_a_municipality_needs() -> None:
    assert set(NAMES) == {
        "registry",
        "schema",
        "role",
        "hosts",
        "storage",
        "catalogue",
        "key",
        "opening",
        "invitation",
        "letter",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_step_that_fails_shows_it_and_can_be_repeated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(kinds, "actions", lambda _kind: [failing_at(name, each) for each in ACTIONS])
        job = work_through(ask_onboarding(ZANDVOORT, asked_by="Noor"))
    failed = job.steps.get(state="failed")
    assert (failed.name, failed.attempts, failed.error) == (name, 1, "Dit ging mis.")
    assert failed.ended_at is not None

    run_again(job)

    assert work_through(job).state == "done"
    assert Job.objects.get(pk=job.pk).steps.exclude(error="").count() == 0


def failing_at(name: str, action: Action) -> Action:
    """The step does its work, and fails after it."""

    def run(work: Work) -> Any:
        action.run(work)
        raise StepFailed("Dit ging mis.")

    return replace(action, run=run) if action.name == name else action
