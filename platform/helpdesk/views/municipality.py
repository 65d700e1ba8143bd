"""Meldingen, in the console of a municipality: what it reported, whose turn it is, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from contracts.states import MUNICIPALITY_AREA as CONTRACT
from helpdesk.attachments import AttachmentRefused, as_download
from helpdesk.foreseen import Foresight, table_of
from helpdesk.forms.municipality import (
    DisputeForm,
    OnceForm,
    RateForm,
    ReplyForm,
    ReportForm,
    SeenForm,
    WithdrawForm,
)
from helpdesk.listings_municipality import MELDINGEN, address_of
from helpdesk.melding import about, crumbs, whole
from helpdesk.models import Attachment, Ticket
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.reporting import (
    Done,
    Report,
    Said,
    agreed_now,
    events_of,
    how_it_stands,
    may,
    report,
    say,
    tickets,
)
from helpdesk.states import AREA, why_not_now
from helpdesk.views.ticket import with_seen
from helpdesk.worked import worked_inside
from screens.errors import error_page
from screens.pages import go_to
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows


@dataclass(frozen=True, slots=True)
class Answer:
    """A page with a form of its own, and what is said once it was sent."""

    form: type[SeenForm]
    title: str | Promise
    done: str | Promise
    kind: str = "primary"


ANSWERS: Mapping[str, Answer] = {
    "reply": Answer(ReplyForm, _("Stuur een bericht"), _("Uw bericht is verstuurd.")),
    "dispute": Answer(
        DisputeForm,
        _("Zeg wat er nog niet is opgelost"),
        _("De melding gaat verder: de leverancier is aan zet."),
    ),
    "withdraw": Answer(WithdrawForm, _("Trek de melding in"), _("De melding is ingetrokken."), kind="danger"),
}


@page(area=AREA, level=Level.SEE)
def meldingen(request: PageRequest) -> HttpResponseBase:
    rows = tickets()
    file = file_of(MELDINGEN, request, rows)
    if file is not None:
        return file
    context = {
        "found": MELDINGEN.read(request, rows),
        "may_report": request.person.may(AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "helpdesk/of_municipality.html", context)


@page(area=AREA, level=Level.CHANGE)
def new_melding(request: PageRequest) -> HttpResponseBase:
    """What is promised shows before it is sent: which priority each choice gives, and until when."""
    now = timezone.now()
    form = ReportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in Report.__dataclass_fields__}
        try:
            done = report(Report(**given), once=form.key, person=request.person, now=now)
        except AttachmentRefused as refused:
            form.add_error("files", str(refused))
        except TicketRefused as refused:
            form.add_error(None, str(refused))
        else:
            _tell(request, done, gettext("Melding %(number)s is verstuurd.") % {"number": done.ticket})
            return go_to(request, address_of(done.ticket))
    agreed = agreed_now(now)
    version = None if agreed is None else agreed.service_level_version
    context = {
        "form": form,
        "crumbs": crumbs(),
        "back": reverse("meldingen"),
        "level": version,
        "foreseen": None if version is None else table_of(Foresight(version, now)),
    }
    return show_page(request, "helpdesk/new_melding.html", context, status=_status(form))


@page(area=AREA, level=Level.SEE)
def melding(request: PageRequest, pk: int) -> HttpResponseBase:
    ticket, now, person = _ticket(pk), timezone.now(), request.person
    shown = whole(ticket, now)
    acts = {key: may(ticket, key, person) for key in ("reply", "dispute", "confirm", "withdraw", "rate")}
    context = {
        **about(ticket, now),
        **shown.context(now),
        "acts": acts,
        "worked": worked_inside(ticket) if person.may(CONTRACT, Level.SEE) else None,
        "waits": bool(ticket.waiting_question),
        "reply_form": ReplyForm(initial={"seen": shown.last}, auto_id="bericht_%s")
        if acts["reply"] and not acts["confirm"]
        else None,
        "confirm_form": OnceForm(auto_id="bevestig_%s"),
        "rate_form": RateForm(auto_id="oordeel_%s") if acts["rate"] and not acts["confirm"] else None,
        "may_act": person.may(AREA, Level.CHANGE),
        "who_may": person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "helpdesk/melding_of_municipality.html", context)


@page(area=AREA, level=Level.SEE)
def why_melding(request: PageRequest, pk: int) -> HttpResponseBase:
    """The explanation of every clock on a page of its own, to print."""
    ticket, now = _ticket(pk), timezone.now()
    context = {**about(ticket, now, inside=True), **whole(ticket, now).context(now), "now": now}
    return show_page(request, "helpdesk/why_melding.html", context)


@page(area=AREA, level=Level.CHANGE)
def reply_melding(request: PageRequest, pk: int) -> HttpResponseBase:
    return _answer(request, pk, "reply")


@page(area=AREA, level=Level.CHANGE)
def dispute_melding(request: PageRequest, pk: int) -> HttpResponseBase:
    return _answer(request, pk, "dispute")


@page(area=AREA, level=Level.CHANGE)
def withdraw_melding(request: PageRequest, pk: int) -> HttpResponseBase:
    return _answer(request, pk, "withdraw")


@page(area=AREA, level=Level.CHANGE)
@require_POST
def confirm_melding(request: PageRequest, pk: int) -> HttpResponseBase:
    done = gettext("Dank u. De melding is gesloten.")
    return _at_once(request, pk, "confirm", OnceForm(request.POST), done)


@page(area=AREA, level=Level.CHANGE)
@require_POST
def rate_melding(request: PageRequest, pk: int) -> HttpResponseBase:
    return _at_once(request, pk, "rate", RateForm(request.POST), gettext("Dank u. Dat is bewaard."))


@page(area=AREA, level=Level.SEE)
def attachment(request: PageRequest, pk: int, file: int) -> HttpResponseBase:  # noqa: ARG001  # as any view
    """Of a message that the municipality may read: what is internal has no row here."""
    rows = vendor_rows(current_municipality()).of(Attachment).filter(ticket=pk, erased_at=None)
    found = get_object_or_404(rows, pk=file)
    try:
        return as_download(key=found.key, name=found.name, content_type=found.content_type)
    except FileNotFoundError as error:
        raise Http404 from error


def _answer(request: PageRequest, pk: int, key: str) -> HttpResponseBase:
    """What somebody writes about a report; whoever did not see the last of it reads that first."""
    ticket, now, answer = _ticket(pk), timezone.now(), ANSWERS[key]
    if not may(ticket, key, request.person):
        return _conflict(request, ticket, "") if request.method == "POST" else _not_now(request, ticket, key)
    events = events_of(ticket)
    last = events[-1].pk if events else None
    form = answer.form(request.POST or None, request.FILES or None, initial={"seen": last})
    if form.is_valid():
        given = form.cleaned_data
        said = Said(text=given["text"], files=given.get("files", ()), seen=given["seen"])
        try:
            done = say(ticket, key, said, once=form.key, person=request.person, now=now)
        except AttachmentRefused as refused:
            form.add_error("files", str(refused))
        except TicketStale as refused:
            ticket = _ticket(pk)
            if not may(ticket, key, request.person):
                return _conflict(request, ticket, str(refused))
            form.add_error(None, str(refused))
            form.data = with_seen(form.data, last or 0)  # what is told now was seen
        except TicketRefused as refused:
            form.add_error("text", str(refused))
        else:
            _tell(request, done, str(answer.done))
            return go_to(request, address_of(done.ticket))
    context = {
        **about(ticket, now, inside=True),
        "form": form,
        "title": answer.title,
        "kind": answer.kind,
        "recent": whole(ticket, now).recent(now),
        "back": address_of(ticket),
    }
    return show_page(request, "helpdesk/answer_of_municipality.html", context, status=_status(form))


def _at_once(request: PageRequest, pk: int, key: str, form: OnceForm, words: str) -> HttpResponseBase:
    """By a button, without words."""
    ticket = _ticket(pk)
    if not form.is_valid():
        why = gettext("Kies eerst een cijfer.") if key == "rate" else gettext("Druk nog eens op de knop.")
        messages.warning(request, why)
        return go_to(request, address_of(ticket))
    said = Said(mark=form.cleaned_data.get("mark"))
    try:
        done = say(ticket, key, said, once=form.key, person=request.person, now=timezone.now())
    except TicketRefused as refused:
        return _conflict(request, _ticket(pk), str(refused))
    _tell(request, done, words)
    return go_to(request, address_of(done.ticket))


def _tell(request: PageRequest, done: Done, words: str) -> None:
    if done.again:
        messages.info(request, gettext("Dit was al verstuurd. Er is niets dubbel gedaan."))
        return
    messages.success(request, words)
    if done.masked:
        messages.warning(
            request,
            gettext("In uw tekst stond een burgerservicenummer. Dat is onleesbaar gemaakt en niet bewaard."),
        )


def _ticket(pk: int) -> Ticket:
    return get_object_or_404(tickets().select_related("service_level_version__level"), pk=pk)


def _status(form: forms.Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _not_now(request: PageRequest, ticket: Ticket, key: str) -> HttpResponseBase:
    """Nobody was first: whoever came here by himself reads when it can be done."""
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        title=gettext("Dit kan nu niet met deze melding"),
        happened=why_not_now(ticket, key),
        safe=gettext("Er is niets veranderd."),
        next_step=_to(ticket),
    )


def _conflict(request: PageRequest, ticket: Ticket, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why or how_it_stands(ticket, events_of(ticket)),
        next_step=_to(ticket),
    )


def _to(ticket: Ticket) -> Item:
    return Item(gettext("Melding %(number)s") % {"number": ticket}, address_of(ticket))
