"""The secret of a client id and what it may do, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import connection

from api.clients.client import HIGHEST, Client, Right
from api.clients.covered import COVERED

# An autorisatie on a catalogus, or on an identificatie within one, becomes a row per version of
# the type, so that every later version is covered without anybody touching the applicatie. One on
# a type of another house gives nothing here.
STATEMENT = """
SELECT credential.secret, credential.valid_until, applicatie.uuid IS NOT NULL, applicatie.label,
       applicatie.heeft_alle_autorisaties, applicatie.alleen_is_gereed_voor_publicatie,
       (SELECT json_agg(json_build_array(autorisatie.component, autorisatie.scopes, types.uuid,
                                         autorisatie.max_vertrouwelijkheidaanduiding))
          FROM clients_autorisatie autorisatie
          JOIN LATERAL (
            {covered}
            UNION ALL
            SELECT autorisatie.type_uuid
             WHERE autorisatie.catalogus_id IS NULL
               AND (autorisatie.type_url = '' OR autorisatie.type_uuid IS NOT NULL)
          ) types ON true
         WHERE autorisatie.applicatie_id = applicatie.uuid)
  FROM clients_credential credential
  LEFT JOIN clients_clientid ON clients_clientid.client_id = credential.client_id
  LEFT JOIN clients_applicatie applicatie ON applicatie.uuid = clients_clientid.applicatie_id
 WHERE credential.client_id = %s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A client id that this municipality knows: its secret, and the client it stands for."""

    secret: str
    client: Client
    valid_until: datetime | None = None
    """From when on the secret is worth nothing."""


@cache
def statement() -> str:
    """The text, with the tables of the types that can be covered."""
    covered = "\n            UNION ALL\n            ".join(
        f"SELECT uuid FROM {each.model._meta.db_table} WHERE autorisatie.component = '{component}'"
        f" AND catalogus_id = autorisatie.catalogus_id AND autorisatie.identificatie IN ('', {each.name})"
        for component, each in COVERED.items()
    )
    return STATEMENT.format(covered=covered)


def find_client(client_id: str) -> Found | None:
    """The secret and rights of a client id of the current municipality, or ``None``."""
    with connection.cursor() as cursor:
        cursor.execute(statement(), [client_id])
        row = cursor.fetchone()
    if row is None:
        return None
    secret, valid_until, has_applicatie, label, all_rights, only_publishable, rights = row
    client = Client(
        client_id=client_id,
        label=label or "",
        has_applicatie=has_applicatie,
        heeft_alle_autorisaties=bool(all_rights),
        alleen_is_gereed_voor_publicatie=bool(only_publishable),
        rights=tuple(
            Right(component, frozenset(scopes), UUID(type_uuid) if type_uuid else None, maximum or HIGHEST)
            for component, scopes, type_uuid, maximum in rights or ()
        ),
    )
    return Found(secret=secret, client=client, valid_until=valid_until)
