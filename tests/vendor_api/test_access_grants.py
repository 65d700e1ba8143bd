"""Access grants over the API: a program reads them, asks for a colleague, and stops. It never decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.asking import Wish, ask, confirm
from access.deciding import Decision, allow
from access.models import Emergencies, Grant, Kind, Scope, State
from access.refusals import AccessRefused
from access.states import ACTS, may
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from backoffice.models import LogLine
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, member, partner_organisation
from tests.vendor_api.conftest import UNKNOWN, Program, key_of
from vendor_api.tokens import holder_of


def test_a_grant_says_who_may_look_where_and_why(program: Program, haarlem: Municipality) -> None:
    grant = make_grant(haarlem, now=timezone.now(), reason="Omdat <b>")

    found = program.get(f"/access-grants/{grant.pk}").json()

    assert (found["number"], found["municipality"], found["person"]) == (
        grant.number,
        haarlem.pk,
        grant.person_id,
    )
    assert (found["reason"], found["state"], found["maximum"]) == (
        "Omdat <b>",
        "aangevraagd",
        Vertrouwelijkheidaanduiding(4).name.lower(),
    )
    assert found["maskPersonalData"] is True


@pytest.mark.parametrize(("lapses", "state"), [(1, "aangevraagd"), (0, "vervallen"), (-1, "vervallen")])
def test_the_state_is_what_time_made_of_it(
    program: Program, haarlem: Municipality, monkeypatch: pytest.MonkeyPatch, lapses: int, state: str
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    grant = make_grant(haarlem, now=now, lapses_at=now + timedelta(seconds=lapses))

    assert program.get(f"/access-grants/{grant.pk}").json()["state"] == state
    assert program.get(f"/access-grants?state={state}").json()["count"] == 1


def test_a_grant_of_another_organisation_or_municipality_is_not_there(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    theirs = member(House.of(None), "eigenaar", "p@partner.example", organisation=partner)
    now = timezone.now()
    of_haarlem, of_utrecht = make_grant(haarlem, now=now), make_grant(utrecht, now=now, asker=theirs)

    def seen(program: Program) -> list[int]:
        listed = [each["id"] for each in program.get("/access-grants").json()["results"]]
        read = [
            pk
            for pk in (of_utrecht.pk, of_haarlem.pk)
            if program.get(f"/access-grants/{pk}").status_code == 200
        ]
        assert sorted(listed) == sorted(read)
        return sorted(read)

    assert seen(key_of("toegang:read", organisation=partner)) == [of_utrecht.pk]
    assert seen(key_of("toegang:read", schemas=("haarlem",))) == [of_haarlem.pk]
    assert seen(key_of("toegang:read")) == sorted([of_haarlem.pk, of_utrecht.pk])


# Asking ------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(db: None) -> Membership:
    return member(House.of(None), "helpdesk")


def body(seen: Municipality, **how: Any) -> dict[str, Any]:
    asked = {"municipality": seen.pk, "reason": "Nagaan waarom", "ticket": "2043", "hours": 4}
    given = {**asked, "scopes": ["techniek"], "email": "Helpdesk@localhost.example", **how}
    return {name: value for name, value in given.items() if value is not None}


def test_a_program_asks_for_a_colleague(
    program: Program, haarlem: Municipality, colleague: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = program.post("/access-grants", body(haarlem))
    grant = Grant.objects.get()

    assert answer.status_code == 201, answer.content
    assert answer.headers["Location"].endswith(f"/platform/api/v1/access-grants/{grant.pk}")
    assert (grant.person, grant.kind, grant.state) == (colleague.user, Kind.GEWOON, State.AANGEVRAAGD)
    assert program.token
    assert program.token.made_by
    assert grant.asked_by_email == program.token.made_by.email
    assert answer.json() == program.get(f"/access-grants/{grant.pk}").json()


def test_the_logs_of_both_name_the_key(
    program: Program, haarlem: Municipality, colleague: Membership
) -> None:
    program.post("/access-grants", body(haarlem, email=None, person=colleague.user_id))
    line = LogLine.objects.get(area="toegang")

    assert program.token
    assert line.person == f"API-sleutel {program.token.name}"
    assert line.subject == f"{Grant.objects.get()} van {colleague.user.email}"
    assert (line.municipality, line.person_id) == ("haarlem", None)


def test_the_same_request_again_asks_once(
    program: Program, haarlem: Municipality, colleague: Membership
) -> None:
    first, second = (program.post("/access-grants", body(haarlem), "k") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert Grant.objects.count() == 1


def test_one_request_waits_for_a_person(
    program: Program, haarlem: Municipality, colleague: Membership
) -> None:
    program.post("/access-grants", body(haarlem))
    answer = program.post("/access-grants", body(haarlem))

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert Grant.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "member_named"),
    [
        ({"email": None}, "person"),
        ({"person": 1}, "person"),
        ({"email": "niemand@localhost.example"}, "email"),
        ({"email": None, "person": 999_999}, "person"),
        ({"municipality": 999_999}, "municipality"),
        ({"municipality": None}, "municipality"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["wijzigen"]}, "scopes.0"),
        ({"hours": 0}, "hours"),
        ({"hours": 73}, "hours"),
        ({"reason": "  "}, "reason"),
        ({"ticket": "x" * 41}, "ticket"),
        ({"maximum": "niets"}, "maximum"),
        ({"zaaktypen": ["x"]}, "zaaktypen.0"),
        ({"zaaktypen": [UNKNOWN] * 101}, "zaaktypen"),
    ],
)
def test_what_is_asked_wrongly_is_refused_and_asks_nothing(
    program: Program,
    haarlem: Municipality,
    colleague: Membership,
    wrong: dict[str, Any],
    member_named: str,
) -> None:
    answer = program.post("/access-grants", body(haarlem, **wrong))

    assert answer.status_code == 400, answer.content
    assert [each["name"] for each in answer.json()["invalidParams"]] == [member_named]
    assert not Grant.objects.exists()
    assert not LogLine.objects.filter(area="toegang").exists()


def test_a_nul_is_no_reason(program: Program, haarlem: Municipality, colleague: Membership) -> None:
    assert program.post("/access-grants", body(haarlem, reason="a\x00b")).status_code == 400
    assert not Grant.objects.exists()


def test_nobody_is_asked_for_who_is_of_another_organisation(program: Program, haarlem: Municipality) -> None:
    """Of a partner too, whose people the vendor sees."""
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    member(House.of(None), "helpdesk", "p@partner.example", organisation=partner)

    answer = program.post("/access-grants", body(haarlem, email="p@partner.example"))

    assert answer.json()["invalidParams"][0]["code"] == "does-not-exist"
    assert not Grant.objects.exists()


@pytest.mark.parametrize("role", ["financien", "alleen-lezen", "accountbeheer"])
def test_who_may_not_ask_himself_is_not_asked_for(program: Program, haarlem: Municipality, role: str) -> None:
    member(House.of(None), role)

    answer = program.post("/access-grants", body(haarlem, email=f"{role}@localhost.example"))

    assert answer.status_code == 409
    assert not Grant.objects.exists()


def test_a_key_asks_only_where_it_sees_the_municipality(
    haarlem: Municipality, utrecht: Municipality, colleague: Membership
) -> None:
    program = key_of("toegang:write", schemas=("haarlem",))

    assert program.post("/access-grants", body(utrecht)).status_code == 400
    assert program.post("/access-grants", body(haarlem)).status_code == 201


# Deciding, which no program does -----------------------------------------------------------------


def test_whoever_made_the_key_does_not_decide_with_another_hat(
    program: Program, haarlem: Municipality, colleague: Membership
) -> None:
    program.post("/access-grants", body(haarlem))
    grant = Grant.objects.get()
    house = House.of(haarlem)
    own = member(house, "beheerder", grant.asked_by_email.upper())
    other = member(house, "beheerder", "ander@haarlem.example")
    decision = Decision((Scope.TECHNIEK,), 1, 1)

    with in_municipality(haarlem):
        his, theirs = person_of(own.user), person_of(other.user)
        assert his
        assert theirs
        with pytest.raises(AccessRefused, match="zelf"):
            allow(grant, decision, person=his, now=timezone.now())
        allow(grant, decision, person=theirs, now=timezone.now())


def test_the_database_holds_it_too(program: Program, haarlem: Municipality, colleague: Membership) -> None:
    program.post("/access-grants", body(haarlem))
    grant = Grant.objects.get()

    with pytest.raises(IntegrityError, match="nobody_decides"), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(decided_by=grant.asked_by_email.upper())


@pytest.mark.parametrize("key", ACTS)
def test_the_table_says_of_each_act_whether_a_program_may(
    program: Program, haarlem: Municipality, key: str
) -> None:
    act, now = ACTS[key], timezone.now()
    grant = make_grant(
        haarlem,
        now=now,
        kind=Kind.NOOD if act.emergency else Kind.GEWOON,
        state=min(act.before),
        valid_from=now,
        valid_until=now + timedelta(hours=1),
    )
    assert program.token
    holder = holder_of(program.token)
    assert holder

    assert may(grant, key, person=holder, now=now) is (key in {"retract", "give_back", "end"})


def test_no_program_asks_or_confirms_an_emergency(
    program: Program, haarlem: Municipality, colleague: Membership
) -> None:
    Emergencies.objects.create(municipality=haarlem, allowed=True)
    waiting = make_grant(haarlem, now=timezone.now(), kind=Kind.NOOD)
    assert program.token
    holder, person = holder_of(program.token), person_of(colleague.user)
    assert holder
    assert person
    wish = Wish("x", "1", (Scope.TECHNIEK,), 1, emergency=True)

    with pytest.raises(AccessRefused):
        confirm(waiting, person=holder, now=timezone.now())
    with pytest.raises(AccessRefused, match="mens"):
        ask(haarlem, wish, person=person, by=holder, now=timezone.now())


# Stopping ----------------------------------------------------------------------------------------


def ended(program: Program, grant: Grant, key: str = "") -> Any:
    etag = program.get(f"/access-grants/{grant.pk}").headers.get("ETag", '"x"')
    return program.post(f"/access-grants/{grant.pk}/endings", {}, key, If_Match=etag)


def running(municipality: Municipality, **how: Any) -> Grant:
    now = timezone.now()
    runs = {"valid_from": now, "valid_until": now + timedelta(hours=1), "decided_at": now}
    return make_grant(municipality, now=now, **{"state": State.TOEGESTAAN, **runs, **how})


def test_what_waits_is_taken_back_and_what_runs_stops(program: Program, haarlem: Municipality) -> None:
    waits = make_grant(haarlem, now=timezone.now())
    runs = running(haarlem)
    emergency = running(haarlem, kind=Kind.NOOD, state=State.NOODTOEGANG)

    states = [ended(program, grant).json()["state"] for grant in (waits, runs, emergency)]

    assert states == ["ingetrokken_door_aanvrager", "teruggegeven", "beeindigd"]
    runs.refresh_from_db()
    assert program.token
    assert runs.ended_by == f"API-sleutel {program.token.name}"
    assert not runs.is_running(timezone.now())
    assert {line.person for line in LogLine.objects.filter(area="toegang")} == {runs.ended_by}


def test_what_is_over_is_not_stopped_again(program: Program, haarlem: Municipality) -> None:
    grant = running(haarlem)
    first, second = ended(program, grant), ended(program, grant)

    assert (first.status_code, second.status_code) == (200, 409)
    assert LogLine.objects.filter(action="toegang teruggegeven").count() == 1


def test_who_saw_another_state_stops_nothing(program: Program, haarlem: Municipality) -> None:
    grant = make_grant(haarlem, now=timezone.now())
    path = f"/access-grants/{grant.pk}/endings"

    assert program.post(path, {}).status_code == 428
    assert program.post(path, {}, If_Match='"oud"').status_code == 412
    grant.refresh_from_db()
    assert grant.state == State.AANGEVRAAGD


def test_nobody_stops_what_is_of_others(program: Program, haarlem: Municipality) -> None:
    grant = running(haarlem)
    of_partner = key_of("toegang:write", organisation=partner_organisation())
    of_utrecht = key_of("toegang:write", schemas=("utrecht",))

    assert [ended(each, grant).status_code for each in (of_partner, of_utrecht)] == [404, 404]
    assert ended(key_of("toegang:read"), grant).status_code == 403
    grant.refresh_from_db()
    assert grant.state == State.TOEGESTAAN
