"""Errands: what follows from an act is done once it stands, and tried until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from pytest_django import Settings
from structlog.testing import capture_logs

from tenants.accounts.letters import post
from tenants.errands.errands import doing_of, run_errands, send_on
from tenants.errands.models import Errand, Letter
from tenants.errands.tasks import go
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.names import PUBLIC

pytestmark = pytest.mark.django_db
DONE: list[dict[str, Any]] = []


def note(**given: Any) -> None:
    assert connection.schema_name == PUBLIC
    DONE.append(given)
    post("Gedaan", "x", ["een@x.example"])


def fail(**given: Any) -> None:
    note(**given)
    raise LookupError("Jansen")


@pytest.fixture(autouse=True)
def kinds(settings: Settings) -> Iterator[None]:
    settings.ERRANDS = {**settings.ERRANDS, "noteer": f"{__name__}.note", "faal": f"{__name__}.fail"}
    doing_of.cache_clear()
    DONE.clear()
    yield
    doing_of.cache_clear()


def test_each_kind_is_a_function_that_is_there(settings: Settings) -> None:
    assert all(callable(import_string(path)) for path in settings.ERRANDS.values())


def test_a_kind_that_nobody_has_is_not_asked() -> None:
    with pytest.raises(KeyError):
        send_on("onbekend")


def test_what_a_municipality_asks_is_done_in_public_and_once(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        send_on("noteer", pk=7)

    run_errands(until=inf)
    run_errands(until=inf)

    assert DONE == [{"pk": 7}]
    assert Letter.objects.count() == 1
    assert not Errand.objects.exists()


def test_what_is_undone_asks_nothing(haarlem: Municipality) -> None:
    with in_municipality(haarlem), transaction.atomic():
        send_on("noteer", pk=7)
        transaction.set_rollback(True)

    assert run_errands(until=inf) == 0


def test_one_that_fails_leaves_nothing_is_tried_again_and_holds_up_no_other() -> None:
    send_on("faal", pk=1)
    send_on("noteer", pk=2)

    with capture_logs() as logs:
        run_errands(until=inf)

    assert DONE == [{"pk": 1}, {"pk": 2}]
    assert Letter.objects.count() == 1
    standing = Errand.objects.get()
    assert (standing.kind, standing.attempts) == ("faal", 1)
    assert standing.next_at > timezone.now()
    assert "Jansen" not in str([each for each in logs if each["event"] == "errand_waits"])


def test_what_an_errand_wrote_leaves_in_the_same_round() -> None:
    send_on("noteer", pk=7)

    go.run()

    assert not Letter.objects.exists()


def test_beat_rings_too(settings: Settings) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["errands"]["task"] == go.name
