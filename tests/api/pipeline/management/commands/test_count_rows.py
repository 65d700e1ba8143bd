"""The command that compares the counts that are kept with the rows."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from api.records.models import RowCount
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.factories.zaken import RolFactory


@pytest.fixture
def counted(haarlem: Municipality) -> Municipality:
    """With one rol and its zaak."""
    with in_municipality(haarlem):
        RolFactory.create()
    return haarlem


@pytest.fixture
def miscounted(counted: Municipality) -> Municipality:
    """As after a restore of data alone."""
    with in_municipality(counted):
        RowCount.objects.filter(kind="zaken_rol").delete()
    return counted


def count_rows(**options: Any) -> str:
    said = StringIO()
    call_command("count_rows", municipality="haarlem", stdout=said, **options)
    return said.getvalue()


def test_right_counts_are_left_as_they_are(counted: Municipality) -> None:
    with in_municipality(counted):
        before = list(RowCount.objects.values())

    said = count_rows()

    with in_municipality(counted):
        assert list(RowCount.objects.values()) == before
    assert said == "Haarlem: every count is right.\n"


def test_wrong_counts_are_mended(miscounted: Municipality) -> None:
    assert count_rows() == "zaken_rol: 1 counts mended\n"

    assert count_rows(check=True) == "Haarlem: every count is right.\n"


def test_a_check_fails_and_mends_nothing(miscounted: Municipality) -> None:
    with pytest.raises(CommandError, match="Counts are wrong"):
        count_rows(check=True)

    with in_municipality(miscounted):
        assert not RowCount.objects.filter(kind="zaken_rol").exists()


def test_an_unknown_municipality_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="no municipality with schema delft"):
        call_command("count_rows", municipality="delft")
