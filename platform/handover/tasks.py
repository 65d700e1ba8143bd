"""Who is asked for a signature or an answer gets a mail; by a job, which alone knows the people of all."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from handover.mails import tell_who_answers
from handover.states import ANSWERS, State

EXPIRES_SECONDS = 3600
TOLD = {*ANSWERS, State.AFGEWEZEN}
"""What one hears of by mail: that an answer is asked, or that there will be no hand-over."""


def ask_for_answer(handover: int, state: str) -> None:
    """Once it stands that the hand-over came into this state."""
    if state in TOLD:
        given = {"pk": handover, "state": state}
        transaction.on_commit(
            lambda: tell_answer_is_asked.apply_async(kwargs=given, expires=EXPIRES_SECONDS),
            robust=True,
        )


@shared_task(for_vendor=True)
def tell_answer_is_asked(*, pk: int, state: str) -> None:
    """Nothing where it came into another state meanwhile: who is asked then is told by that one's job."""
    tell_who_answers(pk, State(state))
