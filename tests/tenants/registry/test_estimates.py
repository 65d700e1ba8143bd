from __future__ import annotations

import pytest

from tenants.registry.estimates import EstimatedRows, counted
from tenants.registry.models import Domain, Municipality


def test_few_rows_are_counted(haarlem: Municipality) -> None:
    assert counted(Municipality, exactly_below=3) == (2, True)


@pytest.mark.parametrize("most", [1, 2])
def test_many_rows_are_estimated_and_never_fewer_than_were_seen(haarlem: Municipality, most: int) -> None:
    number, exact = counted(Municipality, exactly_below=most)

    assert number >= most
    assert not exact


def test_each_row_of_the_registry_has_the_estimate_of_its_schema(haarlem: Municipality) -> None:
    row = Municipality.objects.annotate(
        domains_there=EstimatedRows(Domain), there=EstimatedRows(Domain, schema="naam")
    ).get(pk=haarlem.pk)

    assert row.domains_there is None
    assert row.there is None
