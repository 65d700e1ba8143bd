"""What stands in the zip: a file for each resource, an array of representations in each.

Names and order are those of Open Zaak's exports, so that either can read the other's. Beyond that we
add zaakobjecttypen, and a manifest that says where the zip comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from api.catalogi.models import (
    Besluittype,
    Catalogus,
    Eigenschap,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaakobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.pipeline.words import registry

MEDIA_TYPE = "application/zip"
MANIFEST = "zaakplein.json"
FORM, VERSION = "zaakplein-catalogus", 1


@dataclass(frozen=True, slots=True)
class File:
    """One file of the zip."""

    name: str
    model: type[Model]
    parent: str
    """The member that names what an object stands in; empty for a catalogus."""
    names: tuple[str, ...]
    """The members by which an object is known within its parent."""
    left_out: tuple[str, ...] = ()
    """Members that follow from others, and that an import does not write."""

    @property
    def resource(self) -> Any:
        return registry.resource_for(self.model)

    def __str__(self) -> str:
        return f"{self.name}.json"


VERSION_NAMES = ("omschrijving", "beginGeldigheid")
OF_ZAAKTYPE = ("catalogus",)

CATALOGUS = File("Catalogus", Catalogus, "", ("domein", "rsin"))
INFORMATIEOBJECTTYPE = File("InformatieObjectType", Informatieobjecttype, "catalogus", VERSION_NAMES)
BESLUITTYPE = File("BesluitType", Besluittype, "catalogus", VERSION_NAMES)
ZAAKTYPE = File("ZaakType", Zaaktype, "catalogus", ("identificatie", "beginGeldigheid"))
STATUSTYPE = File("StatusType", Statustype, "zaaktype", ("volgnummer",), (*OF_ZAAKTYPE, "eigenschappen"))

FILES = (
    CATALOGUS,
    INFORMATIEOBJECTTYPE,
    BESLUITTYPE,
    ZAAKTYPE,
    STATUSTYPE,
    File("ZaakTypeInformatieObjectType", ZaaktypeInformatieobjecttype, "zaaktype", ("volgnummer",)),
    File("ResultaatType", Resultaattype, "zaaktype", ("omschrijving",), OF_ZAAKTYPE),
    File("RolType", Roltype, "zaaktype", ("omschrijving",), OF_ZAAKTYPE),
    File("Eigenschap", Eigenschap, "zaaktype", ("naam",), OF_ZAAKTYPE),
    File("ZaakObjectType", Zaakobjecttype, "zaaktype", ("relatieOmschrijving",), OF_ZAAKTYPE),
)
"""In the order in which they can be written: what is referred to comes first."""
