from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from tenants.registry.context import MunicipalityRequired, in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Page, Visit
from tenants.visits.writing import NotInTransaction, Visitor, note_visit

VISITOR = Visitor("TG-0001", "S. Yilmaz", "s@stadhoek.example", "Stadhoek", "192.0.2.14")


def visited(action: Action = Action.MASKED, member: str = "", reason: str = "") -> Visit:
    return note_visit(
        visitor=VISITOR,
        at=timezone.now(),
        page=Page.ZAAK,
        seen=["/zaken/api/v1/zaken/1"],
        action=action,
        member=member,
        reason=reason,
    )


def test_a_visit_stands_in_the_municipality(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        visited()
        assert Visit.objects.get().objects_seen == ["/zaken/api/v1/zaken/1"]
    with in_municipality(utrecht):
        assert not Visit.objects.exists()


def test_outside_a_municipality_nothing_is_written(db: None) -> None:
    with pytest.raises(MunicipalityRequired):
        visited()


def test_outside_a_transaction_nothing_is_written(committing: Municipality) -> None:
    with in_municipality(committing):
        with pytest.raises(NotInTransaction):
            visited()
        assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("action", "member", "reason"),
    [
        (Action.REVEALED, "omschrijving", ""),
        (Action.REVEALED, "", "melding 2043"),
        (Action.MASKED, "omschrijving", ""),
        (Action.SEEN, "", "melding 2043"),
    ],
)
def test_a_value_is_shown_for_a_reason_and_nothing_else_has_one(
    haarlem: Municipality, action: Action, member: str, reason: str
) -> None:
    with in_municipality(haarlem), pytest.raises(IntegrityError), transaction.atomic():
        visited(action, member, reason)


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(person="iemand anders"), lambda rows: rows.delete()]
)
def test_nobody_changes_a_visit(haarlem: Municipality, change: Callable[[Any], Any]) -> None:
    with in_municipality(haarlem):
        visited()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(Visit.objects.all())
        assert Visit.objects.get().person == "S. Yilmaz"
