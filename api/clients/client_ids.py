"""Giving client ids to an applicatie; what was ever given out stays known (ac-001)."""

from __future__ import annotations

from collections.abc import Iterable

from api.clients.models import Applicatie, ClientId, IssuedClientId


def give(applicatie: Applicatie, client_ids: Iterable[str]) -> None:
    """Let the applicatie be known by these ids, in this order, and by no other.

    Raises ``IntegrityError`` for an id that is, or was, another applicatie's.
    """
    wanted = list(dict.fromkeys(client_ids))
    applicatie.client_ids.all().delete()
    ClientId.objects.bulk_create(
        ClientId(client_id=client_id, applicatie=applicatie, volgorde=index)
        for index, client_id in enumerate(wanted)
    )
    _remember(applicatie, wanted)


def _remember(applicatie: Applicatie, wanted: list[str]) -> None:
    own = IssuedClientId.objects.filter(applicatie_uuid=applicatie.pk).values_list("client_id", flat=True)
    known = set(own)
    IssuedClientId.objects.bulk_create(
        IssuedClientId(client_id=client_id, applicatie_uuid=applicatie.pk)
        for client_id in wanted
        if client_id not in known
    )
