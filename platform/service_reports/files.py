"""A service report as CSV: the same numbers as the page, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext

from screens.listing.exports import CSV, export
from service_reports.availability import share_of, shown_percent
from service_reports.figures import Figures
from service_reports.models import ServiceReport
from service_reports.showing import moment, month_of, name_of

CENTS = 100
Line = Sequence[object]


def as_csv(report: ServiceReport, figures: Figures) -> HttpResponse:
    headings = [gettext("Onderdeel"), gettext("Waarvan"), gettext("Gegeven"), gettext("Waarde")]
    name = f"serviceniveaurapport-{report.month:%Y-%m}-{report.pk}"
    return export(name, CSV, headings, lines_of(report, figures))


def lines_of(report: ServiceReport, figures: Figures) -> Iterator[Line]:
    yield from _report(report, figures)
    yield from _availability(figures)
    yield from _clocks(figures)
    yield from _money(figures)


def _report(report: ServiceReport, figures: Figures) -> Iterator[Line]:
    part = gettext("Rapport")
    yield part, "", gettext("Gemeente"), report.municipality_name
    yield part, "", gettext("Leverancier"), report.organisation_name
    yield part, "", gettext("Maand"), month_of(report)
    yield part, "", gettext("Versie"), report.version
    yield part, "", gettext("Contract"), figures.promise.contract
    yield part, "", gettext("Serviceniveau"), figures.promise.level
    yield part, "", gettext("Eerste dag"), figures.first.isoformat()
    yield part, "", gettext("Laatste dag"), figures.last.isoformat()


def _availability(figures: Figures) -> Iterator[Line]:
    part = gettext("Beschikbaarheid")
    yield part, "", gettext("Afgesproken, in procent"), figures.promise.percent
    yield (
        part,
        "",
        gettext("Gemeten, in procent"),
        _percent(figures.availability.up, figures.availability.down),
    )
    for each in figures.availability.days:
        day = each.day.isoformat()
        yield part, day, gettext("Gemeten, in procent"), _percent(each.up, each.down)
        yield part, day, gettext("Minuten beschikbaar"), each.up
        yield part, day, gettext("Minuten niet beschikbaar"), each.down
        yield part, day, gettext("Minuten zonder meting"), each.gaps
        yield part, day, gettext("Minuten onderhoud"), each.maintained


def _clocks(figures: Figures) -> Iterator[Line]:
    part = gettext("Meldingen")
    yield part, "", gettext("Gemeld"), figures.reported
    yield part, "", gettext("Opgelost"), figures.solved
    yield part, "", gettext("Open aan het eind"), figures.still_open
    yield part, "", gettext("Daarvan wachtend"), figures.waiting
    yield part, "", gettext("Geboekte minuten"), figures.work.booked
    for each in figures.kept:
        which = f"{each.priority}, {name_of(each.kind)}"
        yield gettext("Klokken"), which, gettext("Gehaald"), each.met
        yield gettext("Klokken"), which, gettext("Te laat"), each.late
    for breach in figures.breaches:
        which = f"{breach.ticket}, {breach.priority}, {name_of(breach.kind)}"
        yield gettext("Te laat"), which, gettext("Uiterlijk"), moment(breach.due)
        yield gettext("Te laat"), which, gettext("Gedaan"), moment(breach.done) if breach.done else ""


def _money(figures: Figures) -> Iterator[Line]:
    part, credit = gettext("Servicecredit"), figures.credit
    yield part, "", gettext("Maandbedrag in euro"), Decimal(figures.promise.fee_cents) / CENTS
    yield part, "", gettext("Servicecredit in euro"), Decimal(credit.cents) / CENTS
    if credit.step is not None:
        yield part, "", gettext("Onder, in procent"), credit.step.below
        yield part, "", gettext("Deel van het maandbedrag, in procent"), credit.step.part


def _percent(up: int, down: int) -> Decimal | str:
    share = share_of(up, down)
    return gettext("geen meting") if share is None else shown_percent(share)
