"""Melding aanmaken: for somebody of a gemeente who called, or for ourselves."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from helpdesk.acting import report
from helpdesk.forms.vendor import ReportForm
from helpdesk.refusals import TicketRefused
from helpdesk.states import AREA
from helpdesk.views.ticket import address_of, to_the_list
from helpdesk.who import who_is
from screens.pages import go_to
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.registry.models import Municipality


@page(area=AREA, level=Level.CHANGE)
def new_ticket(request: PageRequest) -> HttpResponseBase:
    seen = Municipality.objects.visible_to(request.person).serving().select_related("vendor")
    form = ReportForm(
        request.POST or None,
        gemeenten=[
            (str(each.pk), f"{each.naam}, {str(each.get_environment_display()).lower()}")
            for each in seen.order_by("naam", "environment")
        ],
        initial={"gemeente": request.GET.get("gemeente", "")},
    )
    if form.is_valid():
        municipality = get_object_or_404(seen, pk=form.cleaned_data["gemeente"])
        try:
            made = report(municipality, form.report(), who=who_is(request.person), now=timezone.now())
        except TicketRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("Melding %(number)s is gemaakt.") % {"number": made.number})
            return go_to(request, address_of(made))
    context = {
        "form": form,
        "crumbs": [to_the_list()],
        "back": reverse("meldingen"),
        "none": not form.fields["gemeente"].choices,  # type: ignore[attr-defined]  # a choice has them
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "helpdesk/nieuw.html", context, status=status)
