"""What an effect may do to other rows: a write of theirs, with all that it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.pipeline.authorise.judgement import refusals_along
from api.pipeline.commit.saving import leave_behind, save, save_and_follow
from api.pipeline.declare.write import Write
from api.pipeline.words.refusals import Invalid


def change(write: Write, instance: Any, **data: Any) -> None:
    """An effect on another row: saved, audited and notified like any other write of that resource."""
    follow = Write(write.resource.of(type(instance)), "partial_update", write.caller, data, instance)
    if not any(follow.changes(attribute) for attribute in data):
        return
    follow.before = follow.resource.document(instance.pk, write.client)
    save(follow)
    leave_behind(follow, answered=False)


def remove(write: Write, rows: Iterable[Any]) -> None:
    """An effect that deletes other rows, by the rights and rules of their own resource: all, or none.

    Raises ``Forbidden`` where the caller may not delete one of them itself, ``Invalid`` where that would
    not be right.
    """
    removed = list(rows)
    for refusal in refusals_along(write, removed):
        raise refusal
    follows = [Write(write.resource.of(type(row)), "destroy", write.caller, {}, row) for row in removed]
    violations = [each for follow in follows for rule in follow.operation.rules for each in rule(follow)]
    if violations:
        raise Invalid(violations)
    for follow in follows:
        save_and_follow(follow, answered=False)


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
