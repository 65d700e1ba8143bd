"""An answer or a note that somebody has not sent yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from helpdesk.models.ticket import Ticket
from helpdesk.words import LONGEST_TEXT
from tenants.accounts.models import User


class AnswerDraft(models.Model):
    """Of one person on one report, and read by nobody else; a municipality's role does not reach it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    next = models.CharField(max_length=10, blank=True, default="")
    cause = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    solution = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    internal = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("kept_at",), name="draft_by_age"),)
        constraints = (
            models.UniqueConstraint("ticket", "person", name="one_draft_of_a_person"),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(cause="") | ~Q(solution=""), name="a_draft_says_something"
            ),
        )

    def __str__(self) -> str:
        return str(self.ticket_id)
