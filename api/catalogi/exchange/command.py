"""What the two commands share: for whom they work, and how their arguments name what is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.utils import timezone

from api.catalogi.models import Catalogus, Zaaktype
from api.catalogi.scopes import CATALOGI_GEFORCEERD_SCHRIJVEN, CATALOGI_LEZEN, CATALOGI_SCHRIJVEN
from api.clients.client import HIGHEST, Client, Right
from api.pipeline.words.asked import Asked
from api.pipeline.words.caller import Caller
from tenants.registry.models import Municipality

SHOWN = 20
"""How many names an error tells."""
PATIENCE_SECONDS = 600
"""How long a command waits for what others say of references; nobody waits for it."""


def municipality_named(schema: str) -> Municipality:
    """The municipality of a schema."""
    municipality = Municipality.objects.filter(schema_name=schema).first()
    if municipality is None:
        raise CommandError(f"There is no municipality {schema}.")
    return municipality


def command_caller(municipality: Municipality, *, force: bool) -> Caller:
    """Whoever runs the command may write the catalogue; change what is published only when forced.

    Its URLs are on the primary domain. To be asked inside the municipality.
    """
    scopes = [CATALOGI_LEZEN, CATALOGI_SCHRIJVEN, *([CATALOGI_GEFORCEERD_SCHRIJVEN] if force else [])]
    labels = frozenset(label for scope in scopes for label in scope.labels())
    client = Client("manage.py", "Opdrachtregel", rights=(Right("ztc", labels, None, HIGHEST),))
    primary = next(domain for domain in municipality.domains.all() if domain.is_primary)
    asked = Asked(seconds=PATIENCE_SECONDS)
    return Caller(client, municipality, timezone.now(), f"https://{primary.domain}", asked=asked)


def chosen_catalogus(named: str) -> Catalogus:
    """By UUID, or by domein where there is one of that name."""
    found = Catalogus.objects.filter(**_by_key(named, "domein"))
    return _only(found, f"catalogus {named}", there_are(Catalogus.objects.values_list("domein", flat=True)))


def chosen_zaaktype(named: str, catalogus: Catalogus | None) -> Zaaktype:
    """By UUID, or the latest version of an identificatie."""
    rows = Zaaktype.objects.select_related("catalogus").filter(**_by_key(named, "identificatie"))
    if catalogus is not None:
        rows = rows.filter(catalogus=catalogus)
    latest = {row.catalogus_id: row for row in rows.order_by("begin_geldigheid", "pk")}
    every = Zaaktype.objects.all() if catalogus is None else Zaaktype.objects.filter(catalogus=catalogus)
    others = there_are(every.values_list("identificatie", flat=True))
    return _only(list(latest.values()), f"zaaktype {named}", others)


def there_are(names: Iterable[str]) -> str:
    """The first of the names that could have been meant."""
    known = sorted(set(names))
    if not known:
        return "There are none here."
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"There are: {', '.join(known[:SHOWN])}{more}."


def _by_key(named: str, attribute: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(named)}
    except ValueError:
        return {attribute: named}


def _only(found: Any, what: str, others: str) -> Any:
    rows = list(found)
    if not rows:
        raise CommandError(f"There is no {what}. {others}")
    if len(rows) > 1:
        raise CommandError(f"There is more than one {what}; name the catalogus, or give a UUID.")
    return rows[0]
