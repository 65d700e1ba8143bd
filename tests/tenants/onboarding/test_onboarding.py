"""A municipality comes aboard as long work, and its APIs answer."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from api.catalogi.exchange.command import command_caller
from api.catalogi.exchange.operations import exporter
from api.catalogi.models import Catalogus, Zaaktype
from api.clients.models import Credential
from api.records.models import OutboxMessage
from backoffice.models import LogLine as VendorsLine
from tenants.console.models import LogLine
from tenants.jobs import running
from tenants.jobs.asking import abandon, run_again
from tenants.jobs.kinds import actions
from tenants.jobs.models import Job
from tenants.jobs.running import work_through
from tenants.onboarding.asking import Request, ask_onboarding
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.logins import as_owner
from tests.tenants.jobs.conftest import in_child
from tests.tenants.onboarding.conftest import HOST, SCHEMA, clear

pytestmark = pytest.mark.usefixtures("aboard")

ZANDVOORT = Request("Zandvoort", SCHEMA, (HOST, "alias.localhost"), cbs_code="0473", catalogue="demo")
NOOR = "noor@zandvoort.nl"
NAMES = [action.name for action in actions("onboarding")]


def come_aboard(request: Request = ZANDVOORT, archive: bytes | None = None) -> Job:
    return work_through(ask_onboarding(request, asked_by="Noor", archive=archive))


def zandvoort() -> Municipality:
    return Municipality.objects.get(schema_name=SCHEMA)


def first_key() -> Credential:
    with in_municipality(zandvoort()):
        return Credential.objects.get()


def get(path: str, credential: Credential) -> Any:
    claims = {"iat": int(time.time()), "client_id": credential.client_id}
    token = jwt.encode(claims, credential.secret, algorithm="HS256")
    headers = {"Authorization": f"Bearer {token}", "Accept-Crs": "EPSG:4326"}
    return Client(SERVER_NAME=HOST).get(path, headers=headers)


def test_all_steps_are_done_and_it_is_active() -> None:
    job = come_aboard()

    assert [(step.name, step.error) for step in job.steps.exclude(state="done")] == []
    assert job.state == "done"
    assert job.municipality == zandvoort()
    assert zandvoort().status == "actief"
    assert [change.actor for change in zandvoort().state_changes.all()] == ["Noor"]


def test_the_first_key_reads_the_catalogue_and_nothing_else() -> None:
    come_aboard()

    assert get("/catalogi/api/v1/zaaktypen", first_key()).json()["count"] == 5
    assert get("/zaken/api/v1/zaken", first_key()).status_code == 403
    assert get("/autorisaties/api/v1/applicaties", first_key()).status_code == 403


def test_the_first_key_ends_after_a_day() -> None:
    job = come_aboard()

    key = first_key()
    assert key.valid_until is not None
    started = job.steps.get(name="key").started_at
    assert started is not None
    assert 24 * 3600 - 60 < (key.valid_until - started).total_seconds() < 24 * 3600 + 60
    assert job.found["first_key"]["client_id"] == key.client_id


def test_the_applicatie_of_the_first_key_is_notified() -> None:
    come_aboard()

    with in_municipality(zandvoort()):
        assert OutboxMessage.objects.filter(resource="applicatie").count() == 1


def test_nothing_that_is_kept_or_told_holds_the_key(media: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    job = come_aboard(replace(ZANDVOORT, administrator_email=NOOR))

    secret = first_key().secret
    with in_municipality(zandvoort()):
        lines = list(LogLine.objects.values())
    told = f"{job.given} {job.found} {list(job.steps.values())} {lines} {caplog.text}"
    files = b"".join(path.read_bytes() for path in media.rglob("*") if path.is_file())
    assert secret not in told
    assert secret.encode() not in files


def test_the_letter_is_a_pdf_in_its_own_storage(media: Path) -> None:
    job = come_aboard()

    assert job.found["letter"] == "brieven/welkom.pdf"
    assert (media / SCHEMA / "brieven" / "welkom.pdf").read_bytes().startswith(b"%PDF-")


def test_without_a_catalogue_there_is_none() -> None:
    come_aboard(replace(ZANDVOORT, catalogue="none"))

    with in_municipality(zandvoort()):
        assert not Zaaktype.objects.exists()


def test_the_catalogue_of_another_comes_along_in_a_zip() -> None:
    come_aboard()
    with in_municipality(zandvoort()) as municipality:
        caller = command_caller(municipality, force=False)
        archive = exporter(caller).catalogus(Catalogus.objects.get())
    with as_owner():
        clear()

    job = come_aboard(replace(ZANDVOORT, catalogue="zip"), archive=archive)

    assert job.state == "done"
    assert get("/catalogi/api/v1/zaaktypen", first_key()).json()["count"] == 5


def test_what_is_no_zip_fails_at_its_step_and_says_so() -> None:
    job = come_aboard(replace(ZANDVOORT, catalogue="zip"), archive=b"no zip")

    failed = job.steps.get(state="failed")
    assert failed.name == "catalogue"
    assert failed.error.startswith("De zip is geweigerd")
    assert zandvoort().status == "in_inrichting"


def test_hosts_of_a_job_that_was_given_up_do_not_stay() -> None:
    failed = come_aboard(replace(ZANDVOORT, catalogue="zip"), archive=b"no zip")
    abandon(failed, now=timezone.now())

    job = come_aboard(replace(ZANDVOORT, hosts=("beter.localhost", "alias.localhost")))

    assert job.state == "done"
    assert f"Took away host {HOST}." in job.found["done"]
    assert dict(zandvoort().domains.values_list("domain", "is_primary")) == {
        "beter.localhost": True,
        "alias.localhost": False,
    }


def test_of_a_municipality_that_is_open_no_host_goes() -> None:
    come_aboard()

    come_aboard(replace(ZANDVOORT, hosts=("tweede.localhost",)))

    hosts = dict(zandvoort().domains.values_list("domain", "is_primary"))
    assert hosts == {HOST: True, "alias.localhost": False, "tweede.localhost": False}


def test_while_it_is_set_up_its_apis_are_closed() -> None:
    come_aboard(replace(ZANDVOORT, catalogue="zip"), archive=b"no zip")

    assert Client(SERVER_NAME=HOST).get("/").status_code == 503


def test_a_storage_that_takes_nothing_fails_at_its_step(media: Path) -> None:
    (media / SCHEMA).write_text("in the way")
    job = come_aboard()
    assert job.steps.get(state="failed").name == "storage"
    (media / SCHEMA).unlink()

    run_again(job)

    assert work_through(job).state == "done"


def test_again_it_adds_what_is_missing_and_nothing_else() -> None:
    come_aboard()

    job = come_aboard(replace(ZANDVOORT, hosts=(HOST, "tweede.localhost")))

    assert job.found["done"] == ["Gave it host tweede.localhost."]
    with in_municipality(zandvoort()):
        assert Credential.objects.count() == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_worker_that_is_killed_at_a_step_is_followed(name: str, settings: Settings, mails: Path) -> None:
    settings.JOB_LEASE_SECONDS = 1
    job = ask_onboarding(replace(ZANDVOORT, administrator_email=NOOR), asked_by="Noor")

    assert in_child(lambda: killed_at(name, job)) == -signal.SIGKILL
    assert job.steps.get(name=name).state == "running"
    assert in_child(lambda: work_through(job)) == 0

    assert Job.objects.get(pk=job.pk).state == "done"
    assert dict(job.steps.values_list("name", "attempts")) == {each: 1 + (each == name) for each in NAMES}
    assert get("/catalogi/api/v1/zaaktypen", first_key()).json()["count"] == 5
    assert len(list(mails.iterdir())) == 1


def killed_at(name: str, job: Job) -> None:
    """Do the job until this step has done its work, which is not committed, and end there."""
    finish = running._finish

    def finish_or_end(step: Any, found: Any) -> None:
        if step.name == name:
            os.kill(os.getpid(), signal.SIGKILL)
        finish(step, found)

    running._finish = finish_or_end
    work_through(job)


def command(*arguments: str) -> str:
    said = StringIO()
    call_command("onboard_municipality", "--naam", "Zandvoort", "--schema", SCHEMA, *arguments, stdout=said)
    return said.getvalue()


def test_the_command_does_the_same_job_and_answers_in_json() -> None:
    answer = json.loads(command("--host", HOST, "--host", "127.0.0.9", "--cbs-code", "0473", "--json"))

    assert answer["hosts"] == [HOST, "127.0.0.9"]
    assert (answer["naam"], answer["schema"], answer["cbs_code"]) == ("Zandvoort", SCHEMA, "0473")
    assert len(answer["done"]) == 5
    assert Job.objects.get(kind="onboarding").state == "done"


def test_the_command_says_that_a_municipality_stood() -> None:
    command("--host", HOST)

    assert command("--host", HOST) == "Zandvoort stood already.\n"


def test_the_command_refuses_in_words() -> None:
    with pytest.raises(CommandError, match="host van de leverancier"):
        command("--host", "localhost")


def test_the_command_takes_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "catalogus.zip"
    archive.write_bytes(b"no zip")

    with pytest.raises(CommandError, match="De zip is geweigerd"):
        command("--host", HOST, "--catalogue", str(archive))


@pytest.fixture
def told() -> Callable[[], list[VendorsLine]]:
    """The lines that the vendor's log has since."""
    before = VendorsLine.objects.aggregate(last=Max("pk"))["last"] or 0
    return lambda: list(VendorsLine.objects.filter(pk__gt=before).order_by("pk"))


def test_the_command_logs_what_the_wizard_logs(told: Callable[[], list[VendorsLine]]) -> None:
    command("--host", HOST)

    assert [(line.person, line.action, line.municipality) for line in told()] == [
        ("Opdrachtregel", "inrichting gevraagd", SCHEMA),
        ("Opdrachtregel", "staat gewijzigd", SCHEMA),
    ]
    assert [line.changes for line in told()] == [
        {"hosts": [None, [HOST]]},
        {"staat": ["in_inrichting", "actief"]},
    ]
    assert Job.objects.get(kind="onboarding").asked_by == "Opdrachtregel"


def test_the_command_logs_that_it_lets_a_step_go_on(
    told: Callable[[], list[VendorsLine]], tmp_path: Path
) -> None:
    archive = tmp_path / "catalogus.zip"
    archive.write_bytes(b"no zip")
    for _ in range(2):
        with pytest.raises(CommandError):
            command("--host", HOST, "--catalogue", str(archive))

    assert [(line.person, line.action) for line in told()] == [
        ("Opdrachtregel", "inrichting gevraagd"),
        ("Opdrachtregel", "stap herhaald"),
    ]


def test_the_kinds_of_jobs_of_the_settings_are_there() -> None:
    assert all(actions(kind) for kind in django_settings.JOB_KINDS)
