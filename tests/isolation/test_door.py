"""What the vendor and a municipality share: behind the door each sees its own, whatever is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from psycopg2 import sql

from access.models import Emergencies, Grant, State
from backoffice.models import LogLine
from contracts.models import Calendar, CalendarVersion, ServiceLevel, ServiceLevelVersion, Target
from handover.models import Entry, Task
from tenants.console.models import VendorLine
from tenants.registry.connection import connection
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.door import DOORKEEPER, MUNICIPALITIES, role_of
from tenants.registry.models import Municipality
from tenants.registry.provisioning import PUBLIC_TABLES
from tenants.registry.vendor_rows import VendorRow, vendor_rows
from tests.access.grants import make_grant
from tests.handover.moves import make_handover
from tests.helpdesk.reported import make_report
from tests.incidents.broken import make_incident
from tests.service_reports.reports import make_maintenance, make_service_report

EVERY = [model for model in apps.get_models() if issubclass(model, VendorRow)]
OF_CONTRACTS = [model for model in apps.get_app_config("contracts").get_models() if model in EVERY]
"""Whose they are follows from what they belong to: tried in tests/contracts/test_contract_door.py."""
PROMISED: tuple[type[models.Model], ...] = (
    ServiceLevel,
    ServiceLevelVersion,
    Target,
    Calendar,
    CalendarVersion,
)
"""What a contract names is read by both sides alike; tried there too."""
SHARED = [model for model in EVERY if model not in OF_CONTRACTS]
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
WRITES: dict[str, Callable[[int], tuple[object, ...]]] = {
    "access_allow": lambda pk: (pk, ["techniek"], [], 1, 1, "a@haarlem.example", NOW),
    "access_refuse": lambda pk: (pk, "nee", "a@haarlem.example", NOW),
    "access_stop": lambda pk: (pk, "nu", "a@haarlem.example", NOW),
    "access_unmask": lambda pk: (pk, "a@haarlem.example", NOW),
    "access_judge": lambda pk: (pk, True, "goed", "a@haarlem.example", NOW),
}
"""Every function of the door that is told which row it is about, and what to tell it."""
OTHERS = {
    "access_set_emergencies",
    "backoffice_note",
    "registry_own_municipality",
    "registry_own_schema",
    "vendor_api_happened",
}
"""Those that know by whose role they are called."""
OF_REPORTS = {"helpdesk_lock", "helpdesk_report", "helpdesk_step"}
"""Tried on a neighbour's reports, in every state, in tests/helpdesk/test_reporting.py."""
BY_CONTRACT = {
    "contracts_sign",
    "contracts_decline",
    "contracts_give_notice",
    "contracts_agree_annex",
    "contracts_own_versions",
    "contracts_own_contracts",
    "contracts_own_level_versions",
    "contracts_own_levels",
    "contracts_own_calendars",
}
"""Tried on a neighbour's rows in tests/contracts/test_contract_door.py."""
OF_REPORTS = {"helpdesk_lock", "helpdesk_report", "helpdesk_step"}
"""Tried on a neighbour's reports, in every state, in tests/helpdesk/test_reporting.py."""
OF_HANDOVERS = {"handover_begin", "handover_step", "handover_task_done"}
"""Tried on a neighbour's rows in tests/handover/test_attacks.py."""
OF_SERVICE_REPORTS = {"service_reports_agree", "service_reports_dispute"}
"""And in tests/service_reports/test_attacks.py."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shared(haarlem: Municipality, utrecht: Municipality) -> None:
    """A row of every shared table for each of the two."""
    for municipality in (haarlem, utrecht):
        make_grant(municipality, now=NOW)
        Emergencies.objects.create(municipality=municipality, allowed=False)
        make_service_report(municipality, state="gedeeld")
        make_maintenance(municipality)
        whole = {"municipality": municipality, "handover": make_handover(municipality)}
        Entry.objects.create(**whole, at=NOW, act="aanvragen", side="gemeente", person="x")
        Task.objects.create(**whole, key="contract", side="gemeente")
        make_report(municipality, NOW)
        make_incident(municipality, title=municipality.schema_name, text=municipality.schema_name)
        LogLine.objects.create(
            at=NOW,
            person="x",
            organisation="",
            area="x",
            action="x",
            subject="x",
            municipality=municipality.schema_name,
        )


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'SELECT')",
            [f"public.{table}"],
        )
        return [name for (name,) in cursor.fetchall()]


def all_that_is_shown(table: str) -> list[dict[str, Any]]:
    """Every row that the role may see, asked without any condition."""
    columns = columns_of(table)
    with connection.cursor() as cursor:
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        cursor.execute(sql.SQL("SELECT {} FROM public.{}").format(listed, sql.Identifier(table)))
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def whose(row: dict[str, Any]) -> Any:
    """Its key or its schema; what may concern several names the one in its words."""
    known = ("municipality_id", "municipality", "title", "text")
    return next(row[name] for name in known if name in row)


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
def test_without_any_condition_there_is_nothing_of_a_neighbour(
    haarlem: Municipality, utrecht: Municipality, model: type[VendorRow]
) -> None:
    table = model._meta.db_table
    with in_municipality(haarlem):
        ours = {whose(row) for row in all_that_is_shown(table)}
    with in_municipality(utrecht):
        theirs = {whose(row) for row in all_that_is_shown(table)}

    assert ours in ({haarlem.pk}, {haarlem.schema_name})
    assert theirs in ({utrecht.pk}, {utrecht.schema_name})


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
def test_a_door_that_forgets_its_filter_shows_nothing_of_a_neighbour(
    haarlem: Municipality, model: type[VendorRow]
) -> None:
    """Planted: the condition of `vendor_rows` is gone."""
    with patch.object(model, "of", classmethod(lambda *_: Q())), in_municipality(haarlem):
        found = [vars(row) for row in vendor_rows(haarlem).of(model)]

    assert {whose(row) for row in found} in ({haarlem.pk}, {haarlem.schema_name})


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
def test_a_municipality_reads_all_but_what_is_hidden(haarlem: Municipality, model: type[VendorRow]) -> None:
    with in_municipality(haarlem):
        shown = set(columns_of(model._meta.db_table))

    fields = {field.column for field in model._meta.concrete_fields if field.name not in model.hidden}
    assert shown == fields


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
def test_the_vendor_sees_all_of_it(
    haarlem: Municipality, utrecht: Municipality, model: type[VendorRow]
) -> None:
    seen = {whose(row) for row in all_that_is_shown(model._meta.db_table)}

    both = (haarlem, utrecht)
    assert (
        seen >= {each.pk for each in both}
        or seen >= {each.schema_name for each in both}
        or model is VendorLine
    )


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    "statement", ["DELETE FROM public.{}", "TRUNCATE public.{}", "UPDATE public.{} SET id = 1"]
)
def test_a_municipality_writes_nothing_there(
    haarlem: Municipality, model: type[VendorRow], statement: str
) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.SQL(statement).format(sql.Identifier(model._meta.db_table)))


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
def test_inside_a_municipality_the_vendors_own_way_is_closed(
    haarlem: Municipality, model: type[VendorRow]
) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        model.objects.all()


def test_the_door_of_another_municipality_is_closed(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        vendor_rows(utrecht)


def test_no_other_table_of_the_vendor_is_read(haarlem: Municipality) -> None:
    with in_municipality(haarlem), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'v', 'm', 'p') AND has_any_column_privilege(oid, 'SELECT')"
        )
        read = {table for (table,) in cursor.fetchall()}

    assert read == set(PUBLIC_TABLES) | {model._meta.db_table for model in (*EVERY, *PROMISED)}


def functions() -> dict[str, str]:
    """Those that municipalities alone may call, with the types that they take."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND has_function_privilege(%s, oid, 'EXECUTE')"
            " AND NOT has_function_privilege('public', oid, 'EXECUTE')",
            [role_of(MUNICIPALITIES)],
        )
        return dict(cursor.fetchall())


def test_every_function_of_the_door_is_tried() -> None:
    tried = WRITES.keys() | OTHERS | OF_HANDOVERS | OF_REPORTS | OF_SERVICE_REPORTS | BY_CONTRACT
    assert functions().keys() == tried


def test_the_functions_of_the_door_are_shut_and_fixed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, proowner::regrole::text, proconfig FROM pg_proc"
            " WHERE oid = ANY (%s::regprocedure[])",
            [list(functions().values())],
        )
        found = cursor.fetchall()

    keeper = connection.ops.quote_name(role_of(DOORKEEPER))
    assert {(definer, owner) for _, definer, owner, _ in found} == {(True, keeper)}
    assert {tuple(config) for *_, config in found} == {('search_path=""',)}


@pytest.mark.parametrize("function", WRITES)
@pytest.mark.parametrize("state", State)
def test_no_function_reaches_a_row_of_a_neighbour(
    haarlem: Municipality, utrecht: Municipality, function: str, state: State
) -> None:
    theirs = Grant.objects.get(municipality=utrecht)
    Grant.objects.filter(pk=theirs.pk).update(
        state=state, valid_from=NOW, valid_until=NOW + timedelta(hours=1)
    )
    before = Grant.objects.values().get(pk=theirs.pk)

    with in_municipality(haarlem):
        assert vendor_rows(haarlem).call(function, *WRITES[function](theirs.pk)) is False

    assert Grant.objects.values().get(pk=theirs.pk) == before


def test_a_function_that_forgets_whose_it_is_reaches_no_neighbour(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    """The doorkeeper itself, whose rights the functions have, sees no more than who called them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(relrowsecurity) FROM pg_class WHERE relname = ANY (%s)",
            [[model._meta.db_table for model in (*EVERY, *PROMISED)]],
        )
        assert cursor.fetchone() == (True,)
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole,"
            " pg_has_role(rolname, %s::name, 'USAGE') FROM pg_roles WHERE rolname = %s",
            [role_of(MUNICIPALITIES), role_of(DOORKEEPER)],
        )
        assert cursor.fetchone() == (False, False, False, False, True)


def test_what_a_municipality_says_in_the_log_of_the_vendor_is_said_by_it(haarlem: Municipality) -> None:
    with in_municipality(haarlem), transaction.atomic():
        vendor_rows(haarlem).call("backoffice_note", "a@haarlem.example", "toegang", "gestopt", "TG-1", "{}")

    line = LogLine.objects.get(action="gestopt")
    assert (line.municipality, line.organisation, line.person_id) == ("haarlem", "Haarlem", None)
