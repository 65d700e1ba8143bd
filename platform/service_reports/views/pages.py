"""What the pages of both consoles do alike: show a report, hand out its files, and ask before an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from screens.errors import error_page
from screens.formats import day
from screens.pages import go_to
from screens.parts import Crumb
from screens.policy import protect
from screens.shell import Item
from service_reports.files import as_csv
from service_reports.listings import address_of
from service_reports.models import ServiceReport, State
from service_reports.showing import (
    badge_of,
    breaches_of,
    chart_of,
    counted,
    credit_of,
    days_of,
    history_of,
    kept_of,
    last_day_to_dispute,
    promised,
    sentences_of,
    title_of,
    unproven,
)
from service_reports.snapshot import from_json
from service_reports.states import ACTS, ReportRefused, check
from tenants.accounts.pages import PageRequest
from tenants.accounts.shell import shell_of, show_page

Done = Callable[[ServiceReport, forms.Form], ServiceReport]


def show_report(request: PageRequest, report: ServiceReport, **more: Any) -> HttpResponseBase:
    now, figures = timezone.now(), from_json(report.figures)
    csv = reverse("report_csv", args=[report.pk])
    context = {
        **about(report, now),
        "sentences": sentences_of(figures),
        "unproven": unproven(figures),
        "promised": promised(figures),
        "chart": chart_of(figures, csv),
        "days": days_of(figures),
        "counted": counted(figures),
        "kept": kept_of(figures),
        "breaches": breaches_of(figures),
        "credit": credit_of(figures),
        "history": history_of(report, now),
        "csv": csv,
        "pdf": reverse("report_pdf", args=[report.pk]),
        **more,
    }
    return show_page(request, "service_reports/rapport.html", context)


def about(report: ServiceReport, now: datetime) -> dict[str, Any]:
    """What stands at the head of every page of one report."""
    term = (
        gettext("betwisten kan tot en met %(day)s") % {"day": day(last_day_to_dispute(report.fixes_at))}
        if report.fixes_at and report.state == State.GEDEELD
        else ""
    )
    return {
        "report": report,
        "title": title_of(report),
        "state": badge_of(report, now),
        "facts": [
            fact
            for fact in (
                report.municipality_name,
                gettext("versie %(number)s") % {"number": report.version},
                term,
            )
            if fact
        ],
        "crumbs": [to_the_list()],
        "back": address_of(report),
    }


def to_the_list() -> Crumb:
    return Crumb(gettext("Serviceniveaurapporten"), reverse("rapporten"))


def ask_and_do(  # noqa: PLR0913  # each is said once
    request: PageRequest,
    report: ServiceReport,
    key: str,
    form: forms.Form,
    done: Done,
    *,
    told: str,
) -> HttpResponseBase:
    """A page that says what follows, with one form; whoever was second sees what the first did."""
    try:
        check(report, key, person=request.person, now=timezone.now())
        if form.is_valid():
            after = done(report, form)
            messages.success(request, told)
            return go_to(request, address_of(after))
    except ReportRefused as refused:
        return conflict(request, report, str(refused))
    act = ACTS[key]
    crumbs = [to_the_list(), Crumb(title_of(report), address_of(report))]
    context = {**about(report, timezone.now()), "act": act, "form": form, "crumbs": crumbs}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "service_reports/handeling.html", context, status=status)


def nothing_asked(request: PageRequest) -> forms.Form:
    """A form without fields: that it was sent says all."""
    return forms.Form(request.POST if request.method == "POST" else None)


def conflict(request: PageRequest, report: ServiceReport, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(title_of(report), address_of(report)),
    )


def csv_file(report: ServiceReport) -> HttpResponse:
    return as_csv(report, from_json(report.figures))


def pdf_file(request: PageRequest, report: ServiceReport, written: bytes | None) -> HttpResponseBase:
    """A page where there is none yet: it is drawn after the act that it tells of."""
    if written is None:
        return error_page(
            request,
            HTTPStatus.NOT_FOUND,
            shell=shell_of(request),
            title=gettext("De pdf is er nog niet"),
            happened=gettext("De pdf wordt gemaakt als het rapport is gedeeld. Probeer het zo opnieuw."),
            next_step=Item(title_of(report), address_of(report)),
        )
    response = HttpResponse(written, content_type="application/pdf")
    name = f"serviceniveaurapport-{report.month:%Y-%m}-{report.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return protect(response)
