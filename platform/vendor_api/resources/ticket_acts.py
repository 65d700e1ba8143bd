"""What a program does to a report: each act as a person of the vendor does it, under the name of the key.

Nobody picks a report up by a program: it is handed to somebody. A correction and an erasure are a person's.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.models import Priority
from helpdesk import acting
from helpdesk.acting import To
from helpdesk.acting.steering import LONGEST_LABEL
from helpdesk.models import Ticket
from helpdesk.states import AREA
from helpdesk.words import LONGEST_REASON, LONGEST_TEXT, SupportLine
from tenants.accounts.models import User
from tenants.accounts.rights import Level
from tenants.registry.models import Organisation
from vendor_api.http.camel import Camel
from vendor_api.resources.ticket_changing import OfTicket, Words, act

ACTS = (
    "answer",
    "ask",
    "note",
    "work_around",
    "hand_over",
    "prioritise",
    "wait",
    "plan",
    "resume",
    "solve",
    "merge",
)


class MaybeWords(Camel):
    text = serializers.CharField(max_length=LONGEST_TEXT, required=False, allow_blank=True, default="")


class Question(Camel):
    text = serializers.CharField(
        max_length=LONGEST_TEXT, help_text="Een concrete vraag aan de melder, met een vraagteken."
    )


class HandOver(Words):
    line = serializers.ChoiceField(choices=SupportLine.values)
    organisation = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van een organisatie die de gemeente bedient."
    )
    person = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**63 - 1,
        help_text="De id van wie haar krijgt; zonder krijgt de lijn haar.",
    )


class NewPriority(Camel):
    priority = serializers.ChoiceField(choices=Priority.values)
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="De gemeente leest dit.")


class Plan(Words):
    planned_for = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Geef een moment, een release, of allebei."
    )
    label = serializers.CharField(  # type: ignore[assignment]  # every field has a label too
        max_length=LONGEST_LABEL, required=False, allow_blank=True, default="", help_text="De release."
    )


class Solution(Words):
    cause = serializers.CharField(max_length=LONGEST_TEXT, help_text="Wat de oorzaak was.")
    solution = serializers.CharField(
        max_length=LONGEST_TEXT,
        required=False,
        allow_blank=True,
        default="",
        help_text="Wat is gedaan, als dat iets anders is dan wat de melder leest.",
    )


class Merge(Camel):
    other = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        help_text="Een andere melding van dezelfde gemeente. De oudste van de twee gaat verder.",
    )


class TicketActs(OfTicket):
    rights = dict.fromkeys(ACTS, (AREA, Level.CHANGE))
    changing = frozenset(ACTS)

    @act("ticket_answer_create", "Een melding beantwoorden", Words)
    def answer(self, request: Any, pk: int) -> HttpResponse:
        """De melder leest het antwoord; wij blijven aan zet."""
        return self.said(pk, Words, lambda ticket, text, how: acting.answer(ticket, text, **how), api=True)

    @act("ticket_question_create", "De melder een vraag stellen", Question)
    def ask(self, request: Any, pk: int) -> HttpResponse:
        """De melder is aan zet. Of een klok stilstaat, volgt uit het serviceniveau."""
        return self.said(pk, Question, lambda ticket, text, how: acting.ask(ticket, text, **how))

    @act("ticket_note_create", "Een interne notitie bij een melding maken", Words)
    def note(self, request: Any, pk: int) -> HttpResponse:
        """De gemeente ziet haar niet, en geen klok verandert."""
        return self.said(pk, Words, lambda ticket, text, how: acting.note(ticket, text, **how))

    @act("ticket_work_around_create", "Een tijdelijke oplossing geven", Words)
    def work_around(self, request: Any, pk: int) -> HttpResponse:
        """Hoe de melder voorlopig verder kan."""
        return self.said(pk, Words, lambda ticket, text, how: acting.work_around(ticket, text, **how))

    @act("ticket_hand_over_create", "Een melding overdragen", HandOver)
    def hand_over(self, request: Any, pk: int) -> HttpResponse:
        """Aan een lijn van een organisatie, of aan iemand daar. `text` is wat de volgende moet weten."""

        def hand(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            return acting.hand_over(ticket, _to(given), given["text"], **how)

        return self.acted(pk, HandOver, hand)

    @act("ticket_priority_create", "De prioriteit van een melding wijzigen", NewPriority)
    def prioritise(self, request: Any, pk: int) -> HttpResponse:
        """Met dezelfde start en dezelfde pauzes. Wat te laat was, blijft te laat."""

        def change(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            return acting.change_priority(ticket, Priority(given["priority"]), given["reason"], **how)

        return self.acted(pk, NewPriority, change)

    @act("ticket_wait_create", "Op een derde wachten", Words)
    def wait(self, request: Any, pk: int) -> HttpResponse:
        """`text` is op wie wij wachten en waarop. Of een klok stilstaat, volgt uit het serviceniveau."""
        return self.said(pk, Words, lambda ticket, text, how: acting.wait_for_third(ticket, text, **how))

    @act("ticket_plan_create", "Een melding inplannen", Plan)
    def plan(self, request: Any, pk: int) -> HttpResponse:
        """Geen klok staat stil."""

        def plan(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            when, label = given["planned_for"], given["label"]
            return acting.plan(ticket, given["text"], planned_for=when, label=label, **how)

        return self.acted(pk, Plan, plan)

    @act("ticket_resumption_create", "Met een melding verdergaan", MaybeWords)
    def resume(self, request: Any, pk: int) -> HttpResponse:
        """Zonder antwoord van de melder of de derde."""
        return self.said(pk, MaybeWords, lambda ticket, text, how: acting.resume(ticket, text, **how))

    @act("ticket_solution_create", "Een melding oplossen", Solution)
    def solve(self, request: Any, pk: int) -> HttpResponse:
        """De melder kan het er nog niet mee eens zijn; zonder bezwaar sluit zij na vijf werkdagen."""

        def solve(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            kept = {"cause": given["cause"], "solution": given["solution"]}
            return acting.solve(ticket, given["text"], **kept, **how)

        return self.acted(pk, Solution, solve)

    @act("ticket_merge_create", "Twee meldingen samenvoegen", Merge)
    def merge(self, request: Any, pk: int) -> HttpResponse:
        """De oudste gaat verder, met haar klokken; de andere wijst ernaar met `mergedInto`."""

        def merge(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            other = Ticket.objects.visible_to(self.holder).filter(pk=given["other"]).first()
            if other is None:
                raise Invalid([Violation("other", "does-not-exist", "Deze melding is er niet.")])
            return acting.merge(ticket, other, **how)

        return self.acted(pk, Merge, merge)


def _to(given: dict[str, Any]) -> To:
    """Raises Invalid; whether they serve this gemeente is asked by the act."""
    organisation = Organisation.objects.filter(pk=given["organisation"]).first()
    if organisation is None:
        raise Invalid([Violation("organisation", "does-not-exist", "Deze organisatie is er niet.")])
    person = None
    if given["person"] is not None:
        person = User.objects.filter(pk=given["person"]).first()
        if person is None:
            raise Invalid([Violation("person", "does-not-exist", "Deze medewerker is er niet.")])
    return To(SupportLine(given["line"]), organisation, person)
