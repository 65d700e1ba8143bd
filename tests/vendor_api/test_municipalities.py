"""Municipalities over the API, and having one brought aboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from tenants.jobs.models import Job
from tenants.registry.models import Municipality, StateChange
from tests.people import vendor_organisation
from tests.vendor_api.conftest import Program
from vendor_api.resources.municipalities import MOST_OPEN

BODY: dict[str, Any] = {
    "cbsCode": "0473",
    "environment": "productie",
    "hosts": ["Zandvoort.localhost", "zaken.zandvoort.localhost"],
}


def test_a_municipality_is_as_the_console_shows_it(program: Program, haarlem: Municipality) -> None:
    StateChange.objects.update(at=timezone.now())  # who came aboard a moment ago may be silent for a while
    found = program.get(f"/municipalities/{haarlem.pk}").json()

    assert found == {
        "id": haarlem.pk,
        "schema": "haarlem",
        "naam": "Haarlem",
        "cbsCode": "0392",
        "rsin": "",
        "oin": "",
        "inwoners": haarlem.inwoners,
        "provincie": "Noord-Holland",
        "environment": "productie",
        "status": "actief",
        "host": "haarlem.localhost",
        "vendor": vendor_organisation().name,
        "implementationPartner": None,
        "isSilent": False,
        "hasFailedJob": False,
        "isStuck": False,
    }


@pytest.mark.parametrize(
    ("query", "schemas"),
    [
        ("naam=haAr", ["haarlem"]),
        ("naam=%25", []),
        ("cbsCode=0344", ["utrecht"]),
        ("environment=acceptatie", []),
        ("status=actief&pageSize=1", ["haarlem"]),
    ],
)
def test_the_list_is_filtered(program: Program, query: str, schemas: list[str]) -> None:
    found = program.get(f"/municipalities?{query}").json()["results"]

    assert [each["schema"] for each in found] == schemas


def test_domains_begin_with_the_primary_one(program: Program, haarlem: Municipality) -> None:
    found = program.get(f"/municipalities/{haarlem.pk}/domains").json()["results"]

    assert [(each["domain"], each["isPrimary"]) for each in found] == [
        ("haarlem.localhost", True),
        ("127.0.0.2", False),
    ]


def test_environments_are_those_of_one_gemeente(program: Program, haarlem: Municipality) -> None:
    Municipality.objects.create(
        schema_name="haarlem_a",
        naam="Haarlem",
        cbs_code="0392",
        environment="acceptatie",
        vendor=haarlem.vendor,
    )

    found = program.get(f"/municipalities/{haarlem.pk}/environments").json()["results"]

    assert [each["environment"] for each in found] == ["productie", "acceptatie"]


def test_adding_one_asks_for_the_job_that_the_wizard_asks_for(program: Program, rung: list[str]) -> None:
    answer = program.post("/municipalities", BODY)
    job = Job.objects.get()

    assert answer.status_code == 202
    assert answer.headers["Location"].endswith(f"/platform/api/v1/jobs/{job.pk}")
    assert job.given == {
        "naam": "Zandvoort",
        "schema": "zandvoort",
        "hosts": ["zandvoort.localhost", "zaken.zandvoort.localhost"],
        "cbs_code": "0473",
        "environment": "productie",
        "catalogue": "none",
        "administrator_name": "",
        "administrator_email": "",
    }


def test_the_log_names_the_key_and_its_organisation(program: Program) -> None:
    assert program.token
    program.post("/municipalities", BODY)

    line = LogLine.objects.get(action="inrichting gevraagd")

    assert (line.person, line.person_id) == (f"API-sleutel {program.token.name}", None)
    assert (line.organisation, line.municipality) == (vendor_organisation().name, "zandvoort")


def test_a_samenwerkingsverband_has_a_name(program: Program) -> None:
    body = {"naam": "Drechtsteden <b>", "environment": "sandbox", "hosts": ["d.localhost"]}

    assert program.post("/municipalities", body).status_code == 202
    assert Job.objects.get().given["naam"] == "Drechtsteden <b>"


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"cbsCode": "0392"}, ["environment"]),
        ({"cbsCode": "9999"}, ["cbsCode"]),
        ({"cbsCode": "١٢٣٤"}, ["cbsCode"]),
        ({"cbsCode": 473}, ["cbsCode"]),
        ({"cbsCode": None}, ["cbsCode"]),
        ({"naam": "Drechtsteden"}, ["cbsCode"]),
        ({"environment": "elders"}, ["environment"]),
        ({"hosts": []}, ["hosts"]),
        ({"hosts": ["x.localhost"] * 11}, ["hosts"]),
        ({"hosts": "x.localhost"}, ["hosts"]),
        ({"hosts": ["haarlem.localhost"]}, ["hosts"]),
        ({"hosts": ["localhost"]}, ["hosts"]),
        ({"hosts": ["https://x.localhost/"]}, ["hosts"]),
        ({"hosts": [{}]}, ["hosts.0"]),
        ({"catalogue": "zip"}, ["catalogue"]),
        ({"catalogue": {}}, ["catalogue"]),
    ],
)
def test_what_is_wrong_is_said_of_each_member(
    program: Program, wrong: dict[str, Any], names: list[str]
) -> None:
    answer = program.post("/municipalities", {**BODY, **wrong})

    assert answer.status_code == 400
    assert sorted({each["name"] for each in answer.json()["invalidParams"]}) == names
    assert not Job.objects.exists()


def test_what_is_set_up_already_is_not_asked_twice(program: Program) -> None:
    program.post("/municipalities", BODY)

    answer = program.post("/municipalities", {**BODY, "hosts": ["elders.localhost"]})

    assert answer.status_code == 400
    assert "wordt al ingericht" in answer.json()["invalidParams"][0]["reason"]
    assert Job.objects.count() == 1


def test_nobody_is_invited(program: Program) -> None:
    program.post("/municipalities", {**BODY, "administratorEmail": "iemand@x.example"})

    assert Job.objects.get().given["administrator_email"] == ""


def test_so_many_are_set_up_at_once_and_no_more(program: Program) -> None:
    Job.objects.bulk_create(
        Job(kind="onboarding", subject=f"g{number}", asked_by="x") for number in range(MOST_OPEN - 1)
    )
    last = program.post("/municipalities", BODY)

    answer = program.post("/municipalities", {**BODY, "cbsCode": "0363", "hosts": ["a.localhost"]})

    assert (last.status_code, answer.status_code) == (202, 429)
    assert answer.headers["Retry-After"] == "60"
