"""What cannot be is said before anything is made, all of it at once and in Dutch."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from tenants.jobs.models import Job
from tenants.onboarding.asking import Request, RequestRefused, ask_onboarding
from tenants.onboarding.hosts import leads_somewhere, refused_host
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality

pytestmark = pytest.mark.usefixtures("haarlem", "rung", "media")

ZANDVOORT = Request("Zandvoort", "zandvoort", ("zandvoort.localhost",), cbs_code="0473")


def test_what_can_be_is_asked(rung: list[str]) -> None:
    job = ask_onboarding(ZANDVOORT, asked_by="Noor")

    assert (job.kind, job.subject, job.asked_by, job.municipality) == (
        "onboarding",
        "zandvoort",
        "Noor",
        None,
    )
    assert job.given["hosts"] == ["zandvoort.localhost"]


def test_twice_is_once() -> None:
    assert ask_onboarding(ZANDVOORT, asked_by="Noor") == ask_onboarding(ZANDVOORT, asked_by="Noor")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("naam", ""),
        ("naam", "x" * 201),
        ("schema", "public"),
        ("schema", "Zandvoort"),
        ("schema", "haarlem"),
        ("hosts", ()),
        ("hosts", ("haarlem.localhost",)),
        ("hosts", ("localhost",)),
        ("hosts", ("zandvoort.localhost:80",)),
        ("cbs_code", "9999"),
        ("environment", "droom"),
        ("catalogue", "zip"),
        ("catalogue", "alles"),
        ("administrator_email", "noor"),
    ],
)
def test_what_cannot_be_is_refused(member: str, value: Any) -> None:
    with pytest.raises(RequestRefused) as refused:
        ask_onboarding(replace(ZANDVOORT, **{member: value}), asked_by="Noor")

    assert set(refused.value.problems) == {member}
    assert not Job.objects.exists()


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(RequestRefused) as refused:
        ask_onboarding(Request("", "", ()), asked_by="Noor")

    assert set(refused.value.problems) == {"naam", "schema", "hosts"}


def test_a_second_production_is_refused() -> None:
    with pytest.raises(RequestRefused, match="deze omgeving al"):
        ask_onboarding(replace(ZANDVOORT, cbs_code="0392"), asked_by="Noor")


@pytest.mark.parametrize("environment", ["acceptatie", "sandbox"])
def test_another_environment_is_not(environment: str) -> None:
    assert ask_onboarding(replace(ZANDVOORT, cbs_code="0392", environment=environment), asked_by="Noor")


def test_a_zip_is_kept_for_the_job(media: Path) -> None:
    job = ask_onboarding(replace(ZANDVOORT, catalogue="zip"), asked_by="Noor", archive=b"zip")

    assert (media / ".jobs" / job.given["archive"]).read_bytes() == b"zip"


def test_no_municipality_brings_another_aboard(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        ask_onboarding(ZANDVOORT, asked_by="Noor")


@pytest.mark.parametrize("host", ["zand-voort.nl", "a.b", "127.0.0.9", "xn--bcher-kva.nl", f"{'a' * 63}.nl"])
def test_a_host_that_is_nobodys(host: str) -> None:
    assert refused_host(host, schema="zandvoort") is None


NO_HOSTS = ["", "zandvoort", "Zandvoort.nl", "zand_voort.nl", "-a.nl", "a-.nl", "a..nl", "a.nl.", "a.nl/b"]


@pytest.mark.parametrize("host", [*NO_HOSTS, "::1", "é.nl", f"{'a' * 64}.nl", ".".join(["a" * 63] * 4)])
def test_what_is_no_host(host: str) -> None:
    assert refused_host(host, schema="zandvoort") is not None


def test_a_host_of_its_own_may_be_given_again() -> None:
    assert refused_host("haarlem.localhost", schema="haarlem") is None


@pytest.mark.parametrize(("host", "leads"), [("127.0.0.1", True), ("a..b", False)])
def test_where_a_host_leads(host: str, leads: bool) -> None:
    assert leads_somewhere(host) is leads


def test_a_name_service_that_is_slow_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: sleep(0.3))

    assert leads_somewhere("127.0.0.1", within=0.01) is None
