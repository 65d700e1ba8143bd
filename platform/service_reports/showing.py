"""A service report in words and tables, the same for both sides and for page and paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext, ngettext

from contracts.level_tables import worked
from contracts.running import ClockKind, LineKind
from screens.badges import Badge
from screens.badges import Kind as Look
from screens.charts.chart import WIDE, Limit, Point
from screens.charts.line import LineChart
from screens.formats import clock, day, day_of, long_day, money, number, percent
from screens.inline import Icon, Tone, muted
from screens.parts import Event
from screens.tables import Cell, Heading, Row, Table
from service_reports.availability import DayCount, share_of, shown_percent
from service_reports.figures import Breach, Figures
from service_reports.models import ServiceReport, State

MINUTE = 60
DAYS_BETWEEN_TICKS = 5
BADGES = {
    State.CONCEPT: Badge(Look.NEUTRAL, State.CONCEPT.label),
    State.GEDEELD: Badge(Look.WAIT, State.GEDEELD.label),
    State.VASTGESTELD: Badge(Look.SAFE, State.VASTGESTELD.label),
    State.BETWIST: Badge(Look.DANGER, State.BETWIST.label),
    State.VERVANGEN: Badge(Look.NEUTRAL, State.VERVANGEN.label),
}


def month_of(report: ServiceReport) -> str:
    return date_format(report.month, "F Y")


def title_of(report: ServiceReport) -> str:
    return gettext("Serviceniveaurapport %(month)s") % {"month": month_of(report)}


def badge_of(report: ServiceReport, now: datetime) -> Badge:
    return BADGES[report.state_at(now)]


def moment(when: datetime) -> str:
    """Whenever it is read: 24-11-2026 14:05."""
    return f"{day(when)} {clock(when)}"


def last_day_to_dispute(fixes_at: datetime) -> date:
    """Terms end with a day: at midnight it is over."""
    return day_of(fixes_at - timedelta(microseconds=1))


# Sentences --------------------------------------------------------------------------------------


def sentences_of(figures: Figures) -> list[str]:
    """What the numbers say: how often it was up, which clocks were late, what is given back."""
    return [_availability(figures), _clocks(figures), _credit(figures)]


def shown_availability(figures: Figures) -> str:
    share = figures.availability.percent
    return gettext("geen meting") if share is None else percent(shown_percent(share), 2)


def unproven(figures: Figures) -> str:
    """Where too little was measured to prove anything; empty otherwise."""
    found = figures.availability
    if found.is_proven:
        return ""
    return gettext(
        "Van %(gaps)s van de %(all)s minuten die meetellen is er geen meting. Dit rapport bewijst daarom niet"
        " of de beschikbaarheid is gehaald."
    ) % {"gaps": number(found.gaps), "all": number(found.up + found.down + found.gaps)}


def _availability(figures: Figures) -> str:
    if figures.availability.percent is None:
        return gettext("In deze periode is niets gemeten.")
    return gettext(
        "Van %(first)s tot en met %(last)s was de dienst %(share)s van de gemeten minuten beschikbaar;"
        " afgesproken is %(promised)s."
    ) % {
        "first": long_day(figures.first),
        "last": long_day(figures.last),
        "share": shown_availability(figures),
        "promised": percent(figures.promise.percent, 2),
    }


def _clocks(figures: Figures) -> str:
    ended = figures.met + figures.late
    if not ended:
        return gettext("Er liep geen klok van een melding af.")
    if not figures.late:
        told = ngettext("De ene klok die afliep is gehaald.", "Alle %(count)s klokken zijn gehaald.", ended)
        return told % {"count": number(ended)}
    if not figures.met:
        told = ngettext("De ene klok die afliep was te laat.", "Alle %(count)s klokken waren te laat.", ended)
        return told % {"count": number(ended)}
    told = ngettext(
        "Van de %(ended)s klokken was er %(late)s te laat.",
        "Van de %(ended)s klokken waren er %(late)s te laat.",
        figures.late,
    )
    return told % {"ended": number(ended), "late": number(figures.late)}


def _credit(figures: Figures) -> str:
    if not figures.credit.step:
        return gettext("Er volgt geen servicecredit.")
    return gettext("Daaruit volgt een servicecredit van %(amount)s.") % {
        "amount": money(figures.credit.cents)
    }


# Availability -----------------------------------------------------------------------------------


def promised(figures: Figures) -> list[tuple[str, str]]:
    promise, found = figures.promise, figures.availability
    return [
        (gettext("Contract"), promise.contract),
        (
            gettext("Serviceniveau"),
            gettext("%(level)s, versie %(number)s")
            % {"level": promise.level, "number": promise.level_version},
        ),
        (gettext("Telt volgens"), promise.window),
        (gettext("Beschikbaar"), _minutes(found.up)),
        (gettext("Niet beschikbaar"), _minutes(found.down)),
        (gettext("Geen meting"), _minutes(found.gaps)),
        (gettext("Aangekondigd onderhoud"), _minutes(found.maintained)),
    ]


def chart_of(figures: Figures, csv: str) -> LineChart | None:
    """By day; None where nothing was measured."""
    days = figures.availability.days
    if figures.availability.percent is None:
        return None
    return LineChart(
        name="beschikbaarheid",
        title=gettext("Beschikbaarheid per dag"),
        sentence=_sentence_of_days(figures),
        description=gettext(
            "Een lijn met per dag welk deel van de gemeten minuten de dienst beschikbaar was."
        ),
        points=[
            Point(day(each.day), _share(each), str(each.day.day) if not place % DAYS_BETWEEN_TICKS else "")
            for place, each in enumerate(days)
        ],
        headings=(gettext("Dag"), gettext("Beschikbaar")),
        limit=Limit(
            float(figures.promise.percent),
            gettext("afgesproken %(share)s") % {"share": percent(figures.promise.percent, 2)},
        ),
        form=_short_percent,
        width=WIDE,
        csv=csv,
    )


def days_of(figures: Figures) -> Table | None:
    """Those on which not every minute was up; None where there is none."""
    words = (
        gettext("Dag"),
        gettext("Beschikbaar"),
        gettext("Niet beschikbaar"),
        gettext("Geen meting"),
        gettext("Onderhoud"),
    )
    rows = [
        Row(
            [
                Cell(day(each.day), nowrap=True),
                Cell(_shown_share(each), numeric=True, label=words[1]),
                Cell(_minutes(each.down), numeric=True, label=words[2]),
                Cell(_minutes(each.gaps), numeric=True, label=words[3]),
                Cell(_minutes(each.maintained), numeric=True, label=words[4]),
            ],
            tone=Tone.BAD if each.down else Tone.PLAIN,
        )
        for each in figures.availability.days
        if each.down or each.gaps or each.maintained
    ]
    headings = [Heading(word, numeric=bool(place)) for place, word in enumerate(words)]
    caption = gettext("Dagen met uitval, zonder meting of met onderhoud")
    return Table(caption=caption, headings=headings, rows=rows) if rows else None


def _sentence_of_days(figures: Figures) -> str:
    down = sum(1 for each in figures.availability.days if each.down)
    if not down:
        return gettext("Op geen enkele dag is uitval gemeten.")
    told = ngettext("Op %(count)s dag is uitval gemeten.", "Op %(count)s dagen is uitval gemeten.", down)
    return told % {"count": number(down)}


def _share(each: DayCount) -> float | None:
    share = share_of(each.up, each.down)
    return None if share is None else float(shown_percent(share))


def _shown_share(each: DayCount) -> str:
    share = share_of(each.up, each.down)
    return gettext("geen meting") if share is None else percent(shown_percent(share), 2)


def _short_percent(share: float) -> str:
    return percent(share, 2)


def _minutes(count: int) -> str:
    return gettext("%(minutes)s min") % {"minutes": number(count)}


# Reports and clocks -----------------------------------------------------------------------------


def counted(figures: Figures) -> list[tuple[str, str]]:
    """Of the reports, and of hours where there are prepaid ones."""
    work = figures.work
    left = [] if work.left is None else [(gettext("Uren over"), worked(work.left * MINUTE))]
    return [
        (gettext("Gemeld"), number(figures.reported)),
        (gettext("Opgelost"), number(figures.solved)),
        (gettext("Open aan het eind"), number(figures.still_open)),
        (gettext("Daarvan wachtend"), number(figures.waiting)),
        (gettext("Geboekte uren"), worked(work.booked * MINUTE)),
        *left,
    ]


def kept_of(figures: Figures) -> Table | None:
    words = (gettext("Prioriteit"), gettext("Klok"), gettext("Gehaald"), gettext("Te laat"))
    rows = [
        Row(
            [
                Cell(each.priority),
                Cell(str(each.kind.label), label=words[1]),
                Cell(number(each.met), numeric=True, label=words[2]),
                Cell(number(each.late), numeric=True, label=words[3]),
            ],
            tone=Tone.BAD if each.late else Tone.PLAIN,
        )
        for each in figures.kept
    ]
    headings = [Heading(word, numeric=place > 1) for place, word in enumerate(words)]
    return Table(caption=gettext("Klokken per prioriteit"), headings=headings, rows=rows) if rows else None


def breaches_of(figures: Figures) -> list[tuple[str, Table]]:
    """Each clock that was too late: in a sentence, and line by line why it was due when it was."""
    return [(_breach(each), _lines(each)) for each in figures.breaches]


def _breach(breach: Breach) -> str:
    done = (
        gettext("gedaan op %(moment)s") % {"moment": moment(breach.done)}
        if breach.done
        else gettext("nog niet gedaan aan het eind van de maand")
    )
    return gettext("Melding %(number)s, %(priority)s, %(clock)s: uiterlijk %(due)s, %(done)s") % {
        "number": breach.ticket,
        "priority": breach.priority,
        "clock": name_of(breach.kind),
        "due": moment(breach.due),
        "done": done,
    }


def name_of(kind: ClockKind) -> str:
    return str(kind.label).lower()


def _lines(breach: Breach) -> Table:
    words = (
        gettext("Van"),
        gettext("Tot"),
        gettext("Wat gebeurt er"),
        gettext("Telt mee"),
        gettext("Gebruikt"),
    )
    return Table(
        caption=gettext("Waarom uiterlijk %(due)s") % {"due": moment(breach.due)},
        headings=[Heading(word, numeric=place > 2) for place, word in enumerate(words)],  # noqa: PLR2004  # two of hours
        rows=[
            Row(
                [
                    Cell(moment(each.start), nowrap=True),
                    Cell(moment(each.end), label=words[1], nowrap=True),
                    Cell(_told(each.kind, str(each.why.label)), label=words[2]),
                    Cell(worked(each.counted), label=words[3], numeric=True),
                    Cell(worked(each.used), label=words[4], numeric=True),
                ],
                tone=Tone.PLAIN if each.counted else Tone.MUTED,
            )
            for each in breach.lines
        ],
    )


def _told(kind: LineKind, why: str) -> str:
    return f"{kind.label}: {why.lower()}" if kind in {LineKind.RUNS, LineKind.STILL} else str(kind.label)


# Credit -----------------------------------------------------------------------------------------


def credit_of(figures: Figures) -> list[tuple[str, str]]:
    """How it follows from the steps of the service level."""
    step = figures.credit.step
    rows = [
        (gettext("Maandbedrag"), money(figures.promise.fee_cents)),
        (gettext("Servicecredit"), money(figures.credit.cents)),
    ]
    if step is None:
        return [*rows, (gettext("Trap"), muted(gettext("geen: de beschikbaarheid is niet onder een trap")))]
    reached = gettext("onder %(below)s: %(part)s van het maandbedrag") % {
        "below": percent(step.below, 2),
        "part": percent(step.part, 2),
    }
    return [*rows, (gettext("Trap"), reached)]


# What happened to it ----------------------------------------------------------------------------


def history_of(report: ServiceReport, now: datetime) -> list[Event]:
    """The last first."""
    by = gettext("door %(who)s")
    told: list[tuple[datetime | None, str, str, Icon, str]] = [
        (report.made_at, gettext("Gemaakt"), report.made_by, Icon.DOC, report.reason),
        (report.shared_at, gettext("Gedeeld"), report.shared_by, Icon.EYE, ""),
        (
            report.vendor_agreed_at,
            gettext("Akkoord van de leverancier"),
            report.vendor_agreed_by,
            Icon.CHECK,
            "",
        ),
        (
            report.municipality_agreed_at,
            gettext("Akkoord van de gemeente"),
            report.municipality_agreed_by,
            Icon.CHECK,
            "",
        ),
        (report.disputed_at, gettext("Betwist"), report.disputed_by, Icon.WARN, report.dispute),
        (_fixed_at(report, now), gettext("Vastgesteld"), "", Icon.LOCK, ""),
    ]
    events = [
        (
            when,
            Event(who=words, when=moment(when), icon=mark, extra=by % {"who": who} if who else "", said=said),
        )
        for when, words, who, mark, said in told
        if when is not None
    ]
    return [event for _, event in sorted(events, key=lambda pair: pair[0], reverse=True)]


def _fixed_at(report: ServiceReport, now: datetime) -> datetime | None:
    if report.fixed_at is not None:
        return report.fixed_at
    return report.fixes_at if report.state_at(now) is State.VASTGESTELD else None
