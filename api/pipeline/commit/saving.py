"""Saving a row that may be saved, and what follows from it."""

from __future__ import annotations

from django.db.models import ProtectedError

from api.pipeline.authorise.belonging import main_of
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.commit.trail import record
from api.pipeline.declare.write import Write
from api.pipeline.words.refusals import InUse


def save_and_follow(write: Write, *, answered: bool) -> str | None:
    """The stages of an operation from ``prepare`` on; the representation after it, or ``None``."""
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
    record(write, main_of(write), None)


def save(write: Write) -> None:
    """The row, and what is stored beside it."""
    members = write.resource.representation.members.values()
    later = {member.attribute: member for member in members if isinstance(member, StoredAfter)}
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


def leave_behind(write: Write, *, answered: bool) -> str | None:
    """The audit line and the outbox message; the representation where it was made."""
    rendered = answered or write.resource.audited
    after = write.resource.document(write.instance.pk, write.client) if rendered else None
    record(write, main_of(write), after)
    return after
