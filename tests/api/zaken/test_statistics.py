"""What PostgreSQL keeps about rollen, so that it knows that a BSN is that of few."""

from __future__ import annotations

import re

from django.db import connection

from api.pipeline.validate.filters import JsonKey
from api.zaken.filters import IDENTIFICATIES, machtigingen
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.zaken.conftest import Catalogue
from tests.factories.zaken import RolFactory

KEPT = """
    SELECT unnest(pg_get_statisticsobjdef_expressions(kept.oid))
    FROM pg_statistic_ext kept
    WHERE stxrelid = 'zaken_rol'::regclass AND stxnamespace = current_schema()::regnamespace
"""
OTHERS = 400
BSN = "999993653"


def test_each_key_that_is_filtered_has_its_statistics(haarlem: Municipality) -> None:
    filters = [*IDENTIFICATIES.values(), *machtigingen().values()]
    keys = {each.key for each in filters if isinstance(each, JsonKey)}
    with in_municipality(haarlem), connection.cursor() as cursor:
        cursor.execute(KEPT)
        kept = [expression for (expression,) in cursor.fetchall()]

    assert len(keys) == 8
    assert {re.findall("'(.+?)'", expression)[0] for expression in kept} == keys


def test_a_bsn_is_expected_to_be_that_of_few(catalogue: Catalogue) -> None:
    zaak = catalogue.new_zaak()
    with in_municipality(catalogue.municipality):
        rollen = [RolFactory.build(zaak=zaak, roltype=catalogue.roltype) for _ in range(OTHERS)]
        for number, rol in enumerate(rollen):
            rol.betrokkene_identificatie = {"inpBsn": f"{number:09}"}
        type(rollen[0]).objects.bulk_create(rollen)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE zaken_rol")
        rows = type(rollen[0]).objects.filter(betrokkene_identificatie__inpBsn=BSN)
        expected = re.findall(r"rows=(\d+)", str(rows.explain()))[0]

    assert expected == "1"
