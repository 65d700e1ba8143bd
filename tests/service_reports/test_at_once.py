"""Two who decide on the same report at the same moment, each on a connection of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg2 import sql
from pytest_django import Settings

from service_reports import acting, deciding, drawing
from service_reports.fixing import fix
from service_reports.models import ServiceReport, State
from service_reports.states import ReportRefused
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.errands import leave_waiting
from tests.people import House, member
from tests.service_reports.reports import make_service_report
from tests.tenants.accounts.test_at_once import PATIENCE_SECONDS, wait_until_blocked

LEFT = (
    "errands_errand",
    "errands_letter",
    "service_reports_servicereport",
    "accounts_user",
    "backoffice_logline",
)
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test transaction here: what is written is seen by others. Nothing is drawn or mailed meanwhile."""
    leave_waiting(monkeypatch)


@pytest.fixture
def ada(committing: Municipality, owner_connection: Connected) -> Iterator[Membership]:
    """Somebody of the vendor, who is gone again afterwards with all that was reported and logged."""
    yield member(House.of(None), "eigenaar", "ada@leverancier.example")
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


def at_once(elsewhere: ThreadPoolExecutor, first: tuple[House, Act], second: tuple[House, Act]) -> str:
    """What the second is told, who came while the first had not committed."""

    def act() -> str:
        with second[0].entered():
            try:
                second[1]()
            except ReportRefused as refusal:
                return str(refusal)
        return ""

    with first[0].entered(), transaction.atomic():
        first[1]()
        answer = elsewhere.submit(act)
        wait_until_blocked(answer)
    return answer.result(timeout=PATIENCE_SECONDS)


def shared(haarlem: Municipality) -> ServiceReport:
    now = timezone.now()
    with for_vendor():
        return make_service_report(
            haarlem,
            state=State.GEDEELD,
            shared_at=now,
            shared_by="bo@leverancier.example",
            fixes_at=now + timedelta(days=14),
        )


def standing(report: ServiceReport) -> ServiceReport:
    with for_vendor():
        return ServiceReport.objects.get(pk=report.pk)


@pytest.fixture
def lia(committing: Municipality) -> Person:
    house = House.of(committing)
    return as_person(house, member(house, "beheerder", "lia@haarlem.example"))


@pytest.mark.parametrize("other", ["agree", "dispute"])
def test_of_two_of_a_municipality_one_decides(
    committing: Municipality, ada: Membership, lia: Person, elsewhere: ThreadPoolExecutor, other: str
) -> None:
    house, report, now = House.of(committing), shared(committing), timezone.now()
    bo = as_person(house, member(house, "beheerder", "bo@haarlem.example"))
    decides = {
        "agree": lambda: deciding.agree(report, person=bo, now=now),
        "dispute": lambda: deciding.dispute(report, "nee", person=bo, now=now),
    }

    told = at_once(
        elsewhere,
        (house, lambda: deciding.dispute(report, "nee", person=lia, now=now)),
        (house, decides[other]),
    )

    assert "betwist" in told
    assert standing(report).disputed_by == "lia@haarlem.example"


def test_both_sides_agree_at_once_and_it_is_fixed(
    committing: Municipality, ada: Membership, lia: Person, elsewhere: ThreadPoolExecutor
) -> None:
    vendor, house, report = House.of(None), House.of(committing), shared(committing)
    boss, now = as_person(vendor, ada), timezone.now()

    told = at_once(
        elsewhere,
        (house, lambda: deciding.agree(report, person=lia, now=now)),
        (vendor, lambda: acting.agree(report, person=boss, now=now)),
    )

    assert told == ""
    assert standing(report).state == State.VASTGESTELD


def test_the_vendor_agrees_first_and_the_municipality_fixes_it(
    committing: Municipality, ada: Membership, lia: Person, elsewhere: ThreadPoolExecutor
) -> None:
    vendor, house, report = House.of(None), House.of(committing), shared(committing)
    boss, now = as_person(vendor, ada), timezone.now()

    told = at_once(
        elsewhere,
        (vendor, lambda: acting.agree(report, person=boss, now=now)),
        (house, lambda: deciding.agree(report, person=lia, now=now)),
    )

    assert told == ""
    assert standing(report).state == State.VASTGESTELD


def test_what_is_disputed_is_not_fixed_by_time_as_well(
    committing: Municipality, ada: Membership, lia: Person, elsewhere: ThreadPoolExecutor
) -> None:
    vendor, house, report = House.of(None), House.of(committing), shared(committing)
    now, fixed = timezone.now(), []

    at_once(
        elsewhere,
        (house, lambda: deciding.dispute(report, "nee", person=lia, now=now)),
        (vendor, lambda: fixed.append(fix(report.pk, now + timedelta(days=15)))),
    )

    assert fixed == [False]
    assert standing(report).state == State.BETWIST


def test_of_two_who_draw_the_second_waits_and_draws_how_it_stands_then(
    committing: Municipality,
    ada: Membership,
    elsewhere: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> None:
    """Whoever reads meanwhile finds the former file, never none."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(drawing, "as_pdf", lambda html: b"%PDF-" + html.encode())
    vendor, report = House.of(None), shared(committing)
    with vendor.entered():
        drawing.draw(report.pk)

    def first() -> None:
        drawing.draw(report.pk)
        ServiceReport.objects.filter(pk=report.pk).update(
            vendor_agreed_by="Ada", vendor_agreed_at=timezone.now()
        )

    told = at_once(elsewhere, (vendor, first), (vendor, lambda: drawing.draw(report.pk)))

    assert told == ""
    with in_municipality(committing):
        written = drawing.drawn(report)
    assert written is not None
    assert "Ada" in written.decode()
    assert list((tmp_path / "haarlem" / "bezig").iterdir()) == []
