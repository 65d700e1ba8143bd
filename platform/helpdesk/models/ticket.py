"""A report: what somebody of a municipality tells the vendor, and where it stands."""

from __future__ import annotations

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from contracts.models import Contract, Priority, ServiceLevelVersion
from contracts.running import ClockKind
from helpdesk.words import (
    LONGEST_REASON,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    OPEN,
    OURS,
    STANDING,
    Channel,
    Kind,
    Side,
    Status,
    SupportLine,
    Weight,
)
from incidents.models import Incident
from tenants.accounts.models import User
from tenants.accounts.person import Person
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager

TOKEN_BYTES = 16


def new_token() -> str:
    """Unguessable, and of characters that stand in an address of mail whatever becomes of capitals."""
    return secrets.token_hex(TOKEN_BYTES)


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, person: Person) -> Self:
        """Those of municipalities that one sees, and what one's organisation was handed, until it is over."""
        seen = Q(municipality__in=Municipality.objects.visible_to(person))
        if person.organisation_id is not None and person.schemas is None:
            seen |= Q(lent_to=person.organisation_id, status__in=STANDING)
        return self.filter(seen)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def ours(self) -> Self:
        """The ball is with us."""
        return self.filter(status__in=OURS)


class TicketManager(VendorRowManager["Ticket"].from_queryset(TicketQuerySet)):  # type: ignore[misc]  # made while running
    pass


class Ticket(VendorRow):
    """Its key is the number that people call, and its events tell what happened to it.

    The first of them has what was reported; state and next due moment are rewritten with each. Names
    are kept of who is concerned: each side's people live in a schema of its own.
    """

    hidden = ("owner", "organisation", "lent_to", "reply_token")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="tickets")
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    reporter_name = models.CharField(max_length=200)
    reporter_email = models.EmailField(blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel)
    kind = models.CharField(max_length=20, choices=Kind)
    impact = models.CharField(max_length=10, choices=Weight)
    urgency = models.CharField(max_length=10, choices=Weight)
    priority = models.CharField(max_length=2, choices=Priority)
    priority_reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, default="", help_text="Where it is not what the matrix says."
    )
    component = models.CharField(max_length=100, blank=True, default="")

    status = models.CharField(max_length=20, choices=Status, default=Status.NIEUW)
    opened_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True, blank=True)
    waiting_question = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    planned_for = models.DateTimeField(null=True, blank=True)
    planned_label = models.CharField(
        max_length=100, blank=True, default="", help_text="In which release, where it is one."
    )
    solved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )

    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=200, blank=True, default="")
    line = models.PositiveSmallIntegerField(choices=SupportLine, default=SupportLine.FIRST)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=200)
    lent_to = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Whoever has it without serving the municipality, and sees nothing else of that.",
    )

    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="tickets")
    service_level_version = models.ForeignKey(
        ServiceLevelVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="As it was agreed when this began; empty without a contract, and then nothing is due.",
    )
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="tickets")
    external_issue = models.URLField(max_length=500, blank=True, default="")
    contains_personal_data = models.BooleanField(default=False)
    cause = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    solution = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    satisfaction = models.PositiveSmallIntegerField(null=True, blank=True)

    last_public_at = models.DateTimeField()
    last_public_by_side = models.CharField(max_length=12, choices=Side)
    next_due_at = models.DateTimeField(null=True, blank=True)
    next_due_kind = models.CharField(max_length=20, choices=ClockKind, blank=True, default="")
    reply_token = models.CharField(max_length=2 * TOKEN_BYTES, default=new_token, unique=True)

    objects: ClassVar[TicketManager] = TicketManager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(
                fields=("municipality", "next_due_at", "id"),
                name="ticket_queue_of_gemeente",
                condition=Q(status__in=STANDING),
            ),
            models.Index(fields=("next_due_at", "id"), name="ticket_queue", condition=Q(status__in=STANDING)),
            models.Index(fields=("status", "municipality"), name="ticket_counts"),
            models.Index(fields=("municipality", "-opened_at"), name="ticket_of_gemeente"),
            models.Index(fields=("owner", "status"), name="ticket_of_owner"),
            models.Index(fields=("lent_to",), name="ticket_lent", condition=Q(lent_to__isnull=False)),
            models.Index(
                fields=("merged_into",), name="ticket_merged", condition=Q(merged_into__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="ticket_status_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="ticket_kind_is_known"),
            models.CheckConstraint(
                condition=Q(impact__in=Weight.values, urgency__in=Weight.values),
                name="ticket_weight_is_known",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="ticket_priority_is_known"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="ticket_channel_is_known"),
            models.CheckConstraint(
                condition=Q(last_public_by_side__in=Side.values), name="ticket_side_is_known"
            ),
            models.CheckConstraint(condition=Q(line__range=(1, 3)), name="ticket_line_is_known"),
            models.CheckConstraint(
                condition=Q(lent_to=None) | Q(lent_to=models.F("organisation")),
                name="ticket_is_lent_to_who_has_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WACHT_OP_MELDER) | ~Q(waiting_question=""),
                name="ticket_waits_for_an_answer_to_a_question",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SAMENGEVOEGD, merged_into__isnull=False)
                | (~Q(status=Status.SAMENGEVOEGD) & Q(merged_into__isnull=True)),
                name="ticket_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="ticket_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="ticket_satisfaction_is_known",
            ),
            models.CheckConstraint(
                condition=Q(external_issue="") | Q(external_issue__startswith="https://"),
                name="ticket_issue_is_public",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As people call it: 2043."""
        return str(self.pk)
