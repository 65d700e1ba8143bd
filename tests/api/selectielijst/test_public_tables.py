"""The lists stand once, for all: a municipality reads them, and writes nothing in them."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from api.selectielijst.models import GeladenVersie, Procestype, Resultaat
from tenants.registry.models import Municipality


def test_a_municipality_reads_them(in_haarlem: Municipality) -> None:
    assert (Procestype.objects.count(), Resultaat.objects.count()) == (58, 651)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO selectielijst_communicatiekanaal VALUES (gen_random_uuid(), 'Balie', '')",
        "UPDATE selectielijst_procestype SET naam = ''",
        "DELETE FROM selectielijst_resultaat",
        "TRUNCATE selectielijst_resultaattypeomschrijving",
    ],
)
def test_a_municipality_writes_nothing_in_them(in_haarlem: Municipality, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_was_loaded_is_the_vendors_to_know(in_haarlem: Municipality) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        GeladenVersie.objects.exists()
