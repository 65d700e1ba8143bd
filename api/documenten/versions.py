"""The versions of a document: how one is kept when the next comes, and how one is found again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Value
from rest_framework import serializers

from api.documenten.models import EnkelvoudigInformatieObject, InformatieObjectVersie, Versie
from api.pipeline.commit.inserting import insert
from api.pipeline.declare.write import Write
from api.pipeline.validate.filters import Moment, Parameter
from api.pipeline.words.refusals import NotFound

COLUMNS = tuple(column.attname for column in Versie._meta.local_fields)

ASKED: Mapping[str, str] = {"versie": "versie", "registratieOp": "begin_registratie__lte"}
"""The parameters that name a version, with what it then satisfies."""


def asked(*, experimental: bool = False) -> dict[str, Parameter]:
    """The parameters of an operation that shows one version, the newest unless they say otherwise."""
    versie = Parameter(serializers.IntegerField(), {"type": "integer"}).explained("De versie met dit nummer.")
    moment = Moment("begin_registratie", "lte").explained("De versie zoals die op dit moment was.")
    parameters: dict[str, Parameter] = {"versie": versie, "registratieOp": moment}
    for each in parameters.values():
        each.experimental = experimental
    return parameters


def keep_version(write: Write) -> None:
    """An effect: what the document is becomes an earlier version, and what it will be the next one."""
    document = write.instance
    kept = {name: getattr(document, name) for name in COLUMNS}
    insert([InformatieObjectVersie(document=document, **kept)])
    write.data["versie"] = document.versie + 1
    write.data["begin_registratie"] = write.caller.now


def earlier_version(document: UUID, values: Mapping[str, Any]) -> int | None:
    """The key of the version that is asked for; ``None`` where that is the newest.

    Raises ``NotFound`` where there is no such version, or no such document.
    """
    wanted = {condition: values[name] for name, condition in ASKED.items() if name in values}
    if not wanted:
        return None
    newest = EnkelvoudigInformatieObject.objects.filter(pk=document, **wanted)
    earlier = InformatieObjectVersie.objects.filter(document=document, **wanted)
    own_key = Value(None, output_field=BigIntegerField())
    found = (
        newest.order_by()
        .annotate(key=own_key)
        .values_list("versie", "key")
        .union(earlier.annotate(key=F("pk")).values_list("versie", "key"), all=True)
        .order_by("-versie")
        .first()
    )
    if found is None:
        raise NotFound("Deze versie bestaat niet.")
    key: int | None = found[1]
    return key
