"""What is done to a report apart from answering it: each has a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from access.models import Grant
from contracts.models import Priority
from helpdesk import acting
from helpdesk.acting import To
from helpdesk.acting.correcting import correctable
from helpdesk.acting.steering import next_of
from helpdesk.forms.answer import SeenForm
from helpdesk.forms.vendor import (
    CloseForm,
    CorrectForm,
    DetailsForm,
    HandOverForm,
    HotfixForm,
    LinkForm,
    MergeForm,
    OnBehalfForm,
    PlanForm,
    PriorityForm,
    ResumeForm,
)
from helpdesk.models import Ticket, TicketEvent
from helpdesk.people import can_have, handlers
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.serving import is_third_line
from helpdesk.shown import facts_of, words_of_page
from helpdesk.states import ACTS, AREA, check, how_it_stands, why_not_now
from helpdesk.views.ticket import (
    address_of,
    last_event,
    ticket_of,
    to_the_list,
    to_the_ticket,
    while_it_is_seen,
    with_seen,
)
from helpdesk.who import Who, who_is
from helpdesk.words import Channel, Kind, SupportLine, Weight
from incidents.concerning import concerning
from incidents.models import Incident
from screens.errors import error_page
from screens.formats import near
from screens.forms.controls import Option
from screens.pages import go_to
from screens.shell import Item
from tenants.accounts.models import Membership, User
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page

MOST_LINKS = 50
FormOf = Callable[..., forms.Form]
Done = Callable[[Ticket, dict[str, Any], Who], Ticket]
"""What is done with what was filled in; the report that goes on."""


@page(area=AREA, level=Level.CHANGE)
def pick_up_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    """The page asks nothing but whether: a link leads here, and a button does it."""

    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        return acting.pick_up(ticket, who=who, now=timezone.now(), seen=given["seen"]).ticket

    return _page(request, pk, "pick_up", _plain(SeenForm), done)


@page(area=AREA, level=Level.CHANGE)
def hand_over_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def form(ticket: Ticket, *args: Any, initial: dict[str, Any]) -> forms.Form:
        organisations = list(next_of(ticket, who_is(request.person)))
        people = [
            (str(each.user.pk), f"{each.user.name or each.user.email}, {each.organisation}")
            for each in _people(ticket, who_is(request.person))
        ]
        return HandOverForm(
            *args,
            organisations=[(str(each.pk), each.name) for each in organisations],
            people=people,
            initial={**initial, "line": ticket.line, "organisation": ticket.organisation_id},
        )

    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        person = User.objects.filter(pk=int(given["person"])).first() if given["person"] else None
        to = To(
            SupportLine(int(given["line"])),
            get_object_or_404(next_of(ticket, who), pk=int(given["organisation"])),
            person,
        )
        now = timezone.now()
        return acting.hand_over(ticket, to, given["text"], who=who, now=now, seen=given["seen"]).ticket

    return _page(request, pk, "hand_over", form, done)


@page(area=AREA, level=Level.CHANGE)
def ticket_priority(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        return acting.change_priority(
            ticket,
            Priority(given["priority"]),
            given["reason"],
            who=who,
            now=timezone.now(),
            seen=given["seen"],
        ).ticket

    return _page(request, pk, "change_priority", _plain(PriorityForm, "priority"), done)


@page(area=AREA, level=Level.CHANGE)
def plan_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        return acting.plan(
            ticket,
            given["text"],
            planned_for=given["moment"],
            label=given["label"],
            who=who,
            now=timezone.now(),
            seen=given["seen"],
        ).ticket

    return _page(request, pk, "plan", _plain(PlanForm), done)


@page(area=AREA, level=Level.CHANGE)
def resume_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        return acting.resume(ticket, given["text"], who=who, now=timezone.now(), seen=given["seen"]).ticket

    return _page(request, pk, "resume", _plain(ResumeForm), done)


@page(area=AREA, level=Level.CHANGE)
def merge_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        other = Ticket.objects.visible_to(request.person).filter(pk=given["other"]).first()
        if other is None:
            raise TicketRefused(
                gettext("Melding %(number)s is er niet, of u ziet haar niet.") % {"number": given["other"]}
            )
        return acting.merge(ticket, other, who=who, now=timezone.now(), seen=given["seen"])

    return _page(request, pk, "merge", _plain(MergeForm), done)


@page(area=AREA, level=Level.CHANGE)
def ticket_details(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        return acting.change_details(
            ticket,
            kind=Kind(given["kind"]),
            component=given["component"],
            contains_personal_data=given["contains_personal_data"],
            who=who,
            now=timezone.now(),
            seen=given["seen"],
        ).ticket

    form = _plain(DetailsForm, "kind", "component", "contains_personal_data")
    return _page(request, pk, "change_details", form, done)


@page(area=AREA, level=Level.CHANGE)
def link_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def grants(ticket: Ticket) -> Sequence[Grant]:
        seen = Grant.objects.visible_to(request.person).filter(municipality=ticket.municipality_id)
        return list(seen.exclude(pk__in=ticket.grants.values("grant"))[:MOST_LINKS])

    def incidents(ticket: Ticket) -> Sequence[Incident]:
        seen = Incident.objects.visible_to(request.person)
        return list(seen.filter(pk__in=concerning(ticket.municipality).values("pk"))[:MOST_LINKS])

    def form(ticket: Ticket, *args: Any, initial: dict[str, Any]) -> forms.Form:
        known = [(str(each.pk), f"{each}, {each.person_name}") for each in grants(ticket)]
        found = [(str(each.pk), f"{each.number} {each.title}") for each in incidents(ticket)]
        kept = {"issue": ticket.external_issue, "incident": ticket.incident_id}
        return LinkForm(*args, grants=known, incidents=found, initial={**initial, **kept})

    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        """What changed of it; where nothing did that is told."""
        how: dict[str, Any] = {"who": who, "now": timezone.now(), "seen": given["seen"]}
        incident = int(given["incident"]) if given["incident"] else None
        changes: list[Callable[[], object]] = []
        if given["grant"]:
            grant = get_object_or_404(Grant.objects.visible_to(request.person), pk=int(given["grant"]))
            changes.append(lambda: acting.link_grant(ticket, grant, **how))
        if incident != ticket.incident_id:
            chosen = Incident.objects.visible_to(request.person).filter(pk=incident).first()
            changes.append(lambda: acting.link_incident(ticket, chosen, **how))
        if given["issue"] != ticket.external_issue or not changes:
            changes.append(lambda: acting.link_issue(ticket, given["issue"], **how))
        for change in changes:
            change()
        return ticket

    return _page(request, pk, "link", form, done)


@page(area=AREA, level=Level.CHANGE)
def ticket_hotfix(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        fix = acting.Fix(
            severity=Weight(given["severity"]),
            reason=given["reason"],
            tested_on=given["tested_on"],
            rollback=given["rollback"],
            upstream=given["upstream"],
        )
        return acting.record_hotfix(ticket, fix, who=who, now=timezone.now(), seen=given["seen"]).ticket

    return _page(request, pk, "record_hotfix", _plain(HotfixForm), done)


@page(area=AREA, level=Level.APPROVE)
def correct_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def form(ticket: Ticket, *args: Any, initial: dict[str, Any]) -> forms.Form:
        now = timezone.now()
        waits = [
            (
                str(each.pk),
                Option(
                    gettext("%(what)s, %(when)s, door %(who)s")
                    % {"what": each.get_what_display(), "when": near(each.at, now), "who": each.actor_name},
                    each.text[:200],
                ),
            )
            for each in correctable(ticket).in_order()
        ]
        return CorrectForm(*args, waits=waits, initial=initial)

    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        wrong, now = int(given["wrong"]), timezone.now()
        return acting.correct(ticket, wrong, given["reason"], who=who, now=now, seen=given["seen"]).ticket

    return _page(request, pk, "correct", form, done)


@page(area=AREA, level=Level.CHANGE)
def ticket_on_behalf(request: PageRequest, pk: int) -> HttpResponseBase:
    says: dict[str, Callable[..., TicketEvent]] = {
        "reply": acting.reply,
        "dispute": acting.dispute,
        "confirm": acting.confirm,
        "withdraw": acting.withdraw,
    }

    def form(ticket: Ticket, *args: Any, initial: dict[str, Any]) -> forms.Form:
        acts = [(key, Option(str(ACTS[key].word))) for key in says if ticket.status in ACTS[key].before]
        return OnBehalfForm(*args, acts=acts, initial={**initial, "what": "reply"})

    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        return says[given["what"]](
            ticket,
            given["text"],
            who=who,
            now=timezone.now(),
            channel=Channel(given["channel"]),
            seen=given["seen"],
        ).ticket

    return _page(request, pk, "reply", form, done)


@page(area=AREA, level=Level.CHANGE)
def close_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(ticket: Ticket, given: dict[str, Any], who: Who) -> Ticket:
        now = timezone.now()
        return acting.close_unanswered(ticket, given["text"], who=who, now=now, seen=given["seen"]).ticket

    return _page(request, pk, "close_unanswered", _plain(CloseForm), done)


# What these pages have alike ------------------------------------------------------------------------


def _plain(form_class: type[forms.Form], *kept: str) -> FormOf:
    """A form that begins with what these fields of the report hold."""

    def form(ticket: Ticket, *args: Any, initial: dict[str, Any]) -> forms.Form:
        data = args[0] if args else None
        return form_class(data, initial={**initial, **{name: getattr(ticket, name) for name in kept}})

    return form


def _page(request: PageRequest, pk: int, act: str, form_of: FormOf, done: Done) -> HttpResponseBase:
    """Fill it in and do it, or say what stands in the way; whoever was second reads what the first did."""
    ticket, who = ticket_of(request.person, pk), who_is(request.person)
    try:
        check(ticket, act, who)
    except TicketStale:
        return _not_now(request, ticket, act)
    except TicketRefused as refused:
        return conflict(request, ticket, str(refused))
    form = form_of(ticket, request.POST or None, initial={"seen": last_event(ticket)})
    if form.is_valid():
        try:
            with while_it_is_seen(), transaction.atomic():
                goes_on = done(ticket, form.cleaned_data, who)
        except TicketRefused as refused:
            form.add_error(None, str(refused))
            form.data = with_seen(form.data, last_event(ticket))
        else:
            words = gettext("Melding %(number)s is bijgewerkt.") % {"number": goes_on.number}
            messages.success(request, words)
            return go_to(request, _after(request, goes_on))
    context = {
        "title": words_of_page(act),
        "ticket": ticket,
        "facts": [ticket.subject, *facts_of(ticket, request.person)],
        "crumbs": [to_the_list(), to_the_ticket(ticket)],
        "form": form,
        "back": address_of(ticket),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "helpdesk/handeling.html", context, status=status)


def _after(request: PageRequest, ticket: Ticket) -> str:
    """The report, as long as one sees it: who gave it back does not."""
    sees = Ticket.objects.visible_to(request.person).filter(pk=ticket.pk).exists()
    return address_of(ticket) if sees else reverse("meldingen")


def _people(ticket: Ticket, who: Who) -> Iterable[Membership]:
    """Who has it without serving the municipality reads no names of who works there."""
    organisations = can_have(ticket.municipality)
    if is_third_line(ticket, who):
        organisations = organisations.filter(pk=ticket.lent_to_id or 0)
    return handlers(ticket.municipality, organisations)


def _not_now(request: PageRequest, ticket: Ticket, act: str) -> HttpResponseBase:
    """Whoever sent what was on his page was overtaken; whoever only came here was not."""
    if request.method == "POST":
        return conflict(request, ticket, how_it_stands(ticket))
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        title=gettext("Dit kan nu niet met deze melding"),
        happened=why_not_now(ticket, act),
        safe=gettext("Er is niets veranderd."),
        next_step=_to(ticket),
    )


def conflict(request: PageRequest, ticket: Ticket, why: str) -> HttpResponseBase:
    """409: why this cannot be done with it now."""
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=_to(ticket),
    )


def _to(ticket: Ticket) -> Item:
    return Item(gettext("Melding %(number)s") % {"number": ticket.number}, address_of(ticket))
