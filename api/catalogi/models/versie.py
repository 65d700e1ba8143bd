"""What every version of a type has; one row is one version (history model, rules of 1.3)."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from api.catalogi.querysets import SubtypeManager, TypeManager

BEGIN_BEFORE_EINDE = models.Q(einde_geldigheid__isnull=True) | models.Q(
    einde_geldigheid__gte=models.F("begin_geldigheid")
)


class Hoofdtype(models.Model):
    """A version of a type with a life of its own: it is published and becomes valid by itself.

    Valid from begin_geldigheid up to and including einde_geldigheid. begin_object and
    einde_object are what the client says of the type over all its versions (see ``objectdate``).
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    catalogus = models.ForeignKey(
        "catalogi.Catalogus", models.PROTECT, related_name="%(class)sn", db_index=False
    )
    concept = models.BooleanField(default=True)
    begin_geldigheid = models.DateField()
    einde_geldigheid = models.DateField(null=True, blank=True)
    begin_object = models.DateField(null=True, blank=True)
    einde_object = models.DateField(null=True, blank=True)

    objects = TypeManager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=BEGIN_BEFORE_EINDE, name="%(class)s_geldigheid"),
        )


class Subtype(models.Model):
    """A part of one version of a zaaktype, which decides on catalogus, concept and validity.

    The four dates are deprecated in the standard and kept as the client wrote them.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    begin_geldigheid = models.DateField(null=True, blank=True)
    einde_geldigheid = models.DateField(null=True, blank=True)
    begin_object = models.DateField(null=True, blank=True)
    einde_object = models.DateField(null=True, blank=True)

    objects = SubtypeManager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=BEGIN_BEFORE_EINDE, name="%(class)s_geldigheid"),
        )
