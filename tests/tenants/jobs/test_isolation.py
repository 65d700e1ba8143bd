"""No job of one municipality shows to another."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError

from tenants.jobs.asking import MAX_OPEN, JobRefused, ask
from tenants.jobs.models import Job, Step
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality

pytestmark = pytest.mark.usefixtures("kind", "rung")


def asked(municipality: Municipality, subject: str = "job-1") -> Job:
    return ask("three-steps", subject, asked_by="Noor", given={}, municipality=municipality)


@pytest.mark.parametrize("model", [Job, Step])
def test_the_role_of_a_municipality_reads_no_job(haarlem: Municipality, model: type[Job | Step]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), in_municipality(haarlem):
        model._default_manager.exists()


def test_a_municipality_asks_for_itself(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        job = asked(haarlem)

    assert list(Job.objects.of(haarlem)) == [job]


def test_a_municipality_asks_for_no_other(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        asked(utrecht)

    assert not Job.objects.exists()


def test_a_municipality_asks_nothing_of_the_vendor(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        ask("three-steps", "job-1", asked_by="Noor", given={})


def test_the_jobs_of_one_are_not_those_of_another(haarlem: Municipality, utrecht: Municipality) -> None:
    asked(haarlem)

    assert not Job.objects.of(utrecht).exists()


def test_the_same_subject_elsewhere_is_another_job(haarlem: Municipality, utrecht: Municipality) -> None:
    assert asked(haarlem, "job-1").pk != asked(utrecht, "job-1").pk


def test_a_municipality_has_a_bounded_number_of_open_jobs(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    for number in range(MAX_OPEN):
        asked(haarlem, f"job-{number}")

    with pytest.raises(JobRefused, match=str(MAX_OPEN)):
        asked(haarlem, "job-more")
    assert asked(utrecht, "job-more")
