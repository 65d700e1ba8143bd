"""A request that nobody answered: it lapses at its moment, and both sides hear of it once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from access.asking import Wish, ask
from access.lapsing import LAPSED, TOLD_WITHIN, lapsed, tell_lapsed
from access.models import Grant, Kind, Scope, State
from access.tasks import tell_one_lapsed, tell_what_is_over
from backoffice.models import LogLine
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.console.models import LogLine as LineOfMunicipality
from tenants.registry.context import WrongMunicipality, for_vendor, in_municipality
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, member

NOW = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
THEN = NOW + timedelta(days=5)
SAM, LIA = "sam@leverancier.example", "lia@haarlem.example"
Commits = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Commits:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def asker(vendor: House) -> Membership:
    return member(vendor, "helpdesk", SAM)


@pytest.fixture(autouse=True)
def people(at_haarlem: House, at_utrecht: House) -> None:
    """Who decides here, who only reads here, and who decides elsewhere."""
    member(at_haarlem, "beheerder", LIA)
    member(at_haarlem, "lezer", "lezer@haarlem.example")
    member(at_utrecht, "beheerder", "mo@utrecht.example")


def lines(haarlem: Municipality) -> list[str]:
    with in_municipality(haarlem):
        theirs = list(LineOfMunicipality.objects.filter(area="toegang").values_list("action", flat=True))
    return [*LogLine.objects.filter(area="toegang").values_list("action", flat=True), *theirs]


def told() -> list[str]:
    return [letter.to[0] for letter in mail.outbox]


def test_it_is_told_once_from_its_moment_on(
    haarlem: Municipality, asker: Membership, commits: Commits
) -> None:
    grant = make_grant(haarlem, now=NOW, asker=asker)
    assert lapsed(THEN - timedelta(microseconds=1)) == []
    assert not tell_lapsed(grant.pk, THEN - timedelta(microseconds=1))

    assert lapsed(THEN) == [grant.pk]
    with commits():
        assert tell_lapsed(grant.pk, THEN)
        assert not tell_lapsed(grant.pk, THEN)

    assert sorted(told()) == sorted([SAM, LIA])
    assert all("Nagaan" not in str(letter.body) for letter in mail.outbox)
    assert "2 december 2026 00:30" in str(mail.outbox[0].body)
    assert lines(haarlem) == [LAPSED, LAPSED]
    grant.refresh_from_db()
    assert (grant.state, lapsed(THEN)) == (State.VERVALLEN, [])


def test_of_an_emergency_the_municipality_was_not_asked(
    haarlem: Municipality, asker: Membership, commits: Commits
) -> None:
    grant = make_grant(haarlem, now=NOW, asker=asker, kind=Kind.NOOD)

    with commits():
        tell_lapsed(grant.pk, THEN)

    assert told() == [SAM]
    assert "noodtoegang" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("ago", "is_told"), [(TOLD_WITHIN, False), (TOLD_WITHIN - timedelta(seconds=1), True)]
)
def test_what_is_no_news_is_only_written_down(
    haarlem: Municipality, asker: Membership, commits: Commits, ago: timedelta, is_told: bool
) -> None:
    grant = make_grant(haarlem, now=NOW, asker=asker)

    with commits():
        assert tell_lapsed(grant.pk, THEN + ago)

    assert bool(told()) is is_told


def test_whoever_asks_again_first_makes_it_told_as_well(
    haarlem: Municipality, asker: Membership, commits: Commits
) -> None:
    former = make_grant(haarlem, now=NOW, asker=asker)
    with for_vendor():
        person = person_of(asker.user)
    assert person is not None

    with commits(), for_vendor():
        ask(haarlem, Wish("Nog eens", "2043", (Scope.TECHNIEK,), 4), person=person, now=THEN)
        assert not tell_lapsed(former.pk, THEN)

    subjects = sorted(letter.subject for letter in mail.outbox)
    assert len(subjects) == 3
    assert Grant.objects.get(pk=former.pk).state == State.VERVALLEN


def test_of_a_municipality_that_has_ended_the_asker_hears(
    haarlem: Municipality, asker: Membership, commits: Commits
) -> None:
    grant = make_grant(haarlem, now=NOW, asker=asker)
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.BEEINDIGD)

    with commits():
        assert tell_lapsed(grant.pk, THEN)

    assert told() == [SAM]


def test_each_has_a_job_of_its_own(
    haarlem: Municipality, asker: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = make_grant(haarlem, now=NOW - timedelta(days=700), asker=asker)
    sent: list[list[int]] = []
    monkeypatch.setattr(tell_one_lapsed, "apply_async", lambda args, **_: sent.append(args))

    tell_what_is_over.run()
    tell_one_lapsed.run(*sent[0])

    assert sent == [[grant.pk]]
    assert Grant.objects.get().state == State.VERVALLEN


def test_no_municipality_makes_anything_lapse(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        tell_lapsed(1, THEN)
