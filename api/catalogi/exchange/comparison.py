"""Where an object of the zip differs from the row that it is here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import ForeignKey

from api.catalogi.from_zaaktype import ZaaktypeDate
from api.catalogi.named import Versions
from api.pipeline.declare.write import Write
from api.pipeline.represent.groups import Group
from api.pipeline.represent.members import Member


def differences(write: Write) -> dict[str, list[str]]:
    """The members whose value the write would change, each with the attributes that it is kept in.

    What the zip does not say is not compared.
    """
    different: dict[str, list[str]] = {}
    for name, member in _written(write.resource.representation.members):
        if member.attribute in write.data and _differs(write, member):
            different.setdefault(name, []).append(member.attribute)
    return different


def _written(members: Mapping[str, Member]) -> Iterator[tuple[str, Member]]:
    for name, member in members.items():
        if isinstance(member, Group):
            yield from ((f"{name}.{step}", part) for step, part in member.members.items())
        elif not member.read_only:
            yield name, member


def _differs(write: Write, member: Member) -> bool:
    value = write.data[member.attribute]
    if isinstance(member, Versions):
        return member.kept(write) != member.unique(value)
    if isinstance(member, ZaaktypeDate):
        own = getattr(write.instance, member.attribute)
        return value is not None and value != (own or getattr(write.data["zaaktype"], member.attribute))
    if isinstance(write.resource.model._meta.get_field(member.attribute), ForeignKey):
        return getattr(write.instance, f"{member.attribute}_id") != (value.pk if value else None)
    return write.changes(member.attribute)
