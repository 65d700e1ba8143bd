from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.models import Kind as AccessKind
from access.models import State as AccessState
from backoffice.today.todo import SHOWN
from contracts.models import Contract
from helpdesk.models import Ticket, TicketClock
from incidents.models import Incident
from service_reports.models import Minutes
from tenants.accounts.models import Invitation
from tenants.jobs.models import Job
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality, StateChange
from tenants.registry.tasks import PROBED_AT, patience
from tests.access.grants import make_grant
from tests.backoffice.conftest import As, failed, text
from tests.contracts.signed import day, signed_contract
from tests.handover.moves import make_handover, other_vendor
from tests.helpdesk.tickets import level, make
from tests.incidents.broken import make_incident
from tests.people import Browser, House, browser_of, member, partner_organisation, vendor_organisation
from tests.service_reports.reports import make_maintenance, measured

STATEMENTS = 32


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

    with django_assert_max_num_queries(STATEMENTS):
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


# Clocks --------------------------------------------------------------------------------------------


def test_clocks_are_counted_as_the_forecast_counts_them(
    boss: Browser, signed_in: As, haarlem: Municipality, utrecht: Municipality
) -> None:
    """In the same words; of a municipality that one does not see none is."""
    reporter = member(House.of(None), "helpdesk", "sam@leverancier.example")
    version, now = level(), timezone.now()
    late, today = make(haarlem, reporter, version=version), make(utrecht, reporter, version=version)
    tonight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.max))
    TicketClock.objects.filter(ticket=late).update(due_at=now - timedelta(minutes=35))
    TicketClock.objects.filter(ticket=today).update(due_at=tonight)
    count = TicketClock.objects.filter(ticket=late).count()

    limited = signed_in("helpdesk", municipalities=("utrecht",))
    for path in ("/", "/meldingen/dreigt/"):
        page, seen = words(boss, path), words(limited, path)
        assert f"{count} klokken te laat" in page
        assert f"{count} klokken lopen vandaag af" in page
        assert f"{count} klokken lopen vandaag af" in seen
        assert f"{count} klokken te laat" not in seen


def words(browser: Browser, path: str) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(browser.get(path))).split())


# Contracts and access ------------------------------------------------------------------------------


def notice_comes(municipality: Municipality, days: int, **given: Any) -> Contract:
    """Renewed each year, with notice of a month until so many days from now."""
    terms = {"renewal": "yearly", "notice_months": 0, "start": day(-300), "end": day(days)}
    return signed_contract(municipality, **{**terms, **given})


def test_what_ends_soon_is_told_with_whose_turn_it_is(boss: Browser, haarlem: Municipality) -> None:
    soon, later = notice_comes(haarlem, 6), day(-300)
    page = words(boss, "/")

    assert f"Contract {soon.number}: opzegtermijn eindigt" in page
    assert "Eigenaar, Accountbeheer" in page
    assert "1 contract loopt af" in page
    assert later < soon.versions.get().end


@pytest.mark.parametrize(("days", "shown"), [(30, True), (31, False)])
def test_what_ends_within_a_month_is_to_be_done_and_the_rest_is_counted(
    boss: Browser, haarlem: Municipality, days: int, shown: bool
) -> None:
    ends = signed_contract(haarlem, end=day(days))
    page = words(boss, "/")

    assert (f"Contract {ends.number}: loopt af" in page) is shown
    assert "1 contract loopt af" in page


def test_access_waits_for_the_gemeente_for_a_colleague_or_for_who_had_it(
    boss: Browser, vendor: House, haarlem: Municipality
) -> None:
    now, hurried = timezone.now(), member(vendor, "operatie")
    asked = make_grant(haarlem, now=now)
    urgent = make_grant(haarlem, now=now, kind=AccessKind.NOOD, asker=hurried)
    over = make_grant(
        haarlem,
        now=now,
        kind=AccessKind.NOOD,
        state=AccessState.NOODTOEGANG,
        valid_from=now - timedelta(hours=2),
        valid_until=now - timedelta(minutes=1),
        hours_allowed=2,
    )
    late = member(vendor, "helpdesk", "te.laat@leverancier.example")
    lapsed = make_grant(haarlem, now=now - timedelta(days=9), lapses_at=now, asker=late)
    page = words(boss, "/")

    assert f"{asked}: toegang wacht op gemeente" in page
    assert f"{urgent}: noodtoegang wacht op een tweede persoon" in page
    assert f"{over}: noodtoegang is nog niet verantwoord" in page
    assert f"{lapsed}:" not in page
    assert "1 toegang wacht op gemeente" in page


def test_of_another_organisation_and_of_another_municipality_nothing_is_told(
    signed_in: As, vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    """Neither to who is limited, nor to a partner that serves it, nor to another vendor."""
    now = timezone.now()
    sam = member(vendor, "helpdesk", "sam@leverancier.example")
    ticket = make(haarlem, sam, subject="Geheim van Haarlem")
    contract, grant = notice_comes(haarlem, 6), make_grant(haarlem, now=now)
    Ticket.objects.filter(pk=ticket.pk).update(status="gepland", planned_for=now + timedelta(hours=1))
    make_maintenance(haarlem, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))
    make_handover(haarlem, state="gepland", planned_at=now + timedelta(days=1), to_name="Dimpact")
    measured(haarlem, now.replace(minute=0, second=0, microsecond=0), 1)
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner_organisation())
    strangers = [
        signed_in("eigenaar", "u@leverancier.example", municipalities=("utrecht",)),
        browser_of(vendor, member(vendor, "eigenaar", "p@x.example", organisation=partner_organisation())),
        browser_of(vendor, member(vendor, "eigenaar", "d@x.example", organisation=other_vendor("Elders"))),
    ]
    own = words(signed_in(), "/")

    told = (
        contract.number,
        str(grant),
        "Geheim van Haarlem",
        "Onderhoud: Nieuwe versie",
        "naar Dimpact",
    )
    assert [each for each in told if each not in own] == []
    for stranger in strangers:
        page = words(stranger, "/")
        assert [each for each in told if each in page] == []
        assert "geen meting" in page
        assert "Haarlem" not in page


def test_each_part_is_for_who_may_see_its_area(signed_in: As, vendor: House, haarlem: Municipality) -> None:
    now = timezone.now()
    make(haarlem, member(vendor, "helpdesk", "sam@leverancier.example"), subject="Niet voor financiën")
    grant, contract = make_grant(haarlem, now=now), notice_comes(haarlem, 6)
    page = words(signed_in("financien"), "/")

    assert contract.number in page
    assert str(grant) not in page
    assert "Niet voor financiën" not in page
    assert "Taken in de wachtrij" not in page
    assert "wacht op gemeente" not in page


# Later, and how it runs ----------------------------------------------------------------------------


def test_what_is_planned_comes_in_its_order_and_within_seven_days(
    boss: Browser, vendor: House, haarlem: Municipality
) -> None:
    now = timezone.now()
    planned = make(haarlem, member(vendor, "helpdesk", "sam@leverancier.example"), subject="Samen kijken")
    Ticket.objects.filter(pk=planned.pk).update(status="gepland", planned_for=now + timedelta(hours=3))
    make_maintenance(haarlem, starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=4))
    make_maintenance(
        haarlem, starts_at=now + timedelta(days=8), ends_at=now + timedelta(days=9), reason="Ver weg"
    )
    make_maintenance(
        haarlem,
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=4),
        reason="Afgelast",
        called_off_at=now,
    )
    incident = make_incident(haarlem, title="Zoeken is traag")
    Incident.objects.filter(pk=incident.pk).update(next_update_at=now + timedelta(hours=1))
    later = words(boss, "/").partition("Straks")[2].partition("Hoe draait het platform")[0]

    places = [later.index(each) for each in ("Zoeken is traag", "Onderhoud: Nieuwe versie", "Samen kijken")]
    assert places == sorted(places)
    assert "Ver weg" not in later
    assert "Afgelast" not in later


def test_the_platform_is_measured_over_what_one_sees(
    boss: Browser, haarlem: Municipality, utrecht: Municipality
) -> None:
    """Rounded down: what was away for a minute is never all of it."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    measured(haarlem, hour - timedelta(hours=1), 1, "d" * 30 + "u" * 30)
    measured(haarlem, hour, 1, "u" * 59 + "d")
    measured(utrecht, hour, 1, "u" * 30 + "." * 30)
    Minutes.objects.filter(hour=hour).update(requests=100, failures=1)
    page = words(boss, "/").replace("\u00a0", " ")

    assert "Bereikbaar 98,88 %" in page
    assert "Aanroepen met een fout van ons 1,00 %" in page
    assert "Taken in de wachtrij 0" in page


def test_more_of_everything_costs_no_more_statements(
    boss: Browser, vendor: House, haarlem: Municipality
) -> None:
    reporter = member(vendor, "helpdesk", "sam@leverancier.example")

    def more(count: int) -> None:
        now = timezone.now()
        for number in range(count):
            make_grant(haarlem, now=now, state=AccessState.BEEINDIGD, kind=AccessKind.NOOD)
            make_maintenance(haarlem, starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=4))
            make(haarlem, reporter, subject=str(number))
            failed(haarlem, f"onthaal-{now.timestamp()}-{number}")

    more(1)
    boss.get("/")
    with CaptureQueriesContext(connection) as few:
        boss.get("/")
    more(SHOWN + 2)
    with CaptureQueriesContext(connection) as many:
        boss.get("/")

    assert len(many) == len(few) <= STATEMENTS
