"""Onbekende afzenders: mails of which somebody decides what they become; and erasing a report by hand."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from helpdesk.forms.mail import OfMunicipalityForm
from helpdesk.mail.listing import STRANGERS, address_of, sender_of, subject_of, why_of
from helpdesk.mail.waiting import accept, discard, how_it_stands, make_ticket
from helpdesk.models import ReceivedMail, Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.retention import erase_now
from helpdesk.states import AREA
from helpdesk.views.ticket import to_the_ticket
from helpdesk.words import STANDING
from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.formats import near, size
from screens.inline import link
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of
from tenants.registry.models import Municipality


@page(area=AREA, level=Level.SEE)
def strangers(request: PageRequest) -> HttpResponseBase:
    rows = ReceivedMail.objects.visible_to(request.person).waiting().select_related("ticket", "municipality")
    file = file_of(STRANGERS, request, rows)
    context = {"found": None if file else STRANGERS.read(request, rows), "crumbs": [_to_tickets()]}
    return file or show_page(request, "helpdesk/strangers.html", context)


@page(area=AREA, level=Level.SEE)
def received_mail(request: PageRequest, pk: int) -> HttpResponseBase:
    """All that it says, also once it became part of a report."""
    mail, person = _mail(request.person, pk), request.person
    may_decide = mail.is_waiting and person.may(AREA, Level.CHANGE)
    takes_reply = mail.ticket is not None and mail.ticket.status in STANDING
    context = {
        "mail": mail,
        "title": subject_of(mail),
        "facts": [near(mail.received_at, timezone.now()), sender_of(mail)],
        "crumbs": [_to_tickets(), _to_list()],
        "why": why_of(mail) if mail.is_waiting else how_it_stands(mail),
        "words": mail.text or mail.new_text,
        "about": _about(mail),
        "may_accept": may_decide and takes_reply,
        "may_make": may_decide and bool(mail.sender),
        "may_discard": may_decide,
        "who_may": person.side.table.who_may(AREA, Level.CHANGE).lower(),
        "waits": mail.is_waiting,
    }
    return show_page(request, "helpdesk/received_mail.html", context)


@page(area=AREA, level=Level.CHANGE)
@require_POST
def accept_mail(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(mail: ReceivedMail) -> str:
        event = accept(mail, person=request.person, now=timezone.now())
        return reverse("melding", args=[event.ticket_id])

    return _done(request, pk, done, gettext("De e-mail is een reactie op de melding."))


@page(area=AREA, level=Level.CHANGE)
def make_ticket_of_mail(request: PageRequest, pk: int) -> HttpResponseBase:
    mail = _mail(request.person, pk)
    if not mail.is_waiting:
        return _conflict(request, mail, how_it_stands(mail))
    choices = _gemeenten(request.person, mail)
    form = OfMunicipalityForm(
        request.POST or None, gemeenten=[(str(each.pk), _named(each)) for each in choices]
    )
    if form.is_valid():
        municipality = get_object_or_404(choices, pk=form.cleaned_data["gemeente"])

        def done(mail: ReceivedMail) -> str:
            made = make_ticket(mail, municipality, person=request.person, now=timezone.now())
            return reverse("melding", args=[made.pk])

        return _done(request, pk, done, gettext("Van de e-mail is een melding gemaakt."))
    context = {
        "form": form,
        "title": gettext("Maak er een melding van"),
        "facts": [subject_of(mail), sender_of(mail)],
        "crumbs": [_to_tickets(), _to_list()],
        "back": address_of(mail),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "helpdesk/mail_form.html", context, status=status)


@page(area=AREA, level=Level.CHANGE)
@require_POST
def discard_mail(request: PageRequest, pk: int) -> HttpResponseBase:
    def done(mail: ReceivedMail) -> str:
        discard(mail, person=request.person, now=timezone.now())
        return reverse("strangers")

    return _done(request, pk, done, gettext("De e-mail is weggegooid."))


@page(area=AREA, level=Level.APPROVE, fresh=True)
def erase_ticket(request: PageRequest, pk: int) -> HttpResponseBase:
    """What one cannot undo: the number has to be typed."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.person), pk=pk)
    back, named = reverse("melding", args=[ticket.pk]), to_the_ticket(ticket)
    form = TypeTheName(request.POST or None, name=ticket.number)
    form.fields["typed"].label = gettext("Typ het nummer van de melding")
    if form.is_valid():
        try:
            erase_now(ticket, person=request.person, now=timezone.now())
        except TicketRefused as refused:
            return error_page(
                request,
                HTTPStatus.CONFLICT,
                shell=shell_of(request),
                happened=str(refused),
                next_step=Item(named.word, named.url),
            )
        messages.success(request, gettext("Melding %(number)s is gewist.") % {"number": ticket})
        return go_to(request, back)
    question = Question(
        title=gettext("Wis melding %(number)s") % {"number": ticket},
        consequences=[
            gettext("Alle teksten, namen en bijlagen gaan weg. Dat is niet terug te draaien."),
            gettext("Het nummer, de staten en de klokken blijven, voor de rapporten."),
        ],
        submit=gettext("Wis de melding"),
        cancel=back,
        crumbs=[_to_tickets(), named],
    )
    return ask(request, question, form, shell=shell_of(request))


def _done(request: PageRequest, pk: int, act: Callable[[ReceivedMail], str], words: str) -> HttpResponseBase:
    """Do it, or say what stands in the way; whoever was second sees what the first did."""
    mail = _mail(request.person, pk)
    try:
        address = act(mail)
    except TicketRefused as refused:
        return _conflict(request, mail, str(refused))
    messages.success(request, words)
    return go_to(request, address)


def _conflict(request: PageRequest, mail: ReceivedMail, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(gettext("De e-mail"), address_of(mail)),
    )


def _mail(person: Person, pk: int) -> ReceivedMail:
    """404 for what is of a municipality that the person does not see, or of another vendor."""
    rows = ReceivedMail.objects.visible_to(person).select_related("ticket", "municipality")
    found: ReceivedMail = get_object_or_404(rows, pk=pk)
    return found


def _gemeenten(person: Person, mail: ReceivedMail) -> QuerySet[Municipality]:
    """Of a mail to a report the one of that, and no other."""
    seen = Municipality.objects.visible_to(person).serving().order_by("naam", "environment")
    return seen if mail.municipality_id is None else seen.filter(pk=mail.municipality_id)


def _named(municipality: Municipality) -> str:
    return f"{municipality.naam}, {str(municipality.get_environment_display()).lower()}"


def _about(mail: ReceivedMail) -> list[tuple[str, str]]:
    ticket = mail.ticket
    files = ", ".join(f"{each['name']} ({size(each['size'])})" for each in mail.files)
    known = [
        (gettext("Afzender"), " ".join(part for part in (mail.sender_name, f"<{mail.sender}>") if part)),
        (gettext("Ontvangen"), near(mail.received_at, timezone.now())),
        (gettext("Gemeente"), "" if mail.municipality is None else mail.municipality.naam),
        (
            gettext("Melding"),
            "" if ticket is None else link(ticket.number, reverse("melding", args=[ticket.pk])),
        ),
        (gettext("Bijlagen"), files),
        (gettext("Niet meegekomen"), ", ".join(mail.left_out)),
        (gettext("Gemaskeerd"), gettext("een BSN") if mail.is_masked else ""),
    ]
    return [(word, value) for word, value in known if value]


def _to_tickets() -> Crumb:
    return Crumb(gettext("Meldingen"), reverse("meldingen"))


def _to_list() -> Crumb:
    return Crumb(gettext("Onbekende afzenders"), reverse("strangers"))
