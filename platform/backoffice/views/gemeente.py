"""One gemeente: how it is, its environments and hosts, and what was done with it."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.administrator import CLOSED
from backoffice.fleet import Fleet, Seen, fleet, is_being_set_up, province_of, same_gemeente
from backoffice.inside import Inside, letter_of, look_inside
from backoffice.states import AREA, CONSEQUENCES, DOOR_WORDS, choices, decide, may_end, meanwhile
from backoffice.views.gemeenten import address_of, to_the_list, zaken_of
from backoffice.work import BADGES as JOB_BADGES
from backoffice.work import address_of as address_of_job
from backoffice.work import jobs, kind_of
from handover.ending import why_not_ended
from screens.badges import STATES, Badge, badge
from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.formats import near, number
from screens.forms.controls import Option
from screens.inline import link, mono
from screens.pages import go_to
from screens.parts import Crumb, Event
from screens.policy import protect
from screens.shell import Item
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.log import note
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.side import side_of
from tenants.accounts.views.logbook import event_of, visible_lines
from tenants.jobs.models import Job
from tenants.onboarding.asking import KIND
from tenants.registry.models import Municipality
from tenants.registry.states import DOORS, StateRefused, Status

SHOWN = 5
LONGEST_REASON = 1000


@page(area=AREA, level=Level.SEE)
def gemeente(request: PageRequest, pk: int) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    rows = fleet(person, now)
    shown = get_object_or_404(
        rows.select_related("vendor", "implementation_partner").prefetch_related("domains"), pk=pk
    )
    last = shown.state_changes.first()
    inside = look_inside(shown)
    context = {
        "gemeente": shown,
        "facts": _facts(shown),
        "crumbs": [to_the_list()],
        "environments": _environments(rows, shown),
        "hosts": _hosts(shown),
        "meaning": CONSEQUENCES[shown.status],
        "changed": last,
        "changed_at": near(last.at, now) if last else "",
        "data": _data(shown),
        "inside": _inside(inside),
        "last_job": _last_onboarding(person, shown) if shown.is_stuck else "",
        "first": _first(inside, shown, now),
        "has_letter": inside is not None and inside.has_letter,
        "may_invite": person.may(AREA, Level.CHANGE),
        "jobs": _jobs(person, shown) if person.may("taken", Level.SEE) else None,
        "lines": _lines(person, shown) if person.may("logboek", Level.SEE) else None,
        "may_change": bool(choices(shown, person)),
        "may_end": may_end(shown, person),
        "may_end_partner": not why_not_ended(shown, person),
        "may_add": person.may(AREA, Level.CHANGE) and person.sees_the_fleet and shown.cbs_code,
    }
    return show_page(request, "backoffice/gemeente.html", context)


@page(area=AREA, level=Level.SEE)
def welcome_letter(request: PageRequest, pk: int) -> HttpResponseBase:
    """As a file; who took it is logged."""
    shown = get_object_or_404(Municipality.objects.visible_to(request.person), pk=pk)
    written = letter_of(shown)
    if written is None:
        raise Http404
    with transaction.atomic():
        note(
            person=request.person,
            area=AREA,
            action="welkomstbrief opgehaald",
            subject=f"{shown.naam} ({shown.environment})",
            municipality=shown,
        )
    response = HttpResponse(written, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="welkomstbrief-{shown.schema_name}.pdf"'
    return protect(response)


class StateForm(forms.Form):
    """``before`` is the state that the person saw: what was decided meanwhile is not undone unseen."""

    to = forms.ChoiceField(label=_("Nieuwe staat"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Dit staat in het logboek."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )
    before = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: list[Status], **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        if isinstance(to, forms.ChoiceField):
            to.choices = [(state, Option(str(state.label), str(CONSEQUENCES[state]))) for state in states]


class EndForm(TypeTheName):
    reason = forms.CharField(
        label=_("Waarom?"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )
    before = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def change_gemeente(request: PageRequest, pk: int) -> HttpResponseBase:
    shown = get_object_or_404(Municipality.objects.visible_to(request.person), pk=pk)
    if _is_stale(request, shown):
        return _meanwhile(request, shown)
    form = StateForm(
        request.POST or None, states=choices(shown, request.person), initial={"before": shown.status}
    )
    if form.is_valid() and _decided(request, shown, form, form.cleaned_data["to"]):
        return go_to(request, address_of(shown))
    context = {
        "gemeente": shown,
        "form": form,
        "crumbs": [to_the_list(), Crumb(shown.naam, address_of(shown))],
        "facts": [str(shown.get_environment_display())],
        "back": address_of(shown),
        "states": _states(),
        "may_end": may_end(shown, request.person),
        "is_being_set_up": shown.status == Status.IN_INRICHTING and is_being_set_up(shown),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "backoffice/change_gemeente.html", context, status=status)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def end_gemeente(request: PageRequest, pk: int) -> HttpResponseBase:
    """Destructive: the name of the municipality has to be typed."""
    shown = get_object_or_404(Municipality.objects.visible_to(request.person), pk=pk)
    if _is_stale(request, shown):
        return _meanwhile(request, shown)
    form = EndForm(request.POST or None, name=shown.naam, initial={"before": shown.status})
    if form.is_valid() and _decided(request, shown, form, Status.BEEINDIGD):
        return go_to(request, address_of(shown))
    question = Question(
        title=gettext("Beëindig %(naam)s") % {"naam": shown.naam},
        consequences=[
            gettext("Omgeving: %(environment)s.") % {"environment": shown.get_environment_display()},
            str(CONSEQUENCES[Status.BEEINDIGD]),
            gettext("De gegevens blijven staan tot zij zijn overgedragen en gewist."),
        ],
        submit=gettext("Beëindig %(naam)s") % {"naam": shown.naam},
        cancel=address_of(shown),
        crumbs=[to_the_list(), Crumb(shown.naam, address_of(shown))],
    )
    return ask(request, question, form, shell=shell_of(request))


def _is_stale(request: PageRequest, shown: Municipality) -> bool:
    """Whether the person saw another state: then what he could choose from is another too."""
    seen = request.POST.get("before") or shown.status
    return seen != shown.status


def _meanwhile(request: PageRequest, shown: Municipality) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=meanwhile(shown),
        next_step=Item(shown.naam, address_of(shown)),
    )


def _decided(request: PageRequest, shown: Municipality, form: forms.Form, to: str) -> bool:
    given = form.cleaned_data
    try:
        decide(shown, to, before=given["before"], reason=given["reason"], person=request.person)
    except StateRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(
        request,
        gettext("%(naam)s is nu %(state)s.") % {"naam": shown.naam, "state": Status(to).label.lower()},
    )
    return True


# What the page shows -----------------------------------------------------------------------------


def _facts(shown: Seen) -> list[str]:
    facts = [str(shown.get_environment_display()), province_of(shown)]
    if shown.inwoners:
        facts.append(gettext("%(count)s inwoners") % {"count": number(shown.inwoners)})
    return [fact for fact in facts if fact]


def _environments(rows: Fleet, shown: Municipality) -> Table:
    return Table(
        caption=gettext("Omgevingen"),
        headings=[
            Heading(gettext("Omgeving")),
            Heading(gettext("Staat")),
            Heading(gettext("Host")),
            Heading(gettext("Zaken, ongeveer"), numeric=True),
        ],
        rows=[
            Row(
                [
                    Cell(_environment_link(each, shown)),
                    Cell(badge(_health(each))),
                    Cell(each.host or ""),
                    Cell(zaken_of(each), numeric=True, label=gettext("Zaken")),
                ]
            )
            for each in same_gemeente(rows, shown)
        ],
    )


def _environment_link(each: Seen, shown: Municipality) -> str:
    word = str(each.get_environment_display())
    return word if each.pk == shown.pk else link(word, address_of(each))


def _health(each: Seen) -> Badge:
    """The state, unless it is open and does not answer."""
    return STATES["storing"] if each.is_silent else STATES[each.status]


def _hosts(shown: Municipality) -> list[tuple[str, str]]:
    domains = sorted(shown.domains.all(), key=lambda domain: (not domain.is_primary, domain.domain))
    return [
        (
            gettext("Hoofdadres") if domain.is_primary else gettext("Ook bereikbaar"),
            mono(domain.domain, breaks=True),
        )
        for domain in domains
    ]


def _states() -> Table:
    """What each state lets through, as it is enforced."""
    return Table(
        caption=gettext("Wat elke staat doorlaat"),
        headings=[
            Heading(gettext("Staat")),
            Heading(gettext("Lezen")),
            Heading(gettext("Schrijven")),
            Heading(gettext("Beheer")),
        ],
        rows=[
            Row(
                [
                    Cell(str(Status(state).label)),
                    *(
                        Cell(str(DOOR_WORDS[door]), label=label)
                        for door, label in (
                            (doors.api_read, gettext("Lezen")),
                            (doors.api_write, gettext("Schrijven")),
                            (doors.console, gettext("Beheer")),
                        )
                    ),
                ]
            )
            for state, doors in DOORS.items()
        ],
    )


def _data(shown: Municipality) -> list[tuple[str, str]]:
    rows = [
        (gettext("CBS-code"), mono(shown.cbs_code) if shown.cbs_code else ""),
        (gettext("OIN"), mono(shown.oin) if shown.oin else ""),
        (gettext("RSIN"), mono(shown.rsin) if shown.rsin else ""),
        (gettext("Schema"), mono(shown.schema_name, breaks=True)),
        (gettext("Leverancier"), shown.vendor.name),
        (gettext("Partner"), shown.implementation_partner.name if shown.implementation_partner else ""),
        (
            gettext("Tweede factor"),
            gettext("verplicht") if shown.second_factor_required else gettext("niet verplicht"),
        ),
        (gettext("Opslag van documenten"), _opslag(shown)),
    ]
    return [(word, value) for word, value in rows if value]


def _opslag(shown: Municipality) -> str:
    if shown.signed_downloads:
        return gettext("%(alias)s, met ondertekende downloads") % {"alias": shown.storage}
    return shown.storage


def _inside(inside: Inside | None) -> dict[str, list[tuple[str, str]]]:
    """Of its people and of what it holds, numbers alone."""
    if inside is None:
        return {}
    highest = side_of("municipality").table.highest
    zaken = number(inside.zaken)
    about = gettext("ongeveer %(count)s") % {"count": zaken}
    return {
        "people": [
            (gettext("Met een rol"), number(sum(inside.by_role.values()))),
            (str(highest.name), number(inside.by_role.get(highest.key, 0))),
            (gettext("Uitgenodigd"), number(inside.invitations)),
        ],
        "holds": [
            (gettext("Applicaties"), number(inside.applicaties)),
            (gettext("Catalogi"), number(inside.catalogi)),
            (gettext("Zaaktypen, alle versies"), number(inside.zaaktypen)),
            (gettext("Zaken"), zaken if inside.zaken_exact else about),
        ],
    }


def _first(inside: Inside | None, shown: Municipality, now: datetime) -> dict[str, Any]:
    """Who was invited as the first administrator; empty as soon as one has come."""
    if inside is None or inside.first.has_come or shown.status in CLOSED:
        return {}
    invited = inside.first.invitation
    if invited is None:
        return {"rows": [], "is_open": False}
    is_open = invited.withdrawn_at is None and invited.expires_at > now
    ends = near(invited.expires_at, now)
    if invited.withdrawn_at is not None:
        ends = gettext("ingetrokken, %(moment)s") % {"moment": near(invited.withdrawn_at, now)}
    elif not is_open:
        ends = gettext("verlopen, %(moment)s") % {"moment": ends}
    rows = [
        (gettext("Uitgenodigd"), invited.email),
        (gettext("Verstuurd"), near(invited.sent_at, now)),
        (gettext("Geldt tot"), ends),
    ]
    return {"rows": rows, "is_open": is_open}


def _jobs(person: Person, shown: Municipality) -> Table | None:
    found = jobs(person).of(shown)[:SHOWN]  # type: ignore[attr-defined]  # a queryset of jobs
    rows = [
        Row(
            [
                Cell(link(kind_of(job), address_of_job(job), hidden=near(job.created_at, timezone.now()))),
                Cell(badge(JOB_BADGES[Job.State(job.state)])),
                Cell(job.asked_by, label=gettext("Door")),
                Cell(near(job.created_at, timezone.now()), nowrap=True),
            ]
        )
        for job in found
    ]
    if not rows:
        return None
    words = (gettext("Taak"), gettext("Staat"), gettext("Gevraagd door"), gettext("Wanneer"))
    return Table(caption=gettext("Achtergrondtaken"), headings=[Heading(word) for word in words], rows=rows)


def _last_onboarding(person: Person, shown: Municipality) -> str:
    """Where its page is, which tells what went wrong and begins again."""
    if not person.may("taken", Level.SEE):
        return ""
    last = jobs(person).filter(kind=KIND, municipality=shown).first()
    return "" if last is None else address_of_job(last)


def _lines(person: Person, shown: Municipality) -> list[Event]:
    found = visible_lines(person).filter(municipality=shown.schema_name)[:SHOWN]
    return [event_of(line) for line in found]
