"""The one way in which a row is written, in six APIs.

Inside one transaction: the row is read and locked, the caller is judged on its type (403), the
guards (403) and rules (400, all at once) have their say, the row is saved, effects follow, and the
audit line and the outbox message are left behind. A refusal rolls everything back.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from psycopg2.errors import ExclusionViolation, ForeignKeyViolation, UniqueViolation

from api.pipeline.judgement import refuse_write
from api.pipeline.operations import Operation
from api.pipeline.refusals import Conflict, InUse, Invalid, NotFound
from api.pipeline.rules import Rule
from api.pipeline.trail import record
from api.pipeline.violations import Violation
from api.pipeline.write import Write

SOMEBODY_WAS_FIRST = (UniqueViolation, ExclusionViolation, ForeignKeyViolation)
IMMUTABLE = "wijzigen-niet-toegelaten"


def complete(write: Write, operation: Operation) -> None:
    """What comes before the transaction: check references and uniqueness, fill in what was left out."""
    check(write, (*operation.references, *operation.unique))
    for derive in operation.derive:
        derive(write)


def commit(
    write: Write, operation: Operation, uuid: UUID | None = None, *, answered: bool = True
) -> str | None:
    """Carry out a write; the representation after it, as JSON text (``None`` after deletion).

    Where nobody is ``answered`` with it, it is rendered for the audit trail only.
    Raises ``NotFound``, ``Forbidden``, ``Invalid``, or ``Conflict`` where somebody else was first,
    ``InUse`` where other objects need what is to be deleted.
    """
    try:
        with transaction.atomic():
            _lock(write, uuid)
            _authorise(write, operation)
            _settle(write)
            _validate(write, operation)
            return _carry_out(write, operation, answered=answered)
    except IntegrityError as error:
        if not isinstance(error.__cause__, SOMEBODY_WAS_FIRST):
            raise
        # the reason is what the checks before the transaction say now
        check(write, operation.unique)
        raise Conflict from error


def check(write: Write, rules: tuple[Rule, ...]) -> None:
    """Ask these rules; raises ``Invalid`` with everything they say."""
    violations = [violation for rule in rules for violation in rule(write)]
    if violations:
        raise Invalid(violations)


def change(write: Write, instance: Any, **data: Any) -> None:
    """An effect on another row: saved, audited and notified like any other write of that resource."""
    resource = write.resource.of(type(instance))
    follow = Write(resource, "partial_update", write.caller, data, instance)
    if not any(follow.changes(attribute) for attribute in data):
        return
    follow.before = resource.document(instance.pk, write.client)
    _save(follow)
    _leave_behind(follow, answered=False)


def remove(write: Write, instance: Any) -> None:
    """An effect that deletes another row, by the rules of its own resource."""
    resource = write.resource.of(type(instance))
    follow = Write(resource, "destroy", write.caller, {}, instance)
    _carry_out(follow, resource.operations["destroy"], answered=False)


def _lock(write: Write, uuid: UUID | None) -> None:
    if uuid is not None:
        write.instance = write.resource.lockable().filter(pk=uuid).first()
        if write.instance is None:
            raise NotFound
    write.resource.lock_main(write)


def _authorise(write: Write, operation: Operation) -> None:
    refusal = refuse_write(write, operation)
    if refusal is not None:
        raise refusal


def _settle(write: Write) -> None:
    for member in write.resource.representation.members.values():
        if member.stored_after and member.attribute in write.data:
            write.data[member.attribute] = member.settled(write, write.data[member.attribute])


def _validate(write: Write, operation: Operation) -> None:
    violations = list(_changed_immutables(write))
    for rule in operation.rules:
        violations += rule(write)
    if violations:
        raise Invalid(violations)


def _changed_immutables(write: Write) -> list[Violation]:
    if write.instance is None:
        return []
    return [
        Violation(name, IMMUTABLE, "Deze waarde ligt vast na het aanmaken.")
        for name, member in write.resource.representation.members.items()
        if member.immutable and write.changes(member.attribute)
    ]


def _carry_out(write: Write, operation: Operation, *, answered: bool) -> str | None:
    if write.instance is not None and (answered or write.resource.audited):
        write.before = write.resource.document(write.instance.pk, write.client)
    for prepare in operation.prepare:
        prepare(write)
    if write.action == "destroy":
        _delete(write, operation)
        return None
    _save(write)
    for effect in operation.effects:
        effect(write)
    return _leave_behind(write, answered=answered)


def _delete(write: Write, operation: Operation) -> None:
    key = write.instance.pk
    try:
        write.instance.delete()
    except ProtectedError as error:
        raise InUse from error
    write.instance.pk = key  # the trail and the message still have to name it
    for effect in operation.effects:
        effect(write)
    record(write, write.main, None)


def _save(write: Write) -> None:
    members = write.resource.representation.members.values()
    later = {member.attribute: member for member in members if member.stored_after}
    columns = {name: value for name, value in write.data.items() if name not in later}
    if write.instance is None:
        write.instance = write.resource.model(**columns)
        write.instance.save(force_insert=True)
    else:
        for name, value in columns.items():
            setattr(write.instance, name, value)
        if columns:
            write.instance.save(update_fields=list(columns))
    for name, member in later.items():
        if name in write.data:
            member.store(write, write.data[name])


def _leave_behind(write: Write, *, answered: bool) -> str | None:
    rendered = answered or write.resource.audited
    after = write.resource.document(write.instance.pk, write.client) if rendered else None
    record(write, write.main, after)
    return after
