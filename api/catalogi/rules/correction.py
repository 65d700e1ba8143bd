"""A correction of what is published only extends it (rules 9.3; no number in the standard).

The standard wants that nothing related is removed, and that existing zaken, besluiten and documenten
stay valid and can be completed; it gives no test for that. Here stands what can be told from the
write itself. Open Zaak lets the forced scope do anything, and so does a municipality that answers as
Open Zaak (``open_zaak_compatibility``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import PROTECT, Max

from api.catalogi.models import TypeRelatie
from api.catalogi.named import Relation
from api.catalogi.scopes import CATALOGI_GEFORCEERD_SCHRIJVEN
from api.pipeline.declare.rules import Rule
from api.pipeline.declare.write import Write
from api.pipeline.represent.groups import Group
from api.pipeline.words.violations import Violation

CODE = "correction-must-extend"


def only_extends(*conditions: Rule) -> Rule:
    """The rule that a correction satisfies these conditions."""

    def correction_only_extends(write: Write) -> Iterator[Violation]:
        if write.caller.municipality.open_zaak_compatibility or not _is_correction(write):
            return
        for condition in conditions:
            yield from condition(write)

    return correction_only_extends


def unchanged(*attributes: str) -> Rule:
    """The condition that these keep the value that they have."""

    def values_stay(write: Write) -> Iterator[Violation]:
        for attribute in attributes:
            if write.instance is not None and write.changes(attribute):
                yield _withdrawn(write, attribute, "Deze waarde ligt vast na publicatie.")

    return values_stay


def kept(*attributes: str) -> Rule:
    """The condition that these do not lose a value, or a yes, that they have."""

    def values_are_not_withdrawn(write: Write) -> Iterator[Violation]:
        for attribute in attributes:
            if write.instance is not None and getattr(write.instance, attribute) and write.changes(attribute):
                yield _withdrawn(write, attribute, "Wat gegeven is, blijft na publicatie.")

    return values_are_not_withdrawn


def growing(*attributes: str) -> Rule:
    """The condition that nothing goes from these lists."""

    def lists_grow(write: Write) -> Iterator[Violation]:
        for attribute in attributes:
            if set(getattr(write.instance, attribute)) - set(write.value(attribute)):
                yield _withdrawn(write, attribute, "Na publicatie komt er alleen iets bij.")

    return lists_grow


def naming(**relations: Relation) -> Rule:
    """The condition that every type that was named stays named."""

    def names_stay(write: Write) -> Iterator[Violation]:
        for attribute, relation in relations.items():
            if write.instance is None or attribute not in write.data:
                continue
            named = TypeRelatie.objects.filter(kind=relation.kind, **{relation.source: write.instance})
            if set(named.values_list("naam", flat=True)) - set(_names(write.data[attribute])):
                yield _withdrawn(write, attribute, "Een relatie vervalt niet na publicatie.")

    return names_stay


def begins_no_later(write: Write) -> Iterator[Violation]:
    """The condition that what was made since the begin still falls within the version."""
    if write.value("begin_geldigheid") > write.instance.begin_geldigheid:
        yield _withdrawn(write, "begin_geldigheid", "Na publicatie begint de geldigheid niet later.")


def statustype_comes_last(write: Write) -> Iterator[Violation]:
    """The condition that a new statustype stands at the end."""
    if write.instance is not None:
        return
    last = write.value("zaaktype").statustypen.aggregate(last=Max("volgnummer"))["last"] or 0
    if write.value("volgnummer") <= last:
        yield _withdrawn(write, "volgnummer", "Na publicatie komt een statustype alleen achteraan.")


def eigenschappen_stay_required(write: Write) -> Iterator[Violation]:
    """The condition that a statustype still asks for the eigenschappen that it asked for."""
    if write.instance is None or "eigenschappen" not in write.data:
        return
    given = [each.pk for each in write.data["eigenschappen"] if each is not None]
    if write.instance.eigenschappen.exclude(pk__in=given).exists():
        yield _withdrawn(write, "eigenschappen", "Een relatie vervalt niet na publicatie.")


def values_still_fit(write: Write) -> Iterator[Violation]:
    """The condition that a value that an eigenschap allowed is still allowed."""
    was = write.instance
    if was is None:
        return
    if not _no_shorter(was.specificatie_lengte, write.value("specificatie_lengte")):
        yield _withdrawn(write, "specificatie_lengte", "De lengte wordt na publicatie niet korter.")
    if not _no_fewer(was.specificatie_kardinaliteit, write.value("specificatie_kardinaliteit")):
        yield _withdrawn(write, "specificatie_kardinaliteit", "Na publicatie worden het er niet minder.")
    allowed = set(write.value("specificatie_waardenverzameling"))
    # without a list everything is allowed
    if allowed and (not was.specificatie_waardenverzameling or _lost(was, allowed)):
        yield _withdrawn(write, "specificatie_waardenverzameling", "Na publicatie vervalt er geen waarde.")


def part_in_use_stays(write: Write) -> Iterator[Violation]:
    """A part that zaken use is not moved to another zaaktype, whatever the municipality chose."""
    if write.instance is not None and write.changes("zaaktype") and _is_used(write.instance):
        yield Violation("zaaktype", "in-use", "Zaken van dit zaaktype gebruiken dit onderdeel.")


def _is_correction(write: Write) -> bool:
    owner = write.instance if hasattr(write.resource.model, "concept") else _zaaktype(write)
    return not owner.concept and write.client.holds("ztc", CATALOGI_GEFORCEERD_SCHRIJVEN)


def _zaaktype(write: Write) -> Any:
    return write.value("zaaktype") if write.instance is None else write.instance.zaaktype


def _is_used(instance: Any) -> bool:
    uses = [each for each in instance._meta.related_objects if each.on_delete is PROTECT]
    return any(getattr(instance, use.get_accessor_name()).exists() for use in uses)


def _withdrawn(write: Write, attribute: str, reason: str) -> Violation:
    return Violation(_wire_name(write, attribute), CODE, reason)


def _wire_name(write: Write, attribute: str) -> str:
    for name, member in write.resource.representation.members.items():
        if isinstance(member, Group):
            for inner, each in member.members.items():
                if each.attribute == attribute:
                    return f"{name}.{inner}"
        elif member.attribute == attribute:
            return name
    raise KeyError(attribute)


def _names(value: Sequence[Any]) -> list[str]:
    return [each["naam"] if isinstance(each, dict) else each for each in value]


def _lost(was: Any, allowed: set[str]) -> set[str]:
    return set(was.specificatie_waardenverzameling) - allowed


def _no_shorter(was: str, becomes: str) -> bool:
    """Of lengths such as ``8``, or ``5,2``: before and after the comma."""
    try:
        old, new = ([int(digits) for digits in (*text.split(","), "0")[:2]] for text in (was, becomes))
    except ValueError:
        return was == becomes
    return all(now >= before for before, now in zip(old, new, strict=True))


def _no_fewer(was: str, becomes: str) -> bool:
    """``N`` is more than any number."""
    if was == becomes or becomes.upper() == "N":
        return True
    return was.isdigit() and becomes.isdigit() and int(becomes) >= int(was)
