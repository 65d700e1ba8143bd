"""An object of the zip as a client of this municipality would send it.

URLs of objects of the zip become those that they have here, and relations between types become names:
the names that the zip gives, or those of the objects that its URLs lead to. Nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from api.catalogi.exchange.layout import CATALOGUS, FILES, ZAAKTYPE, File
from api.catalogi.exchange.options import Options
from api.catalogi.exchange.planning import Plan
from api.catalogi.exchange.reading import Entry
from api.catalogi.gerelateerd import GerelateerdeZaaktypen
from api.catalogi.named import Names, Relation, Versions
from api.catalogi.named_version import NamedVersion
from api.catalogi.namefield import name_of
from api.pipeline.represent.links import Link
from api.pipeline.validate import references
from api.pipeline.validate.filters import NO_KEY
from api.pipeline.words.caller import Caller

SELECTIELIJST = "/selectielijst/api/v1/"


OUTSIDE = "Dit type staat niet in de zip en niet in deze gemeente."
MEANING = {
    "ZaakType.besluittypen": "in zaken van dit type wordt zo'n besluit niet genomen",
    "ZaakType.deelzaaktypen": "zaken van dit type hebben zo'n deelzaak niet",
    "ZaakType.gerelateerdeZaaktypen": "bij dit zaaktype is niet te zien dat het daarmee samenhangt",
    "BesluitType.informatieobjecttypen": "een besluit van dit type staat niet in zo'n document",
    "ResultaatType.besluittypen": "bij dit resultaat is niet te zien dat zo'n besluit erbij hoort",
    "ResultaatType.informatieobjecttypen": "bij dit resultaat is niet te zien dat zo'n document erbij hoort",
    "ZaakTypeInformatieObjectType.informatieobjecttype": "zaken van dit type hebben zo'n document niet",
}
"""What it comes to where a relation is left out."""


@dataclass(slots=True)
class Translated:
    """The body, what was left out of it, and why a member that refers to something may be refused."""

    body: dict[str, Any]
    left_out: list[str] = field(default_factory=list)
    is_left_out: bool = False
    """Whether nothing is left of the object without what was left out of it."""
    reasons: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    """Likewise for members that name types, whichever of them is refused as one that is not there."""


def of_our_selectielijst(url: str, source: str, caller: Caller) -> str:
    """A URL of the selectielijst that the source of the zip serves, as it is here; any other as it is."""
    theirs = source + SELECTIELIJST
    if not source or not url.startswith(theirs):
        return url
    return caller.origin + SELECTIELIJST + url.removeprefix(theirs)


class Translation:
    """From the words of the zip to those of this municipality."""

    def __init__(self, plan: Plan, options: Options, caller: Caller, source: str) -> None:
        self.plan = plan
        self.options = options
        self.caller = caller
        self.source = source
        self.targets: dict[Any, File] = {file.model: file for file in FILES}

    def of(self, entry: Entry) -> Translated:
        """The body to validate."""
        file = entry.file
        translated = Translated({name: self._rehosted(value) for name, value in entry.body.items()})
        for name in file.left_out:
            translated.body.pop(name, None)
        for name, member in file.resource.representation.members.items():
            if isinstance(member, GerelateerdeZaaktypen):
                self._gerelateerd(entry, name, member.relation, translated)
            elif isinstance(member, Versions):
                self._versions(entry, name, member.relation, translated)
            elif isinstance(member, NamedVersion):
                self._one(entry, name, self.targets[member.target(file.model)], translated)
            elif isinstance(member, Link) and not member.read_only and name in translated.body:
                self._link(entry, name, member.target(file.model), translated)
        if file is ZAAKTYPE and "identificatie" in translated.body:
            translated.body["identificatie"] = self.plan.name_of(entry, "identificatie")
        if file.parent == "catalogus":
            self._into_catalogus(entry, translated)
        return translated

    def _rehosted(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._rehosted(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._rehosted(each) for each in value]
        if not isinstance(value, str):
            return value
        entry = self.plan.by_url.get(value)
        if entry is not None:
            return self._here(entry.file, entry.pk)
        return of_our_selectielijst(value, self.source, self.caller)

    def _here(self, file: File, pk: Any) -> str:
        return f"{self.caller.origin}{file.resource.root()}/{pk}"

    def _into_catalogus(self, entry: Entry, translated: Translated) -> None:
        translated.body["catalogus"] = self._here(CATALOGUS, self.plan.catalogus_of(entry) or NO_KEY)
        translated.reasons["catalogus"] = "De catalogus staat niet in de zip; kies waar de typen heen gaan."
        self._explain_refused(entry, "catalogus", translated)

    def _link(self, entry: Entry, name: str, target: Any, translated: Translated) -> None:
        self._explain_refused(entry, name, translated)
        value = translated.body[name]
        if references.is_url(value) and not references.is_local(value, self.caller):
            # an ordinary client's URL would be looked at where it leads; those of a zip are too many
            translated.body[name] = self._here(self.targets[target], NO_KEY)
            translated.reasons[name] = "Dit object staat niet in de zip en niet in deze gemeente."

    def _explain_refused(self, entry: Entry, name: str, translated: Translated) -> None:
        named = self.plan.by_url.get(str(entry.body.get(name)))
        if named is not None and named.refused:
            translated.reasons[name] = f"Dit verwijst naar {named.place}, dat geweigerd is."

    def _versions(self, entry: Entry, name: str, relation: Relation, translated: Translated) -> None:
        given = self._given_names(entry, relation)
        urls = entry.body.get(name)
        if given:
            translated.body[name] = [self._prefixed(each, relation) for each in given]
        elif isinstance(urls, list):
            names = [self._name(url, file=self.targets[relation.target]) for url in urls]
            translated.body[name] = self._known(entry, names, name, translated)

    def _one(self, entry: Entry, name: str, target: File, translated: Translated) -> None:
        """A name without which the object is nothing: it goes where that may be left out."""
        translated.body[name] = found = self._name(entry.body.get(name), file=target)
        if references.is_url(found) and not self._known(entry, [found], name, translated):
            translated.is_left_out = True

    def _gerelateerd(self, entry: Entry, name: str, relation: Relation, translated: Translated) -> None:
        items = entry.body.get(name)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            return
        named = []
        for item in items:
            given = item.get("zaaktypeIdentificatie")
            file = self.targets[relation.target]
            found = self._prefixed(given, relation) if given else self._name(item.get("zaaktype"), file=file)
            if self._known(entry, [found], name, translated):
                named.append({**item, "zaaktype": found})
        translated.body[name] = named

    def _known(self, entry: Entry, names: list[Any], member: str, translated: Translated) -> list[Any]:
        """The names, without what is nowhere to be found where that may be left out."""
        unknown = [each for each in names if references.is_url(each)]
        if not unknown:
            return names
        meaning = MEANING[f"{entry.file.name}.{member}"]
        if not self.options.leave_out_unknown:
            translated.unknown[member] = f"{OUTSIDE} Zonder deze relatie geldt: {meaning}."
            return names
        translated.left_out += [f"{member}: {url}" for url in unknown]
        told = f"{member} is niet volledig overgenomen. {OUTSIDE} Daardoor geldt: {meaning}."
        if told not in entry.changed:
            entry.changed.append(told)
        return [each for each in names if each not in unknown]

    def _given_names(self, entry: Entry, relation: Relation) -> list[Any]:
        members = entry.file.resource.representation.members.items()
        for name, member in members:
            given = entry.body.get(name)
            if (
                isinstance(member, Names)
                and member.relation is relation
                and isinstance(given, list)
                and given
            ):
                return given
        return []

    def _name(self, value: Any, *, file: File) -> Any:
        """The name that a URL stands for; the value itself where it stands for none."""
        attribute = file.names[0]
        if not references.is_url(value):
            return value
        entry = self.plan.by_url.get(value)
        if entry is not None and entry.file is file:
            return self.plan.name_of(entry, attribute)
        return name_of(value, file.model, attribute, self.caller) or value

    def _prefixed(self, name: Any, relation: Relation) -> Any:
        """A name that the zip gives; that of a zaaktype of the zip gets the prefix."""
        return self.plan.renamed(name, self.targets[relation.target])
