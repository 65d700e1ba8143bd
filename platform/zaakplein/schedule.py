"""What happens by itself: how often, and how the beat is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery.schedules import crontab

Entry = dict[str, Any]
"""As Celery has it."""

PROBE_INTERVAL_SECONDS = 60
ACCESS_ENDS_SECONDS = 60
"""How soon after access ended by time both sides are told."""
HELPDESK_WARNS_SECONDS = 60
"""How soon after a part of its time is used somebody hears of it."""
HELPDESK_DAYS_SECONDS = 900
HELPDESK_ERASES_SECONDS = 3600
INCIDENTS_TOLD_SECONDS = 60
"""How soon somebody who has to hear of an incident by mail is told again where that failed."""
ERRANDS_SECONDS = 60
WEBHOOKS_SECONDS = 60
LEFT_CONTENT_SECONDS = 3600
"""How often what a move left behind, or lost its document, is looked at for deletion."""
DOCUMENTS_SWEPT_SECONDS = 24 * 3600
"""How often content that nobody points at is removed."""
UNCHECKED_SECONDS = 900
"""How often what came in unchecked is given to the scanner."""
JOB_POLL_SECONDS = 5


def rounds(queues: Mapping[str, str]) -> dict[str, Entry]:
    """Each in a line; ``queues`` are those that wake the workers, by their login."""
    return {
        # at the beginning of each minute; later it would be another one
        "availability": at(crontab(), "service_reports.tasks.measure", expires=50),
        "service-reports": at(crontab(minute=20), "service_reports.tasks.make_and_fix", expires=3000),
        "probe": every(PROBE_INTERVAL_SECONDS, "tenants.registry.tasks.probe_fleet"),
        "access-ends": every(ACCESS_ENDS_SECONDS, "access.tasks.tell_what_is_over"),
        "helpdesk-warns": every(HELPDESK_WARNS_SECONDS, "helpdesk.tasks.warn_in_time"),
        "helpdesk-days": every(HELPDESK_DAYS_SECONDS, "helpdesk.tasks.let_days_pass"),
        "helpdesk-erases": every(HELPDESK_ERASES_SECONDS, "helpdesk.tasks.erase_what_is_over"),
        "helpdesk-sweeps": at(crontab(hour=4, minute=10), "helpdesk.tasks.sweep_files", expires=3000),
        "incidents-told": every(INCIDENTS_TOLD_SECONDS, "incidents.tasks.tell_the_concerned"),
        "errands": every(ERRANDS_SECONDS, "tenants.errands.tasks.go"),
        "left-content": every(LEFT_CONTENT_SECONDS, "api.documenten.tasks.delete_what_was_left"),
        "documents-swept": at(
            crontab(hour=3, minute=10), "api.documenten.tasks.sweep_fleet", expires=DOCUMENTS_SWEPT_SECONDS
        ),
        "unchecked-content": every(UNCHECKED_SECONDS, "api.documenten.tasks.check_what_was_passed"),
        "webhooks": every(WEBHOOKS_SECONDS, "vendor_api.tasks.deliver_webhooks"),
        **{
            f"poll-{queue}": every(
                JOB_POLL_SECONDS, "tenants.jobs.tasks.take_steps", args=[login], queue=queue
            )
            for login, queue in queues.items()
        },
    }


def every(seconds: int, task: str, **how: Any) -> Entry:
    """A round that nobody took in time is left out: the next one is there by then."""
    return at(seconds, task, expires=seconds, **how)


def at(
    moments: int | crontab, task: str, *, expires: int, args: list[str] | None = None, **options: Any
) -> Entry:
    entry: Entry = {"task": task, "schedule": moments, "options": {**options, "expires": expires}}
    return entry if args is None else {**entry, "args": args}
