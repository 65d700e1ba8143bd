"""What is too large for a request is imported after it, and says how it stands."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from api.catalogi.exchange import later
from api.catalogi.models import Zaaktype
from api.catalogi.resources import catalogus as catalogus_resource
from api.clients.models import Applicatie, Credential
from tenants.jobs import bell, running
from tenants.jobs.asking import MAX_OPEN
from tenants.jobs.models import Job, Step
from tenants.jobs.running import work_through
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, reader
from tests.api.catalogi.cast import path_of as path_of_object
from tests.api.catalogi.exchange import open_zaak
from tests.api.catalogi.exchange.contents import packed, send
from tests.api.client import ApiClient, Response, api_with_all_rights, api_with_rights, right
from tests.factories.catalogi import CatalogusFactory
from tests.isolation.rows import digests
from tests.tenants.jobs.conftest import in_child

OBJECTS = 8
"""So many stand in the zip."""


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins whose workers were woken."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """One object fewer than the zip has."""
    monkeypatch.setattr(catalogus_resource, "MOST_IN_A_REQUEST", OBJECTS - 1)


def files(**zaaktype: Any) -> dict[str, Any]:
    return open_zaak.files(**zaaktype)


def path_of(answer: Response) -> str:
    return str(answer.headers["Location"]).removeprefix("http://haarlem.localhost")


def run() -> Job:
    return work_through(Job.objects.get(kind=later.KIND))


def zaaktypen(municipality: Municipality) -> int:
    with in_municipality(municipality):
        return Zaaktype.objects.count()


def test_it_is_accepted_and_done_afterwards(haarlem: Municipality, haarlem_api: ApiClient, into: str) -> None:
    with nothing_written(haarlem):
        accepted = send(haarlem_api, packed(files()), into)
    assert accepted.status_code == 202
    assert accepted.json()["status"] == "wacht"
    assert accepted.json()["url"] == accepted.headers["Location"]

    run()

    standing = haarlem_api.get(path_of(accepted)).json()
    assert (standing["status"], standing["fout"]) == ("klaar", None)
    assert standing["verslag"]["uitgevoerd"] is True
    assert zaaktypen(haarlem) == 1


def test_the_report_is_that_of_a_request(
    haarlem_api: ApiClient, into: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted = send(haarlem_api, packed(files()), f"{into}&proef=true")
    run()
    monkeypatch.setattr(catalogus_resource, "MOST_IN_A_REQUEST", OBJECTS)

    at_once = send(haarlem_api, packed(files()), f"{into}&proef=true").json()

    assert haarlem_api.get(path_of(accepted)).json()["verslag"] == at_once


def test_as_many_as_a_request_takes_are_done_at_once(
    haarlem_api: ApiClient, into: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogus_resource, "MOST_IN_A_REQUEST", OBJECTS)

    assert send(haarlem_api, packed(files()), into).status_code == 200
    assert not Job.objects.exists()


def test_what_is_refused_says_what_a_request_would_say(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    accepted = send(haarlem_api, packed(files(doel=None)), into)
    with nothing_written(haarlem):
        run()

    standing = haarlem_api.get(path_of(accepted)).json()
    assert (standing["status"], standing["verslag"]) == ("geweigerd", None)
    assert standing["fout"]["status"] == 400
    assert "ZaakType.json.0.doel" in [each["name"] for each in standing["fout"]["invalidParams"]]


@pytest.mark.parametrize(
    ("query", "written"), [("alsConcept=true&identificatiePrefix=X-", "X-MELDING"), ("", "MELDING")]
)
def test_the_choices_of_the_request_hold(
    haarlem: Municipality, haarlem_api: ApiClient, into: str, query: str, written: str
) -> None:
    send(haarlem_api, packed(files()), f"{into}&{query}")
    run()

    with in_municipality(haarlem):
        zaaktype = Zaaktype.objects.get()
    assert (zaaktype.identificatie, zaaktype.concept) == (written, "alsConcept" in query)


def test_progress_is_told_while_it_runs(haarlem_api: ApiClient, into: str) -> None:
    accepted = send(haarlem_api, packed(files()), into)
    Step.objects.update(state="running", parts_done=3, parts_all=OBJECTS)
    Job.objects.update(state="running")

    standing = haarlem_api.get(path_of(accepted)).json()

    assert (standing["status"], standing["verwerkt"], standing["totaal"]) == ("loopt", 3, OBJECTS)


def test_a_step_that_broke_is_told_without_its_cause(
    haarlem_api: ApiClient, into: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted = send(haarlem_api, packed(files()), into)
    monkeypatch.setattr(later, "read_archive", broken)
    run()

    standing = haarlem_api.get(path_of(accepted)).json()
    assert (standing["status"], standing["verslag"], standing["fout"]) == ("mislukt", None, None)


def broken(_: bytes) -> None:
    raise RuntimeError("a secret of somebody")


@pytest.fixture
def writer(haarlem: Municipality) -> ApiClient:
    return api_with_rights(haarlem, right("ztc", ["catalogi.lezen", "catalogi.schrijven"]))


def test_rights_are_judged_again_when_it_runs(
    haarlem: Municipality, haarlem_api: ApiClient, writer: ApiClient, into: str
) -> None:
    accepted = send(writer, packed(files()), into)
    with in_municipality(haarlem):
        Applicatie.objects.filter(client_ids__client_id=writer.client.client_id).delete()
    before = digests(haarlem)

    run()

    fout = haarlem_api.get(path_of(accepted)).json()["fout"]
    assert (fout["status"], fout["code"]) == (403, "permission_denied")
    assert digests(haarlem) == before


def test_a_key_that_ended_meanwhile_imports_nothing(
    haarlem: Municipality, haarlem_api: ApiClient, writer: ApiClient, into: str
) -> None:
    accepted = send(writer, packed(files()), into)
    with in_municipality(haarlem):
        Credential.objects.filter(client_id=writer.client.client_id).update(valid_until=timezone.now())

    run()

    assert haarlem_api.get(path_of(accepted)).json()["fout"]["code"] == "credential-ended"
    assert zaaktypen(haarlem) == 0


def test_a_municipality_that_is_restricted_meanwhile_is_not_written(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    accepted = send(haarlem_api, packed(files()), into)
    Municipality.objects.filter(pk=haarlem.pk).update(status="beperkt")

    run()

    Municipality.objects.filter(pk=haarlem.pk).update(status="actief")
    assert haarlem_api.get(path_of(accepted)).json()["fout"]["code"] == "municipality-restricted"
    assert zaaktypen(haarlem) == 0


def test_the_neighbour_finds_nothing_of_it(haarlem_api: ApiClient, utrecht_api: ApiClient, into: str) -> None:
    accepted = send(haarlem_api, packed(files()), into)
    path = path_of(accepted)

    theirs, nobodys = utrecht_api.get(path), utrecht_api.get(f"{ROOT}/catalogusinvoeren/{uuid4()}")

    assert theirs.status_code == nobodys.status_code == 404
    assert {**theirs.json(), "instance": ""} == {**nobodys.json(), "instance": ""}
    run()
    assert utrecht_api.get(path).status_code == 404


def test_nothing_of_it_is_written_at_the_neighbour(
    utrecht: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    with nothing_written(utrecht):
        send(haarlem_api, packed(files()), into)
        run()


def test_another_job_is_no_import(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    job = Job.objects.create(kind="onboarding", subject="haarlem", municipality=haarlem)

    assert haarlem_api.get(f"{ROOT}/catalogusinvoeren/{job.pk}").status_code == 404


def test_who_may_only_read_asks_nothing_and_sees_nothing(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    accepted = send(haarlem_api, packed(files()), into)

    assert send(reader(haarlem), packed(files()), into).status_code == 403
    assert reader(haarlem).get(path_of(accepted)).status_code == 403
    assert Job.objects.count() == 1


def test_so_many_wait_and_no_more(haarlem_api: ApiClient, into: str, media: Path) -> None:
    for _ in range(MAX_OPEN):
        assert send(haarlem_api, packed(files()), into).status_code == 202

    more = send(haarlem_api, packed(files()), into)

    assert (more.status_code, more.json()["code"]) == (429, "too-many-jobs")
    assert len(list(media.rglob("*.zip"))) == MAX_OPEN


def test_the_zip_goes_once_it_is_in(
    haarlem_api: ApiClient, into: str, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send(haarlem_api, packed(files()), into)
    assert [path.parent for path in media.rglob("*.zip")] == [media / "haarlem" / "invoer"]

    with django_capture_on_commit_callbacks(execute=True):
        run()

    assert list(media.rglob("*.zip")) == []


@pytest.mark.parametrize(("zaaktype", "became"), [({}, "klaar"), ({"doel": None}, "geweigerd")])
def test_what_became_of_it_can_be_read_for_a_month(
    haarlem_api: ApiClient,
    into: str,
    monkeypatch: pytest.MonkeyPatch,
    zaaktype: dict[str, Any],
    became: str,
) -> None:
    accepted = send(haarlem_api, packed(files(**zaaktype)), into)
    run()

    monkeypatch.setattr(later, "KEPT_FOR", timedelta(seconds=-1))
    send(haarlem_api, packed(files()), into)
    work_through(Job.objects.get(kind=later.KIND, state="waiting"))

    standing = haarlem_api.get(path_of(accepted)).json()
    assert (standing["status"], standing["verslag"], standing["fout"]) == (became, None, None)


@pytest.fixture
def committed(committing: Municipality) -> Iterator[ApiClient]:
    """An application of Haarlem, for what other processes have to see."""
    yield api_with_all_rights(committing)
    Job.objects.filter(kind=later.KIND).delete()


def test_a_worker_that_is_killed_is_followed_and_all_is_written_once(
    committed: ApiClient, settings: Settings
) -> None:
    settings.JOB_LEASE_SECONDS = 1
    catalogus = make(committed.municipality, CatalogusFactory)
    accepted = send(committed, packed(files()), f"catalogus={committed.url(path_of_object(catalogus))}")
    job = Job.objects.get(kind=later.KIND)

    assert in_child(lambda: killed_before_the_end(job)) == -signal.SIGKILL
    assert zaaktypen(committed.municipality) == 0
    assert in_child(lambda: work_through(job)) == 0

    standing = committed.get(path_of(accepted)).json()
    assert {each["uitkomst"] for file in standing["verslag"]["bestanden"] for each in file["objecten"]} == {
        "nieuw"
    }
    assert zaaktypen(committed.municipality) == 1


def killed_before_the_end(job: Job) -> None:
    running._finish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    work_through(job)


def test_a_worker_is_woken(
    haarlem_api: ApiClient, into: str, rung: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(haarlem_api, packed(files()), into)

    assert rung == ["app"]
