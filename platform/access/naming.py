"""What the logs call access."""

from __future__ import annotations

from access.models import Grant


def subject_of(grant: Grant) -> str:
    """As the logs call it: its number and whose access it is."""
    return f"{grant} van {grant.person_email}"
