"""The lists of reports and of maintenance, of both consoles."""

from __future__ import annotations

from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from screens.badges import badge
from screens.formats import day, money
from screens.inline import Tone, muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search, Since
from service_reports.announcing import in_time_or_not
from service_reports.availability import shown_percent
from service_reports.figures import Figures
from service_reports.models import Maintenance, ServiceReport, State
from service_reports.showing import badge_of, moment, month_of, shown_availability
from service_reports.snapshot import from_json


def address_of(report: ServiceReport) -> str:
    return reverse("service_report", args=[report.pk])


def figures_of(report: ServiceReport) -> Figures:
    return from_json(report.figures)


def _state(report: ServiceReport) -> str:
    return badge(badge_of(report, timezone.now()))


def _plain_state(report: ServiceReport) -> str:
    return str(report.state_at(timezone.now()).label)


def _available(report: ServiceReport) -> str:
    return shown_availability(figures_of(report))


def _plain_available(report: ServiceReport) -> object:
    share = figures_of(report).availability.percent
    return None if share is None else shown_percent(share)


def _late(report: ServiceReport) -> str:
    figures = figures_of(report)
    return f"{figures.late}/{figures.late + figures.met}"


def _credit(report: ServiceReport) -> str:
    cents = figures_of(report).credit.cents
    return money(cents) if cents else muted(money(0))


def _fixes(report: ServiceReport) -> str:
    fixed = report.fixed_at or report.fixes_at
    return day(fixed) if fixed else ""


def _tone(report: ServiceReport) -> Tone:
    return Tone.MUTED if report.state == State.VERVANGEN else Tone.PLAIN


@cache
def listing(*, of_vendor: bool) -> Listing:
    gemeente = Column("gemeente", _("Gemeente"), field="municipality_name")
    return Listing(
        name="serviceniveaurapporten",
        caption=_("Serviceniveaurapporten"),
        one=_("%(count)s rapport"),
        many=_("%(count)s rapporten"),
        nothing=_("Nog geen serviceniveaurapporten"),
        columns=[
            Column("maand", _("Maand"), field="month", show=month_of, url=address_of, nowrap=True),
            *([gemeente] if of_vendor else []),
            Column("versie", _("Versie"), field="version", numeric=True),
            Column("staat", _("Staat"), field="state", show=_state, plain=_plain_state, narrow=False),
            Column(
                "beschikbaar",
                _("Beschikbaar"),
                show=_available,
                plain=_plain_available,
                order=(),
                numeric=True,
            ),
            Column(
                "te_laat",
                _("Te laat"),
                show=_late,
                plain=lambda row: figures_of(row).late,
                order=(),
                numeric=True,
            ),
            Column(
                "credit",
                _("Servicecredit"),
                show=_credit,
                plain=lambda row: figures_of(row).credit.cents / 100,
                order=(),
                numeric=True,
            ),
            Column("vast", _("Vast op"), field="fixes_at", show=_fixes, nowrap=True),
        ],
        filters=[
            *([Search("q", _("Gemeente"), ["municipality_name"])] if of_vendor else []),
            Choose("staat", _("Staat"), State.choices, field="state"),
        ],
        order="-maand",
        tone=_tone,
    )


def _when(maintenance: Maintenance) -> str:
    return moment(maintenance.starts_at)


def _counts(maintenance: Maintenance) -> str:
    return str(_("afgelast")) if maintenance.called_off_at else in_time_or_not(maintenance)


def address_of_maintenance(maintenance: Maintenance) -> str:
    return reverse("maintenance", args=[maintenance.pk])


@cache
def maintenance_listing() -> Listing:
    return Listing(
        name="onderhoud",
        caption=_("Onderhoud"),
        one=_("%(count)s keer onderhoud"),
        many=_("%(count)s keer onderhoud"),
        nothing=_("Nog geen onderhoud aangekondigd"),
        columns=[
            Column("van", _("Van"), field="starts_at", show=_when, url=address_of_maintenance, nowrap=True),
            Column("tot", _("Tot"), field="ends_at", show=lambda row: moment(row.ends_at), nowrap=True),
            Column("gemeente", _("Gemeente"), field="municipality.naam", order=["municipality__naam"]),
            Column("wat", _("Wat"), field="reason", order=(), fold="wide"),
            Column("aangekondigd", _("Aangekondigd"), field="announced_at", sub=lambda row: row.announced_by),
            Column("telt", _("Uitval"), show=_counts, plain=_counts, order=()),
        ],
        filters=[
            Search("q", _("Gemeente"), ["municipality__naam"]),
            Since("vanaf", _("Vanaf"), "starts_at"),
        ],
        order="-van",
        tone=lambda row: Tone.MUTED if row.called_off_at else Tone.PLAIN,
    )
