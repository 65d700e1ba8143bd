from __future__ import annotations

from django.db import transaction

from tenants.registry.connection import connection
from tenants.registry.door import MUNICIPALITIES, role_of, without_policy
from tenants.registry.provisioning import PUBLIC_TABLES
from tests.conftest import Connected


def test_a_grant_without_a_policy_is_found(owner_connection: Connected) -> None:
    """Planted: a table of the vendor that is granted to one municipality, and a column to all of them."""
    with owner_connection(), transaction.atomic(), connection.cursor() as cursor:
        assert without_policy(PUBLIC_TABLES) == []
        one = connection.ops.quote_name(role_of("haarlem"))
        every = connection.ops.quote_name(role_of(MUNICIPALITIES))
        cursor.execute(f"GRANT SELECT ON public.jobs_job TO {one}")
        cursor.execute(f"GRANT SELECT (email) ON public.accounts_user TO {every}")
        cursor.execute(f"GRANT INSERT ON public.access_grant TO {every}")
        found = without_policy(PUBLIC_TABLES)
        transaction.set_rollback(True)

    assert found == ["access_grant", "accounts_user", "jobs_job"]
