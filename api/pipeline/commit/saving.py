"""Saving a row that may be saved, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, ProtectedError

from api.pipeline.authorise.belonging import main_of
from api.pipeline.commit.inserting import insert
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.commit.trail import records_of
from api.pipeline.declare.write import Write
from api.pipeline.words.refusals import InUse


def save_and_follow(write: Write, *, answered: bool) -> str | None:
    """The stages of an operation from ``prepare`` on; what the caller is told, or ``None``."""
    operation = write.operation
    if write.instance is not None and (answered or write.resource.audited):
        write.before = write.resource.document(write.instance.pk, write.client)
    for prepare in operation.prepare:
        prepare(write)
    if operation.method == "delete":
        _delete(write)
        return None
    save(write)
    for effect in operation.effects:
        effect(write)
    return leave_behind(write, answered=answered)


def _delete(write: Write) -> None:
    key = write.instance.pk
    try:
        write.instance.delete()
    except ProtectedError as error:
        raise InUse from error
    write.instance.pk = key  # the trail and the message still have to name it
    for effect in write.operation.effects:
        effect(write)
    insert(records_of(write, main_of(write), None))


def save_together(writes: Sequence[Write]) -> None:
    """The stages of one operation from ``prepare`` on, of many rows in few statements; nobody is answered."""
    for write in writes:
        if write.instance is not None and write.resource.audited:
            write.before = write.resource.document(write.instance.pk, write.client)
        for prepare in write.operation.prepare:
            prepare(write)
    if writes[0].instance is None:
        _insert(writes)
    else:
        _update(writes)
    for write in writes:
        for effect in write.operation.effects:
            effect(write)
    insert([each for write in writes for each in records_of(write, main_of(write), _after(write))])


def _insert(writes: Sequence[Write]) -> None:
    for write in writes:
        write.instance = write.resource.model(**_columns(write))
    insert(write.instance for write in writes)
    insert([row for write in writes for row in _beside(write)])


def _beside(write: Write) -> Iterator[Model]:
    for name, member in _later(write):
        yield from member.store_new(write, write.data[name])


def _update(writes: Sequence[Write]) -> None:
    """In one statement where all get the same."""
    columns = _columns(writes[0])
    if any(_columns(write) != columns or [*_later(write)] for write in writes):
        for write in writes:
            save(write)
        return
    keys = [write.instance.pk for write in writes]
    writes[0].resource.model._default_manager.filter(pk__in=keys).update(**columns)
    for write in writes:
        for name, value in columns.items():
            setattr(write.instance, name, value)


def save(write: Write) -> None:
    """The row, and what is stored beside it."""
    columns = _columns(write)
    if write.instance is None:
        _insert([write])
        return
    for name, value in columns.items():
        setattr(write.instance, name, value)
    if columns:
        write.instance.save(update_fields=list(columns))
    for name, member in _later(write):
        member.store(write, write.data[name])


def _columns(write: Write) -> dict[str, Any]:
    later = {name for name, _ in _later(write)}
    return {name: value for name, value in write.data.items() if name not in later}


def _later(write: Write) -> Iterator[tuple[str, StoredAfter]]:
    """What is given and stored beside the row."""
    for member in write.resource.representation.members.values():
        if isinstance(member, StoredAfter) and member.attribute in write.data:
            yield member.attribute, member


def leave_behind(write: Write, *, answered: bool) -> str | None:
    """The audit line and the outbox message; what the caller is told, where it is answered.

    Once the transaction is over somebody may have changed the row, or deleted it.
    """
    after = _after(write, answered=answered)
    insert(records_of(write, main_of(write), after))
    return write.resource.told(write, after) if answered and after is not None else None


def _after(write: Write, *, answered: bool = False) -> str | None:
    rendered = answered or write.resource.audited
    return write.resource.document(write.instance.pk, write.client) if rendered else None
