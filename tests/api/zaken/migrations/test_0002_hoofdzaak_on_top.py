"""What the migration makes of zaken that stand too low, from before the database held it."""

from __future__ import annotations

from importlib import import_module

from django.db import connection, transaction

from api.zaken.models import Zaak
from tests.conftest import Connected
from tests.factories.zaken import ZaakFactory

migration = import_module("api.zaken.migrations.0002_hoofdzaak_on_top")


def test_what_stands_too_low_loses_its_hoofdzaak(owner_connection: Connected) -> None:
    with owner_connection(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = haarlem, extensions")
            cursor.execute("ALTER TABLE zaken_zaak DROP CONSTRAINT zaak_below_one_on_top")
        one, other, top, middle, low = (ZaakFactory.create() for _ in range(5))
        for zaak, hoofdzaak in ((one, other), (other, one), (low, middle), (middle, top)):
            Zaak.objects.filter(pk=zaak.pk).update(hoofdzaak=hoofdzaak)

        migration.detach(None, connection.schema_editor())

        assert Zaak.objects.count() == 5
        assert dict(Zaak.objects.exclude(hoofdzaak=None).values_list("pk", "hoofdzaak")) == {middle.pk: top.pk}
        with connection.cursor() as cursor:
            cursor.execute(migration.ON_TOP)
        transaction.set_rollback(True)

