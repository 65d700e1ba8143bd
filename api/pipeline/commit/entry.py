"""The one way in which a row is written, in six APIs.

Before the transaction: what the client left out is filled in, and references and uniqueness are
checked (400). Inside it: the row is read and locked, the caller is judged on its type (403), the
guards (403) and rules (400, all at once) have their say, the row is saved, effects follow, and the
audit line and the outbox message are left behind. A refusal rolls everything back.

Where two writes wait for each other, PostgreSQL ends one: that one begins again, from what the client
gave. Nobody else is asked twice: what others said is kept with the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg2.errors import ExclusionViolation, ForeignKeyViolation, UniqueViolation

from api.pipeline.authorise.belonging import lock_main
from api.pipeline.authorise.judgement import refuse_write
from api.pipeline.commit.saving import save_and_follow, save_together
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.declare.rules import Rule
from api.pipeline.declare.write import Write
from api.pipeline.words.refusals import Conflict, Invalid, NotFound, Refusal
from api.pipeline.words.violations import Violation
from tenants.registry.postgresql.outages import is_crossed

Done = TypeVar("Done")

ATTEMPTS = 3
SOMEBODY_WAS_FIRST = (UniqueViolation, ExclusionViolation, ForeignKeyViolation)
IMMUTABLE = "wijzigen-niet-toegelaten"


def carry_out(write: Write, uuid: UUID | None = None, *, answered: bool = True) -> str | None:
    """Carry out a write, on the row of this key; what the caller is told of the row after it, as JSON text.

    ``None`` after deletion, and where nobody is ``answered``: then it is rendered for the trail only.

    Raises ``NotFound``, ``Forbidden``, ``Invalid``, or ``Conflict`` where somebody else was first,
    ``InUse`` where other objects need what is to be deleted.
    """
    given = write.as_given()

    def attempt() -> str | None:
        write.begin_again(given)
        return _attempt(write, uuid, answered=answered)

    return until_uncrossed(attempt)


def until_uncrossed(attempt: Callable[[], Done]) -> Done:
    """What the attempt gives; one whose transaction PostgreSQL ended for another begins again.

    An attempt is a transaction as a whole, with all the writes in it, and leaves nothing in Python that the
    next one would find. Inside a transaction of a caller it has one chance: what waits for us may be what the
    caller has locked.
    """
    attempts = 1 if connection.in_atomic_block else ATTEMPTS
    for _ in range(attempts - 1):
        try:
            return attempt()
        except OperationalError as error:
            if not is_crossed(error):
                raise
    return attempt()


def carry_out_together(writes: Sequence[Write], uuids: Sequence[UUID] = ()) -> list[Refusal | None]:
    """Carry out one operation many times, on the rows of these keys, in few statements; nobody is answered.

    Of each write the refusal (``Invalid`` or ``Conflict``), or ``None``. It is the same as one after the
    other, as long as none needs to see what another does, but for what the database itself holds them to.
    Where any is refused they are tried again one by one, so that the others are done. Raises what
    ``carry_out`` raises beyond that.
    """
    given = [write.as_given() for write in writes]
    if len(writes) > 1 and _all_at_once(writes, uuids):
        return [None] * len(writes)
    for write, fresh in zip(writes, given, strict=True):
        write.begin_again(fresh)
    keys: Sequence[UUID | None] = uuids or [None] * len(writes)
    return [_refusal(write, key) for write, key in zip(writes, keys, strict=True)]


def _refusal(write: Write, uuid: UUID | None) -> Refusal | None:
    try:
        carry_out(write, uuid, answered=False)
    except (Invalid, Conflict) as refusal:
        return refusal
    return None


def _all_at_once(writes: Sequence[Write], uuids: Sequence[UUID]) -> bool:
    """Whether all could be, and are, carried out; else nothing is."""
    first = writes[0]
    if not _is_plain(first) or (uuids and any(first.operation.asking.keys() & each.data for each in writes)):
        return False
    try:
        for write in writes:
            _prepare_outside(write, None)
        with first.caller.asked.closed(), transaction.atomic():
            _lock_rows(writes, uuids)
            for write in writes:
                _check_inside(write)
            save_together(writes)
    except Refusal:
        return False
    except IntegrityError as error:
        if not isinstance(error.__cause__, SOMEBODY_WAS_FIRST):
            raise
        return False
    return True


def _is_plain(write: Write) -> bool:
    """Whether nothing but the row itself is locked, and it is there afterwards."""
    operation = write.operation
    return operation.method != "delete" and operation.alongside is None and write.resource.main is None


def _lock_rows(writes: Sequence[Write], uuids: Sequence[UUID]) -> None:
    if uuids:
        locked = {row.pk: row for row in writes[0].resource.lockable().filter(pk__in=uuids).order_by("pk")}
        for write, uuid in zip(writes, uuids, strict=True):
            if uuid not in locked:
                raise NotFound
            write.instance = locked[uuid]
    for write in writes:
        write.facts.clear()


def _attempt(write: Write, uuid: UUID | None, *, answered: bool) -> str | None:
    operation = write.operation
    _prepare_outside(write, uuid)
    try:
        with write.caller.asked.closed(), transaction.atomic():
            _lock(write, uuid)
            _check_inside(write)
            return save_and_follow(write, answered=answered)
    except IntegrityError as error:
        if not isinstance(error.__cause__, SOMEBODY_WAS_FIRST):
            raise
        # the reason is what the checks before the transaction say now
        if violations := _said(write, operation.unique):
            raise Invalid(violations) from error
        raise Conflict from error


def _prepare_outside(write: Write, uuid: UUID | None) -> None:
    """What is done before the transaction; raises ``Invalid``."""
    operation = write.operation
    for derive in operation.derive:
        derive(write)
    violations = _said(write, (*operation.references, *operation.unique))
    violations += _asked(write, uuid, violations)
    if violations:
        raise Invalid(violations)
    _prepare_at_length(write, uuid)


def _prepare_at_length(write: Write, uuid: UUID | None) -> None:
    """What takes too long for a transaction, on behalf of a caller who may, where all is right so far."""
    outside = tuple(write.operation.outside)
    if not outside:
        return
    if uuid is not None:
        write.instance = _found(write, write.resource.referable(), uuid)
    _authorise(write)
    _validate(write)
    for effect in outside:
        effect(write)


def _check_inside(write: Write) -> None:
    """Whether the caller may, and whether it is right, on what is locked."""
    _authorise(write)
    _settle(write)
    _validate(write)


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
    _lock_alongside(write, uuid)
    if uuid is not None:
        write.instance = _found(write, write.resource.lockable(), uuid)
    lock_main(write)
    # what was found out before may have changed while waiting
    write.facts.clear()


def _lock_alongside(write: Write, uuid: UUID | None) -> None:
    """Lock the row and the others that the operation names in the order of their keys.

    Two writes that name each other's row would wait for each other for ever.
    """
    others = set(write.operation.alongside(write, uuid)) if write.operation.alongside else set()
    if not others:
        return
    keys = others if uuid is None else {uuid, *others}
    locked = {row.pk: row for row in write.resource.lockable().filter(pk__in=keys).order_by("pk")}
    for name, value in write.data.items():
        if isinstance(value, write.resource.model):
            if value.pk not in locked:
                raise Conflict
            write.data[name] = locked[value.pk]


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
        if isinstance(member, StoredAfter) and member.attribute in write.data:
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
