"""That nobody else serves a municipality while a report of it is written down, or a mail to one comes in.

Who serves it, and what is agreed, stand with a report from its beginning. A report that came in while the
municipality goes to another would go on with whom it left.
"""

from __future__ import annotations

from tenants.registry.connection import connection


def hold_vendor(municipality: int) -> None:
    """Until the end of the transaction, on either side: what is read after this stays so."""
    _lock("pg_advisory_xact_lock_shared", municipality)


def hold_reports(municipality: int) -> None:
    """For who makes another serve it: no report begins until the end of the transaction."""
    _lock("pg_advisory_xact_lock", municipality)


def _lock(function: str, municipality: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"helpdesk reports of {municipality}"])
