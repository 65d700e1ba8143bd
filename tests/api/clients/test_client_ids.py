"""Client ids are given to one applicatie, and what was given out stays known."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunSQL

from api.clients.client_ids import give
from api.clients.models import Applicatie, ClientId, IssuedClientId

pytestmark = pytest.mark.usefixtures("in_haarlem")


def test_it_has_these_in_this_order_and_no_other() -> None:
    applicatie = Applicatie.objects.create(label="Zaaksysteem")
    give(applicatie, ["een", "twee"])
    give(applicatie, ["drie", "een", "drie"])
    assert [each.client_id for each in applicatie.client_ids.all()] == ["drie", "een"]


def test_what_another_had_is_refused_by_the_table_itself() -> None:
    first, second = (Applicatie.objects.create(label=label) for label in ("Een", "Twee"))
    give(first, ["een"])
    first.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        give(second, ["een"])


def test_the_migration_remembers_the_ids_in_use() -> None:
    applicatie = Applicatie.objects.create(label="Zaaksysteem")
    ClientId.objects.create(client_id="van-vroeger", applicatie=applicatie)
    migration = import_module("api.clients.migrations.0002_issued_client_ids").Migration
    (fill,) = (each for each in migration.operations if isinstance(each, RunSQL))
    with connection.cursor() as cursor:
        cursor.execute(str(fill.sql))
    assert IssuedClientId.objects.get().applicatie_uuid == applicatie.pk
