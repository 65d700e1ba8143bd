"""The one function that writes a line in the log of a console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from psycopg2.extras import Json

from tenants.accounts.models import LogLine
from tenants.accounts.person import Person
from tenants.accounts.side import current_side, side_of
from tenants.registry.connection import connection
from tenants.registry.context import current_municipality, in_municipality
from tenants.registry.models import Municipality, Organisation, StateChange
from tenants.registry.onboarding import opened
from tenants.registry.states import COMMAND_LINE
from tenants.registry.vendor_rows import vendor_rows

SYSTEM = "Systeem"
MAX_SUBJECT = 300


class NotInTransaction(RuntimeError):
    """A line stands or falls with the change that it tells of."""


def note(  # noqa: PLR0913  # each is a word of the sentence that is logged
    *,
    person: Person | None,
    area: str,
    action: str,
    subject: str,
    municipality: Municipality | None = None,
    schema: str = "",
    changes: Mapping[str, Any] | None = None,
    by: str = SYSTEM,
) -> LogLine:
    """Write who did what, in the transaction of the change; without a person it is `by`, the system itself.

    `action` is a past participle in Dutch ("rol gewijzigd"), `subject` what it was done to, `changes` the
    values by name as [before, after]. None of these holds a secret. `schema` is of a municipality that is
    still to come.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{action} was to be logged outside a transaction.")
    return current_side().log_model._default_manager.create(
        at=timezone.now(),
        person_id=None if person is None else person.user.pk,
        person=by if person is None else str(person.user),
        organisation=_organisation_of(person),
        area=area,
        action=action,
        subject=subject[:MAX_SUBJECT],
        municipality=municipality.schema_name if municipality else schema,
        changes=dict(changes or {}),
    )


def note_for_both(  # noqa: PLR0913  # as in note
    *,
    person: Person,
    area: str,
    action: str,
    subject: str,
    municipality: Municipality,
    changes: Mapping[str, Any] | None = None,
    there: str = "",
) -> None:
    """Write what both the vendor and this municipality are to know of, in the log of each.

    ``there`` is what the other side calls the area; empty where both call it alike.
    """
    note(
        person=person,
        area=area,
        action=action,
        subject=subject,
        municipality=municipality if person.side.has_organisations else None,
        changes=changes,
    )
    if person.side.has_organisations:
        organisation = _organisation_of(person)
        with in_municipality(municipality):
            note_of_visitor(
                str(person.user),
                organisation=organisation,
                area=there or area,
                action=action,
                subject=subject,
                changes=changes,
            )
    else:
        note_for_vendor(
            str(person.user),
            area=there or area,
            action=action,
            subject=subject,
            municipality=municipality,
            changes=changes,
        )


def note_for_vendor(  # noqa: PLR0913  # as in note
    who: str,
    *,
    area: str,
    action: str,
    subject: str,
    municipality: Municipality,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write in the log of the vendor what happened inside this municipality, in which one is."""
    of_vendor = side_of("vendor").log_model._meta.app_label
    vendor_rows(municipality).call(
        f"{of_vendor}_note", who, area, action, subject[:MAX_SUBJECT], Json(dict(changes or {}))
    )


def note_of_visitor(  # noqa: PLR0913  # as in note
    who: str,
    *,
    organisation: str,
    area: str,
    action: str,
    subject: str,
    changes: Mapping[str, Any] | None = None,
) -> LogLine:
    """Write in the log of a municipality what somebody of the vendor did, who is not of its people."""
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{action} was to be logged outside a transaction.")
    current_municipality()
    return current_side().log_model._default_manager.create(
        at=timezone.now(),
        person_id=None,
        person=who,
        organisation=organisation,
        area=area,
        action=action,
        subject=subject[:MAX_SUBJECT],
        municipality="",
        changes=dict(changes or {}),
    )


@receiver(opened)
def note_opened(change: StateChange, **_: Any) -> None:
    """It opens by itself, at the end of its onboarding; what a person decides is logged where he does."""
    municipality = change.municipality
    by_command = change.actor == COMMAND_LINE
    asked = {} if by_command else {"gevraagd door": [None, change.actor]}
    note(
        person=None,
        by=COMMAND_LINE if by_command else SYSTEM,
        area="gemeenten",
        action="staat gewijzigd",
        subject=f"{municipality.naam} ({municipality.environment})",
        municipality=municipality,
        changes={"staat": [change.before, change.after], **asked},
    )


def _organisation_of(person: Person | None) -> str:
    if person is None:
        return ""
    if person.side.has_organisations:
        organisation = Organisation.objects.filter(pk=person.organisation_id or 0).first()
        return "" if organisation is None else organisation.name
    return person.side.name()
