"""The one way in which a row is written, in six APIs.

Before the transaction: what the client left out is filled in, and references and uniqueness are
checked (400). Inside it: the row is read and locked, the caller is judged on its type (403), the
guards (403) and rules (400, all at once) have their say, the row is saved, effects follow, and the
audit line and the outbox message are left behind. A refusal rolls everything back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from psycopg2.errors import ExclusionViolation, ForeignKeyViolation, UniqueViolation

from api.pipeline.authorise.belonging import lock_main, main_of
from api.pipeline.authorise.judgement import refuse_write
from api.pipeline.commit.trail import record
from api.pipeline.declare.rules import Rule
from api.pipeline.declare.write import Write
from api.pipeline.words.refusals import Conflict, InUse, Invalid, NotFound
from api.pipeline.words.violations import Violation

SOMEBODY_WAS_FIRST = (UniqueViolation, ExclusionViolation, ForeignKeyViolation)
IMMUTABLE = "wijzigen-niet-toegelaten"


def carry_out(write: Write, uuid: UUID | None = None, *, answered: bool = True) -> str | None:
    """Carry out a write, on the row of this key; the representation after it as JSON text.

    ``None`` after deletion. Where nobody is ``answered`` with it, it is rendered for the trail only.

    Raises ``NotFound``, ``Forbidden``, ``Invalid``, or ``Conflict`` where somebody else was first,
    ``InUse`` where other objects need what is to be deleted.
    """
    operation = write.operation
    for derive in operation.derive:
        derive(write)
    violations = _said(write, (*operation.references, *operation.unique))
    violations += _asked(write, uuid, violations)
    if violations:
        raise Invalid(violations)
    try:
        with write.caller.asked.closed(), transaction.atomic():
            _lock(write, uuid)
            _authorise(write)
            _settle(write)
            _validate(write)
            return _save_and_follow(write, answered=answered)
    except IntegrityError as error:
        if not isinstance(error.__cause__, SOMEBODY_WAS_FIRST):
            raise
        # the reason is what the checks before the transaction say now
        if violations := _said(write, operation.unique):
            raise Invalid(violations) from error
        raise Conflict from error


def change(write: Write, instance: Any, **data: Any) -> None:
    """An effect on another row: saved, audited and notified like any other write of that resource."""
    follow = Write(write.resource.of(type(instance)), "partial_update", write.caller, data, instance)
    if not any(follow.changes(attribute) for attribute in data):
        return
    follow.before = follow.resource.document(instance.pk, write.client)
    _save(follow)
    _leave_behind(follow, answered=False)


def remove(write: Write, instance: Any) -> None:
    """An effect that deletes another row, by the rules of its own resource."""
    follow = Write(write.resource.of(type(instance)), "destroy", write.caller, {}, instance)
    _save_and_follow(follow, answered=False)


def keep_derived(write: Write, instance: Any, **data: Any) -> None:
    """An effect on a column of another row that its resource lists as ``derived``.

    It follows from other rows, whose writes leave their own trail; this one leaves none.
    """
    resource = write.resource.of(type(instance))
    if not data.keys() <= set(resource.derived):
        raise ValueError(f"{resource.noun} derives only {resource.derived}")
    for name, value in data.items():
        setattr(instance, name, value)
    instance.save(update_fields=list(data))


def _asked(write: Write, uuid: UUID | None, violations: list[Violation]) -> list[Violation]:
    """What others say of the references that the write gives.

    Nobody is asked on behalf of a caller who may not do this as things stand here.
    """
    asking = [rule for name, rule in write.operation.asking.items() if write.data.get(name)]
    if not asking or not write.asking:
        return []
    if uuid is not None:
        write.instance = _found(write, write.resource.referable(), uuid)
    refusal = refuse_write(write)
    if refusal is not None:
        raise Invalid(violations) if violations else refusal
    return _said(write, asking)


def _said(write: Write, rules: Iterable[Rule]) -> list[Violation]:
    return [violation for rule in rules for violation in rule(write)]


def _lock(write: Write, uuid: UUID | None) -> None:
    if uuid is not None:
        write.instance = _found(write, write.resource.lockable(), uuid)
    lock_main(write)
    # what was found out before may have changed while waiting
    write.facts.clear()


def _found(write: Write, rows: Any, uuid: UUID) -> Any:
    instance = rows.filter(pk=uuid, **write.within).first()
    if instance is None:
        raise NotFound
    return instance


def _authorise(write: Write) -> None:
    refusal = refuse_write(write)
    if refusal is not None:
        raise refusal


def _settle(write: Write) -> None:
    for member in write.resource.representation.members.values():
        if member.stored_after and member.attribute in write.data:
            write.data[member.attribute] = member.settled(write, write.data[member.attribute])


def _validate(write: Write) -> None:
    violations = [*_changed_immutables(write), *_said(write, write.operation.rules)]
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


def _save_and_follow(write: Write, *, answered: bool) -> str | None:
    operation = write.operation
    if write.instance is not None and (answered or write.resource.audited):
        write.before = write.resource.document(write.instance.pk, write.client)
    for prepare in operation.prepare:
        prepare(write)
    if operation.method == "delete":
        _delete(write)
        return None
    _save(write)
    for effect in operation.effects:
        effect(write)
    return _leave_behind(write, answered=answered)


def _delete(write: Write) -> None:
    key = write.instance.pk
    try:
        write.instance.delete()
    except ProtectedError as error:
        raise InUse from error
    write.instance.pk = key  # the trail and the message still have to name it
    for effect in write.operation.effects:
        effect(write)
    record(write, main_of(write), None)


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
    record(write, main_of(write), after)
    return after
