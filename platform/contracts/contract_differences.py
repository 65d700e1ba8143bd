"""What an addendum changes of the version before it: all that whoever signs agrees to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from contracts.content import Whole
from contracts.contract_tables import availability_of, level_name
from contracts.level_tables import MINUTE, priority_in_words, promised, worked
from contracts.models import ContractVersion, Line, Per, Target
from contracts.running import ClockKind
from contracts.states import State
from screens.formats import day, long_day, money, number, percent
from screens.inline import added, removed
from screens.tables import Cell, Heading, Row, Table

Told = dict[str, str]
"""What is agreed, by what it is called."""


def signed_before(version: ContractVersion, versions: Sequence[ContractVersion]) -> ContractVersion | None:
    """What an addendum is an addendum to."""
    signed = [each for each in versions if each.number < version.number and each.state == State.GETEKEND]
    return max(signed, key=lambda each: each.number, default=None)


def differences(
    before: Whole, after: Whole, targets: tuple[Sequence[Target], Sequence[Target]] = ((), ())
) -> Table | None:
    """Word for word; None where it changes nothing. ``targets`` are those of both levels."""
    was, becomes = _told(before, targets[0]), _told(after, targets[1])
    words = (_("Wat"), _("Was"), _("Wordt"))
    rows = [
        Row(
            [
                Cell(word),
                Cell(removed(was[word]) if was.get(word) else "", label=words[1]),
                Cell(added(becomes[word]) if becomes.get(word) else "", label=words[2]),
            ]
        )
        for word in dict.fromkeys([*was, *becomes])
        if was.get(word, "") != becomes.get(word, "")
    ]
    if not rows:
        return None
    return Table(
        caption=_("Wat dit addendum wijzigt"),
        headings=[Heading(word) for word in words],
        rows=rows,
        diff=True,
    )


def _told(whole: Whole, targets: Sequence[Target]) -> Told:
    """All that is agreed; why a version was drawn up stands beside it."""
    told = _of_level(whole.version, targets) | _of_version(whole)
    told |= {str(Line(each.line).label): each.name for each in whole.parties}
    for word, value in [*_of_lines(whole), *_of_annexes(whole)]:
        told[_unused(told, word)] = value
    return told | _sums(whole)


def _of_level(version: ContractVersion, targets: Sequence[Target]) -> Told:
    level = version.service_level_version
    told = {
        _("Serviceniveau"): level_name(level),
        _("Beschikbaarheid per maand"): availability_of(level),
        _("Hoogste verlies van gegevens (RPO)"): worked(level.rpo_minutes * MINUTE),
        _("Hoogste hersteltijd na uitval (RTO)"): worked(level.rto_minutes * MINUTE),
    }
    for each in targets:
        times = {
            ClockKind.RESPONSE: each.response,
            ClockKind.UPDATE: each.update,
            ClockKind.WORKAROUND: each.workaround,
            ClockKind.RESOLUTION: each.resolution,
        }
        name = priority_in_words(each.priority)
        told |= {f"{name}: {str(kind.label).lower()}": promised(time) for kind, time in times.items()}
        told[_("%(priority)s: kalender") % {"priority": name}] = each.calendar.name
    return told


def _of_version(whole: Whole) -> Told:
    version = whole.version
    told = {
        _("Begindatum"): long_day(version.start),
        _("Einddatum"): long_day(version.end),
        _("Verlenging"): str(version.get_renewal_display()),
        _("Opzegtermijn in maanden"): str(version.notice_months),
        _("Indexering"): version.indexation,
        _("Indexering vanaf"): long_day(version.indexation_from) if version.indexation_from else "",
        _("Indexering ten hoogste"): percent(version.indexation_cap, 2)
        if version.indexation_cap is not None
        else "",
        _("Indexering zonder handtekening"): _("mag") if version.indexation_by_clause else _("mag niet"),
        _("Inkoopnummer"): version.purchase_order,
        _("Kostenplaats"): version.cost_centre,
        _("Wie mag melden"): version.callers,
        _("Escalatie"): version.escalation,
        _("Contact voor beveiliging"): version.security_contact,
        _("Noodtoegang"): str(version.get_break_glass_display()),
        _("Meer uren dan gekocht"): _("mag") if version.overdraft else _("mag niet"),
        _("Omgevingen"): ", ".join(sorted(str(each) for each in whole.covers)),
    }
    for cover in whole.covers:
        word = _("Onderdelen van %(environment)s") % {"environment": cover}
        told[word] = ", ".join(sorted(cover.components)) or _("alle")
    return told


def _of_lines(whole: Whole) -> Iterator[tuple[str, str]]:
    for each in whole.lines:
        amount = " ".join(word for word in (number(each.quantity), each.unit) if word)
        price = f"{amount} × {money(each.unit_cents)} {each.get_per_display()}"
        yield each.label, f"{price}, {str(each.get_kind_display()).lower()}"


def _of_annexes(whole: Whole) -> Iterator[tuple[str, str]]:
    for each in whole.annexes:
        value = _("%(kind)s, versie %(version)s, geldig vanaf %(day)s: %(document)s") % {
            "kind": str(each.get_kind_display()),
            "version": each.document_version,
            "day": day(each.valid_from),
            "document": each.reference or _("pdf met kenmerk %(digest)s") % {"digest": each.sha256},
        }
        yield each.name, value


def _sums(whole: Whole) -> Told:
    found = {_("Samen per jaar"): whole.yearly_cents, _("Samen eenmalig"): whole.once_cents}
    has = {each.per for each in whole.lines}
    return {
        word: money(cents)
        for (word, cents), per in zip(found.items(), (Per.YEAR, Per.ONCE), strict=True)
        if per in has
    }


def _unused(told: Told, word: str) -> str:
    """Two lines may be called alike."""
    while word in told:
        word = f"{word} +"
    return word
