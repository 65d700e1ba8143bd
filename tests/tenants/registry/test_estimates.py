from __future__ import annotations

import pytest
from django.db.migrations.recorder import MigrationRecorder

from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.estimates import EstimatedRows, counted, sizes
from tenants.registry.models import Domain, Municipality
from tests.conftest import Connected


def test_few_rows_are_counted(haarlem: Municipality) -> None:
    assert counted(Municipality, exactly_below=3) == (2, True)


@pytest.mark.parametrize("most", [1, 2])
def test_many_rows_are_estimated_and_never_fewer_than_were_seen(haarlem: Municipality, most: int) -> None:
    number, exact = counted(Municipality, exactly_below=most)

    assert number >= most
    assert not exact


def test_what_a_schema_takes_on_disk_is_its_own(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        found = sizes()

    assert found["zaken_zaak"] > 0
    assert "registry_municipality" not in found


def test_a_table_that_a_schema_does_not_have_has_no_estimate(haarlem: Municipality) -> None:
    rows = Municipality.objects.annotate(
        nothing=EstimatedRows(Domain), nowhere=EstimatedRows(Domain, schema="naam")
    )

    assert rows.values_list("nothing", "nowhere").get(pk=haarlem.pk) == (None, None)


def test_each_row_of_the_registry_has_the_estimate_of_its_schema(owner_connection: Connected) -> None:
    with owner_connection(), connection.cursor() as cursor:
        cursor.execute("ANALYZE haarlem.django_migrations")
        rows = Municipality.objects.annotate(migrations=EstimatedRows(MigrationRecorder.Migration))
        estimated = rows.values_list("migrations", flat=True).get(schema_name="haarlem")

    assert (estimated or 0) > 10
