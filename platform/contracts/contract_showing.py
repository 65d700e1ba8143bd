"""A contract as both consoles show it: what applies, who signed, whose turn it is, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.beside import KeptClocks
from contracts.content import Whole
from contracts.contract_refusals import Actor, Known, standing_for, why_not
from contracts.contract_tables import (
    availability_of,
    calendars_told,
    level_name,
    lines_of,
    promises_of,
    version_name,
)
from contracts.in_force import waits_for_a_move
from contracts.indexing import next_indexation
from contracts.models import Contract, ContractEntry, ContractVersion, Line, Per, Renewal, Target
from contracts.standing import next_notice, standing_of_version
from contracts.states import TRANSITIONS, Side, Standing, State
from screens.formats import day, long_day, near, percent
from screens.inline import Icon, mono
from screens.parts import Event

ENTRIES = {
    "bijlage": gettext_lazy("Bijlage toegevoegd"),
    "bijlage-akkoord": gettext_lazy("Bijlage getekend"),
    "overgedragen": gettext_lazy("Geëindigd door overdracht"),
}
ICONS = {
    "opstellen": Icon.DOC,
    "afwijzen": Icon.X,
    "intrekken": Icon.X,
    "weggooien": Icon.X,
    "bijlage": Icon.DOC,
    "overgedragen": Icon.X,
}
WAY_ON = frozenset({"opstellen", "aanbieden", "tekenen-leverancier", "tekenen-gemeente"})
"""Acts that stand as the main button."""


@dataclass(frozen=True)
class Button:
    """An act of the page, or why it would be refused."""

    key: str
    words: str
    url: str
    kind: str
    refusal: str


def title_of(contract: Contract) -> str:
    return _("Ondersteuningscontract %(name)s") % {"name": contract.client_name}


def buttons(
    known: Known, *, actor: Actor, today: date, address: Callable[[str], str], keys: Sequence[str]
) -> list[Button]:
    """What this side may do in this state, and what it could if not for a reason that is told."""
    return [
        Button(
            key,
            str(TRANSITIONS[key].words),
            address(key),
            "primary" if key in WAY_ON else "secondary",
            why_not(key, known, actor=actor, today=today),
        )
        for key in keys
        if TRANSITIONS[key].side is actor.side and standing_for(key, known, today) in TRANSITIONS[key].before
    ]


def facts_of(contract: Contract, version: ContractVersion, today: date) -> list[str]:
    """The line under the title."""
    told = [
        mono(contract.number),
        version_name(version),
        _("%(start)s tot en met %(end)s") % {"start": long_day(version.start), "end": long_day(version.end)},
    ]
    if contract.ends_on is not None and contract.notice_at is None:
        told.append(_("geëindigd door overdracht op %(day)s") % {"day": long_day(contract.ends_on)})
        return told
    if contract.ends_on is not None:
        told.append(_("opgezegd per %(day)s") % {"day": long_day(contract.ends_on)})
        return told
    if version.state == State.GETEKEND and waits_for_a_move(contract):
        told.append(_("geldt zodra de leverancier de gemeente overneemt"))
    notice = next_notice(version, today)
    if notice is not None:
        told.append(_("opzeggen kan tot en met %(day)s") % {"day": long_day(notice.until)})
    return told


def page_of(  # noqa: PLR0913  # each is a part of the page
    whole: Whole,
    targets: Sequence[Target],
    now: datetime,
    *,
    drafter: str,
    kvk: Mapping[int, str] | None = None,
    kept: KeptClocks | None = None,
) -> dict[str, Any]:
    """What one version agrees; who drew it up is named as its readers may know him.

    ``kvk`` is by organisation, where the side that reads knows it.
    """
    version, today = whole.version, timezone.localdate(now)
    return {
        "contract": whole.contract,
        "version": version,
        "title": title_of(whole.contract),
        "facts": facts_of(whole.contract, version, today),
        "level": level_name(version.service_level_version),
        "availability": availability_of(version.service_level_version),
        "promises": promises_of(version.service_level_version, targets, kept),
        "kept_until": kept.until if kept else "",
        "calendars": calendars_told(targets, today),
        "yearly": lines_of(whole, Per.YEAR),
        "once": lines_of(whole, Per.ONCE),
        "prices_change": indexation_in_words(version),
        "parties": parties_of(whole, kvk),
        "terms": terms_of_version(version),
        "signatures": signatures_of(whole, now, drafter),
        "papers": papers_of(whole),
        "name": version_name(version),
    }


def parties_of(whole: Whole, kvk: Mapping[int, str] | None = None) -> list[tuple[str, str]]:
    """For the narrow column."""
    contract, version = whole.contract, whole.version
    rows = [(_("Gemeente"), _with_kvk(contract.client_name, contract.client_kvk))]
    if contract.client_oin:
        rows.append((_("OIN"), mono(contract.client_oin, breaks=True)))
    numbers = kvk or {}
    rows += [
        (str(Line(each.line).label), _with_kvk(each.name, numbers.get(each.organisation_id, "")))
        for each in whole.parties
    ]
    if version.purchase_order:
        rows.append((_("Inkoopnummer"), mono(version.purchase_order, breaks=True)))
    if version.cost_centre:
        rows.append((_("Kostenplaats"), version.cost_centre))
    rows.append((_("Noodtoegang"), str(version.get_break_glass_display()).lower()))
    rows.append((_("Omgevingen"), ", ".join(str(each) for each in whole.covers)))
    return rows


def _with_kvk(name: str, kvk: str) -> str:
    return _("%(name)s, KvK %(kvk)s") % {"name": name, "kvk": kvk} if kvk else name


def host_of(whole: Whole) -> str:
    """Whose contract it is, as its readers on both sides know it."""
    own = whole.contract.organisation_id
    return next((each.name for each in whole.parties if each.organisation_id == own), _("Leverancier"))


def terms_of_version(version: ContractVersion) -> list[tuple[str, str]]:
    """What is agreed beside promises and prices; what is empty is left out."""
    months = _("%(months)s maanden") % {"months": version.notice_months}
    renewal = (
        _("telkens een jaar, opzegtermijn %(months)s") % {"months": months}
        if version.renewal == Renewal.YEARLY
        else _("loopt af op %(day)s") % {"day": long_day(version.end)}
    )
    rows = [
        (_("Verlenging"), renewal),
        (_("Wie mag melden"), ", ".join(version.callers.splitlines())),
        (_("Escalatie"), ", ".join(version.escalation.splitlines())),
        (_("Contact voor beveiliging"), version.security_contact),
        (_("Uren boven de strippenkaart"), _("mag") if version.overdraft else _("mag niet")),
    ]
    return [(word, value) for word, value in rows if value]


def signatures_of(whole: Whole, now: datetime, drafter: str) -> list[Event]:
    """Both signatures, and who drew it up."""
    version = whole.version
    names = {Side.GEMEENTE: whole.contract.client_name, Side.LEVERANCIER: host_of(whole)}
    found = [
        Event(
            who=f"{names[Side(each.side)]}: {each.name}",
            when=near(each.at, now) if not each.key else day(each.signed_on),
            icon=Icon.CHECK,
            note=f"{each.function}, {str(each.get_how_display()).lower()}",
        )
        for each in whole.signatures
    ]
    drawn = Event(
        who=_("Opgesteld door %(who)s") % {"who": drafter},
        when=day(version.drafted_at),
        icon=Icon.DOC,
        note=version.reason,
    )
    return [*found, drawn]


def papers_of(whole: Whole) -> list[tuple[str, str]]:
    """The signed PDFs, each with where it is; both consoles call that page alike."""
    return [
        (
            _("Getekende pdf: %(side)s") % {"side": str(each.get_side_display()).lower()},
            reverse("signed_pdf", args=[whole.contract.pk, each.pk]),
        )
        for each in whole.signatures
        if each.key
    ]


def turn_of(known: Known, *, actor: Actor, today: date) -> str:
    """Who has to do something now, as a sentence; nothing where nobody has."""
    standing = standing_of_version(known.version, known.contract, known.versions, today)
    if standing is Standing.VERLOPEN:
        return _("De termijn liep tot en met %(day)s. Ondertekenen kan niet meer.") % {
            "day": long_day(known.version.offer_until or today)
        }
    if standing is not Standing.AANGEBODEN:
        return ""
    told = _("Nog te tekenen: %(sides)s, tot en met %(day)s.") % {
        "sides": ", ".join(str(side.label) for side in known.waits_for).lower(),
        "day": long_day(known.version.offer_until or today),
    }
    if known.by_clause:
        clause = _("Deze prijzen volgen uit de indexering die al is afgesproken: de gemeente tekent niet.")
        told = f"{told} {clause}"
    return f"{_('U bent aan zet.')} {told}" if actor.side in known.waits_for else told


def events_of(entries: Sequence[ContractEntry], now: datetime) -> list[Event]:
    return [
        Event(
            who=_("%(what)s, versie %(number)s") % {"what": _act(each), "number": each.version.number},
            when=near(each.at, now),
            icon=ICONS.get(each.act, Icon.CHECK),
            extra=f"{each.person}, {str(each.get_side_display()).lower()}",
            said=each.words,
        )
        for each in entries
    ]


def _act(entry: ContractEntry) -> str:
    transition = TRANSITIONS.get(entry.act)
    return str(transition.done) if transition else str(ENTRIES.get(entry.act, entry.act))


def indexation_told(
    contract: Contract, versions: Sequence[ContractVersion], version: ContractVersion, today: date
) -> str:
    """The clause, how it was applied last, and from which day it may be again; empty without one."""
    if not version.indexation:
        return ""
    told = [f"{indexation_in_words(version)}."]
    if version.index_percentage is not None:
        told.append(_("De prijzen zijn geïndexeerd vanaf %(day)s.") % {"day": long_day(version.start)})
    due = next_indexation(contract, versions, today)
    if due is not None:
        told.append(_("Indexeren kan weer vanaf %(day)s.") % {"day": long_day(due)})
    return " ".join(told)


def indexation_in_words(version: ContractVersion) -> str:
    """The clause, in a sentence."""
    if not version.indexation:
        return ""
    told = [version.indexation.rstrip(".")]
    if version.indexation_from is not None:
        told.append(_("eerst op %(day)s") % {"day": long_day(version.indexation_from)})
    if version.indexation_cap is not None:
        told.append(_("ten hoogste %(cap)s") % {"cap": percent(version.indexation_cap, 2)})
    if version.indexation_by_clause:
        told.append(_("zonder nieuwe handtekening van de gemeente"))
    return ", ".join(told)
