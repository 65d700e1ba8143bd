from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from backoffice.forms import wizard
from backoffice.models import Draft, LogLine
from backoffice.work import KINDS, LABELS
from tenants.jobs.asking import abandon, ask
from tenants.jobs.kinds import actions
from tenants.jobs.models import Job, Step
from tenants.registry.models import Municipality
from tests.backoffice.conftest import As, failed, text
from tests.people import Browser


def test_a_list_of_work_is_filtered_by_its_state(boss: Browser, failed_job: Job) -> None:
    waiting = ask("onboarding", "leiden", asked_by="Noor", given={"naam": "Leiden"})

    assert str(failed_job.pk) in text(boss.get("/taken/", staat="failed"))
    assert str(waiting.pk) not in text(boss.get("/taken/", staat="failed"))
    assert f"1 van {len(settings.JOB_KINDS['onboarding'])}" in text(boss.get("/taken/"))


def test_a_step_shows_what_went_wrong(boss: Browser, failed_job: Job) -> None:
    page = text(boss.get(f"/taken/{failed_job.pk}/"))

    assert "De opslag is &lt;vol&gt;." in page
    assert "3 pogingen" in page
    assert "Herhaal deze stap" in page


def test_running_work_is_told_to_htmx_without_the_page_around_it(boss: Browser) -> None:
    job = ask("onboarding", "leiden", asked_by="Noor", given={"naam": "Leiden"})

    page = text(boss.get(f"/taken/{job.pk}/"))
    fragment = boss.client.get(f"/taken/{job.pk}/", headers={"host": "localhost", "HX-Request": "true"})

    assert 'hx-trigger="every 2s"' in page
    assert "<html" not in text(fragment)
    assert "Schema maken" in text(fragment)


def test_a_failed_step_is_repeated_and_logged(boss: Browser, failed_job: Job) -> None:
    answer = boss.post(f"/taken/{failed_job.pk}/herhalen/")

    failed_job.refresh_from_db()
    assert (answer.status_code, failed_job.state) == (303, Job.State.WAITING)
    assert failed_job.steps.get(position=1).state == Step.State.WAITING
    assert LogLine.objects.get(action="stap herhaald").municipality == "haarlem"


def test_attempts_before_a_repeat_count_too(boss: Browser, failed_job: Job) -> None:
    boss.post(f"/taken/{failed_job.pk}/herhalen/")
    failed_job.steps.filter(position=1).update(state=Step.State.FAILED, attempts=1)
    Job.objects.filter(pk=failed_job.pk).update(state=Job.State.FAILED)

    assert "4 pogingen" in text(boss.get(f"/taken/{failed_job.pk}/"))


def test_repeating_twice_repeats_once(boss: Browser, failed_job: Job) -> None:
    boss.post(f"/taken/{failed_job.pk}/herhalen/")
    boss.post(f"/taken/{failed_job.pk}/herhalen/")

    assert LogLine.objects.filter(action="stap herhaald").count() == 1
    assert "Deze taak is niet mislukt" in text(boss.get(f"/taken/{failed_job.pk}/"))


def test_a_look_repeats_nothing(boss: Browser, failed_job: Job) -> None:
    assert boss.get(f"/taken/{failed_job.pk}/herhalen/").status_code == 405


def test_the_helpdesk_looks_on_and_reads_who_can(signed_in: As, failed_job: Job) -> None:
    browser = signed_in("helpdesk")

    assert browser.post(f"/taken/{failed_job.pk}/herhalen/").status_code == 403
    assert "Herhalen kan: eigenaar, operatie." in text(browser.get(f"/taken/{failed_job.pk}/"))
    failed_job.refresh_from_db()
    assert failed_job.state == Job.State.FAILED


@pytest.mark.parametrize("path", ["", "afbreken/"])
def test_work_of_a_municipality_that_one_does_not_see_is_not_there(
    signed_in: As, failed_job: Job, path: str
) -> None:
    browser = signed_in("operatie", municipalities=("utrecht",))

    assert browser.get(f"/taken/{failed_job.pk}/{path}").status_code == 404
    assert browser.post(f"/taken/{failed_job.pk}/herhalen/").status_code == 404


def test_work_before_there_is_a_municipality_is_the_vendors(signed_in: As) -> None:
    job = failed(None)

    assert signed_in("operatie").get(f"/taken/{job.pk}/").status_code == 200
    assert signed_in("helpdesk", municipalities=("utrecht",)).get(f"/taken/{job.pk}/").status_code == 404


def test_giving_up_asks_for_the_name(boss: Browser, failed_job: Job) -> None:
    wrong = boss.post(f"/taken/{failed_job.pk}/afbreken/", {"typed": "Utrecht"})
    right = boss.post(f"/taken/{failed_job.pk}/afbreken/", {"typed": "Haarlem"})

    failed_job.refresh_from_db()
    assert (wrong.status_code, right.status_code, failed_job.state) == (422, 303, Job.State.ABANDONED)


def test_every_kind_of_work_has_a_name() -> None:
    assert set(settings.JOB_KINDS) <= set(KINDS)


def test_every_step_is_taken_up_for_translation() -> None:
    said = {action.label for kind in settings.JOB_KINDS for action in actions(kind)}
    assert said == set(LABELS)


def test_a_long_list_takes_few_statements(boss: Browser, django_assert_max_num_queries: Any) -> None:
    Job.objects.bulk_create(
        Job(kind="onboarding", subject=f"g{number}", asked_by="Noor", state="waiting")
        for number in range(300)
    )
    boss.get("/taken/", per_page="50")

    with django_assert_max_num_queries(12):
        boss.get("/taken/", per_page="50", q="g")


GIVEN = {
    "naam": "Zandvoort",
    "schema": "zandvoort",
    "hosts": ["zaken.zandvoort.example"],
    "cbs_code": "0473",
    "environment": "productie",
    "catalogue": "demo",
    "administrator_name": "Noor",
    "administrator_email": "noor@zandvoort.example",
}


@pytest.fixture
def abandoned(monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(wizard, "leads_somewhere", lambda _host: False)
    job = failed(None, "zandvoort", **GIVEN)
    abandon(job, now=timezone.now())
    return Job.objects.get(pk=job.pk)


def test_after_giving_up_one_begins_again_with_what_was_given(boss: Browser, abandoned: Job) -> None:
    assert "Begin opnieuw" in text(boss.get(f"/taken/{abandoned.pk}/"))

    answers = [boss.post(f"/taken/{abandoned.pk}/opnieuw/") for _ in range(2)]

    draft = Draft.objects.get()
    address = f"/gemeenten/nieuw/{draft.pk}/controle/"
    assert {answer.headers["Location"] for answer in answers} == {address}
    assert "De naamdienst kent nog niet: zaken.zandvoort.example" in text(boss.get(address))
    boss.post(address)
    assert Job.objects.open().get().given == GIVEN
    assert "Begin opnieuw" not in text(boss.get(f"/taken/{abandoned.pk}/"))


def test_a_zip_has_to_be_given_again(boss: Browser, abandoned: Job) -> None:
    Job.objects.filter(pk=abandoned.pk).update(given={**GIVEN, "catalogue": "zip"})

    answer = boss.post(f"/taken/{abandoned.pk}/opnieuw/")

    assert answer.headers["Location"].endswith("/catalogus/")


def test_what_was_not_given_up_is_not_begun_again(
    boss: Browser, signed_in: As, failed_job: Job, abandoned: Job
) -> None:
    limited = signed_in("eigenaar", "ander@localhost.example", municipalities=("haarlem",))

    assert boss.post(f"/taken/{failed_job.pk}/opnieuw/").status_code == 404
    assert limited.post(f"/taken/{abandoned.pk}/opnieuw/").status_code == 404
    assert signed_in("helpdesk").post(f"/taken/{abandoned.pk}/opnieuw/").status_code == 403
    assert boss.get(f"/taken/{abandoned.pk}/opnieuw/").status_code == 405
    assert not Draft.objects.exists()


def test_what_is_over_leads_to_the_gemeente(boss: Browser, haarlem: Municipality, failed_job: Job) -> None:
    assert "Naar de gemeente" not in text(boss.get(f"/taken/{failed_job.pk}/"))
    abandon(failed_job, now=timezone.now())

    assert "Naar de gemeente" in text(boss.get(f"/taken/{failed_job.pk}/"))


def test_the_log_is_dutch_whatever_a_person_reads(boss: Browser, failed_job: Job) -> None:
    boss.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    boss.post(f"/taken/{failed_job.pk}/herhalen/")

    assert LogLine.objects.get(area="taken").subject == "Inrichting Haarlem"
