"""Kinds of work, each with its own limits in the database."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings


class Work(StrEnum):
    """What a connection is used for at the moment; ``settings.DATABASE_LIMITS`` has a line for each."""

    READ = "read"
    WRITE = "write"
    IMPORT = "import"
    JOB = "job"
    COMMAND = "command"
    MIGRATION = "migration"

    @property
    def limits(self) -> dict[str, int]:
        """Seconds by the name that PostgreSQL gives the limit; 0 is none."""
        limits: dict[str, int] = settings.DATABASE_LIMITS[self.value]
        return limits

    @property
    def statement_seconds(self) -> int:
        return self.limits["statement_timeout"]

    @property
    def lock_seconds(self) -> int:
        return self.limits["lock_timeout"]

    @property
    def idle_seconds(self) -> int:
        return self.limits["idle_in_transaction_session_timeout"]


LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
SET_LIMITS = ", ".join(f"set_config('{name}', %s, false)" for name in LIMITS)


def limits_of(work: Work) -> list[str]:
    """The parameters of ``SET_LIMITS``."""
    return [f"{work.limits[name]}s" for name in LIMITS]
