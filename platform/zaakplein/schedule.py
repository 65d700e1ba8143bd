"""How the beat is told what happens by itself."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

Entry = dict[str, Any]
"""As Celery has it."""


def every(seconds: int, task: str, **how: Any) -> Entry:
    """A round that nobody took in time is left out: the next one is there by then."""
    return at(seconds, task, expires=seconds, **how)


def at(
    moments: int | crontab, task: str, *, expires: int, args: list[str] | None = None, **options: Any
) -> Entry:
    entry: Entry = {"task": task, "schedule": moments, "options": {**options, "expires": expires}}
    return entry if args is None else {**entry, "args": args}
