"""What beat asks of the helpdesk: each report is a job of its own."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from helpdesk import acting
from helpdesk.models import Ticket, Warned
from helpdesk.tasks import let_days_pass, let_days_pass_for_one, warn_in_time, warn_of_one
from helpdesk.words import Status
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.helpdesk.tickets import at, fresh, level, make, who
from tests.people import House, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


def test_beat_asks_for_both(settings: Settings) -> None:
    asked = {settings.CELERY_BEAT_SCHEDULE[name]["task"] for name in ("helpdesk-warns", "helpdesk-days")}
    assert asked == {warn_in_time.name, let_days_pass.name}


def test_each_report_is_warned_of_by_itself(
    haarlem: Municipality, handler: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = level(always=("P1", "P2", "P3", "P4"))
    late = {make(haarlem, handler, "2026-01-05 08:00", version=version).pk for _ in range(2)}
    sent: list[list[int]] = []
    monkeypatch.setattr(warn_of_one, "apply_async", lambda args, **_: sent.append(args))

    warn_in_time.run()
    for args in sent:
        warn_of_one.run(*args)
    warn_in_time.run()

    assert sorted(sent) == sorted([pk] for pk in late)
    assert set(Warned.objects.values_list("ticket", flat=True)) == late


def test_each_day_that_passes_is_of_one_report(
    haarlem: Municipality, handler: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = make(haarlem, handler, "2026-01-05 08:00")
    then = at("2026-01-05 09:00")
    acting.plan(ticket, "Morgen.", planned_for=at("2026-01-06 09:00"), who=who(handler), now=then)
    sent: list[Any] = []
    monkeypatch.setattr(let_days_pass_for_one, "apply_async", lambda args, **_: sent.append(args))

    let_days_pass.run()
    for args in sent:
        let_days_pass_for_one.run(*args)

    assert sent == [["wake", ticket.pk]]
    assert fresh(ticket).status == Status.IN_BEHANDELING
    assert Ticket.objects.count() == 1
