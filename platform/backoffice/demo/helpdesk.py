"""Reports of the demo, each brought along by the same functions as those of people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from backoffice.demo.at_work import at_work
from backoffice.demo.people import somebody
from backoffice.demo.stories import STORIES, Step, Story
from helpdesk.acting.linking import link_incident
from helpdesk.acting.merging import merge
from helpdesk.acting.reporting import Report, report
from helpdesk.acting.steering import To, hand_over, pick_up, plan, wait_for_third
from helpdesk.acting.talking import answer, ask, note, solve, work_around
from helpdesk.models import Ticket
from helpdesk.reporting import Said as SaidInside
from helpdesk.reporting import say, tickets
from helpdesk.who import Who, who_is, writer_of
from helpdesk.words import Channel, Side, SupportLine
from incidents.acting import Said, Wish, begin
from incidents.models import Incident, Nature, Severity, State
from service_reports.gathering import month_before
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

Act = Callable[..., object]
TUESDAY = 1
OURS: dict[Step, Act] = {
    Step.ANSWER: answer,
    Step.ASK: ask,
    Step.NOTE: note,
    Step.WORK_AROUND: work_around,
    Step.WAIT_FOR_THIRD: wait_for_third,
}
THEIRS = {
    Step.REPLY: "reply",
    Step.DISPUTE: "dispute",
    Step.CONFIRM: "confirm",
    Step.WITHDRAW: "withdraw",
}


def report_all(municipality: Municipality, now: datetime) -> int:
    """How many were made: what is there already stays as it is."""
    made = {each.subject: each for each in Ticket.objects.filter(municipality=municipality)}
    stories = STORIES.get(municipality.schema_name, ())
    missing = [each for each in stories if each.subject not in made]
    for story in sorted(missing, key=lambda each: _began(each, now)):
        made[story.subject] = _tell(story, municipality, made, now)
    return len(missing)


def _began(story: Story, now: datetime) -> datetime:
    if story.ago is not None:
        return now - story.ago
    second_week = month_before(timezone.localdate(now)) + timedelta(days=7)
    tuesday = second_week + timedelta(days=(TUESDAY - second_week.weekday()) % 7)
    return timezone.make_aware(datetime.combine(tuesday, time(10)))


def _tell(story: Story, municipality: Municipality, made: dict[str, Ticket], now: datetime) -> Ticket:
    began = _began(story, now)
    ours = who_is(somebody("helpdesk"))
    reporter = writer_of(
        "Beheerder Voorbeeld",
        f"beheerder@{municipality.schema_name}.example",
        municipality.naam,
        Side.GEMEENTE,
    )
    given = Report(
        story.subject,
        story.text,
        story.kind,
        story.impact,
        story.urgency,
        channel=Channel.INTERN if story.is_ours else story.channel,
        component=story.component,
        reporter_name="" if story.is_ours else reporter.name,
        reporter_email="" if story.is_ours else reporter.email,
    )
    ticket = report(municipality, given, who=ours if story.is_ours else reporter, now=at_work(began))
    for minutes, step, words in story.steps:
        at = began + timedelta(minutes=minutes)
        if at <= now:
            _take(step, ticket, words, made, ours=ours, at=at_work(at))
    return ticket


def _take(  # noqa: PLR0913  # each is a word of what happens
    step: Step, ticket: Ticket, words: str, made: dict[str, Ticket], *, ours: Who, at: datetime
) -> None:
    if step in OURS:
        OURS[step](ticket, words, who=ours, now=at)
    elif step in THEIRS:
        _say_inside(ticket, THEIRS[step], words, at)
    elif step is Step.PICK_UP:
        pick_up(ticket, who=ours, now=at)
    elif step is Step.SECOND_LINE:
        to = To(SupportLine.SECOND, ticket.municipality.vendor, somebody("operatie").user)
        hand_over(ticket, to, words, who=ours, now=at)
    elif step is Step.PLAN:
        month = timezone.localdate(at) + timedelta(days=31)
        plan(ticket, words, label=f"release {month:%Y.%m}", who=ours, now=at)
    elif step is Step.SOLVE:
        cause = "Instelling stond anders dan bedoeld."
        solve(ticket, words, cause=cause, solution=words, who=ours, now=at)
    elif step is Step.MERGE:
        merge(ticket, made[words], who=ours, now=at)
    elif step is Step.INCIDENT:
        link_incident(ticket, _incident(ticket.municipality, at), who=ours, now=at)


def _say_inside(ticket: Ticket, key: str, words: str, at: datetime) -> None:
    municipality = ticket.municipality
    with in_municipality(municipality):
        person = somebody("beheerder", municipality.schema_name)
        say(tickets().get(pk=ticket.pk), key, SaidInside(words), once=uuid4(), person=person, now=at)


def _incident(municipality: Municipality, at: datetime) -> Incident:
    """Of every municipality of the demo, so that each console shows how one is told."""
    concerned = list(Municipality.objects.filter(schema_name__in=STORIES, vendor=municipality.vendor))
    said = Said(
        text="Berichten naar ontvangers wachten langer dan een kwartier. Wij zoeken de oorzaak.",
        state=State.ONDERZOEK,
        severity=Severity.GROOT,
        nature=Nature.STORING,
        next_update=timedelta(days=1),
    )
    wish = Wish("Notificaties komen te laat aan", "Notificaties", at - timedelta(minutes=30), at, said)
    return begin(wish, concerned, person=somebody("operatie"), now=at)
