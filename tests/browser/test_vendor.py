"""The vendor at work: bringing a municipality aboard, repeating what failed; and every page of it by axe."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import jwt
import pytest
from celery import current_app
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from api.clients.models import Credential
from backoffice.bringing import answer
from backoffice.models import Draft
from contracts.defaults import begin
from contracts.models import Calendar, PriceList, ServiceLevel
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.jobs import bell
from tenants.jobs.models import Job
from tenants.registry.context import in_municipality
from tenants.registry.models import Domain, Municipality
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import enrol, follow, take_up
from tests.conftest import Connected
from tests.tenants.onboarding.conftest import clear
from tests.tenants.onboarding.test_workers import start

SCHEMA, HOST = "wijk_bij_duurstede", "wijk.localhost"
PATIENCE_SECONDS = 60
DUTCH = re.compile(r"\b(?:Gemeenten|Achtergrondtaken|Staat|Taak|Wijzig|mislukt|Omgeving|het|een)\b")
Ring = Callable[[], None]


@pytest.fixture
def aboard(site: Site, owner_connection: Connected) -> Iterator[None]:
    """What is committed of the new municipality is taken away again."""
    yield
    with owner_connection():
        clear(SCHEMA)


@pytest.fixture
def ring(
    aboard: None, site: Site, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ring]:
    """Two workers, one for each login, on queues of their own; they begin when they are rung."""
    queues = {login: f"test-{uuid4().hex}" for login in ("app", "owner")}
    monkeypatch.setenv("ZAAKPLEIN_MAIL_ROOT", str(tmp_path / "mail"))
    with site.arranging():
        workers = [start(login, queues, tmp_path) for login in queues]

    def rung() -> None:
        for login, queue in queues.items():
            current_app.send_task(bell.TASK, args=[login], queue=queue)

    yield rung
    for worker in workers:
        worker.terminate()
        worker.wait(timeout=PATIENCE_SECONDS)


def asked(site: Site, **how: Any) -> Page:
    """The page of the job, after the wizard was walked through."""
    vendor = site.house()
    page = site.open_as(site.member(vendor, "operatie"), vendor, "/gemeenten/", **how)
    page.get_by_role("link", name="Gemeente toevoegen").click()
    page.get_by_label("Gemeente", exact=True).select_option(label="Wijk bij Duurstede (Utrecht)")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Hoofdadres").fill(HOST)
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Vijf voorbeelden").check()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Naam").fill("L. Bakker")
    page.get_by_label("E-mailadres").fill("bakker@wijk.example")
    page.get_by_role("button", name="Volgende").click()
    expect(page.get_by_role("heading", name="Wat wordt ingericht")).to_be_visible()
    page.get_by_role("button", name="Richt in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inrichting Wijk bij Duurstede")
    return page


def call(site: Site, path: str) -> int:
    """Its API, with the first key."""
    with site.arranging():
        municipality = Municipality.objects.get(schema_name=SCHEMA)
        with in_municipality(municipality):
            credential = Credential.objects.get()
    payload = {"iss": credential.client_id, "iat": int(time.time()), "client_id": credential.client_id}
    token = jwt.encode({**payload, "user_id": "", "user_representation": ""}, credential.secret, "HS256")
    request = urllib.request.Request(
        f"http://127.0.0.1:{site.port}{path}",
        headers={"Host": f"{HOST}:{site.port}", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        status: int = response.status
    return status


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_municipality_comes_aboard_and_its_api_answers(site: Site, ring: Ring, script: bool) -> None:
    page = asked(site, java_script_enabled=script)
    shot(page, "leverancier-taak")
    ring()

    if script:
        expect(page.get_by_text("Klaar", exact=True)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    else:
        until_done(page)
    assert call(site, "/catalogi/api/v1/catalogussen") == 200
    page.get_by_role("link", name="Naar de gemeente").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wijk bij Duurstede")


def test_its_administrator_comes_in_on_its_host_and_who_is_limited_does_not_see_it(
    site: Site, ring: Ring, tmp_path: Path
) -> None:
    page = asked(site)
    ring()
    expect(page.get_by_text("Klaar", exact=True)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)

    (mail,) = (tmp_path / "mail").iterdir()
    link = urlsplit(str(re.search(r"http://\S+", mail.read_text())[0]))  # type: ignore[index]  # there is one
    assert link.hostname == HOST
    door = f"http://{HOST}:{site.port}"
    administrator = site.open_page(f"{door}{link.path}?{link.query}")
    take_up(administrator, name="")
    enrol(administrator)
    follow(administrator, "Ik heb ze bewaard")
    expect(administrator).to_have_url(f"{door}/beheer/")
    expect(administrator.get_by_text("Wijk bij Duurstede").first).to_be_visible()

    vendor = site.house()
    both = site.member(vendor, "helpdesk", "beperkt@x.example", municipalities=("haarlem", "utrecht"))
    page = site.open_as(both, vendor, "/gemeenten/")
    seen = [page.get_by_role("link", name=name).count() for name in ("Haarlem", "Utrecht", "Wijk")]
    assert seen == [1, 1, 0]
    with site.arranging():
        hidden = Municipality.objects.get(schema_name=SCHEMA)
    answer = page.goto(site.address(vendor, f"/gemeenten/{hidden.pk}/"))
    assert answer is not None
    assert answer.status == 404


def until_done(page: Page) -> None:
    """By the link that is there for who has no script, and then by hand."""
    page.get_by_role("link", name="Ververs de stand").click()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while page.get_by_text("Klaar", exact=True).count() == 0:
        assert time.monotonic() < deadline
        page.reload()


def test_a_step_that_failed_is_repeated(site: Site, ring: Ring) -> None:
    page = asked(site)
    with site.arranging():
        taken = Domain.objects.create(
            domain=HOST, tenant=Municipality.objects.get(schema_name="utrecht"), is_primary=False
        )
    ring()
    again = page.get_by_role("button", name="Herhaal deze stap")
    expect(again).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    expect(page.get_by_role("alert")).to_contain_text("Een stap is mislukt")
    assert axe(page) == []
    shot(page, "leverancier-taak-mislukt")

    with site.arranging():
        taken.delete()
    again.click()
    expect(again).to_have_count(0)
    ring()

    expect(page.get_by_text("Klaar", exact=True)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    assert call(site, "/catalogi/api/v1/catalogussen") == 200


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_zip_is_asked_under_its_choice_alone(site: Site, script: bool) -> None:
    vendor = site.house()
    boss = site.member(vendor, "eigenaar")
    with site.arranging():
        draft = Draft.objects.create(user=boss.user)
        for step in ("gemeente", "hosts"):
            answer(draft, step, ANSWERS[step])
    page = site.open_as(boss, vendor, f"/gemeenten/nieuw/{draft.pk}/catalogus/", java_script_enabled=script)

    asked_for = page.get_by_label("Zip met een catalogus")
    expect(asked_for).to_be_visible(visible=not script)
    page.get_by_label("Een zip", exact=True).check()
    expect(asked_for).to_be_visible()


# Every page ---------------------------------------------------------------------------------------


@pytest.fixture
def paths(site: Site) -> Iterator[list[str]]:
    """Each page of the vendor beyond people, with something to show on it."""
    vendor = site.house()
    boss = site.member(vendor, "eigenaar")
    with site.arranging():
        haarlem = Municipality.objects.get(schema_name="haarlem")
        utrecht = Municipality.objects.get(schema_name="utrecht")
        Municipality.objects.filter(pk=utrecht.pk).update(status="in_exit")
        job = a_failed_job(haarlem)
        draft = Draft.objects.create(user=boss.user)
        for step, given in ANSWERS.items():
            answer(draft, step, given)
    agreements = agreed(site, boss)
    yield [
        "/",
        "/gemeenten/",
        "/gemeenten/?q=zzz",
        f"/gemeenten/{haarlem.pk}/",
        f"/gemeenten/{haarlem.pk}/staat/",
        f"/gemeenten/{utrecht.pk}/beeindigen/",
        f"/gemeenten/{utrecht.pk}/beheerder/",
        "/gemeenten/nieuw/",
        *(f"/gemeenten/nieuw/{draft.pk}/{step}/" for step in (*ANSWERS, "controle")),
        "/taken/",
        f"/taken/{job.pk}/",
        f"/taken/{job.pk}/afbreken/",
        *agreements,
    ]
    with site.arranging():
        Municipality.objects.filter(pk=utrecht.pk).update(status="actief")


def agreed(site: Site, boss: Membership) -> list[str]:
    """The pages of what is promised and asked, with a report and an offer that were worked out."""
    with site.arranging():
        person = person_of(boss.user)
        assert person is not None
        now = timezone.now()
        begin(person=person, now=now)
        calendar = Calendar.objects.get(name="Kantoortijden")
        level = ServiceLevel.objects.get(name="Plus")
        prices = PriceList.objects.get(name="Standaard")
    of_calendar, of_level, of_prices = (
        f"/afspraken/kalenders/{calendar.pk}/",
        f"/afspraken/serviceniveaus/{level.pk}/",
        f"/prijslijsten/{prices.pk}/",
    )
    wanted = "gemeente=0392&level=Plus&environments=2&storage_gb=2000&hours=50&setup=on&community=on"
    asked = f"priority=P2&begins=ontvangen&moment={now + timedelta(days=1):%Y-%m-%dT%H:%M}"
    return [
        "/afspraken/kalenders/",
        "/afspraken/kalenders/nieuw/",
        of_calendar,
        f"{of_calendar}versie/",
        f"{of_calendar}feestdagen/{timezone.localdate(now).year + 1}/",
        "/afspraken/serviceniveaus/",
        "/afspraken/serviceniveaus/nieuw/",
        of_level,
        f"{of_level}versie/",
        f"{of_level}wanneer/?{asked}",
        "/prijslijsten/",
        "/prijslijsten/nieuw/",
        of_prices,
        f"{of_prices}versie/",
        f"{of_prices}brief/",
        f"{of_prices}kosten/",
        f"{of_prices}kosten/?{wanted}",
        f"{of_prices}kosten/brief/?{wanted}",
    ]


ANSWERS: dict[str, dict[str, Any]] = {
    "gemeente": {
        "cbs_code": "0352",
        "naam": "Wijk bij Duurstede",
        "environment": "productie",
        "schema": SCHEMA,
    },
    "hosts": {"hosts": [HOST, "www.wijk.example"], "unknown": ["www.wijk.example"]},
    "catalogus": {"catalogue": "demo"},
    "beheerder": {"name": "L. Bakker", "email": "bakker@wijk.example"},
}


def a_failed_job(municipality: Municipality) -> Job:
    now = timezone.now()
    job = Job.objects.create(
        kind="onboarding",
        subject="haarlem",
        asked_by="operatie@localhost.example",
        municipality=municipality,
        state=Job.State.FAILED,
        given={"naam": "Haarlem", "hosts": ["haarlem.localhost"]},
    )
    job.steps.create(position=0, name="role", connection="owner", state="done", started_at=now, ended_at=now)
    job.steps.create(
        position=1,
        name="schema",
        connection="owner",
        state="failed",
        attempts=3,
        error="De schijf is vol.",
        started_at=now,
        ended_at=now,
    )
    job.steps.create(position=2, name="registry", connection="vendor")
    return job


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_every_page_is_accessible(site: Site, paths: list[str], language: str, width: int) -> None:
    page = at_home(site, language, width)
    found = {}
    for path in paths:
        page.goto(site.address(site.house(), path))
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        shot(page, f"{language}{re.sub('[^a-z]+', '-', path)}")
        if wrong := axe(page):
            found[path] = wrong
        if scrolls_sideways(page):
            found[f"{path} sideways"] = [path]
    assert found == {}


def test_every_page_is_used_by_keyboard(site: Site, paths: list[str]) -> None:
    page = at_home(site, "nl", 1280)
    found = {}
    for path in paths:
        page.goto(site.address(site.house(), path))
        if missed := unreachable(page):
            found[path] = missed
    assert found == {}


def test_at_twice_the_size_nothing_scrolls_sideways(site: Site, paths: list[str]) -> None:
    page = at_home(site, "nl", 640)
    wide = []
    for path in paths:
        page.goto(site.address(site.house(), path))
        wide += [path] if scrolls_sideways(page) else []
    assert wide == []


def test_an_english_page_says_nothing_in_dutch(site: Site, paths: list[str]) -> None:
    page = at_home(site, "en", 1280)
    said = {}
    for path in paths:
        page.goto(site.address(site.house(), path))
        if words := set(DUTCH.findall(page.inner_text("body"))):
            said[path] = words
    assert said == {}


def at_home(site: Site, language: str, width: int) -> Page:
    """The owner who has the draft of `paths`."""
    vendor = site.house()
    with site.arranging():
        boss = Membership.objects.select_related("user").get(role="eigenaar")
    return site.open_as(boss, vendor, language=language, width=width)
