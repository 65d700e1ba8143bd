"""What a municipality's role and the vendor's may do to reports by statements of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from service_reports.deciding import reports
from service_reports.models import ServiceReport, State
from service_reports.snapshot import to_json
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import vendor_rows
from tests.service_reports.reports import FIGURES, NOW, make_maintenance, make_service_report

pytestmark = pytest.mark.django_db
AGREES = ("service_reports_agree", lambda pk: (pk, "lia@haarlem.example", NOW))
DISPUTES = ("service_reports_dispute", lambda pk: (pk, "Klopt niet", "lia@haarlem.example", NOW))


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def row(report: ServiceReport) -> dict[str, Any]:
    found: dict[str, Any] = ServiceReport.objects.values().get(pk=report.pk)
    return found


def test_a_neighbour_sees_no_report_and_no_maintenance(haarlem: Municipality, utrecht: Municipality) -> None:
    make_service_report(haarlem, state=State.GEDEELD)
    make_maintenance(haarlem)

    with in_municipality(utrecht):
        assert asked("SELECT id FROM public.service_reports_servicereport") == []
        assert asked("SELECT id FROM public.service_reports_maintenance") == []
    with in_municipality(haarlem):
        assert len(asked("SELECT id FROM public.service_reports_servicereport")) == 1


def test_a_concept_is_not_even_there_for_its_municipality(haarlem: Municipality) -> None:
    make_service_report(haarlem)

    with in_municipality(haarlem):
        assert asked("SELECT id FROM public.service_reports_servicereport") == []
        assert not reports().exists()


def test_minutes_are_the_vendors_alone(haarlem: Municipality) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        asked("SELECT id FROM public.service_reports_minutes")


@pytest.mark.parametrize(("function", "given"), [AGREES, DISPUTES], ids=["agree", "dispute"])
@pytest.mark.parametrize("state", State)
def test_no_function_reaches_a_report_of_a_neighbour(
    haarlem: Municipality, utrecht: Municipality, function: str, given: Any, state: State
) -> None:
    theirs = make_service_report(utrecht, state=state)
    before = row(theirs)

    with in_municipality(haarlem):
        assert vendor_rows(haarlem).call(function, *given(theirs.pk)) is False

    assert row(theirs) == before


@pytest.mark.parametrize(("function", "given"), [AGREES, DISPUTES], ids=["agree", "dispute"])
@pytest.mark.parametrize("state", [each for each in State if each is not State.GEDEELD])
def test_a_function_does_nothing_with_what_is_not_shared(
    haarlem: Municipality, function: str, given: Any, state: State
) -> None:
    ours = make_service_report(haarlem, state=state)
    before = row(ours)

    with in_municipality(haarlem):
        assert vendor_rows(haarlem).call(function, *given(ours.pk)) is False

    assert row(ours) == before


@pytest.mark.parametrize(("before", "done"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
def test_from_the_moment_itself_it_is_too_late_to_dispute(
    haarlem: Municipality, before: timedelta, done: bool
) -> None:
    ours = make_service_report(haarlem, state=State.GEDEELD)
    assert ours.fixes_at is not None

    with in_municipality(haarlem):
        did = vendor_rows(haarlem).call(
            "service_reports_dispute", ours.pk, "nee", "x", ours.fixes_at - before
        )

    assert did is done


@pytest.mark.parametrize("who", ["ada@leverancier.example", "ADA@leverancier.example"])
def test_who_shared_it_agrees_for_no_other_side(haarlem: Municipality, who: str) -> None:
    ours = make_service_report(haarlem, state=State.GEDEELD)

    with in_municipality(haarlem):
        assert vendor_rows(haarlem).call("service_reports_agree", ours.pk, who, NOW) is False


@pytest.mark.parametrize("state", [State.VASTGESTELD, State.BETWIST, State.VERVANGEN])
@pytest.mark.parametrize("column", ["figures = '{}'", "state = 'gedeeld'", "reason = 'x'", "dispute = 'y'"])
def test_what_was_decided_does_not_change(haarlem: Municipality, state: State, column: str) -> None:
    ours = make_service_report(haarlem, state=state)

    with (
        pytest.raises(IntegrityError, match="does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE service_reports_servicereport SET {column} WHERE id = %s", [ours.pk])  # noqa: S608


@pytest.mark.parametrize(
    "column",
    ["figures = '{}'", "reason = 'x'", "fixes_at = fixes_at + interval '1 day'", "state = 'concept'"],
)
def test_what_was_shared_keeps_its_figures(haarlem: Municipality, column: str) -> None:
    ours = make_service_report(haarlem, state=State.GEDEELD)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE service_reports_servicereport SET {column} WHERE id = %s", [ours.pk])  # noqa: S608


@pytest.mark.parametrize("state", State)
def test_no_report_is_deleted(haarlem: Municipality, state: State) -> None:
    ours = make_service_report(haarlem, state=state)

    with pytest.raises(IntegrityError), transaction.atomic():
        ours.delete()


def test_a_concept_may_be_made_anew(haarlem: Municipality) -> None:
    ours = make_service_report(haarlem)

    ServiceReport.objects.filter(pk=ours.pk).update(figures={**to_json(FIGURES), "reported": 7})

    assert row(ours)["figures"]["reported"] == 7


def test_of_a_month_one_report_is_open(haarlem: Municipality) -> None:
    make_service_report(haarlem, state=State.GEDEELD)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_service_report(haarlem, version=2, reason="x")


def test_a_later_version_says_why(haarlem: Municipality) -> None:
    make_service_report(haarlem, state=State.VASTGESTELD)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_service_report(haarlem, version=2)
