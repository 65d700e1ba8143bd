"""What a version of a contract agrees, as tables: the same on both consoles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from contracts.beside import KeptClocks
from contracts.content import Whole
from contracts.level_tables import priority_in_words, promise_cell
from contracts.models import (
    Annex,
    Contract,
    ContractLine,
    ContractVersion,
    Per,
    ServiceLevelVersion,
    Target,
)
from contracts.models.version import in_force
from contracts.showing import hours_in_words
from contracts.standing import standing_of_version
from contracts.states import Standing
from screens.badges import Badge, Kind, badge
from screens.formats import day, money, number, percent
from screens.inline import link
from screens.tables import Cell, Heading, Row, Table

BADGES = {
    Standing.CONCEPT: Kind.NEUTRAL,
    Standing.AANGEBODEN: Kind.WAIT,
    Standing.GETEKEND: Kind.INFO,
    Standing.ACTIEF: Kind.SAFE,
    Standing.GEWIJZIGD: Kind.NEUTRAL,
    Standing.AFGEWEZEN: Kind.DANGER,
    Standing.INGETROKKEN: Kind.NEUTRAL,
    Standing.VERLOPEN: Kind.NEUTRAL,
    Standing.OPGEZEGD: Kind.WARNING,
    Standing.BEEINDIGD: Kind.NEUTRAL,
}


def badge_of(standing: Standing) -> Badge:
    return Badge(BADGES[standing], standing.label)


def promises_of(
    version: ServiceLevelVersion, targets: Sequence[Target], kept: KeptClocks | None = None
) -> Table:
    """In hours of working time, as the clocks count them; ``kept`` is how it went until now.

    What is promised at no priority has no column.
    """
    promised = {
        "response": _("Reactie"),
        "update": _("Update"),
        "workaround": _("Tijdelijke oplossing"),
        "resolution": _("Oplossing"),
    }
    columns = {name: word for name, word in promised.items() if any(getattr(each, name) for each in targets)}
    last = "" if kept is None else _("Gehaald in %(year)s") % {"year": kept.year}
    words = [*columns.values(), *([last] if last else [])]
    return Table(
        caption=_("Wat de leverancier belooft: %(level)s, in werktijd") % {"level": version.level},
        headings=[Heading(_("Prioriteit")), *(Heading(word, numeric=True) for word in words)],
        rows=[
            Row(
                [
                    Cell(priority_in_words(each.priority)),
                    *(
                        promise_cell(getattr(each, name), word, numeric=True)
                        for name, word in columns.items()
                    ),
                    *([] if kept is None else [Cell(kept.of(each.priority), label=last, numeric=True)]),
                ]
            )
            for each in targets
        ],
    )


def calendars_told(targets: Sequence[Target], today: date) -> str:
    """When clocks run, as: P1: dag en nacht; P2, P3, P4: ma t/m vr 07:00-18:00."""
    told: dict[str, list[str]] = {}
    for each in targets:
        version = in_force(each.calendar.versions.all(), today)
        words = hours_in_words(version).lower() if version else str(each.calendar)
        told.setdefault(f"{each.calendar}, {words}", []).append(each.priority)
    return "; ".join(f"{', '.join(priorities)}: {words}" for words, priorities in told.items())


def lines_of(whole: Whole, per: Per, address: Callable[[ContractLine], str] | None = None) -> Table | None:
    """With their sum; ``address`` is of where a line is changed."""
    found = [each for each in whole.lines if each.per == per]
    if not found:
        return None
    last = _("Per jaar") if per == Per.YEAR else _("Eenmalig")
    words = (_("Regel"), _("Aantal"), _("Prijs"), last)
    return Table(
        caption=_("Prijsregels per jaar") if per == Per.YEAR else _("Prijsregels eenmalig"),
        headings=[Heading(words[0]), *(Heading(word, numeric=True) for word in words[1:])],
        rows=[
            Row(
                [
                    Cell(
                        link(each.label, address(each)) if address else each.label,
                        sub=str(each.get_kind_display()),
                    ),
                    Cell(number(each.quantity), sub=each.unit, label=words[1], numeric=True),
                    Cell(money(each.unit_cents), label=words[2], numeric=True),
                    Cell(money(each.total_cents), label=words[3], numeric=True),
                ]
            )
            for each in found
        ],
        foot=[Row([Cell(_("Samen")), Cell(money(sum(each.total_cents for each in found)))])],
    )


def annexes_of(whole: Whole, address: Callable[[Annex], str], acts: Callable[[Annex], str]) -> Table | None:
    """``acts`` is what may be done with one, as markup."""
    words = (_("Bijlage"), _("Versie"), _("Staat"), _("Geldig vanaf"), _("Handeling"))
    if not whole.annexes:
        return None
    return Table(
        caption=_("Bijlagen bij het contract"),
        headings=[*(Heading(word) for word in words[:4]), Heading(words[4], hidden=True)],
        rows=[
            Row(
                [
                    Cell(
                        link(each.name, address(each)) if each.key else each.name,
                        sub=each.reference or str(each.get_kind_display()),
                    ),
                    Cell(each.document_version, label=words[1]),
                    Cell(badge(annex_badge(each)), label=words[2]),
                    Cell(day(each.valid_from), label=words[3], nowrap=True),
                    Cell(acts(each)),
                ]
            )
            for each in whole.annexes
        ],
    )


def annex_badge(annex: Annex) -> Badge:
    if annex.is_signed:
        return Badge(Kind.SAFE, _("Getekend"))
    waits = annex.version.state == "getekend"
    return (
        Badge(Kind.WARNING, _("Wacht op gemeente")) if waits else Badge(Kind.NEUTRAL, _("Nog niet getekend"))
    )


def versions_of(
    contract: Contract,
    versions: Sequence[ContractVersion],
    address: Callable[[ContractVersion], str],
    today: date,
) -> Table:
    words = (_("Versie"), _("Staat"), _("Geldt vanaf"), _("Tot en met"), _("Waarom"))
    return Table(
        caption=_("Versies"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(link(version_name(each), address(each))),
                    Cell(
                        badge(badge_of(standing_of_version(each, contract, versions, today))),
                        label=words[1],
                    ),
                    Cell(day(each.start), label=words[2], nowrap=True),
                    Cell(day(each.end), label=words[3], nowrap=True),
                    Cell(each.reason, label=words[4]),
                ]
            )
            for each in sorted(versions, key=lambda each: -each.number)
        ],
    )


def version_name(version: ContractVersion) -> str:
    """As: Versie 2 (addendum 1)."""
    if version.number == 1:
        return _("Versie 1")
    return _("Versie %(number)s (addendum %(addendum)s)") % {
        "number": version.number,
        "addendum": version.number - 1,
    }


def level_name(version: ServiceLevelVersion) -> str:
    return _("%(level)s, versie %(number)s") % {"level": version.level, "number": version.number}


def availability_of(version: ServiceLevelVersion) -> str:
    return percent(version.availability, 2)
