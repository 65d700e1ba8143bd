from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality, StateChange
from tenants.registry.states import DOORS, FOLLOWS, Door, StateRefused, Status, change_state

NOW = timezone.now()


def change(municipality: Municipality, to: str, **more: Any) -> StateChange | None:
    return change_state(municipality, to, **{"actor": "Noor", "reason": "Op verzoek.", "now": NOW, **more})


@pytest.mark.parametrize("table", [DOORS, FOLLOWS])
def test_each_state_is_in_the_table(table: dict[str, object]) -> None:
    assert set(table) == set(Municipality.Status)


def test_who_may_read_nothing_may_write_nothing() -> None:
    assert [
        status
        for status, doors in DOORS.items()
        if doors.api_read is not Door.OPEN and doors.api_write is Door.OPEN
    ] == []


def test_a_change_is_noted_with_who_and_why(haarlem: Municipality) -> None:
    change(haarlem, Status.BEPERKT)

    noted = StateChange.objects.get(municipality=haarlem, after=Status.BEPERKT)
    assert (noted.before, noted.at, noted.actor, noted.reason) == ("actief", NOW, "Noor", "Op verzoek.")
    assert Municipality.objects.get(pk=haarlem.pk).status == haarlem.status == "beperkt"


def test_the_state_that_stands_is_not_noted_again(haarlem: Municipality) -> None:
    assert change(haarlem, Status.ACTIEF) is None


@pytest.mark.parametrize("to", [Status.IN_INRICHTING, Status.BEEINDIGD])
def test_a_state_that_cannot_follow_is_refused(haarlem: Municipality, to: str) -> None:
    with pytest.raises(StateRefused):
        change(haarlem, to)

    assert Municipality.objects.get(pk=haarlem.pk).status == "actief"


def test_a_change_needs_a_reason(haarlem: Municipality) -> None:
    with pytest.raises(StateRefused):
        change(haarlem, Status.BEPERKT, reason=" ")


def test_nothing_comes_back_from_the_end(haarlem: Municipality) -> None:
    assert FOLLOWS[Status.BEEINDIGD] == frozenset()


def test_a_municipality_does_not_change_its_own_state(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        change(haarlem, Status.BEPERKT)
