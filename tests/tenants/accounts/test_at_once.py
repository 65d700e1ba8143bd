"""Two people who do the same at once, each on a connection of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from django.db import connections, transaction

from tenants.accounts.invitations import invite, take_up_as_newcomer
from tenants.accounts.memberships import Grant, MembershipRefused, end_membership
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.organisations import invite_owner
from tenants.registry.connection import connection
from tenants.registry.models import Municipality, Organisation
from tests.people import House, member

SOMEBODY_WAITS = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
PATIENCE_SECONDS = 20


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture
def committed(committing: Municipality) -> House:
    """In tables that another connection sees."""
    return House.of(committing)


@pytest.fixture
def elsewhere(committed: House) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def at_once(
    house: House, elsewhere: ThreadPoolExecutor, first: Callable[[], object], second: Callable[[], object]
) -> str:
    """What the second is told, who came while the first had not committed yet."""

    def act() -> str:
        with house.entered():
            try:
                second()
            except MembershipRefused as refusal:
                return str(refusal)
        return ""

    with house.entered(), transaction.atomic():
        first()
        answer = elsewhere.submit(act)
        wait_until_blocked(answer)
    return answer.result(timeout=PATIENCE_SECONDS)


def wait_until_blocked(answer: Future[str]) -> None:
    with connection.cursor() as cursor:
        for _ in range(PATIENCE_SECONDS * 100):
            cursor.execute(SOMEBODY_WAITS)
            if cursor.rowcount or wait([answer], timeout=0.01).done:
                return
    raise AssertionError("The other connection neither waited nor answered.")


def test_of_the_last_two_one_stays(committed: House, elsewhere: ThreadPoolExecutor) -> None:
    one, other = (
        member(committed, "beheerder", "een@x.example"),
        member(committed, "beheerder", "ander@x.example"),
    )

    told = at_once(
        committed,
        elsewhere,
        lambda: end_membership(one, person=None),
        lambda: end_membership(other, person=None),
    )

    assert "laatste beheerder" in told
    with committed.entered():
        assert [each.pk for each in Membership.objects.filter(ended_at__isnull=True)] == [other.pk]


def test_an_invitation_makes_one_account(committed: House, elsewhere: ThreadPoolExecutor) -> None:
    with committed.entered(), transaction.atomic():
        invitation = invite("nieuw@x.example", Grant("lezer"), person=None, site="http://haarlem.localhost")

    told = at_once(
        committed,
        elsewhere,
        lambda: take_up_as_newcomer(invitation, name="Eerste", password=None),
        lambda: take_up_as_newcomer(invitation, name="Tweede", password=None),
    )

    assert "al aangenomen" in told
    with committed.entered():
        assert [user.name for user in User.objects.all()] == ["Eerste"]
        assert Invitation.objects.get().accepted_at is not None


def test_of_two_invitations_one_is_sent(committed: House, elsewhere: ThreadPoolExecutor) -> None:
    def send() -> None:
        invite("nieuw@x.example", Grant("lezer"), person=None, site="http://haarlem.localhost")

    told = at_once(committed, elsewhere, send, send)

    assert "zojuist" in told
    with committed.entered():
        assert Invitation.objects.count() == 1


def test_of_two_who_invite_the_first_owner_one_is_heard(
    committed: House, elsewhere: ThreadPoolExecutor
) -> None:
    """Both saw that nobody was invited yet."""
    vendor = House.of(None)
    with vendor.entered():
        partner = Organisation.objects.create(name="Tegelijk", kind=Organisation.Kind.IMPLEMENTATION_PARTNER)

    def send(email: str) -> None:
        invite_owner(partner, email, seen=None, person=None, site="http://localhost")

    try:
        told = at_once(vendor, elsewhere, lambda: send("een@x.example"), lambda: send("ander@x.example"))
        assert "zojuist" in told
        with vendor.entered():
            assert [each.email for each in Invitation.objects.filter(organisation=partner)] == [
                "een@x.example"
            ]
    finally:
        with vendor.entered():
            Invitation.objects.filter(organisation=partner).delete()
            partner.delete()
