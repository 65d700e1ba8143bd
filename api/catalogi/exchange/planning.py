"""Which row of this municipality each object of the zip is: one that is here already, or a new one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from api.catalogi.exchange.layout import CATALOGUS, FILES, ZAAKTYPE, File
from api.catalogi.exchange.reading import Archive, Entry
from api.catalogi.models import Catalogus
from api.pipeline.words.names import attribute_of

Key = tuple[Any, ...]


class Plan:
    """Gives every entry its key, and the row that it is here where there is one.

    An object is the same when it has the same name (and the same beginGeldigheid) in the same parent;
    the key decides only between several of that name. A key is kept unless it is taken here.
    """

    def __init__(self, archive: Archive, target: Catalogus | None, prefix: str) -> None:
        self.prefix = prefix
        self.by_url = {entry.url: _standing(entry) for entry in archive.every()}
        self.target = target or _known(archive)
        self.given = target
        self.identificaties = _identificaties(archive) if prefix else set()
        for file in FILES:
            self._plan(file, [entry for entry in archive.of(file) if not entry.is_left_out])

    def name_of(self, entry: Entry, member: str) -> Any:
        """A name as it will be here."""
        return self.renamed(entry.body.get(member), entry.file)

    def renamed(self, name: Any, file: File) -> Any:
        """What a name of the zip is here: a zaaktype of the zip has got the prefix."""
        prefixed = file is ZAAKTYPE and isinstance(name, str) and name in self.identificaties
        return self.prefix + name if prefixed else name

    def catalogus_of(self, entry: Entry) -> UUID | None:
        """Where a main type will stand; ``None`` where the zip does not say and nobody chose."""
        named = self._entry_at(entry.body.get("catalogus"), CATALOGUS)
        if named is not None and self.given is None:
            return named.pk
        return self.target.pk if self.target is not None else None

    def _plan(self, file: File, entries: list[Entry]) -> None:
        parents = {id(entry): self._parent(entry) for entry in entries}
        known = self._known_rows(file, {parent for parent in parents.values() if parent})
        taken = set(
            file.model._default_manager.filter(pk__in=[e.uuid for e in entries]).values_list("pk", flat=True)
        )
        for entry in entries:
            candidates = known.get((parents[id(entry)], *self._key(entry)), [])
            same = next((row for row in candidates if row.pk == entry.uuid), None)
            if same is not None:
                self._is(entry, same, candidates)
        for entry in entries:
            candidates = known.get((parents[id(entry)], *self._key(entry)), [])
            if entry.existing is None and candidates:
                self._is(entry, candidates[0], candidates)
            elif entry.existing is None:
                entry.pk = uuid4() if entry.uuid in taken else entry.uuid

    def _is(self, entry: Entry, row: Any, candidates: list[Any]) -> None:
        entry.existing, entry.pk = row, row.pk
        if entry.file is not CATALOGUS:
            candidates.remove(row)

    def _parent(self, entry: Entry) -> UUID | None:
        """The key of what it stands in, if that is here already."""
        if entry.file is CATALOGUS:
            return None
        if entry.file.parent == "catalogus":
            return self.catalogus_of(entry)
        zaaktype = self._entry_at(entry.body.get("zaaktype"), ZAAKTYPE)
        return zaaktype.pk if zaaktype is not None and zaaktype.existing is not None else None

    def _entry_at(self, url: Any, file: File) -> Entry | None:
        found = self.by_url.get(url) if isinstance(url, str) else None
        return found if found is not None and found.file is file else None

    def _key(self, entry: Entry) -> Key:
        return tuple(_comparable(self.name_of(entry, name)) for name in entry.file.names)

    def _known_rows(self, file: File, parents: set[UUID]) -> dict[Key, list[Any]]:
        rows = file.resource.referable()
        if file is CATALOGUS:
            rows = rows.filter(pk=self.given.pk) if self.given else rows.all()
        else:
            rows = rows.filter(**{f"{file.parent}__in": parents})
        found: dict[Key, list[Any]] = defaultdict(list)
        for row in rows.order_by("pk"):
            parent = getattr(row, f"{file.parent}_id") if file.parent else None
            names = (_comparable(getattr(row, attribute_of(name))) for name in file.names)
            found[parent, *names].append(row)
        return found


def _standing(entry: Entry) -> Entry:
    """What is here for it: itself, or what came in its place."""
    while entry.instead is not None:
        entry = entry.instead
    return entry


def _identificaties(archive: Archive) -> set[Any]:
    found = (entry.body.get("identificatie") for entry in archive.of(ZAAKTYPE))
    return {name for name in found if isinstance(name, str)}


def _known(archive: Archive) -> Catalogus | None:
    """The catalogus of the manifest, if it is here."""
    domein, rsin = archive.catalogus.get("domein", ""), archive.catalogus.get("rsin", "")
    return Catalogus.objects.filter(domein=domein, rsin=rsin).first()


def _comparable(value: Any) -> str:
    return str(value).strip()
