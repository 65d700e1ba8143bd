"""Asking, deciding and stopping: what each does, tells and leaves in the logs, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from access.asking import Wish, ask, confirm, give_back, lapses_at
from access.deciding import Decision, allow, refuse, set_emergencies, stop
from access.models import Emergencies, Grant, Scope, State
from access.refusals import AccessRefused, AccessStale
from access.using import mark_used, usable_grant
from backoffice.models import LogLine
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.console.models import LogLine as LineOfMunicipality
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, member, partner_organisation

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
WISH = Wish(
    reason="Nagaan waarom zaken niet sluiten",
    ticket="2043",
    scopes=(Scope.TECHNIEK, Scope.ZAAKGEGEVENS),
    hours=8,
)
DECISION = Decision((Scope.ZAAKGEGEVENS,), 4, 3)


def as_person(membership: Membership) -> Person:
    person = person_of(membership.user)
    assert person is not None
    return person


@pytest.fixture
def asker(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def boss(at_haarlem: House) -> Membership:
    return member(at_haarlem, "beheerder", "lia@haarlem.example")


@pytest.fixture
def asked(haarlem: Municipality, asker: Membership, boss: Membership) -> Grant:
    return ask(haarlem, WISH, person=as_person(asker), now=NOW)


def of_haarlem(haarlem: Municipality, boss: Membership, act: Any, grant: Grant, *given: Any) -> Grant:
    with in_municipality(haarlem):
        done: Grant = act(grant, *given, person=as_person(boss), now=NOW)
        return done


def actions(haarlem: Municipality) -> tuple[list[str], list[str]]:
    """What both logs say of access, the vendor's first."""
    lines = LogLine.objects.filter(area="toegang", municipality="haarlem").order_by("pk")
    theirs = [line.action for line in lines]
    with in_municipality(haarlem):
        ours = LineOfMunicipality.objects.filter(area="toegang").order_by("pk")
        return theirs, [line.action for line in ours]


def test_both_logs_have_a_line_of_each_act(
    haarlem: Municipality, asker: Membership, boss: Membership, asked: Grant
) -> None:
    of_haarlem(haarlem, boss, allow, asked, DECISION)
    mark_used(asked, person=as_person(asker), now=NOW)
    mark_used(asked, person=as_person(asker), now=NOW)
    of_haarlem(haarlem, boss, stop, asked, "genoeg")

    expected = ["toegang gevraagd", "toegang gegeven", "toegang voor het eerst gebruikt", "toegang gestopt"]
    assert actions(haarlem) == (expected, expected)


def test_the_logs_name_who_it_was_and_of_whom(haarlem: Municipality, boss: Membership, asked: Grant) -> None:
    of_haarlem(haarlem, boss, refuse, asked, "niet nodig")

    line = LogLine.objects.get(action="toegang geweigerd")
    assert (line.person, line.organisation) == ("lia@haarlem.example", "Haarlem")
    with in_municipality(haarlem):
        there = LineOfMunicipality.objects.get(action="toegang gevraagd")
    assert (there.person, there.organisation, there.person_id) == (
        "sam@leverancier.example",
        "Leverancier",
        None,
    )


def test_a_decision_takes_away(haarlem: Municipality, boss: Membership, asked: Grant) -> None:
    given = of_haarlem(haarlem, boss, allow, asked, DECISION)

    assert (given.state, given.hours_allowed, given.maximum) == (State.TOEGESTAAN, 4, 3)
    assert given.scopes == [Scope.ZAAKGEGEVENS]
    assert given.valid_until == NOW + timedelta(hours=4)
    assert given.mask_personal_data


@pytest.mark.parametrize(
    "more",
    [
        Decision((Scope.INSTELLINGEN,), 1, 1),
        Decision((Scope.TECHNIEK,), 9, 1),
        Decision((Scope.TECHNIEK,), 0, 1),
        Decision((Scope.TECHNIEK,), 1, 5),
        Decision((), 1, 1),
    ],
)
def test_a_decision_never_adds(haarlem: Municipality, boss: Membership, asked: Grant, more: Decision) -> None:
    with pytest.raises(AccessRefused):
        of_haarlem(haarlem, boss, allow, asked, more)

    asked.refresh_from_db()
    assert asked.state == State.AANGEVRAAGD


@pytest.mark.parametrize("chosen", [(), (uuid4(),)])
def test_all_zaaktypen_or_another_are_more_than_one(
    haarlem: Municipality, boss: Membership, chosen: Any
) -> None:
    one = uuid4()
    grant = make_grant(haarlem, now=NOW, zaaktypen_asked=[one], zaaktypen=[one])

    with pytest.raises(AccessRefused):
        of_haarlem(haarlem, boss, allow, grant, Decision((Scope.TECHNIEK,), 1, 1, chosen))


@pytest.mark.parametrize(
    "more",
    [
        {"hours_allowed": 9},
        {"maximum": 5},
        {"scopes": ["techniek", "instellingen"]},
        {"hours_asked": 0},
        {"state": "toegestaan", "valid_until": None},
    ],
)
def test_the_table_itself_holds_to_what_was_asked(asked: Grant, more: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=asked.pk).update(**more)


def test_whoever_decides_second_sees_what_the_first_decided(
    haarlem: Municipality, boss: Membership, asked: Grant, at_haarlem: House
) -> None:
    colleague = member(at_haarlem, "beheerder", "b@haarlem.example")
    of_haarlem(haarlem, boss, allow, asked, DECISION)

    with pytest.raises(AccessStale, match=r"toegestaan, door lia@haarlem\.example"):
        of_haarlem(haarlem, colleague, refuse, asked, "nee")


def test_the_same_request_again_is_refused(haarlem: Municipality, asker: Membership, asked: Grant) -> None:
    with pytest.raises(AccessStale, match=str(asked)):
        ask(haarlem, WISH, person=as_person(asker), now=NOW)

    assert Grant.objects.count() == 1


def test_once_it_lapsed_one_may_ask_again(haarlem: Municipality, asker: Membership, asked: Grant) -> None:
    again = ask(haarlem, WISH, person=as_person(asker), now=asked.lapses_at)

    asked.refresh_from_db()
    assert (asked.state, again.state) == (State.VERVALLEN, State.AANGEVRAAGD)


@pytest.mark.parametrize(
    ("asked_at", "lapses"),
    [
        (datetime(2026, 11, 25, 10, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)),
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), datetime(2026, 12, 1, 23, 30, tzinfo=UTC)),
        (datetime(2026, 11, 28, 10, tzinfo=UTC), datetime(2026, 12, 2, 10, tzinfo=UTC)),
        (datetime(2026, 3, 26, 10, tzinfo=UTC), datetime(2026, 3, 31, 9, tzinfo=UTC)),
    ],
    ids=["over a weekend", "on Saturday half past midnight here", "on Saturday", "over the clock going on"],
)
def test_three_working_days(asked_at: datetime, lapses: datetime) -> None:
    assert lapses_at(asked_at) == lapses


def test_a_municipality_that_one_does_not_see_is_not_asked(vendor: House, haarlem: Municipality) -> None:
    stranger = member(vendor, "helpdesk", "p@partner.example", organisation=partner_organisation())

    with pytest.raises(AccessRefused):
        ask(haarlem, WISH, person=as_person(stranger), now=NOW)


def test_who_decides_is_told(
    haarlem: Municipality,
    asker: Membership,
    boss: Membership,
    at_haarlem: House,
    django_capture_on_commit_callbacks: Any,
) -> None:
    member(at_haarlem, "lezer")
    with django_capture_on_commit_callbacks(execute=True):
        grant = ask(haarlem, WISH, person=as_person(asker), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        of_haarlem(haarlem, boss, allow, grant, DECISION)
    with django_capture_on_commit_callbacks(execute=True):
        mark_used(grant, person=as_person(asker), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        give_back(grant, person=as_person(asker), now=NOW)

    told = [(letter.to, letter.subject) for letter in mail.outbox]
    assert [whom for whom, _ in told] == [
        ["lia@haarlem.example"],
        ["sam@leverancier.example"],
        ["lia@haarlem.example"],
        ["lia@haarlem.example"],
    ]
    assert f"/beheer/toegang/{grant.pk}/" in str(mail.outbox[0].body)
    assert "haarlem.localhost" in str(mail.outbox[0].body)


def test_who_asked_may_use_it_until_it_ends(
    haarlem: Municipality, asker: Membership, boss: Membership, asked: Grant
) -> None:
    person = as_person(asker)
    with pytest.raises(AccessRefused, match="aangevraagd"):
        usable_grant(person, asked.pk, NOW)
    of_haarlem(haarlem, boss, allow, asked, DECISION)
    end = NOW + timedelta(hours=4)

    assert usable_grant(person, asked.pk, end - timedelta(microseconds=1)) == asked
    with pytest.raises(AccessRefused, match="verlopen"):
        usable_grant(person, asked.pk, end)


def test_nobody_uses_a_colleagues_access(
    vendor: House, haarlem: Municipality, boss: Membership, asked: Grant
) -> None:
    of_haarlem(haarlem, boss, allow, asked, DECISION)

    with pytest.raises(AccessRefused, match="niet van u"):
        usable_grant(as_person(member(vendor, "eigenaar")), asked.pk, NOW)


def test_without_the_municipality_there_is_no_access(
    haarlem: Municipality, asker: Membership, boss: Membership, asked: Grant
) -> None:
    of_haarlem(haarlem, boss, allow, asked, DECISION)
    Membership.objects.filter(pk=asker.pk).update(is_limited=True, municipalities=["utrecht"])

    with pytest.raises(AccessRefused):
        usable_grant(as_person(asker), asked.pk, NOW)


def test_an_emergency_takes_the_municipalitys_leave_and_two_people(
    vendor: House, haarlem: Municipality, asker: Membership, boss: Membership
) -> None:
    wish = Wish("Alles staat stil", "2050", (Scope.TECHNIEK,), 4, emergency=True)
    with pytest.raises(AccessRefused, match="geen noodtoegang"):
        ask(haarlem, wish, person=as_person(asker), now=NOW)
    with in_municipality(haarlem):
        set_emergencies(before=False, after=True, person=as_person(boss))
    grant = ask(haarlem, wish, person=as_person(asker), now=NOW)
    with pytest.raises(AccessRefused, match="Een collega bevestigt"):
        confirm(grant, person=as_person(asker), now=NOW)

    confirmed = confirm(grant, person=as_person(member(vendor, "operatie")), now=NOW)

    assert usable_grant(as_person(asker), confirmed.pk, NOW) == grant
    assert confirmed.valid_until == NOW + timedelta(hours=4)


def test_an_emergency_is_short(haarlem: Municipality, asker: Membership) -> None:
    Emergencies.objects.create(municipality=haarlem, allowed=True)

    with pytest.raises(AccessRefused, match="hoogstens 4 uur"):
        ask(haarlem, Wish("x", "1", (Scope.TECHNIEK,), 5, emergency=True), person=as_person(asker), now=NOW)


def test_leave_that_was_taken_back_before_the_second_person_came_holds(
    vendor: House, haarlem: Municipality, asker: Membership
) -> None:
    Emergencies.objects.create(municipality=haarlem, allowed=True)
    grant = ask(
        haarlem, Wish("x", "1", (Scope.TECHNIEK,), 1, emergency=True), person=as_person(asker), now=NOW
    )
    Emergencies.objects.update(allowed=False)

    with pytest.raises(AccessRefused):
        confirm(grant, person=as_person(member(vendor, "operatie")), now=NOW)


def test_the_setting_is_not_changed_unseen(haarlem: Municipality, boss: Membership) -> None:
    with in_municipality(haarlem):
        set_emergencies(before=False, after=True, person=as_person(boss))
        with pytest.raises(AccessStale):
            set_emergencies(before=False, after=True, person=as_person(boss))

    assert Emergencies.objects.get().allowed
