"""Steps that leave exactly one trace each, or fail, or end their process, as the job says."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from api.clients.models import Credential
from tenants.jobs.kinds import Connection, Rest, StepFailed, Work, step
from tenants.registry.connection import connection
from tenants.registry.models import Organisation

KIND = "three-steps"
STEPS = ["by_owner", "by_vendor", "by_municipality"]
PATHS = [f"tests.tenants.jobs.acts.{name}" for name in STEPS]
PREFIX = "trace of "


def may_end(work: Work, moment: str) -> None:
    """End the process here, once, where a file of that name says so."""
    flag = Path(str(work.given.get("flag", "")))
    if flag.name == moment and flag.exists():
        flag.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def may_fail(work: Work, name: str) -> None:
    flag = Path(str(work.given.get("flag", "")))
    if flag.name == f"fails-{name}" and flag.exists():
        raise StepFailed("Dit ging mis.")
    if work.given.get("breaks") == name:
        raise RuntimeError("a secret of somebody")


def name_of(subject: str) -> str:
    """Without the municipality that stands before it."""
    return subject.rpartition("/")[2]


def note_limits(work: Work, name: str) -> None:
    """How long the server lets a statement of this step take."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        work.found.setdefault("limits", {})[name] = cursor.fetchone()[0]


def trace(work: Work, name: str) -> None:
    """A second one violates a constraint."""
    may_end(work, f"before-{name}")
    Organisation.objects.create(kind="implementation_partner", name=f"{PREFIX}{work.job.subject} {name}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        work.found[name] = cursor.fetchone()[0]
    note_limits(work, name)
    may_fail(work, name)
    may_end(work, f"after-{name}")


@step("by_owner", "Door de eigenaar", connection=Connection.OWNER)
def by_owner(work: Work) -> None:
    trace(work, "by_owner")


@step("by_vendor", "Door de leverancier", connection=Connection.VENDOR)
def by_vendor(work: Work) -> None:
    trace(work, "by_vendor")


@step("by_municipality", "In de gemeente", connection=Connection.MUNICIPALITY)
def by_municipality(work: Work) -> None:
    may_end(work, "before-by_municipality")
    Credential.objects.create(client_id=name_of(work.job.subject), secret="s" * 32)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        work.found["by_municipality"] = cursor.fetchone()[0]
    note_limits(work, "by_municipality")
    work.progress(1, 2)
    may_end(work, "after-by_municipality")


RESTING = "in-slices"
TURNS = 3


@step("in_slices", "In stukken", connection=Connection.MUNICIPALITY, is_undoable=False)
def in_slices(work: Work) -> None:
    """One part at a time; who looks sees how far it is, also between two."""
    done = work.found.get("turns", 0) + 1
    work.found["turns"] = done
    work.progress(done, TURNS)
    if work.given.get("breaks"):
        raise StepFailed("Dit ging mis.")
    if done < TURNS:
        raise Rest
