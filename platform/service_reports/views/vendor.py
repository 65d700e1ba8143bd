"""Serviceniveaurapporten, of the vendor: what was promised to each municipality, and whether it was kept."""

from __future__ import annotations

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from service_reports import acting
from service_reports.drawing import drawn
from service_reports.forms import ReasonForm
from service_reports.listings import listing
from service_reports.models import ServiceReport
from service_reports.states import ACTS, AREA, may
from service_reports.views.pages import ask_and_do, csv_file, nothing_asked, pdf_file, show_report
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

PAGES = {
    "herbereken": "refresh_report",
    "deel": "share_report",
    "corrigeer": "correct_report",
    "stem-in": "agree_report",
}
"""Of each act of the vendor, the page that does it; the last that may be done is the way on."""


@page(area=AREA, level=Level.SEE)
def rapporten(request: PageRequest) -> HttpResponseBase:
    found, rows = listing(of_vendor=True), ServiceReport.objects.visible_to(request.person).last_versions()
    file = file_of(found, request, rows)
    if file is not None:
        return file
    context = {
        "found": found.read(request, rows),
        "maintenance": reverse("onderhoud"),
        "of_vendor": True,
    }
    return show_page(request, "service_reports/rapporten.html", context)


@page(area=AREA, level=Level.SEE)
def service_report(request: PageRequest, pk: int) -> HttpResponseBase:
    report, now = _report(request, pk), timezone.now()
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


@page(area=AREA, level=Level.APPROVE)
def refresh_report(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(report: ServiceReport, _form: forms.Form) -> ServiceReport:
        return acting.refresh(report, person=request.person, now=timezone.now())

    told = gettext("De cijfers zijn opnieuw berekend.")
    return ask_and_do(request, _report(request, pk), "herbereken", nothing_asked(request), done, told=told)


@page(area=AREA, level=Level.APPROVE)
def share_report(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(report: ServiceReport, _form: forms.Form) -> ServiceReport:
        return acting.share(report, person=request.person, now=timezone.now())

    told = gettext("Het rapport is gedeeld. De gemeente krijgt bericht.")
    return ask_and_do(request, _report(request, pk), "deel", nothing_asked(request), done, told=told)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def agree_report(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(report: ServiceReport, _form: forms.Form) -> ServiceReport:
        return acting.agree(report, person=request.person, now=timezone.now())

    told = gettext("U ging akkoord voor de leverancier.")
    return ask_and_do(request, _report(request, pk), "stem-in", nothing_asked(request), done, told=told)


@page(area=AREA, level=Level.APPROVE)
def correct_report(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(report: ServiceReport, form: forms.Form) -> ServiceReport:
        reason = form.cleaned_data["reason"]
        return acting.correct(report, reason, person=request.person, now=timezone.now())

    told = gettext("De nieuwe versie is een concept. Controleer haar, en deel haar dan.")
    form = ReasonForm(request.POST or None)
    return ask_and_do(request, _report(request, pk), "corrigeer", form, done, told=told)


@page(area=AREA, level=Level.SEE)
def report_csv(request: PageRequest, pk: int) -> HttpResponseBase:
    return csv_file(_report(request, pk))


@page(area=AREA, level=Level.SEE)
def report_pdf(request: PageRequest, pk: int) -> HttpResponseBase:
    report = _report(request, pk)
    if report.municipality.status == Municipality.Status.BEEINDIGD:
        return pdf_file(request, report, None)
    with in_municipality(report.municipality):
        written = drawn(report)
    return pdf_file(request, report, written)


def _report(request: PageRequest, pk: int) -> ServiceReport:
    """404 for what is of another organisation, or of a municipality that one does not see."""
    rows = ServiceReport.objects.visible_to(request.person).select_related("municipality")
    found: ServiceReport = get_object_or_404(rows, pk=pk)
    return found


def _others(report: ServiceReport) -> list[ServiceReport]:
    """The other versions of the same month."""
    same = ServiceReport.objects.filter(
        municipality=report.municipality_id, organisation=report.organisation_id, month=report.month
    )
    return list(same.exclude(pk=report.pk).defer("figures"))
