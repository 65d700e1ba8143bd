"""OBJECTINFORMATIEOBJECT: that a document belongs to something."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from api.documenten.models.keuzes import ObjectType


class ObjectInformatieObject(models.Model):
    """The mirror of a relation that another API keeps (Documenten 1.7.0, ``ObjectInformatieObject``).

    While there is one the document cannot go: so it protects it.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    informatieobject = models.ForeignKey(
        "documenten.EnkelvoudigInformatieObject",
        models.PROTECT,
        related_name="objectinformatieobjecten",
        db_index=False,
    )
    object = models.URLField(max_length=1000)
    object_type = models.CharField(max_length=10, choices=ObjectType)

    class Meta:
        indexes = (
            models.Index(fields=("object",), name="oio_object"),
            models.Index(fields=("object_type", "informatieobject"), name="oio_object_type"),
        )
        constraints = (models.UniqueConstraint(fields=("informatieobject", "object"), name="oio_unique"),)

    def __str__(self) -> str:
        return self.object_type
