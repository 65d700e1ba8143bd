"""Copies of types: a zaaktype under another identificatie, and a new version beside the running one.

A copy is made as any new type is, as a concept, and its parts follow in the same transaction. What
it was copied from is not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model, Q
from rest_framework import serializers

from api.catalogi.models import (
    Eigenschap,
    Resultaattype,
    Roltype,
    Statustype,
    TypeRelatie,
    Zaakobjecttype,
    ZaaktypeInformatieobjecttype,
)
from api.pipeline.declare.write import Write
from api.pipeline.validate.objects import ObjectSerializer

Keys = Mapping[UUID, UUID]
"""From the key of a row to that of its copy."""

# a statustype comes before what refers to it
PARTS: tuple[type[Model], ...] = (
    Statustype,
    Resultaattype,
    Roltype,
    Eigenschap,
    Zaakobjecttype,
    ZaaktypeInformatieobjecttype,
)
OWNERS = ("zaaktype_id", "statustype_id", "resultaattype_id", "besluittype_id")
VALIDITY = ("begin_geldigheid", "einde_geldigheid")
LIFE = ("begin_object", "einde_object")


class NewVersion(ObjectSerializer):
    """What a client says of a new version: from when it is valid."""

    beginGeldigheid = serializers.DateField(source="begin_geldigheid")  # noqa: N815 - on the wire


class ZaaktypeCopy(ObjectSerializer):
    """What a client says of a copy, which is valid from today where no date is given."""

    identificatie = serializers.CharField(max_length=50)
    omschrijving = serializers.CharField(max_length=80, required=False)
    beginGeldigheid = serializers.DateField(  # noqa: N815 - on the wire
        source="begin_geldigheid", required=False
    )


def as_version(source: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a new version is: what is given, else what the one before it has; it has no end yet."""
    columns = [column for column in source._meta.concrete_fields if not column.primary_key]
    own = {column.name: getattr(source, column.name) for column in columns}
    own |= {"concept": True, "einde_geldigheid": None}
    if own.get("versiedatum"):
        own["versiedatum"] = given["begin_geldigheid"]
    return {**own, **given}


def as_another(source: Any, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What a copy is: what is given, else what the zaaktype has that it is made after.

    Its life begins anew, today where no day is given.
    """
    return as_version(source, {"begin_geldigheid": today, **dict.fromkeys(LIFE), **given})


def copy_names(write: Write) -> None:
    """The informatieobjecttypen that a besluittype names."""
    source = write.source
    _copy_relations(Q(besluittype=source), {source.pk: write.instance.pk})


def copy_parts(write: Write) -> None:
    """All that belongs to a zaaktype, and the types that it names: two statements for each kind."""
    source, target = write.source, write.instance
    another = source.identificatie != target.identificatie
    keys = {source.pk: target.pk}
    for model in PARTS:
        rows: list[Any] = list(model._default_manager.filter(zaaktype=source))
        keys |= {row.pk: uuid4() for row in rows}
        for row in rows:
            row.pk = keys[row.pk]
            _hand_over(row, keys)
            _forget_dates(row, (*VALIDITY, *LIFE) if another else VALIDITY)
        model._default_manager.bulk_create(rows)
    _copy_relations(Q(zaaktype=source) | Q(resultaattype__zaaktype=source), keys)


def _copy_relations(where: Q, keys: Keys) -> None:
    relations = list(TypeRelatie.objects.filter(where))
    for relation in relations:
        relation.pk = None
        _hand_over(relation, keys)
    TypeRelatie.objects.bulk_create(relations)


def _hand_over(row: Any, keys: Keys) -> None:
    """Let the copy of a row refer to the copies of what the row refers to."""
    for owner in OWNERS:
        if getattr(row, owner, None) is not None:
            setattr(row, owner, keys.get(getattr(row, owner)))


def _forget_dates(row: Any, names: tuple[str, ...]) -> None:
    """Without dates of its own a part has those of its zaaktype."""
    for name in names:
        if hasattr(row, name):
            setattr(row, name, None)
