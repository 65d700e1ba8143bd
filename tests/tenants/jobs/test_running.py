"""Long work goes on where it stood, whatever ends, and does nothing twice."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sentry_sdk
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from api.clients.models import Credential
from tenants.jobs import running
from tenants.jobs.asking import JobRefused, abandon, ask, run_again
from tenants.jobs.kinds import action_of
from tenants.jobs.models import Job, Step
from tenants.jobs.running import Superseded, _carry_out, run, work, work_through
from tenants.jobs.taking import MAX_ATTEMPTS, Lease, take
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Organisation
from tests.conftest import municipality
from tests.tenants.jobs.acts import PREFIX, RESTING, STEPS, TURNS, name_of
from tests.tenants.jobs.conftest import in_child, in_children

pytestmark = pytest.mark.usefixtures("kind", "committed")


def asked(**given: Any) -> Job:
    return ask(
        "three-steps",
        f"job-{uuid4().hex[:12]}",
        asked_by="Noor",
        given=given,
        municipality=municipality("haarlem"),
    )


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def states(job: Job) -> list[str]:
    return list(job.steps.values_list("state", flat=True))


def traces(job: Job) -> int:
    """How many of the three steps left theirs."""
    with in_municipality(municipality("haarlem")):
        inside = Credential.objects.filter(client_id=name_of(job.subject)).count()
    return inside + Organisation.objects.filter(name__startswith=f"{PREFIX}{job.subject}").count()


def let_the_lease_end(job: Job) -> None:
    job.steps.filter(state="running").update(leased_until=timezone.now() - timedelta(seconds=1))


def test_each_step_runs_on_its_own_connection() -> None:
    job = work_through(asked())

    assert job.state == "done"
    assert job.ended_at is not None
    assert {name: job.found[name] for name in STEPS} == {
        "by_owner": "owner",
        "by_vendor": "app",
        "by_municipality": f"{connection.settings_dict['NAME']}_haarlem",
    }


def test_the_owner_works_within_the_limits_of_a_migration_and_others_within_those_of_a_job() -> None:
    job = work_through(asked())

    assert job.found["limits"] == {"by_owner": "0", "by_vendor": "1min", "by_municipality": "1min"}


def test_afterwards_the_process_has_the_login_that_it_had() -> None:
    work_through(asked())

    assert connection.settings_dict["LOGIN"] == "app"
    assert connection.schema_name == "public"


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("name", STEPS)
def test_a_killed_worker_is_followed_by_the_next(
    tmp_path: Path, settings: Settings, name: str, moment: str
) -> None:
    settings.JOB_LEASE_SECONDS = 1
    flag = tmp_path / f"{moment}-{name}"
    flag.touch()
    job = asked(flag=str(flag))

    assert in_child(lambda: work_through(job)) == -signal.SIGKILL
    assert states(job)[STEPS.index(name)] == "running"
    assert in_child(lambda: work_through(job)) == 0

    assert again(job).state == "done"
    assert traces(job) == 3
    assert job.steps.get(name=name).attempts == 2


def test_a_worker_takes_the_steps_of_its_login_alone(rung: list[str]) -> None:
    job = asked()

    assert in_child(lambda: work("app")) == 0
    assert states(job) == ["waiting", "waiting", "waiting"]
    assert rung == ["owner"]


@pytest.mark.parametrize(("bound", "states_after"), [(1, "done waiting"), (2, "done done")])
def test_a_bell_makes_a_bounded_number_of_steps_run(
    monkeypatch: pytest.MonkeyPatch, bound: int, states_after: str
) -> None:
    monkeypatch.setattr(running, "STEPS_PER_BELL", bound)
    job = asked()
    job.steps.filter(name="by_owner").update(state="done")

    assert work("app") == bound

    assert " ".join(states(job)[1:]) == states_after


def test_a_step_that_failed_says_why_and_wrote_nothing(tmp_path: Path) -> None:
    flag = tmp_path / "fails-by_vendor"
    flag.touch()
    job = work_through(asked(flag=str(flag)))

    assert (job.state, states(job)) == ("failed", ["done", "failed", "waiting"])
    assert job.steps.get(name="by_vendor").error == "Dit ging mis."
    assert traces(job) == 1


def test_a_step_that_failed_can_be_run_again(tmp_path: Path) -> None:
    flag = tmp_path / "fails-by_vendor"
    flag.touch()
    job = work_through(asked(flag=str(flag)))
    flag.unlink()

    run_again(job)

    assert work_through(job).state == "done"
    assert job.steps.get(name="by_owner").attempts == 1
    assert traces(job) == 3


def test_an_unexpected_failure_wakes_somebody_and_quotes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    captured: list[type[BaseException]] = []
    monkeypatch.setattr(sentry_sdk, "capture_exception", lambda error: captured.append(type(error)))

    job = work_through(asked(breaks="by_vendor"))

    assert captured == [RuntimeError]

    assert job.steps.get(name="by_vendor").error == "Onverwachte fout (RuntimeError)."


def test_a_job_that_goes_on_is_not_run_again() -> None:
    with pytest.raises(JobRefused):
        run_again(asked())


def test_a_job_that_failed_can_be_given_up() -> None:
    job = work_through(asked(breaks="by_vendor"))

    abandon(job, now=timezone.now())

    assert again(job).state == "abandoned"
    assert take(["vendor"], job=job) is None


def test_a_subject_has_one_open_job() -> None:
    job = asked()
    name = job.subject.removeprefix("haarlem/")
    second = ask("three-steps", name, asked_by="Ander", given={}, municipality=job.municipality)

    assert second.pk == job.pk
    assert second.asked_by == "Noor"


def test_after_its_end_a_subject_can_be_asked_again() -> None:
    job = work_through(asked(breaks="by_vendor"))
    abandon(job, now=timezone.now())

    assert ask("three-steps", job.subject, asked_by="Noor", given={}).pk != job.pk


def test_a_step_is_taken_once() -> None:
    job = asked()

    assert take(["owner"], job=job) is not None
    assert take(["owner"], job=job) is None


def test_workers_at_once_run_each_step_once() -> None:
    jobs = [asked() for _ in range(3)]

    assert in_children(3, lambda: [work_through(job) for job in jobs]) == [0, 0, 0]

    assert [again(job).state for job in jobs] == ["done"] * 3
    assert [traces(job) for job in jobs] == [3, 3, 3]
    assert {attempts for job in jobs for attempts in job.steps.values_list("attempts", flat=True)} == {1}


def test_a_step_that_another_is_taking_is_skipped() -> None:
    job = asked()
    with transaction.atomic():
        Step.objects.select_for_update().get(job=job, position=0)

        assert not taken_elsewhere(job)


def taken_elsewhere(job: Job) -> bool:
    """In a thread, which has a connection of its own."""

    def taken() -> bool:
        try:
            return take(["owner"], job=job) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(taken).result()


def test_a_lease_that_holds_is_respected_and_one_that_ended_is_not() -> None:
    job = asked()
    take(["owner"], job=job)
    assert take(["owner"], job=job) is None

    let_the_lease_end(job)

    assert take(["owner"], job=job) is not None


def test_who_lost_a_step_changes_nothing() -> None:
    job = asked()
    mine = take(["owner"], job=job)
    let_the_lease_end(job)
    theirs = take(["owner"], job=job)
    assert mine is not None
    assert theirs is not None

    with pytest.raises(Superseded):
        _carry_out(mine, action_of(job.kind, mine.name), Lease(mine))

    assert traces(job) == 0
    run(theirs)
    assert traces(job) == 1


def test_a_lease_is_renewed_while_the_step_runs(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 1
    job = asked()
    step = take(["owner"], job=job)
    assert step is not None
    before = job.steps.get(pk=step.pk).leased_until
    lease = Lease(step)
    lease.report(3, 7)
    lease.stop.wait = _stop_after(lease, 3)  # type: ignore[method-assign]

    lease.keep()

    renewed = job.steps.get(pk=step.pk)
    assert before is not None
    assert renewed.leased_until is not None
    assert renewed.leased_until > before
    assert (renewed.parts_done, renewed.parts_all) == (3, 7)


def _stop_after(lease: Lease, times: int) -> Any:
    stops = iter([False] * times + [True])
    return lambda _seconds: next(stops)


def test_a_step_that_ends_its_workers_is_given_up(settings: Settings) -> None:
    job = asked()
    job.steps.filter(position=0).update(
        state="running", attempts=MAX_ATTEMPTS, leased_until=timezone.now() - timedelta(seconds=1)
    )

    assert take(["owner"], job=job) is None
    assert again(job).state == "failed"


def test_one_attempt_before_that_it_is_not() -> None:
    job = asked()
    job.steps.filter(position=0).update(
        state="running", attempts=MAX_ATTEMPTS - 1, leased_until=timezone.now() - timedelta(seconds=1)
    )

    assert take(["owner"], job=job) is not None


def test_a_municipality_that_has_a_step_running_waits_with_the_next() -> None:
    first, second = asked(), asked()

    assert take(["owner"], job=first) is not None
    assert take(["owner"], job=second) is None


def asked_in_slices(whose: str = "haarlem", **given: Any) -> Job:
    return ask(RESTING, "slices", asked_by="Noor", given=given, municipality=municipality(whose))


def test_a_step_that_rests_goes_on_with_what_it_found() -> None:
    job = asked_in_slices()

    assert work("app") == 1
    standing = job.steps.get()
    assert (standing.state, standing.attempts, standing.parts_done, standing.parts_all) == (
        "waiting",
        0,
        1,
        3,
    )
    assert (again(job).state, again(job).found) == ("running", {"turns": 1})

    assert [work("app") for _ in range(3)] == [1, 1, 0]
    assert (again(job).state, again(job).found) == ("done", {"turns": TURNS})


def test_while_one_rests_others_have_their_turn() -> None:
    resting, other = asked_in_slices(), asked_in_slices("utrecht")

    assert work("app") == 2

    assert [again(job).found for job in (resting, other)] == [{"turns": 1}] * 2


def test_a_step_that_failed_after_a_rest_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "REST_SECONDS", 0)
    job = asked_in_slices()
    work("app")
    Job.objects.filter(pk=job.pk).update(given={"breaks": True})
    assert work_through(job).state == "failed"

    Job.objects.filter(pk=job.pk).update(given={})
    run_again(job)

    assert work_through(job).found == {"turns": TURNS}


def test_who_lost_a_step_does_not_rest_it(settings: Settings) -> None:
    job = asked_in_slices()
    mine = take(["municipality"], job=job)
    let_the_lease_end(job)
    assert take(["municipality"], job=job) is not None
    assert mine is not None

    assert run(mine) is False

    assert (states(job), again(job).found) == (["running"], {})
