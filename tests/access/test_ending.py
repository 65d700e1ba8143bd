"""Access that ends by time, and with who serves the municipality: told to both sides, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from access.ending import end_with_service, over, overdue, tell_over
from access.models import Grant, Kind, State
from access.shown import history
from access.states import how_it_stands
from access.tasks import tell_one_is_over, tell_what_is_over
from backoffice.models import LogLine
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.console.models import LogLine as LineOfMunicipality
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, browser_of, member

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
Committing = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def asker(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture(autouse=True)
def boss(at_haarlem: House) -> Membership:
    return member(at_haarlem, "beheerder", "lia@haarlem.example")


@pytest.fixture
def grant(haarlem: Municipality, asker: Membership) -> Grant:
    return running(haarlem, asker)


def running(haarlem: Municipality, asker: Membership, **given: Any) -> Grant:
    return make_grant(
        haarlem,
        now=NOW,
        asker=asker,
        **{
            "state": State.TOEGESTAAN,
            "decided_at": NOW,
            "decided_by": "lia@haarlem.example",
            "hours_allowed": 1,
            "valid_from": NOW,
            "valid_until": NOW + timedelta(hours=1),
            **given,
        },
    )


def lines(haarlem: Municipality) -> Iterator[list[tuple[str, str]]]:
    """Who did what, in the vendor's log and in the municipality's."""
    yield list(LogLine.objects.filter(area="toegang").values_list("person", "action"))
    with in_municipality(haarlem):
        yield list(LineOfMunicipality.objects.filter(area="toegang").values_list("person", "action"))


@pytest.mark.parametrize(("moment", "found"), [(-1, False), (0, True), (1, True)])
def test_it_is_over_at_its_end(grant: Grant, moment: int, found: bool) -> None:
    assert over(NOW + timedelta(hours=1, microseconds=moment)) == [grant.pk] * found


def test_what_is_over_is_found_without_reading_all_that_was_ever_given(grant: Grant) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "access_running" in overdue(NOW + timedelta(hours=1)).explain()


def test_both_sides_are_told_once(
    haarlem: Municipality, grant: Grant, django_capture_on_commit_callbacks: Committing
) -> None:
    end = NOW + timedelta(hours=1)

    with django_capture_on_commit_callbacks(execute=True):
        told = [tell_over(grant.pk, end), tell_over(grant.pk, end)]

    assert told == [True, False]
    assert over(end) == []
    assert [letter.to for letter in mail.outbox] == [["sam@leverancier.example"], ["lia@haarlem.example"]]
    assert all("liep tot 26 november 2026 11:00" in letter.body for letter in mail.outbox)
    assert list(lines(haarlem)) == [[("Systeem", "toegang verlopen")]] * 2


def test_it_is_not_told_before_its_end(grant: Grant) -> None:
    assert not tell_over(grant.pk, NOW + timedelta(minutes=59))


def test_what_somebody_stopped_does_not_end_by_time(haarlem: Municipality, asker: Membership) -> None:
    grant = running(haarlem, asker, state=State.INGETROKKEN, ended_at=NOW, ended_by="lia@haarlem.example")

    assert over(NOW + timedelta(hours=2)) == []
    assert not tell_over(grant.pk, NOW + timedelta(hours=2))


def test_both_consoles_say_the_same_before_and_after_it_is_told(
    vendor: House, at_haarlem: House, haarlem: Municipality, asker: Membership, boss: Membership
) -> None:
    ended = timezone.now() - timedelta(minutes=1)
    grant = running(haarlem, asker, valid_from=ended - timedelta(hours=1), valid_until=ended)
    path = f"/toegang/{grant.pk}/"

    def says() -> list[bool]:
        pages = (browser_of(vendor, asker).get(path), browser_of(at_haarlem, boss).get(path))
        return ["Verlopen" in page.content.decode() for page in pages]

    before = says(), [event.who for event in history(grant, timezone.now())]
    assert tell_over(grant.pk, timezone.now())
    grant.refresh_from_db()

    assert before == (says(), [event.who for event in history(grant, timezone.now())])
    assert before[0] == [True, True]
    assert how_it_stands(grant, timezone.now()) == f"{grant} is verlopen."


def test_an_emergency_that_is_over_waits_for_its_account(
    haarlem: Municipality, asker: Membership, django_capture_on_commit_callbacks: Committing
) -> None:
    grant = running(haarlem, asker, kind=Kind.NOOD, state=State.NOODTOEGANG)

    with django_capture_on_commit_callbacks(execute=True):
        tell_over(grant.pk, NOW + timedelta(hours=1))

    grant.refresh_from_db()
    assert grant.state == State.BEEINDIGD
    assert "verantwoording" in str(mail.outbox[0].body)
    assert list(lines(haarlem)) == [[("Systeem", "noodtoegang beëindigd")]] * 2


def test_of_a_municipality_that_has_ended_the_asker_hears(
    haarlem: Municipality, grant: Grant, django_capture_on_commit_callbacks: Committing
) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.BEEINDIGD)

    with django_capture_on_commit_callbacks(execute=True):
        assert tell_over(grant.pk, NOW + timedelta(hours=1))

    assert [letter.to for letter in mail.outbox] == [["sam@leverancier.example"]]


def test_beat_asks_what_is_over(settings: Settings) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["access-ends"]["task"] == tell_what_is_over.name


def test_each_has_a_job_of_its_own(
    haarlem: Municipality, asker: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = timezone.now() - timedelta(hours=2)
    ended = [running(haarlem, asker, valid_from=past, valid_until=past) for _ in range(2)]
    running(haarlem, asker, valid_until=timezone.now() + timedelta(hours=1))
    sent: list[Any] = []
    monkeypatch.setattr(tell_one_is_over, "apply_async", lambda args, **_: sent.append(args))

    tell_what_is_over.run()
    for args in sent:
        tell_one_is_over.run(*args)

    assert sorted(sent) == sorted([grant.pk] for grant in ended)
    assert list(Grant.objects.filter(state=State.VERLOPEN).order_by("pk")) == ended


def test_who_serves_it_no_more_loses_what_runs_and_what_waits(
    haarlem: Municipality,
    asker: Membership,
    grant: Grant,
    vendor: House,
    django_capture_on_commit_callbacks: Committing,
) -> None:
    colleague = member(vendor, "eigenaar")
    waiting = make_grant(haarlem, now=NOW, asker=colleague)
    person = person_of(colleague.user)
    assert person is not None
    assert asker.organisation_id is not None

    with django_capture_on_commit_callbacks(execute=True):
        end_with_service(asker.organisation_id, haarlem, reason="Overgedragen.", person=person, now=NOW)

    grant.refresh_from_db()
    waiting.refresh_from_db()
    assert (grant.state, grant.end_reason) == (State.INGETROKKEN, "Overgedragen.")
    assert waiting.state_at(NOW) == State.VERVALLEN
    assert [letter.to for letter in mail.outbox] == [["sam@leverancier.example"], ["lia@haarlem.example"]]
    assert [len(each) for each in lines(haarlem)] == [1, 1]
