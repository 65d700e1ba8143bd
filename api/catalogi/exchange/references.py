"""What the objects of a zip refer to outside the catalogue, asked about before anything is locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.catalogi.exchange.reading import Archive, Entry
from api.catalogi.exchange.translation import of_our_selectielijst
from api.pipeline.declare.write import Write
from api.pipeline.represent.members import Member, Url
from api.pipeline.validate import references
from api.pipeline.words.caller import Caller


def ask_about_references(archive: Archive, caller: Caller) -> None:
    """Let the caller have asked about every reference that the import will check."""
    for entry in archive.every():
        for attribute, url in _references(entry, archive.source, caller):
            write = Write(entry.file.resource, "create", caller, {attribute: url})
            # what it says is said again, and told, when the object itself is written
            list(write.operation.asking[attribute](write))


def _references(entry: Entry, source: str, caller: Caller) -> Iterator[tuple[str, str]]:
    asking = entry.file.resource.operations["create"].asking
    members: dict[str, Member] = entry.file.resource.representation.members
    for name, member in members.items():
        given: Any = entry.body.get(name)
        if isinstance(member, Url) and member.attribute in asking and references.is_url(given):
            yield member.attribute, references.stored(of_our_selectielijst(given, source, caller), caller)
