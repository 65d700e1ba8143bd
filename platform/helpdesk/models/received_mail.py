"""A mail that came in: what became of it, and while somebody has to decide about it, what it says."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from helpdesk.models.event import TicketEvent
from helpdesk.models.ticket import Ticket
from helpdesk.words import LONGEST_SUBJECT
from tenants.accounts.person import Person
from tenants.registry.models import Municipality, Organisation


class Outcome(models.TextChoices):
    """What became of it."""

    REPLY = "reactie", _("Reactie op de melding")
    REPORT = "melding", _("Nieuwe melding")
    NOTE = "notitie", _("Interne notitie bij de melding")
    AUTOMATIC = "automatisch", _("Automatisch, niets veranderd")
    OWN = "eigen", _("Kwam van onszelf, niets veranderd")
    WAITS = "wacht", _("Wacht op een besluit")
    DISCARDED = "weggegooid", _("Weggegooid")


class Stranger(models.TextChoices):
    """Why somebody has to decide."""

    UNKNOWN = "onbekend", _("Wij kennen de afzender niet.")
    NOT_OF_TICKET = "niet_van_melding", _("De afzender is geen melder van deze melding.")
    SEVERAL = "meerdere", _("De afzender hoort bij meer dan een gemeente.")
    REFUSED = "geweigerd", _("De melding neemt geen reactie meer aan.")
    NO_SENDER = "zonder_afzender", _("De e-mail noemt niet precies een afzender.")


class ReceivedMailQuerySet(models.QuerySet["ReceivedMail"]):
    def waiting(self) -> Self:
        return self.filter(outcome=Outcome.WAITS)

    def visible_to(self, person: Person) -> Self:
        """Of municipalities that one sees; what is of none yet sees who sees all of the vendor's.

        What became an internal note is read by who reads that.
        """
        of_seen = Q(municipality__in=Municipality.objects.visible_to(person))
        of_none = Q(municipality=None, organisation=person.organisation_id)
        readable = Q(event=None) | Q(event__in=TicketEvent.objects.readable())
        return self.filter(readable, of_seen | of_none if person.sees_the_fleet else of_seen)


class ReceivedMail(models.Model):
    """Of the vendor alone. That it is here is why the same mail does nothing a second time.

    ``text`` is all that it says, kept where it says more than what became of it or while it waits; HTML and
    the message itself are kept nowhere. ``files`` are those that wait, in the storage of mails, each with
    name, size and key; where it became part of a report they are attachments there.
    """

    recipient = models.CharField(max_length=254)
    message_id = models.CharField(max_length=255)
    received_at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", help_text="That of its report."
    )
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, blank=True, related_name="mails")
    event = models.ForeignKey(TicketEvent, models.PROTECT, null=True, blank=True, related_name="mails")

    sender = models.EmailField(blank=True, default="")
    sender_name = models.CharField(max_length=LONGEST_SUBJECT, blank=True, default="")
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True, default="")
    new_text = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    is_masked = models.BooleanField(default=False)
    files = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True, help_text="Names of files that were not taken.")

    outcome = models.CharField(max_length=20, choices=Outcome)
    stranger = models.CharField(max_length=20, choices=Stranger, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=254, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ReceivedMailQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (
            models.Index(
                fields=("-received_at",), name="mail_that_waits", condition=Q(outcome=Outcome.WAITS)
            ),
        )
        constraints = (
            models.UniqueConstraint("recipient", "message_id", name="one_mail_to_a_recipient"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="mail_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(stranger="") | Q(stranger__in=Stranger.values), name="mail_stranger_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.WAITS) | ~Q(stranger=""), name="mail_waits_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ticket=None) | Q(municipality__isnull=False), name="mail_is_of_its_ticket"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.outcome}"

    @property
    def is_waiting(self) -> bool:
        return self.outcome == Outcome.WAITS
