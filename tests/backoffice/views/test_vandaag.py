from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from backoffice.views.vandaag import SHOWN
from tenants.accounts.models import Invitation
from tenants.jobs.models import Job
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality, StateChange
from tenants.registry.tasks import PROBED_AT, patience
from tests.backoffice.conftest import As, failed, text
from tests.people import Browser, vendor_organisation


def invite(email: str, ends: timedelta) -> None:
    now = timezone.now()
    Invitation.objects.create(
        email=email,
        role="helpdesk",
        organisation=vendor_organisation(),
        digest=email,
        sent_at=now,
        expires_at=now + ends,
    )


def test_a_failed_step_is_first(boss: Browser, failed_job: Job) -> None:
    page = text(boss.get("/"))

    assert f'href="/taken/{failed_job.pk}/"' in page
    assert "De opslag is &lt;vol&gt;." in page
    assert '<a href="/taken/?staat=failed">' in page


def test_a_municipality_that_no_job_reaches_is_told_of(
    boss: Browser, haarlem: Municipality, utrecht: Municipality
) -> None:
    with in_municipality(utrecht):
        cache.set(PROBED_AT, timezone.now(), timeout=None)

    page = text(boss.get("/"))

    assert f'href="/gemeenten/{haarlem.pk}/"' in page
    assert f'href="/gemeenten/{utrecht.pk}/"' not in page


def test_an_invitation_that_ends_is_told_of_to_who_can_send_another(boss: Browser, signed_in: As) -> None:
    invite("bijna@localhost.example", timedelta(days=1))
    invite("later@localhost.example", timedelta(days=5))

    assert "bijna@localhost.example" in text(boss.get("/"))
    assert "later@localhost.example" not in text(boss.get("/"))
    assert "bijna@localhost.example" not in text(signed_in("helpdesk").get("/"))


def test_where_nothing_waits_the_page_says_so(
    boss: Browser, haarlem: Municipality, utrecht: Municipality
) -> None:
    for municipality in (haarlem, utrecht):
        with in_municipality(municipality):
            cache.set(PROBED_AT, timezone.now(), timeout=None)

    page = text(boss.get("/"))
    assert "Niets wacht op u" in page
    assert "Open de eerste" not in page


def test_finance_sees_no_work(signed_in: As, failed_job: Job) -> None:
    assert "taak is mislukt" not in text(signed_in("financien").get("/"))


def test_a_limited_person_sees_what_is_of_his_municipalities(
    signed_in: As, failed_job: Job, utrecht: Municipality
) -> None:
    page = text(signed_in("operatie", municipalities=("utrecht",)).get("/"))

    assert str(failed_job.pk) not in page
    assert f'href="/gemeenten/{utrecht.pk}/"' in page


def test_a_fleet_takes_few_statements(
    boss: Browser, municipalities: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    municipalities(342)
    boss.get("/")

    with django_assert_max_num_queries(19):
        boss.get("/")


def test_a_municipality_that_opened_just_now_may_wait_for_its_first_sign_of_life(
    boss: Browser, haarlem: Municipality
) -> None:
    opened = StateChange.objects.create(
        municipality=haarlem, before="in_inrichting", after="actief", at=timezone.now(), actor="", reason="x"
    )
    assert f'href="/gemeenten/{haarlem.pk}/"' not in text(boss.get("/"))

    StateChange.objects.filter(pk=opened.pk).update(at=timezone.now() - patience())

    assert f'href="/gemeenten/{haarlem.pk}/"' in text(boss.get("/"))


def test_where_something_waits_the_first_is_the_main_action(boss: Browser, failed_job: Job) -> None:
    page = text(boss.get("/"))

    assert "Open de eerste" in page
    assert "Bekijken" in page
    assert "Stap herhalen" not in page


def test_as_many_as_are_shown_are_counted_and_more_are_told_of(boss: Browser, haarlem: Municipality) -> None:
    others = text(boss.get("/")).count("Bekijken")
    for number in range(SHOWN):
        failed(haarlem, f"onthaal-{number}")
    assert f"{SHOWN}+" not in text(boss.get("/"))

    failed(haarlem)

    page = text(boss.get("/"))
    assert f"{SHOWN}+" in page
    assert page.count("Bekijken") - others == SHOWN
