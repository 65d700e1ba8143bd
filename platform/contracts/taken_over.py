"""The municipalities that a vendor is about to take over: ``settings.TAKEN_OVER`` says who knows them.

What was agreed with it is drawn up and signed before it comes, and is in force from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from tenants.accounts.person import Person


def taken_over_by(person: Person) -> Sequence[int]:
    """Of the person's organisation, for who sees all that it serves."""
    if person.organisation_id is None or person.schemas is not None:
        return ()
    known = cast("Callable[[int], Sequence[int]]", import_string(settings.TAKEN_OVER))
    return known(person.organisation_id)
