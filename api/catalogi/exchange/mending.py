"""What zips have that the standard does not allow, and of which it is plain what is meant.

Programs wrote them under other rules: without a member that is required now, with a duration of nothing
where none may be, with versions of a zaaktype that share a day. Each is made right before anything else is
done with it, and every change is told with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from api.catalogi.exchange.layout import CATALOGUS, INFORMATIEOBJECTTYPE, ZAAKTYPE
from api.catalogi.exchange.reading import Archive, Entry
from api.catalogi.models import Catalogus
from api.catalogi.models.keuzes import Afleidingswijze
from api.pipeline.validate.fields import is_duration, is_no_time

CATEGORIE = "overig"
GROUP = "brondatumArchiefprocedure"


def mend(archive: Archive, target: Catalogus | None) -> None:
    """Make the contents what they mean; ``target`` is the catalogus that was chosen for them."""
    for entry in archive.every():
        _without_empty_durations(entry)
    for entry in archive.of(INFORMATIEOBJECTTYPE):
        _fill(entry, "informatieobjectcategorie", CATEGORIE, "de zip noemt er geen")
    for entry in archive.of(ZAAKTYPE):
        rsin = _rsin(archive, entry, target)
        if rsin:
            _fill(entry, "verantwoordelijke", rsin, "de zip noemt er geen; dit is het RSIN van de catalogus")
    parts = _parts(archive)
    for versions in _published(archive):
        _leave_out_corrected(versions, parts)
        _end_before_the_next([each for each in versions if not each.is_left_out], parts)


def _fill(entry: Entry, member: str, value: str, reason: str) -> None:
    if entry.body.get(member) in (None, ""):
        entry.body[member] = value
        entry.changed.append(f"{member} is '{value}': {reason}.")


def _rsin(archive: Archive, entry: Entry, target: Catalogus | None) -> str:
    """Of the catalogus in which the type will stand; empty where nobody knows."""
    if target is not None:
        return target.rsin
    named = entry.body.get("catalogus")
    for catalogus in archive.of(CATALOGUS):
        if catalogus.url == named:
            return str(catalogus.body.get("rsin") or "")
    return archive.catalogus.get("rsin", "")


def _without_empty_durations(entry: Entry) -> None:
    for member in ("servicenorm", "procestermijn"):
        _forget(entry, entry.body, member, member)
    group = entry.body.get(GROUP)
    if isinstance(group, dict) and group.get("afleidingswijze") != Afleidingswijze.TERMIJN:
        _forget(entry, group, "procestermijn", f"{GROUP}.procestermijn")


def _forget(entry: Entry, values: dict[str, Any], member: str, name: str) -> None:
    value = values.get(member)
    if isinstance(value, str) and is_duration(value) and is_no_time(value):
        values[member] = None
        entry.changed.append(f"{name} is leeg: '{value}' is geen tijd.")


def _parts(archive: Archive) -> dict[str, list[Entry]]:
    """What stands in each zaaktype, by its URL."""
    parts: dict[str, list[Entry]] = defaultdict(list)
    for entry in archive.every():
        if entry.file.parent == "zaaktype":
            parts[str(entry.body.get("zaaktype"))].append(entry)
    return parts


def _published(archive: Archive) -> Iterator[list[Entry]]:
    """The published versions of each zaaktype that has several, the first day first."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in archive.of(ZAAKTYPE):
        name = entry.body.get("identificatie")
        if name and entry.body.get("concept") is False and _begin(entry) is not None:
            found[str(entry.body.get("catalogus")), str(name)].append(entry)
    for versions in found.values():
        if len(versions) > 1:
            yield sorted(versions, key=_publication)


def _publication(entry: Entry) -> tuple[Any, ...]:
    """By this versions are in order, those of one day by when they were published: the last one holds on."""
    einde = _day(entry, "eindeGeldigheid") or date.max
    return _begin(entry), str(entry.body.get("versiedatum") or ""), einde, entry.index


def _leave_out_corrected(versions: list[Entry], parts: dict[str, list[Entry]]) -> None:
    """Of versions that begin on one day the last published holds."""
    for earlier, later in pairwise(versions):
        if _begin(earlier) != _begin(later):
            continue
        earlier.is_left_out, earlier.instead = True, later
        earlier.changed.append(
            f"Weggelaten: {later.place} is van dezelfde dag, later gepubliceerd, en komt ervoor in de plaats."
        )
        for part in parts[earlier.url]:
            part.is_left_out = True
            part.changed.append(f"Weggelaten: dit hoort bij {earlier.place}, dat is weggelaten.")


def _end_before_the_next(versions: list[Entry], parts: dict[str, list[Entry]]) -> None:
    """Both ends count as valid days: a version ends the day before the next one begins."""
    for earlier, later in pairwise(versions):
        last, begin = _day(earlier, "eindeGeldigheid"), _begin(later)
        if begin is None or last != begin:
            continue
        day = (begin - timedelta(days=1)).isoformat()
        earlier.changed.append(
            f"eindeGeldigheid is {day} in plaats van {last}: op die dag begint {later.place}."
        )
        for entry in (earlier, *parts[earlier.url]):
            if _day(entry, "eindeGeldigheid") == last:
                entry.body["eindeGeldigheid"] = day


def _begin(entry: Entry) -> date | None:
    return _day(entry, "beginGeldigheid")


def _day(entry: Entry, member: str) -> date | None:
    value = entry.body.get(member)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
