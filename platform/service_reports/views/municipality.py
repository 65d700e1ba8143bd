"""Serviceniveaurapporten, of the municipality: what the vendor says of a month, and whether one agrees."""

from __future__ import annotations

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from service_reports import deciding
from service_reports.deciding import maintenance, reports
from service_reports.drawing import drawn
from service_reports.forms import DisputeForm
from service_reports.listings import listing
from service_reports.maintenance_table import table_of
from service_reports.models import ServiceReport
from service_reports.states import ACTS, AREA, may
from service_reports.views.pages import ask_and_do, csv_file, nothing_asked, pdf_file, show_report
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of

PAGES = {"betwist": "dispute_report", "akkoord": "agree_report"}
"""Of each act of the municipality, the page that does it."""
MOST_MAINTENANCE = 20


@page(area=AREA, level=Level.SEE)
def rapporten(request: PageRequest) -> HttpResponseBase:
    found, rows = listing(of_vendor=False), reports().last_versions()
    file = file_of(found, request, rows)
    if file is not None:
        return file
    coming = maintenance().filter(ends_at__gt=timezone.now()).order_by("starts_at")[:MOST_MAINTENANCE]
    context = {"found": found.read(request, rows), "coming": table_of(coming), "of_vendor": False}
    return show_page(request, "service_reports/rapporten.html", context)


@page(area=AREA, level=Level.SEE)
def service_report(request: PageRequest, pk: int) -> HttpResponseBase:
    report, now = _report(pk), timezone.now()
    acts = [
        (str(ACTS[key].words), reverse(name, args=[pk]))
        for key, name in PAGES.items()
        if may(report, key, person=request.person, now=now)
    ]
    may_act = request.person.may(AREA, Level.APPROVE)
    return show_report(
        request,
        report,
        acts=acts,
        others=_others(report),
        why_not="" if may_act else request.person.side.table.who_may(AREA, Level.APPROVE).lower(),
    )


@page(area=AREA, level=Level.APPROVE, fresh=True)
def agree_report(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(report: ServiceReport, _form: forms.Form) -> ServiceReport:
        deciding.agree(report, person=request.person, now=timezone.now())
        return report

    told = gettext("U ging akkoord namens de gemeente.")
    return ask_and_do(request, _report(pk), "akkoord", nothing_asked(request), done, told=told)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def dispute_report(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(report: ServiceReport, form: forms.Form) -> ServiceReport:
        words = form.cleaned_data["words"]
        deciding.dispute(report, words, person=request.person, now=timezone.now())
        return report

    told = gettext("U betwist het rapport. De leverancier krijgt bericht.")
    return ask_and_do(request, _report(pk), "betwist", DisputeForm(request.POST or None), done, told=told)


@page(area=AREA, level=Level.SEE)
def report_csv(request: PageRequest, pk: int) -> HttpResponseBase:
    del request
    return csv_file(_report(pk))


@page(area=AREA, level=Level.SEE)
def report_pdf(request: PageRequest, pk: int) -> HttpResponseBase:
    report = _report(pk)
    return pdf_file(request, report, drawn(report))


def _report(pk: int) -> ServiceReport:
    return get_object_or_404(reports(), pk=pk)


def _others(report: ServiceReport) -> list[ServiceReport]:
    same = reports().filter(organisation=report.organisation_id, month=report.month)
    return list(same.exclude(pk=report.pk).defer("figures"))
