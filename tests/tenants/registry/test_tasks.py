"""Whether the jobs reach every municipality."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.tasks import PROBED_AT, is_late, patience, probe, silent


@pytest.mark.parametrize(("before", "late"), [(timedelta(milliseconds=1), False), (timedelta(0), True)])
def test_a_probe_is_late_from_the_third_that_was_missed(before: timedelta, late: bool) -> None:
    assert is_late(patience() - before) is late


def test_what_never_was_is_late() -> None:
    assert is_late(None)


def test_who_gave_no_sign_of_life_is_found_at_once(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        probe.run()
    with in_municipality(utrecht):
        cache.set(PROBED_AT, timezone.now() - patience(), timeout=None)

    assert silent(["haarlem", "utrecht", "nobody"], timezone.now()) == {"utrecht", "nobody"}
    assert silent([], timezone.now()) == frozenset()


def test_one_municipality_is_told_nothing_of_others(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        silent(["utrecht"], timezone.now())
