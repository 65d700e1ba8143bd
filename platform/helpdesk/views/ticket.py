"""Melding: what happened, whose turn it is, and why it is due then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.level_tables import worked
from contracts.running import Clock, ClockKind
from helpdesk import acting
from helpdesk.attachments import AttachmentRefused, as_download, verdict_on
from helpdesk.clock_faces import explanations, faces
from helpdesk.drafts import draft_of, keep, let_go
from helpdesk.forms.answer import AnswerForm, Next
from helpdesk.keeping import attach
from helpdesk.models import AnswerDraft, Attachment, Ticket, TicketEvent
from helpdesk.refusals import TicketRefused
from helpdesk.shown import actions_of, badges_of, facts_of, side_of_ticket, timeline_of
from helpdesk.similar import similar_to
from helpdesk.states import AREA, may
from helpdesk.storing import clocks_of, stint_of
from helpdesk.who import Who, who_is
from helpdesk.words import OPEN, STANDING, Status
from helpdesk.worked import worked_for
from screens.formats import near
from screens.inline import link
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.registry.context import in_municipality

KEEP = "concept"
"""The name of the button that sends nothing."""


@page(area=AREA, level=Level.SEE)
def melding(request: PageRequest, pk: int) -> HttpResponseBase:
    """The page, and the answer that is sent from it."""
    ticket = ticket_of(request.person, pk)
    events = list(ticket.events.readable().in_order().prefetch_related("attachments"))
    clocks = clocks_of(events, ticket.service_level_version, now=timezone.now())
    draft = draft_of(ticket, request.person)
    form = _form(request, ticket, events, clocks, draft)
    if form is not None and KEEP in request.POST:
        return _keep(request, ticket, form)
    if form is not None and form.is_bound and form.is_valid():
        try:
            verdicts = [verdict_on(file) for file in form.cleaned_data["files"]]
            with while_it_is_seen():
                said = _say(ticket, form, request.person, verdicts)
        except (TicketRefused, AttachmentRefused) as refused:
            form.add_error(None, str(refused))
            form.data = with_seen(form.data, last_event(ticket))  # what is told now was seen
        else:
            messages.success(request, _done(ticket, said))
            return go_to(request, address_of(ticket))
    return _show(request, ticket, events, clocks, form, draft=draft)


def _show(  # noqa: PLR0913  # each is a part of the page
    request: PageRequest,
    ticket: Ticket,
    events: Sequence[TicketEvent],
    clocks: Sequence[Clock],
    form: AnswerForm | None,
    *,
    draft: AnswerDraft | None,
) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    level = ticket.service_level_version
    context = {
        "ticket": ticket,
        "title": ticket.subject,
        "facts": [badges_of(ticket), *facts_of(ticket, person)],
        "crumbs": [to_the_list()],
        "faces": faces(clocks, now, stint_of(events)),
        "explained": explanations(clocks, level, now, events),
        "print": reverse("ticket_clocks", args=[ticket.pk]),
        "without": _without_clocks(ticket, clocks, stint_of(events)),
        "events": timeline_of(events, now),
        "data": side_of_ticket(ticket, person, now),
        "acts": actions_of(ticket, who_is(person)),
        "worked": worked_for(ticket, person),
        "may_pick_up": may(ticket, "pick_up", who_is(person)) and ticket.owner_id != person.user.pk,
        "alike": _alike(ticket, person),
        "form": form,
        "draft": near(draft.kept_at, now) if draft else "",
        "may_answer": person.may(AREA, Level.CHANGE),
        "who_may": person.side.table.who_may(AREA, Level.CHANGE).lower(),
        "is_over": ticket.status not in STANDING,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return show_page(request, "helpdesk/melding.html", context, status=status)


@page(area=AREA, level=Level.SEE)
def ticket_clocks(request: PageRequest, pk: int) -> HttpResponseBase:
    """The explanation of every clock, to be printed as evidence."""
    ticket, now = ticket_of(request.person, pk), timezone.now()
    events = list(ticket.events.in_order())
    clocks = clocks_of(events, ticket.service_level_version, now=now)
    context = {
        "ticket": ticket,
        "facts": facts_of(ticket, request.person),
        "crumbs": [to_the_list(), to_the_ticket(ticket)],
        "explained": explanations(clocks, ticket.service_level_version, now, events),
        "now": now,
    }
    return show_page(request, "helpdesk/klokken.html", context)


@page(area=AREA, level=Level.SEE)
def ticket_file(request: PageRequest, pk: int, file: int) -> HttpResponseBase:
    """Read where it lies, inside the municipality, and nothing else there."""
    ticket = ticket_of(request.person, pk)
    readable = Attachment.objects.filter(event__in=ticket.events.readable(), erased_at=None)
    found = get_object_or_404(readable, pk=file)
    with in_municipality(ticket.municipality):
        try:
            download: FileResponse = as_download(
                key=found.key, name=found.name, content_type=found.content_type
            )
        except FileNotFoundError as error:
            raise Http404 from error
    return download


# What a page has -----------------------------------------------------------------------------------


def ticket_of(person: Person, pk: int) -> Ticket:
    """404 for what is of a municipality that the person does not see."""
    found: Ticket = get_object_or_404(
        Ticket.objects.visible_to(person).select_related(
            "municipality", "contract", "incident", "service_level_version__level"
        ),
        pk=pk,
    )
    return found


@contextmanager
def while_it_is_seen() -> Iterator[None]:
    """404 for what somebody else got while this person wrote."""
    try:
        yield
    except Ticket.DoesNotExist as gone:
        raise Http404 from gone


def address_of(ticket: Ticket) -> str:
    return reverse("melding", args=[ticket.pk])


def to_the_list() -> Crumb:
    return Crumb(gettext("Meldingen"), reverse("meldingen"))


def to_the_ticket(ticket: Ticket) -> Crumb:
    return Crumb(gettext("Melding %(number)s") % {"number": ticket.number}, address_of(ticket))


def with_seen(data: Any, seen: int) -> QueryDict:  # noqa: ANN401  # a form may have any
    """What was filled in, on a page that shows what happened meanwhile."""
    changed: QueryDict = data.copy()
    changed["seen"] = str(seen)
    return changed


def last_event(ticket: Ticket) -> int:
    """What whoever sees the page has seen."""
    return ticket.events.order_by("-pk").values_list("pk", flat=True).first() or 0


# The answer ----------------------------------------------------------------------------------------


def _form(
    request: PageRequest,
    ticket: Ticket,
    events: Sequence[TicketEvent],
    clocks: Sequence[Clock],
    draft: AnswerDraft | None,
) -> AnswerForm | None:
    """None for who may not answer. Of what is over there can still be a note."""
    if not may(ticket, "note", who_is(request.person)):
        return None
    form = AnswerForm(
        request.POST or None,
        request.FILES or None,
        initial={"seen": max((each.pk for each in events), default=0)},
        update=_update(ticket, [clock for clock in clocks if clock.stint == stint_of(events)]),
        is_open=ticket.status in OPEN,
    )
    form.begin_with(draft)
    if ticket.status not in STANDING:
        for name in ("next", "cause", "solution"):
            del form.fields[name]
        form.initial["internal"] = True
        form.fields["internal"].required = True
    elif ticket.status not in OPEN:
        for name in ("cause", "solution"):
            del form.fields[name]
    return form


def _update(ticket: Ticket, clocks: Sequence[Clock]) -> str:
    """How soon another update is owed after each, in working time; what was late keeps its old priority."""
    targets = [clock.target for clock in clocks if clock.priority == ticket.priority]
    agreed = targets[-1].seconds(ClockKind.UPDATE) if targets else None
    return worked(agreed) if agreed else ""


Say = Callable[[Ticket, AnswerForm, Who, datetime], TicketEvent]


def _solve(ticket: Ticket, form: AnswerForm, who: Who, now: datetime) -> TicketEvent:
    given = form.cleaned_data
    return acting.solve(
        ticket,
        given["text"],
        cause=given["cause"],
        solution=given["solution"],
        who=who,
        now=now,
        seen=given["seen"],
    )


def _plainly(act: Callable[..., TicketEvent]) -> Say:
    def say(ticket: Ticket, form: AnswerForm, who: Who, now: datetime) -> TicketEvent:
        given = form.cleaned_data
        return act(ticket, given["text"], who=who, now=now, seen=given["seen"])

    return say


SAYS: Mapping[str, Say] = {
    Next.OURS: _plainly(acting.answer),
    Next.REPORTER: _plainly(acting.ask),
    Next.THIRD: _plainly(acting.wait_for_third),
    Next.WORKAROUND: _plainly(acting.work_around),
    Next.SOLVED: _solve,
}
NOTE = _plainly(acting.note)


def _keep(request: PageRequest, ticket: Ticket, form: AnswerForm) -> HttpResponseBase:
    """As it is, complete or not; too much of it is refused like what is sent."""
    form.ask_for_nothing()
    if not form.is_valid():
        return _again(request, ticket, form)
    try:
        with while_it_is_seen():
            kept = keep(ticket, form.cleaned_data, person=request.person, now=timezone.now())
    except TicketRefused as refused:
        form.add_error(None, str(refused))
        return _again(request, ticket, form)
    messages.success(request, _kept(form) if kept else gettext("Er is geen concept meer."))
    return go_to(request, address_of(ticket))


def _kept(form: AnswerForm) -> str:
    words = gettext("Uw concept is bewaard. Alleen u ziet het.")
    files = gettext("Bijlagen bewaart een concept niet: kies ze bij het versturen opnieuw.")
    return f"{words} {files}" if form.cleaned_data["files"] else words


def _again(request: PageRequest, ticket: Ticket, form: AnswerForm) -> HttpResponseBase:
    events = list(ticket.events.readable().in_order().prefetch_related("attachments"))
    clocks = clocks_of(events, ticket.service_level_version, now=timezone.now())
    return _show(request, ticket, events, clocks, form, draft=draft_of(ticket, request.person))


@transaction.atomic
def _say(ticket: Ticket, form: AnswerForm, person: Person, verdicts: Sequence[str]) -> TicketEvent:
    """With its files, or not at all; of what is said there is no draft any more."""
    given, who = form.cleaned_data, who_is(person)
    say = NOTE if given["internal"] else SAYS[given["next"]]
    event = say(ticket, form, who, timezone.now())
    files: Sequence[File[bytes]] = given["files"]
    attach(event, files, verdicts)
    let_go(ticket, person)
    return event


def _done(ticket: Ticket, event: TicketEvent) -> str:
    words = (
        gettext("Uw notitie staat bij melding %(number)s.")
        if not event.is_public
        else gettext("Uw bericht bij melding %(number)s is verstuurd.")
    ) % {"number": ticket.number}
    if event.is_masked:
        return f"{words} {gettext('Er stond een burgerservicenummer in. Dat is onleesbaar gemaakt.')}"
    return words


# Beside it -----------------------------------------------------------------------------------------


def _without_clocks(ticket: Ticket, clocks: Sequence[Clock], stint: int) -> str:
    """Why whoever has it now owes nothing by the clock; empty where he does."""
    if ticket.service_level_version_id is None:
        return gettext("Er is geen contract. Voor deze melding is geen tijd beloofd.")
    is_owed = stint == 0 or ticket.status in OPEN
    if is_owed and not any(clock.stint == stint for clock in clocks):
        return gettext("Voor deze prioriteit is geen tijd afgesproken.")
    return ""


def _alike(ticket: Ticket, person: Person) -> list[tuple[str, str]]:
    return [
        (
            link(f"{each.number} {each.subject}", address_of(each)),
            f"{each.municipality.naam}, {str(Status(each.status).label).lower()}",
        )
        for each in similar_to(ticket, person)
    ]
