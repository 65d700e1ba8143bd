"""Every act in every state, by every role of both sides; and what follows from each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core import mail

from backoffice.models import LogLine
from backoffice.permissions import TABLE as OF_THE_VENDOR
from service_reports import acting, deciding, drawing
from service_reports.models import ServiceReport, State
from service_reports.states import ACTS, FIXED_BY_TIME, MADE, ReportRefused, ReportStale
from tenants.accounts.log_words import ACTIONS
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.console.models import LogLine as OwnLine
from tenants.console.permissions import TABLE as OF_A_MUNICIPALITY
from tenants.registry.context import MunicipalityRequired, WrongMunicipality, in_municipality
from tenants.registry.models import Municipality
from tests.people import House, member, partner_organisation
from tests.service_reports.reports import NOW, make_service_report, signed_contract

REFUSALS = (ReportRefused, WrongMunicipality, MunicipalityRequired, ServiceReport.DoesNotExist)
Done = Callable[[ServiceReport, Person], object]
DOES: Mapping[str, Done] = {
    "herbereken": lambda report, person: acting.refresh(report, person=person, now=NOW),
    "deel": lambda report, person: acting.share(report, person=person, now=NOW),
    "stem-in": lambda report, person: acting.agree(report, person=person, now=NOW),
    "corrigeer": lambda report, person: acting.correct(report, "Telfout", person=person, now=NOW),
    "akkoord": lambda report, person: deciding.agree(report, person=person, now=NOW),
    "betwist": lambda report, person: deciding.dispute(report, "Klopt niet", person=person, now=NOW),
}
VENDORS, MUNICIPALITYS = {"eigenaar", "accountbeheer"}, {"beheerder"}
MAY: Mapping[str, set[str]] = {
    "herbereken": VENDORS,
    "deel": VENDORS,
    "stem-in": VENDORS,
    "corrigeer": VENDORS,
    "akkoord": MUNICIPALITYS,
    "betwist": MUNICIPALITYS,
}
"""By hand, so that nobody gets a hand in it unseen; who is not named is refused."""
AFTER: Mapping[tuple[str, State], State] = {
    ("herbereken", State.CONCEPT): State.CONCEPT,
    ("deel", State.CONCEPT): State.GEDEELD,
    ("stem-in", State.GEDEELD): State.GEDEELD,
    ("corrigeer", State.GEDEELD): State.VERVANGEN,
    ("corrigeer", State.BETWIST): State.BETWIST,
    ("corrigeer", State.VASTGESTELD): State.VASTGESTELD,
    ("akkoord", State.GEDEELD): State.GEDEELD,
    ("betwist", State.GEDEELD): State.BETWIST,
}
ROLES = [
    *((role.key, "vendor") for role in OF_THE_VENDOR.roles),
    *((role.key, "haarlem") for role in OF_A_MUNICIPALITY.roles),
]

pytestmark = pytest.mark.django_db


def tries(act: str, report: ServiceReport, house: House, membership: Membership) -> bool:
    """Whether it was done."""
    with house.entered():
        person = person_of(membership.user)
        assert person is not None
        try:
            DOES[act](report, person)
        except REFUSALS:
            return False
    return True


def house_of(side: str, haarlem: Municipality) -> House:
    return House.of(haarlem if side == "haarlem" else None)


def standing(report: ServiceReport) -> State:
    return State(ServiceReport.objects.get(pk=report.pk).state)


@pytest.fixture(autouse=True)
def agreed(haarlem: Municipality) -> None:
    signed_contract(haarlem, start=NOW.date().replace(month=1, day=1))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("role", "side"), ROLES)
def test_only_who_may_does_it(haarlem: Municipality, act: str, role: str, side: str) -> None:
    house = house_of(side, haarlem)
    of_its_side = ACTS[act].is_of_municipality == (side == "haarlem")
    report = make_service_report(haarlem, state=ACTS[act].before[0])

    assert tries(act, report, house, member(house, role)) is (of_its_side and role in MAY[act])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", State)
def test_what_an_act_makes_of_each_state(haarlem: Municipality, act: str, state: State) -> None:
    house = house_of("haarlem" if ACTS[act].is_of_municipality else "vendor", haarlem)
    report = make_service_report(haarlem, state=state)

    done = tries(act, report, house, member(house, max(MAY[act])))

    assert done is ((act, state) in AFTER)
    assert standing(report) == AFTER.get((act, state), state)


def test_the_table_is_what_the_acts_say() -> None:
    assert {(key, state) for key, act in ACTS.items() for state in act.before} == AFTER.keys()


@pytest.mark.parametrize("action", [*(act.logged for act in ACTS.values()), MADE, FIXED_BY_TIME])
def test_the_log_has_words_for_it(action: str) -> None:
    assert action in ACTIONS


# Together ---------------------------------------------------------------------------------------


def person_in(house: House, membership: Membership) -> Person:
    person = person_of(membership.user)
    assert person is not None
    return person


@pytest.mark.parametrize("first", ["stem-in", "akkoord"])
def test_once_both_agreed_it_is_fixed(
    vendor: House, at_haarlem: House, haarlem: Municipality, first: str
) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)
    sides = {"stem-in": (vendor, "eigenaar"), "akkoord": (at_haarlem, "beheerder")}
    second = next(each for each in sides if each != first)

    for act in (first, second):
        house, role = sides[act]
        assert tries(act, report, house, member(house, role))

    fixed = ServiceReport.objects.get(pk=report.pk)
    assert (fixed.state, fixed.fixed_at) == (State.VASTGESTELD, NOW)
    assert fixed.vendor_agreed_by == "eigenaar@localhost.example"
    assert fixed.municipality_agreed_by == "beheerder@haarlem.localhost.example"


def test_one_human_with_two_hats_agrees_once(vendor: House, at_haarlem: House, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)
    assert tries("stem-in", report, vendor, member(vendor, "eigenaar", "twee@hoeden.example"))

    assert not tries("akkoord", report, at_haarlem, member(at_haarlem, "beheerder", "Twee@hoeden.example"))
    assert standing(report) == State.GEDEELD


def test_who_agreed_disputes_no_more(at_haarlem: House, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)
    boss = member(at_haarlem, "beheerder")
    assert tries("akkoord", report, at_haarlem, boss)

    assert not tries("betwist", report, at_haarlem, boss)


@pytest.mark.parametrize("act", ["akkoord", "betwist", "stem-in"])
def test_after_ten_working_days_nobody_decides(
    vendor: House, at_haarlem: House, haarlem: Municipality, act: str
) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD, fixes_at=NOW)
    house = at_haarlem if ACTS[act].is_of_municipality else vendor

    assert not tries(act, report, house, member(house, "beheerder" if house is at_haarlem else "eigenaar"))


def test_sharing_tells_who_decides_and_both_logs(
    vendor: House,
    at_haarlem: House,
    haarlem: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    member(at_haarlem, "beheerder", "lia@haarlem.example")
    member(at_haarlem, "lezer")
    report = make_service_report(haarlem)
    drawn: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda *_, **__: None)
    monkeypatch.setattr(drawing, "as_pdf", drawn.append)
    monkeypatch.setattr(drawing, "replace", lambda *_: None)

    with django_capture_on_commit_callbacks(execute=True):
        assert tries("deel", report, vendor, member(vendor, "eigenaar"))

    assert len(drawn) == 1
    (letter,) = mail.outbox
    assert letter.to == ["lia@haarlem.example"]
    assert "oktober 2026" in letter.subject
    assert LogLine.objects.filter(action="serviceniveaurapport gedeeld").count() == 1
    with in_municipality(haarlem):
        assert OwnLine.objects.filter(action="serviceniveaurapport gedeeld").count() == 1
    shared = ServiceReport.objects.get(pk=report.pk)
    assert shared.fixes_at is not None
    assert shared.fixes_at - NOW > timedelta(days=14)


def test_a_correction_is_a_concept_of_the_next_version(vendor: House, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.VASTGESTELD)

    assert tries("corrigeer", report, vendor, member(vendor, "eigenaar"))

    later = ServiceReport.objects.get(version=2)
    assert (later.state, later.reason, later.month) == (State.CONCEPT, "Telfout", report.month)
    assert standing(report) == State.VASTGESTELD
    assert list(ServiceReport.objects.last_versions()) == [later]


def test_only_the_last_version_is_corrected(vendor: House, haarlem: Municipality) -> None:
    report, boss = make_service_report(haarlem, state=State.VASTGESTELD), member(vendor, "eigenaar")
    assert tries("corrigeer", report, vendor, boss)

    with vendor.entered(), pytest.raises(ReportStale, match="versie 2"):
        acting.correct(report, "Nog eens", person=person_in(vendor, boss), now=NOW)


def test_a_correction_says_why(vendor: House, haarlem: Municipality) -> None:
    report, boss = make_service_report(haarlem, state=State.VASTGESTELD), member(vendor, "eigenaar")

    with vendor.entered(), pytest.raises(ReportRefused):
        acting.correct(report, "  ", person=person_in(vendor, boss), now=NOW)

    assert ServiceReport.objects.count() == 1


@pytest.mark.parametrize(("length", "done"), [(2000, True), (2001, False), (0, False)])
def test_a_dispute_has_words_and_not_too_many(
    at_haarlem: House, haarlem: Municipality, length: int, done: bool
) -> None:
    report, boss = make_service_report(haarlem, state=State.GEDEELD), member(at_haarlem, "beheerder")
    with at_haarlem.entered():
        person = person_in(at_haarlem, boss)
        with suppress(ReportRefused):
            deciding.dispute(report, "x" * length, person=person, now=NOW)

    assert (standing(report) == State.BETWIST) is done


# Of others --------------------------------------------------------------------------------------


def test_another_organisation_does_nothing_with_it(vendor: House, haarlem: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    report = make_service_report(haarlem)

    assert not tries("deel", report, vendor, member(vendor, "eigenaar", "p@x.example", organisation=partner))


def test_who_does_not_see_the_municipality_does_nothing_with_it(vendor: House, haarlem: Municipality) -> None:
    limited = member(vendor, "eigenaar", "u@x.example", municipalities=("utrecht",))

    assert not tries("deel", make_service_report(haarlem), vendor, limited)


def test_a_neighbour_does_nothing_with_it(at_utrecht: House, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)

    assert not tries("akkoord", report, at_utrecht, member(at_utrecht, "beheerder"))
    assert standing(report) == State.GEDEELD
