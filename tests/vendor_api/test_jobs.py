"""Jobs over the API, and letting one go on."""

from __future__ import annotations

from typing import Any

import pytest

from backoffice.models import LogLine
from tenants.jobs.models import Job, Step
from tenants.registry.models import Municipality
from tests.backoffice.conftest import failed
from tests.vendor_api.conftest import Program


@pytest.fixture
def job(haarlem: Municipality) -> Job:
    return failed(haarlem)


def seen(program: Program, job: Job) -> str:
    return str(program.get(f"/jobs/{job.pk}").headers["ETag"])


def test_a_job_tells_its_steps_and_nothing_that_it_found(program: Program, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(found={"first_key": "geheim"})

    answer = program.get(f"/jobs/{job.pk}")

    assert answer.json()["steps"][1] | {"startedAt": "", "endedAt": ""} == {
        "name": "schema",
        "title": "Schema maken",
        "state": "failed",
        "attempts": 3,
        "startedAt": "",
        "endedAt": "",
        "error": "De opslag is <vol>.",
        "partsDone": None,
        "partsAll": None,
    }
    assert "geheim" not in answer.content.decode()


def test_a_failed_step_is_repeated_as_on_the_page(program: Program, job: Job, rung: list[str]) -> None:
    assert program.token
    answer = program.post(f"/jobs/{job.pk}/attempts", {}, If_Match=seen(program, job))

    assert answer.status_code == 202
    assert answer.json()["state"] == "waiting"
    assert answer.headers["ETag"] == seen(program, job)
    assert job.steps.get(name="schema").state == Step.State.WAITING
    line = LogLine.objects.get(action="stap herhaald")
    assert (line.person, line.municipality) == (f"API-sleutel {program.token.name}", "haarlem")


def test_without_an_etag_nothing_is_repeated(program: Program, job: Job) -> None:
    answer = program.post(f"/jobs/{job.pk}/attempts", {})

    assert (answer.status_code, answer.json()["code"]) == (428, "precondition-required")
    assert nothing_was_done(job)


@pytest.mark.parametrize("etag", ['"x"', "*", "x"])
def test_another_etag_repeats_nothing(program: Program, job: Job, etag: str) -> None:
    answer = program.post(f"/jobs/{job.pk}/attempts", {}, If_Match=etag)

    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert nothing_was_done(job)


def test_what_was_repeated_meanwhile_is_not_repeated_again(program: Program, job: Job) -> None:
    etag = seen(program, job)
    first, second = (program.post(f"/jobs/{job.pk}/attempts", {}, If_Match=etag) for _ in range(2))

    assert (first.status_code, second.status_code) == (202, 412)
    assert LogLine.objects.filter(action="stap herhaald").count() == 1


def test_a_job_that_did_not_fail_is_not_repeated(program: Program, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)

    answer = program.post(f"/jobs/{job.pk}/attempts", {}, If_Match=seen(program, job))

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")


def nothing_was_done(job: Job) -> bool:
    logged = LogLine.objects.filter(action="stap herhaald").exists()
    return Job.objects.get(pk=job.pk).state == Job.State.FAILED and not logged


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=failed", 1), ("state=done", 0), ("kind=onboarding", 1), ("kind=catalogue-import", 0)],
)
def test_the_list_is_filtered(program: Program, job: Job, query: str, count: int) -> None:
    assert program.get(f"/jobs?{query}").json()["count"] == count


def test_the_list_is_filtered_by_municipality(
    program: Program, job: Job, haarlem: Municipality, utrecht: Municipality
) -> None:
    counts = [program.get(f"/jobs?municipality={each.pk}").json()["count"] for each in (haarlem, utrecht)]

    assert counts == [1, 0]


@pytest.fixture(autouse=True)
def no_leftovers(db: Any) -> None:
    Job.objects.all().delete()
