"""The one way by which code of a municipality reaches what the vendor and that municipality share.

It lives once, in public. PostgreSQL shows a municipality's role its own rows of it and no other, whatever is
asked (see ``tenants.registry.door``); so what is said here twice is said for who reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models
from django.db.models import Q

from tenants.registry.connection import connection
from tenants.registry.context import WrongMunicipality, current_municipality, require_public
from tenants.registry.models import Municipality

Row = TypeVar("Row", bound="VendorRow")


class VendorRowManager(models.Manager[Row], Generic[Row]):
    """Of the vendor alone: inside a municipality its queries are refused before they are asked."""

    def get_queryset(self) -> models.QuerySet[Row]:
        require_public()
        return super().get_queryset()

    def behind_the_door(self) -> models.QuerySet[Row]:
        """For ``vendor_rows``."""
        return super().get_queryset()


class VendorRow(models.Model):
    """A row of the vendor that the municipality it concerns may read; its table is opened in a migration.

    What is ``hidden`` the role of a municipality cannot read: asking for it there is an error.
    """

    hidden: ClassVar[tuple[str, ...]] = ()

    objects: ClassVar[VendorRowManager[Any]] = VendorRowManager()

    class Meta:
        abstract = True

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        """Which rows are of this municipality."""
        return Q(municipality=municipality.pk)


@dataclass(frozen=True, slots=True)
class VendorRows:
    """What there is of one municipality, inside it."""

    municipality: Municipality

    def of(self, model: type[Row]) -> models.QuerySet[Row]:
        rows: models.QuerySet[Row] = model.objects.behind_the_door()
        return rows.filter(model.of(self.municipality)).defer(*model.hidden)

    def call(self, function: str, *arguments: object) -> object:
        """What a function of the door answers; it writes, for this municipality alone."""
        places = ", ".join(["%s"] * len(arguments))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT public.{connection.ops.quote_name(function)}({places})", arguments)
            (answer,) = cursor.fetchone()
        return answer


def vendor_rows(municipality: Municipality) -> VendorRows:
    """Raises WrongMunicipality anywhere but inside this municipality."""
    if current_municipality().schema_name != municipality.schema_name:
        raise WrongMunicipality(f"Rows of {municipality.schema_name} were asked inside another.")
    return VendorRows(municipality)
