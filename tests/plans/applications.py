"""Who asks: an application with all rights, and one with rights on ten types up to two levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from api.catalogi.models import Informatieobjecttype, Zaaktype
from api.clients.models import Autorisatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_all_rights, api_with_rights, right

TYPES = 10
SCOPES = {
    "zrc": (
        "zaken.lezen",
        "zaken.aanmaken",
        "zaken.bijwerken",
        "zaken.geforceerd-bijwerken",
        "zaken.verwijderen",
    ),
    "drc": ("documenten.lezen",),
}
LEVELS = (Vertrouwelijkheidaanduiding.ZEER_GEHEIM, Vertrouwelijkheidaanduiding.OPENBAAR)


def applications(municipality: Municipality) -> dict[str, ApiClient]:
    """Both, by what they are called in a table."""
    with in_municipality(municipality):
        rights = list(_on_ten_types())
    return {
        "all rights": api_with_all_rights(municipality),
        "ten types": api_with_rights(municipality, right("ztc", ("catalogi.lezen",)), *rights),
    }


def _on_ten_types() -> Iterator[Autorisatie]:
    of_zaken = Zaaktype.objects.published().annotate(rows=Count("zaken"))
    of_documenten = Informatieobjecttype.objects.published().annotate(
        rows=Count("enkelvoudiginformatieobject_set")
    )
    for component, types in (("zrc", of_zaken), ("drc", of_documenten)):
        for place, each in enumerate(_spread(list(types.order_by("-rows", "pk")))):
            yield right(component, SCOPES[component], each, maximum=LEVELS[place % len(LEVELS)])


def _spread(types: list[Any]) -> list[Any]:
    """Ten of them, from one with many rows to one with few; not the one with most where there is a choice."""
    step = max(1, len(types) // TYPES)
    return types[min(2, step - 1) :: step][:TYPES]
