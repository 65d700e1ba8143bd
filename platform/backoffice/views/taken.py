"""Achtergrondtaken: what runs, what failed, and letting it go on."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from backoffice.bringing import (
    CATALOGUES,
    CHECK,
    address_of_draft,
    begin_again,
    may_begin_again,
    missing_step,
)
from backoffice.forms.wizard import unknown
from backoffice.work import (
    AREA,
    BADGES,
    address_of,
    jobs,
    kind_of,
    known_kinds,
    note_work,
    repeat,
    subject_of,
    tasks_of,
    with_progress,
)
from screens.badges import badge
from screens.confirm import Question, TypeTheName, ask
from screens.formats import near
from screens.inline import Tone
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from screens.pages import go_to
from screens.parts import Crumb
from screens.work import Work, show_work
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of
from tenants.jobs.asking import JobRefused, abandon
from tenants.jobs.models import Job
from tenants.registry.models import Municipality

GEMEENTEN = "gemeenten"
ENVIRONMENTS = dict(Municipality.Environment.choices)
STATES = [(state.value, BADGES[state].word) for state in Job.State]

TAKEN = Listing(
    name="achtergrondtaken",
    caption=_("Achtergrondtaken"),
    one=_("%(count)s taak"),
    many=_("%(count)s taken"),
    nothing=_("Nog geen taken"),
    columns=[
        Column(
            "taak",
            _("Taak"),
            show=lambda job: f"{kind_of(job)} {subject_of(job)}",
            plain=lambda job: f"{kind_of(job)} {subject_of(job)}",
            url=address_of,
            order=["kind", "subject"],
        ),
        Column(
            "staat",
            _("Staat"),
            show=lambda job: badge(BADGES[Job.State(job.state)]),
            plain=lambda job: BADGES[Job.State(job.state)].word,
            field="state",
            narrow=False,
        ),
        Column(
            "stappen",
            _("Stappen"),
            show=lambda job: gettext("%(done)s van %(all)s") % {"done": job.steps_done, "all": job.steps_all},
            plain=lambda job: job.steps_done,
            field="steps_done",
        ),
        Column("wie", _("Gevraagd door"), field="asked_by"),
        Column(
            "gevraagd",
            _("Gevraagd"),
            field="created_at",
            show=lambda job: near(job.created_at, timezone.now()),
            nowrap=True,
        ),
        Column(
            "geeindigd",
            _("Geëindigd"),
            field="ended_at",
            show=lambda job: near(job.ended_at, timezone.now()) if job.ended_at else "",
            nowrap=True,
        ),
    ],
    filters=[
        Search("q", _("Onderwerp of aanvrager"), ["subject", "asked_by", "municipality__naam"]),
        Choose("staat", _("Staat"), STATES, field="state"),
        Choose("soort", _("Soort"), known_kinds, field="kind"),
    ],
    filter_label=_("Filter taken"),
    order="-gevraagd",
    tone=lambda job: Tone.BAD if job.state == Job.State.FAILED else Tone.PLAIN,
)


@page(area=AREA, level=Level.SEE)
def taken(request: PageRequest) -> HttpResponseBase:
    rows = with_progress(jobs(request.person))
    file = file_of(TAKEN, request, rows)
    return file or show_page(request, "backoffice/taken.html", {"found": TAKEN.read(request, rows)})


@page(area=AREA, level=Level.SEE)
def taak(request: PageRequest, job: UUID) -> HttpResponseBase:
    """The page of long work: it looks again by itself until nothing changes any more."""
    found = _job(request.person, job)
    now = timezone.now()
    failed = found.state == Job.State.FAILED
    may_change = request.person.may(AREA, Level.CHANGE)
    who = request.person.side.table.who_may(AREA, Level.CHANGE).lower()
    work = Work(
        title=f"{kind_of(found)} {subject_of(found)}",
        state=BADGES[Job.State(found.state)],
        tasks=tasks_of(found, now, may_repeat=may_change),
        ended=found.state not in {Job.State.WAITING, Job.State.RUNNING},
        facts=[
            gettext("Gevraagd door %(who)s, %(when)s")
            % {"who": found.asked_by, "when": near(found.created_at, now)}
        ],
        failure=gettext("Een stap is mislukt") if failed else "",
        remedy=_remedy(may_change=may_change, who=who) if failed else "",
    )
    return show_work(
        request,
        work,
        shell=shell_of(request),
        crumbs=[Crumb(gettext("Achtergrondtaken"), reverse("taken"))],
        template="backoffice/taak.html",
        job=found,
        given=given_of(found),
        is_over=found.ended_at is not None,
        is_done=found.state == Job.State.DONE,
        again=_again(request.person, found),
        start=forms.Form(),
        may_abandon=failed and may_change,
        sees_gemeente=found.municipality is not None and request.person.may(GEMEENTEN, Level.SEE),
        toast=_said(request),
    )


@page(area=AREA, level=Level.CHANGE)
@require_POST
def repeat_step(request: PageRequest, job: UUID) -> HttpResponseBase:
    found = _job(request.person, job)
    try:
        repeat(found, person=request.person)
    except JobRefused as refused:
        messages.error(request, str(refused))
    return go_to(request, address_of(found))


@page(area=AREA, level=Level.CHANGE, fresh=True)
def abandon_job(request: PageRequest, job: UUID) -> HttpResponseBase:
    """It cannot be taken up again, so its subject has to be typed."""
    found = _job(request.person, job)
    form = TypeTheName(request.POST or None, name=subject_of(found))
    if form.is_valid():
        try:
            with transaction.atomic():
                abandon(found, now=timezone.now())
                note_work(request.person, found, "taak afgebroken")
        except JobRefused as refused:
            messages.error(request, str(refused))
        return go_to(request, address_of(found))
    question = Question(
        title=gettext("Breek de taak af"),
        consequences=[
            gettext("%(what)s van %(whom)s stopt hier. Wat de stappen deden blijft staan.")
            % {"what": kind_of(found), "whom": subject_of(found)},
            gettext("De taak gaat niet meer verder. U kunt daarna opnieuw beginnen."),
        ],
        submit=gettext("Breek de taak af"),
        cancel=address_of(found),
        crumbs=[Crumb(gettext("Achtergrondtaken"), reverse("taken"))],
    )
    return ask(request, question, form, shell=shell_of(request))


@page(area=GEMEENTEN, level=Level.CHANGE)
@require_POST
def begin_job_again(request: PageRequest, job: UUID) -> HttpResponseBase:
    """What was given to the job that was given up, in the wizard once more."""
    found = _job(request.person, job)
    if not request.person.sees_the_fleet or not may_begin_again(found):
        raise Http404
    draft = begin_again(found, request.person, unknown=unknown(found.given["hosts"]))
    return go_to(request, address_of_draft(draft, missing_step(draft) or CHECK))


def given_of(job: Job) -> list[tuple[str, str]]:
    """What was asked, of what people understand."""
    given = job.given
    known = [
        (gettext("Gemeente"), given.get("naam")),
        (gettext("CBS-code"), given.get("cbs_code")),
        (gettext("Omgeving"), ENVIRONMENTS.get(given.get("environment", ""))),
        (gettext("Hosts"), ", ".join(given.get("hosts", []))),
        (gettext("Catalogus"), CATALOGUES.get(given.get("catalogue", ""))),
        (gettext("Eerste beheerder"), given.get("administrator_email")),
    ]
    return [(word, str(value)) for word, value in known if value]


def _job(person: Person, pk: UUID) -> Job:
    """404 for what is of a municipality that the person does not see."""
    found: Job = get_object_or_404(jobs(person).prefetch_related("steps"), pk=pk)
    return found


def _again(person: Person, job: Job) -> bool:
    """Where another job for the same is open by now, that one goes on."""
    may = person.may(GEMEENTEN, Level.CHANGE) and person.sees_the_fleet and may_begin_again(job)
    return may and not Job.objects.open().filter(kind=job.kind, subject=job.subject).exists()


def _remedy(*, may_change: bool, who: str) -> str:
    if may_change:
        return gettext("Neem de oorzaak weg en herhaal de stap. Wat al klaar is blijft staan.")
    return gettext("Herhalen kan: %(who)s.") % {"who": who}


def _said(request: PageRequest) -> str:
    return " ".join(str(message) for message in messages.get_messages(request))
