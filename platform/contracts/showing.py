"""Calendars and their versions in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from contracts.forms.calendar import WEEKDAYS
from contracts.models import CalendarVersion
from contracts.models.version import Version, in_force
from contracts.span_texts import text_of
from screens.badges import Badge, Kind, badge
from screens.formats import day, full_day
from screens.inline import link, muted
from screens.tables import Cell, Heading, Row, Table


def hours_in_words(version: CalendarVersion) -> str:
    """As ma t/m vr 07:00-18:00; za 09:00-12:00."""
    if version.always:
        return _("Dag en nacht")
    named = [(key, text_of(spans)) for (key, _word), spans in zip(WEEKDAYS, version.week, strict=True)]
    told = []
    for words, group in groupby(named, key=lambda each: each[1]):
        days = [_short(key) for key, _spans in group]
        if words:
            span = (
                days[0]
                if len(days) == 1
                else _("%(first)s t/m %(last)s") % {"first": days[0], "last": days[-1]}
            )
            told.append(f"{span} {words}")
    return "; ".join(told)


def week_of(version: CalendarVersion) -> Table:
    words = (_("Dag"), _("Klokken lopen"))
    return Table(
        caption=_("De week"),
        headings=[Heading(word) for word in words],
        rows=[
            Row([Cell(str(word)), Cell(text_of(spans) or muted(_("dicht")), label=words[1])])
            for (_key, word), spans in zip(WEEKDAYS, version.week, strict=True)
        ],
    )


def exceptions_of(version: CalendarVersion) -> Table | None:
    words = (_("Dag"), _("Naam"), _("Klokken lopen"))
    rows = [
        Row(
            [
                Cell(full_day(date.fromisoformat(each["day"])), nowrap=True),
                Cell(each["label"], label=words[1]),
                Cell(text_of(each["spans"]) or muted(_("dicht")), label=words[2]),
            ]
        )
        for each in version.days
    ]
    caption = _("Dagen waarop de week niet geldt")
    return Table(caption=caption, headings=[Heading(word) for word in words], rows=rows) if rows else None


def versions_of(versions: Sequence[Version], address: str, today: date) -> Table:
    """Each version leads to how it reads."""
    current = in_force(versions, today)
    words = (_("Versie"), _("Staat"), _("Geldt vanaf"), _("Waarom"), _("Gepubliceerd door"))
    return Table(
        caption=_("Versies"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(link(str(each.number), f"{address}?versie={each.number}")),
                    Cell(badge(state_of(each, current, today)), label=words[1]),
                    Cell(day(each.effective_from), label=words[2], nowrap=True),
                    Cell(each.reason, label=words[3]),
                    Cell(each.published_by, sub=day(each.published_at), label=words[4]),
                ]
            )
            for each in versions
        ],
    )


def state_of(version: Version, current: Version | None, today: date) -> Badge:
    if current is not None and version.number == current.number:
        return Badge(Kind.SAFE, _("Geldt nu"))
    if version.effective_from > today:
        return Badge(Kind.INFO, _("Geldt straks"))
    return Badge(Kind.NEUTRAL, _("Vervangen"))


def chosen(versions: Iterable[Version], number: str, today: date) -> Version | None:
    """The one that was asked for, else the one that holds, or the first to come; None where there is none."""
    found = list(versions)
    if number:
        return next((each for each in found if str(each.number) == number), None)
    return in_force(found, today) or (found[-1] if found else None)


def _short(key: str) -> str:
    return {
        "ma": _("ma"),
        "di": _("di"),
        "wo": _("wo"),
        "do": _("do"),
        "vr": _("vr"),
        "za": _("za"),
        "zo": _("zo"),
    }[key]
