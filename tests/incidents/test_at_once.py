"""Two people at once, each on his own connection: who is second reads what the first said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from psycopg2 import sql

from incidents.acting import concern, release, say
from incidents.models import Concerned, Incident, IncidentUpdate, State
from incidents.refusals import IncidentRefused
from incidents.telling import tell_one
from tenants.accounts.models import Membership
from tenants.accounts.person import Person
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.conftest import Connected, municipality
from tests.incidents.broken import NOW, begun, known_person, last_of, make_incident, said
from tests.people import House, member
from tests.tenants.accounts.test_at_once import PATIENCE_SECONDS, wait_until_blocked

LEFT = ("incidents_incident", "accounts_user", "backoffice_logline")
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture
def operator(committing: Municipality, owner_connection: Connected) -> Iterator[Membership]:
    """Somebody of the vendor, who is gone again afterwards with all that he said and that was logged."""
    yield member(House.of(None), "operatie", "olga@leverancier.example")
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def at_once(elsewhere: ThreadPoolExecutor, first: Act, second: Act) -> tuple[str, bool]:
    """What the second is told, who came while the first had not committed; and whether he had to wait."""

    def act() -> str:
        with for_vendor():
            try:
                second()
            except IncidentRefused as refusal:
                return str(refusal)
        return ""

    with for_vendor(), transaction.atomic():
        first()
        answer = elsewhere.submit(act)
        wait_until_blocked(answer)
        waited = not answer.done()
    return answer.result(timeout=PATIENCE_SECONDS), waited


def tell(incident: Incident, key: str, state: State, person: Person, seen: int) -> Incident:
    return say(incident, key, said(state, seen=seen, cause="Een volle schijf"), person=person, now=NOW)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("oplossen", State.OPGELOST), ("update", State.HERSTEL), "kan dit niet"),
        (("update", State.HERSTEL), ("oplossen", State.OPGELOST), "Lees die eerst"),
        (("update", State.HERSTEL), ("update", State.HERSTEL), "Lees die eerst"),
        (("oplossen", State.OPGELOST), ("vals-alarm", State.VALS_ALARM), "kan dit niet"),
    ],
)
def test_of_two_who_say_something_one_reads_first(
    committing: Municipality,
    operator: Membership,
    elsewhere: ThreadPoolExecutor,
    first: tuple[str, State],
    second: tuple[str, State],
    told: str,
) -> None:
    incident, person = make_incident(committing), known_person(operator)
    seen = last_of(incident)

    answer, waited = at_once(
        elsewhere,
        lambda: tell(incident, *first, person, seen),
        lambda: tell(incident, *second, person, seen),
    )

    assert told in answer
    assert waited
    with for_vendor():
        assert Incident.objects.get(pk=incident.pk).state == first[1]
        assert IncidentUpdate.objects.filter(incident=incident).count() == 2


def test_two_who_take_off_the_last_two_leave_one(
    committing: Municipality, operator: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    incident, person = make_incident(committing, municipality("utrecht")), known_person(operator)
    one, two = Concerned.objects.filter(incident=incident).values_list("pk", flat=True)

    answer, waited = at_once(
        elsewhere,
        lambda: release(incident, [one], person=person, now=NOW),
        lambda: release(incident, [two], person=person, now=NOW),
    )

    assert "minstens één" in answer
    assert waited
    assert Concerned.objects.still().count() == 1


def test_two_who_add_the_same_add_it_once(
    committing: Municipality, operator: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    incident, person, other = make_incident(committing), known_person(operator), municipality("utrecht")

    answer, waited = at_once(
        elsewhere,
        lambda: concern(incident, [other], person=person, now=NOW),
        lambda: concern(incident, [other], person=person, now=NOW),
    )

    assert (answer, waited) == ("", True)
    assert Concerned.objects.filter(municipality=other).count() == 1


def test_a_form_that_is_sent_twice_at_once_is_one_incident(
    committing: Municipality, operator: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    answer, waited = at_once(
        elsewhere, lambda: begun(operator, committing), lambda: begun(operator, committing)
    )

    assert "loopt" in answer
    assert waited
    assert Incident.objects.count() == 1


def test_of_two_jobs_one_mails(
    committing: Municipality, operator: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    make_incident(committing)
    Concerned.objects.update(to_tell=True)
    held = Concerned.objects.get()
    second: list[bool] = []

    _, waited = at_once(elsewhere, lambda: tell_one(held.pk), lambda: second.append(tell_one(held.pk)))

    assert (second, waited) == ([False], False)
