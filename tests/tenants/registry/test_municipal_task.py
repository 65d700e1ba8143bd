from __future__ import annotations

import pytest
from celery import shared_task
from celery.signals import task_postrun, task_prerun

from tenants.registry.connection import connection
from tenants.registry.context import (
    MunicipalityRequired,
    WrongMunicipality,
    current_municipality,
    in_municipality,
)
from tenants.registry.models import Municipality


@shared_task
def say_where() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema")
        return current_municipality().schema_name, cursor.fetchone()[0]


@shared_task(for_vendor=True)
def say_where_the_vendor_is() -> str:
    return str(connection.schema_name)


def test_a_job_runs_in_the_municipality_that_sent_it(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        result = say_where.apply()

    assert result.get() == ("haarlem", "haarlem")


def test_a_job_runs_in_the_municipality_that_its_message_names(utrecht: Municipality) -> None:
    result = say_where.apply(headers={"_schema_name": "utrecht"})

    assert result.get() == ("utrecht", "utrecht")


@pytest.mark.parametrize("schema", ["public", "nergens", None])
def test_a_message_for_no_municipality_is_refused(db: None, schema: str | None) -> None:
    result = say_where.apply(headers={"_schema_name": schema})

    with pytest.raises(MunicipalityRequired):
        result.get()


def test_a_job_is_not_sent_from_outside_a_municipality(db: None) -> None:
    with pytest.raises(MunicipalityRequired):
        say_where.delay()


def test_a_job_of_the_deployment_runs_in_public(db: None) -> None:
    assert say_where_the_vendor_is.apply().get() == "public"


def test_a_job_of_the_deployment_is_not_run_inside_a_municipality(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        result = say_where_the_vendor_is.apply()

    with pytest.raises(WrongMunicipality):
        result.get()


def test_after_a_job_nobody_is_in_a_municipality(utrecht: Municipality) -> None:
    say_where.apply(headers={"_schema_name": "utrecht"})

    assert connection.schema_name == "public"


def test_nothing_else_switches_the_schema_of_a_job() -> None:
    receivers = [*task_prerun.receivers, *task_postrun.receivers]

    assert not any("tenant_schemas" in str(key) for key, _ in receivers)
