"""Who hears of it by mail: the administrators of each municipality, each by himself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from incidents.acting import concern, release, say
from incidents.models import Concerned, Incident, Nature, State
from incidents.tasks import tell_one_concerned, tell_the_concerned
from incidents.telling import tell_one, to_tell
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.incidents.broken import NOW, begun, known_person, last_of, said
from tests.people import House, member

Committing = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def operator(vendor: House) -> Membership:
    return member(vendor, "operatie")


@pytest.fixture(autouse=True)
def people(at_haarlem: House, at_utrecht: House) -> None:
    for house in (at_haarlem, at_utrecht):
        member(house, "beheerder", f"lia@{house.host}.example")
        member(house, "privacyfunctionaris", f"pim@{house.host}.example")
        member(house, "lezer", f"les@{house.host}.example")


@pytest.fixture
def tell_all(django_capture_on_commit_callbacks: Committing) -> Callable[[], list[list[str]]]:
    """The round of the job; whom it wrote."""

    def told() -> list[list[str]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            for pk in to_tell():
                tell_one_concerned(pk)
        return [letter.recipients() for letter in mail.outbox]

    return told


Told = Callable[[], list[list[str]]]
LIA = [["lia@haarlem.localhost.example"], ["lia@utrecht.localhost.example"]]


def tell(incident: Incident, key: str, operator: Membership, state: State, **given: Any) -> None:
    words = said(state, seen=last_of(incident), cause="Een volle schijf", prevention="Meten", **given)
    say(incident, key, words, person=known_person(operator), now=NOW + timedelta(minutes=5))


def test_the_administrators_of_each_hear_of_it_once(
    haarlem: Municipality, utrecht: Municipality, operator: Membership, tell_all: Told
) -> None:
    incident = begun(operator, haarlem, utrecht)

    assert sorted(tell_all()) == LIA
    letter = mail.outbox[0]
    assert letter.subject == f"{incident}: Zaken openen duurt lang"
    assert f"/beheer/storingen/{incident.pk}/" in letter.body
    assert "De volgende update komt uiterlijk 26 november 2026 11:00" in letter.body
    assert not any("Utrecht" in each.body or "Haarlem" in each.body for each in mail.outbox)
    assert tell_all() == []


def test_an_ordinary_update_stands_on_the_pages_alone(
    haarlem: Municipality, operator: Membership, tell_all: Told
) -> None:
    incident = begun(operator, haarlem)
    tell_all()

    tell(incident, "update", operator, State.HERSTEL)
    assert tell_all() == []


@pytest.mark.parametrize(
    ("key", "state", "subject"),
    [
        ("oplossen", State.OPGELOST, "is opgelost: Zaken"),
        ("vals-alarm", State.VALS_ALARM, "was vals alarm: Zaken"),
    ],
)
def test_that_it_is_over_is_told(
    haarlem: Municipality, operator: Membership, tell_all: Told, key: str, state: State, subject: str
) -> None:
    incident = begun(operator, haarlem)
    tell_all()

    tell(incident, key, operator, state)

    assert tell_all() == LIA[:1]
    assert subject in mail.outbox[0].subject
    tell(incident, "heropenen", operator, State.HERSTEL)
    assert tell_all() == LIA[:1]


def test_who_watches_over_privacy_hears_of_a_datalek(
    haarlem: Municipality, operator: Membership, tell_all: Told
) -> None:
    begun(operator, haarlem, said=said(nature=Nature.DATALEK))

    assert tell_all() == [["lia@haarlem.localhost.example"], ["pim@haarlem.localhost.example"]]
    assert "binnen 72 uur" in mail.outbox[0].body


def test_that_it_turns_out_to_be_more_is_told_at_once(
    haarlem: Municipality, operator: Membership, tell_all: Told
) -> None:
    incident = begun(operator, haarlem)
    tell_all()

    tell(incident, "update", operator, State.HERSTEL, nature=Nature.DATALEK)
    assert len(tell_all()) == 2
    tell(incident, "update", operator, State.HERSTEL, nature=Nature.DATALEK)
    assert tell_all() == []
    tell(incident, "update", operator, State.HERSTEL, nature=Nature.STORING)
    assert tell_all() == []


def test_who_is_added_later_is_told_how_it_stands(
    haarlem: Municipality, utrecht: Municipality, operator: Membership, tell_all: Told
) -> None:
    incident = begun(operator, haarlem)
    tell_all()

    concern(incident, [haarlem, utrecht], person=known_person(operator), now=NOW)

    assert tell_all() == LIA[1:]


def test_who_is_taken_off_is_told_nothing_more(
    haarlem: Municipality, utrecht: Municipality, operator: Membership, tell_all: Told
) -> None:
    incident = begun(operator, haarlem, utrecht)
    held = Concerned.objects.get(municipality=utrecht)

    release(incident, [held.pk], person=known_person(operator), now=NOW)

    assert tell_all() == LIA[:1]
    tell(incident, "oplossen", operator, State.OPGELOST)
    assert tell_all() == LIA[:1]


def test_a_municipality_that_has_ended_is_not_entered(
    haarlem: Municipality, operator: Membership, tell_all: Told
) -> None:
    begun(operator, haarlem)
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.BEEINDIGD)

    assert tell_all() == []


def test_the_title_breaks_no_header(haarlem: Municipality, operator: Membership, tell_all: Told) -> None:
    begun(operator, haarlem, title="Traag\r\nBcc: x@x.example")

    assert tell_all() == LIA[:1]
    assert "\n" not in mail.outbox[0].subject


def test_what_was_told_is_not_told_again(
    haarlem: Municipality, operator: Membership, django_capture_on_commit_callbacks: Committing
) -> None:
    begun(operator, haarlem)
    (pk,) = to_tell()

    with django_capture_on_commit_callbacks(execute=True):
        assert [tell_one(pk), tell_one(pk)] == [True, False]
    assert len(mail.outbox) == 1


def test_the_job_is_asked_for_once_it_stands(
    haarlem: Municipality,
    operator: Membership,
    asked: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Committing,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        begun(operator, haarlem)
        assert asked == []
    assert len(asked) == 1


def test_each_municipality_has_a_job_of_its_own(
    haarlem: Municipality, utrecht: Municipality, operator: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(operator, haarlem, utrecht)
    given: list[int] = []
    monkeypatch.setattr(tell_one_concerned, "apply_async", lambda args, **_: given.extend(args))

    tell_the_concerned()

    assert given == to_tell()
    assert len(given) == 2


def test_the_round_is_made_each_minute() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["incidents-told"]["task"] == tell_the_concerned.name
