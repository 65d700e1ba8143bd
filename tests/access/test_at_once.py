"""Two people at once, each on his own connection: one decides; a stop waits for the look or precedes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg2 import sql

from access.asking import give_back
from access.deciding import Decision, allow, refuse, stop
from access.ending import tell_over
from access.lapsing import LAPSED, tell_lapsed
from access.models import Grant, Scope, State
from access.refusals import AccessRefused
from access.using import mark_used, usable_grant
from backoffice.models import LogLine
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.conftest import Connected
from tests.people import House, member
from tests.tenants.accounts.test_at_once import PATIENCE_SECONDS, wait_until_blocked

DECISION = Decision((Scope.TECHNIEK,), 1, 1)
LEFT = ("access_grant", "accounts_user", "backoffice_logline")
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture
def asker(committing: Municipality, owner_connection: Connected) -> Iterator[Membership]:
    """Somebody of the vendor, who is gone again afterwards with all that he asked and that was logged."""
    yield member(House.of(None), "helpdesk", "sam@leverancier.example")
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def as_person(house: House, membership: Membership) -> Person:
    with house.entered():
        person = person_of(membership.user)
    assert person is not None
    return person


def at_once(
    elsewhere: ThreadPoolExecutor, first: tuple[House, Act], second: tuple[House, Act]
) -> tuple[str, bool]:
    """What the second is told, who came while the first had not committed; and whether he had to wait."""

    def act() -> str:
        with second[0].entered():
            try:
                second[1]()
            except AccessRefused as refusal:
                return str(refusal)
        return ""

    with first[0].entered(), transaction.atomic():
        first[1]()
        answer = elsewhere.submit(act)
        wait_until_blocked(answer)
        waited = not answer.done()
    return answer.result(timeout=PATIENCE_SECONDS), waited


def running(haarlem: Municipality, asker: Membership, *, hours: int = 4) -> Grant:
    now = timezone.now()
    return make_grant(
        haarlem,
        now=now,
        asker=asker,
        state=State.TOEGESTAAN,
        hours_allowed=4,
        valid_from=now - timedelta(hours=4),
        valid_until=now + timedelta(hours=hours),
    )


@pytest.mark.parametrize("other", ["allow", "refuse"])
def test_of_two_who_decide_one_did(
    committing: Municipality, asker: Membership, elsewhere: ThreadPoolExecutor, other: str
) -> None:
    house = House.of(committing)
    lia, bo = (member(house, "beheerder", f"{name}@haarlem.example") for name in ("lia", "bo"))
    one, two = as_person(house, lia), as_person(house, bo)
    now = timezone.now()
    grant = make_grant(committing, now=now, asker=asker)
    decides = {
        "allow": lambda: allow(grant, DECISION, person=two, now=now),
        "refuse": lambda: refuse(grant, "nee", person=two, now=now),
    }

    told, waited = at_once(
        elsewhere,
        (house, lambda: allow(grant, DECISION, person=one, now=now)),
        (house, decides[other]),
    )

    assert "toegestaan, door lia@haarlem.example" in told
    assert waited
    with for_vendor():
        decided = Grant.objects.get(pk=grant.pk)
        assert (decided.state, decided.decided_by) == (State.TOEGESTAAN, "lia@haarlem.example")
        assert LogLine.objects.filter(action__in=["toegang gegeven", "toegang geweigerd"]).count() == 1


def test_a_stop_waits_for_the_use_that_came_first(
    committing: Municipality, asker: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    vendor, house = House.of(None), House.of(committing)
    looker = as_person(vendor, asker)
    boss = as_person(house, member(house, "beheerder", "lia@haarlem.example"))
    grant = running(committing, asker)

    told, waited = at_once(
        elsewhere,
        (vendor, lambda: mark_used(grant, person=looker, now=timezone.now())),
        (house, lambda: stop(grant, "genoeg", person=boss, now=timezone.now())),
    )

    assert (told, waited) == ("", True)
    with for_vendor():
        stopped = Grant.objects.get(pk=grant.pk)
        assert stopped.state == State.INGETROKKEN
        assert stopped.first_used_at is not None
        with pytest.raises(AccessRefused):
            usable_grant(looker, grant.pk, timezone.now())


def test_who_gives_back_what_is_being_stopped_is_told(
    committing: Municipality, asker: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    vendor, house = House.of(None), House.of(committing)
    looker = as_person(vendor, asker)
    boss = as_person(house, member(house, "beheerder", "lia@haarlem.example"))
    grant = running(committing, asker)

    told, waited = at_once(
        elsewhere,
        (house, lambda: stop(grant, "", person=boss, now=timezone.now())),
        (vendor, lambda: give_back(grant, person=looker, now=timezone.now())),
    )

    assert "ingetrokken, door lia@haarlem.example" in told
    assert waited


def test_of_two_jobs_one_tells_that_it_is_over(
    committing: Municipality, asker: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    vendor = House.of(None)
    grant = running(committing, asker, hours=-1)
    now = timezone.now()
    second: list[bool] = []

    _, waited = at_once(
        elsewhere,
        (vendor, lambda: tell_over(grant.pk, now)),
        (vendor, lambda: second.append(tell_over(grant.pk, now))),
    )

    assert (second, waited) == ([False], False)
    with for_vendor():
        assert LogLine.objects.filter(action="toegang verlopen").count() == 1


def test_of_two_jobs_one_tells_that_a_request_lapsed(
    committing: Municipality, asker: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    vendor, now = House.of(None), timezone.now()
    grant = make_grant(committing, now=now - timedelta(days=9), asker=asker, lapses_at=now)
    second: list[bool] = []

    _, waited = at_once(
        elsewhere,
        (vendor, lambda: tell_lapsed(grant.pk, now)),
        (vendor, lambda: second.append(tell_lapsed(grant.pk, now))),
    )

    assert (second, waited) == ([False], False)
    with for_vendor():
        assert LogLine.objects.filter(action=LAPSED).count() == 1
