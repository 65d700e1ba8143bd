"""What PostgreSQL keeps about rollen, so that it knows that a BSN is that of few."""

from __future__ import annotations

import re

from django.db import connection

from api.pipeline.validate.filters import JsonKey
from api.zaken.filters import IDENTIFICATIES, machtigingen
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

KEPT = """
    SELECT unnest(pg_get_statisticsobjdef_expressions(kept.oid))
    FROM pg_statistic_ext kept
    WHERE stxrelid = 'zaken_rol'::regclass AND stxnamespace = current_schema()::regnamespace
"""


def test_each_key_that_is_filtered_has_its_statistics(haarlem: Municipality) -> None:
    filters = [*IDENTIFICATIES.values(), *machtigingen().values()]
    keys = {each.key for each in filters if isinstance(each, JsonKey)}
    with in_municipality(haarlem), connection.cursor() as cursor:
        cursor.execute(KEPT)
        kept = [expression for (expression,) in cursor.fetchall()]

    assert len(keys) == 8
    assert {re.findall("'(.+?)'", expression)[0] for expression in kept} == keys
