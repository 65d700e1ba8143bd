"""What happened to a report: nobody changes or deletes one."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from contracts.models import ServiceLevelVersion
from helpdesk.models.ticket import Ticket
from helpdesk.words import LONGEST_TEXT, MOVES_CLOCKS, Channel, Side, What
from tenants.accounts.models import User
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class TicketEventQuerySet(models.QuerySet["TicketEvent"]):
    def in_order(self) -> Self:
        return self.order_by("at", "pk")

    def readable(self) -> Self:
        """To the vendor's side: who takes a municipality over reads no internal words of who left it."""
        theirs = Q(organisation=F("municipality__vendor"))
        theirs |= Q(organisation=F("municipality__implementation_partner"))
        return self.filter(Q(is_public=True) | Q(organisation=None) | theirs)


class TicketEventManager(VendorRowManager["TicketEvent"].from_queryset(TicketEventQuerySet)):  # type: ignore[misc]  # made while running
    pass


class TicketEvent(VendorRow):
    """The municipality reads those that are public; of the others its role knows not even that they exist.

    ``at`` is when it happened, ``recorded_at`` when it was written down. After the term of retention its
    words and names are taken out, which is the one change that the database lets through.
    """

    hidden = ("person", "organisation")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    what = models.CharField(max_length=20, choices=What)
    side = models.CharField(max_length=12, choices=Side)
    actor_name = models.CharField(max_length=200, blank=True, default="")
    organisation_name = models.CharField(max_length=200, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Whose own words they are, where it is internal.",
    )
    person = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    is_public = models.BooleanField()
    before = models.CharField(max_length=200, blank=True, default="")
    after = models.CharField(max_length=200, blank=True, default="")
    text = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    is_masked = models.BooleanField(default=False, help_text="Something was taken out of the text.")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    former_level = models.ForeignKey(
        ServiceLevelVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Of a report that moves to another vendor: what was agreed with the former one.",
    )

    objects: ClassVar[TicketEventManager] = TicketEventManager()

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("ticket", "at"), name="ticket_events"),)
        constraints = (
            models.CheckConstraint(condition=Q(what__in=What.values), name="event_what_is_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="event_side_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="event_channel_is_known"),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(what__in=MOVES_CLOCKS), name="what_moves_a_clock_is_public"
            ),
            models.CheckConstraint(
                condition=Q(what=What.CORRECTED, corrects__isnull=False)
                | (~Q(what=What.CORRECTED) & Q(corrects__isnull=True)),
                name="a_correction_corrects",
            ),
            models.CheckConstraint(
                condition=Q(former_level=None) | Q(what=What.MOVED), name="what_moves_leaves_a_level"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.what}"
