"""What a write waits for, what it leaves behind, and what becomes of it when the database says no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.db import IntegrityError, connection, connections, transaction
from psycopg2 import errors

from api.clients.client import NOBODY
from api.pipeline.declare.write import Write
from api.pipeline.words.caller import Caller
from api.zaken.models import Resultaat, Rol, Zaak
from api.zaken.resources.zaak import ZaakResource
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_all_rights, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import RESULTATEN, ROLLEN, ZAKEN, Catalogue, catalogue_of

CLOSED = date(2026, 2, 1)
PATIENCE_SECONDS = 20
SOMEBODY_WAITS = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
Prepare = Callable[[Write], None]


# -- what the database refuses ---------------------------------------------------------------------


@pytest.fixture
def preparing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Prepare], None]:
    """Put something between the rules and the saving of a zaak: what another got in first."""

    def put(action: str, prepare: Prepare) -> None:
        operation = replace(ZaakResource.operations[action], prepare=(prepare,))
        monkeypatch.setitem(ZaakResource.operations, action, operation)

    return put


def failing_with(cause: psycopg2.Error | None) -> Prepare:
    def fail(write: Write) -> None:
        raise IntegrityError from cause

    return fail


@pytest.mark.parametrize(
    ("cause", "status", "code"),
    [
        (errors.UniqueViolation(), 409, "conflict"),
        (errors.ExclusionViolation(), 409, "conflict"),
        (errors.ForeignKeyViolation(), 409, "conflict"),
        (errors.CheckViolation(), 500, "error"),
        (errors.NotNullViolation(), 500, "error"),
        (psycopg2.IntegrityError(), 500, "error"),
        (None, 500, "error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_only_what_somebody_else_did_first_is_a_conflict(
    haarlem_api: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    preparing: Callable[[str, Prepare], None],
    cause: psycopg2.Error | None,
    status: int,
    code: str,
) -> None:
    preparing("partial_update", failing_with(cause))
    answer = haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "anders"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert haarlem_api.get(catalogue.url(zaak)).json()["omschrijving"] == zaak.omschrijving


def test_a_row_that_a_check_refuses_is_a_fault_of_ours(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, preparing: Callable[[str, Prepare], None]
) -> None:
    preparing("partial_update", lambda write: write.data.update(identificatie=""))
    answer = haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "anders"})
    assert answer.status_code == 500
    assert haarlem_api.get(catalogue.url(zaak)).json()["omschrijving"] == zaak.omschrijving


def test_a_value_that_was_taken_meanwhile_is_a_conflict(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, preparing: Callable[[str, Prepare], None]
) -> None:
    other = catalogue.new_zaak()
    preparing("partial_update", lambda write: write.data.update(identificatie=other.identificatie))
    assert haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "anders"}).status_code == 409


def test_what_was_taken_meanwhile_is_named_where_a_rule_can_say_it(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, preparing: Callable[[str, Prepare], None]
) -> None:
    preparing("create", lambda write: write.data.update(identificatie=zaak.identificatie))
    answer = haarlem_api.post(ZAKEN, catalogue.zaak())
    assert violations(answer) == [("identificatie", "identificatie-niet-uniek")]


def test_what_was_deleted_meanwhile_is_a_conflict(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, preparing: Callable[[str, Prepare], None]
) -> None:
    def name_what_is_gone(write: Write) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        write.data["hoofdzaak"] = Zaak(pk=uuid4())

    preparing("partial_update", name_what_is_gone)
    assert haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "anders"}).status_code == 409


# -- what is left behind ---------------------------------------------------------------------------


def last_line(api: ApiClient, zaak: str) -> tuple[str, str, int]:
    line = api.get(f"{zaak}/audittrail").json()[-1]
    return line["resource"], line["actie"], line["resultaat"]


def test_the_trail_says_created(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    url = haarlem_api.post(ZAKEN, catalogue.zaak()).json()["url"]
    assert last_line(haarlem_api, url) == ("zaak", "create", 201)


def test_the_trail_says_changed(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    url = catalogue.url(zaak)
    haarlem_api.patch(url, {"omschrijving": "anders"})
    assert last_line(haarlem_api, url) == ("zaak", "partial_update", 200)
    haarlem_api.put(url, catalogue.zaak())
    assert last_line(haarlem_api, url) == ("zaak", "update", 200)


def test_the_trail_says_deleted(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    rol = haarlem_api.post(ROLLEN, catalogue.rol(zaak)).json()["url"]
    assert last_line(haarlem_api, catalogue.url(zaak)) == ("rol", "create", 201)
    haarlem_api.delete(rol)
    assert last_line(haarlem_api, catalogue.url(zaak)) == ("rol", "destroy", 204)


def test_the_trail_says_what_followed(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.close(haarlem_api, zaak)
    lines = haarlem_api.get(f"{catalogue.url(zaak)}/audittrail").json()
    assert [(line["resource"], line["actie"], line["resultaat"]) for line in lines] == [
        ("resultaat", "create", 201),
        ("zaak", "partial_update", 200),
        ("status", "create", 201),
    ]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-15T22:59:59+00:00", date(2026, 1, 15)),
        ("2026-01-15T23:30:00+00:00", date(2026, 1, 16)),
        ("2026-07-15T21:59:59+00:00", date(2026, 7, 15)),
        ("2026-07-15T22:30:00+00:00", date(2026, 7, 16)),
    ],
)
def test_the_day_of_a_write_is_the_one_in_amsterdam(moment: str, day: date) -> None:
    caller = Caller(NOBODY, Municipality(), datetime.fromisoformat(moment), "http://haarlem.localhost")
    assert caller.today == day


# -- what is waited for ----------------------------------------------------------------------------


@pytest.fixture
def committed(committing: Municipality) -> Catalogue:
    """In tables that another connection sees."""
    return catalogue_of(committing)


@pytest.fixture
def elsewhere(committed: Catalogue) -> Iterator[ThreadPoolExecutor]:
    """A second connection."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


@pytest.fixture
def open_only(committed: Catalogue) -> ApiClient:
    """May write on zaken that are open, and not on closed ones."""
    with in_municipality(committed.municipality):
        given = right("zrc", ["zaken.lezen", "zaken.bijwerken"], committed.zaaktype, maximum=8)  # type: ignore[arg-type]
    return api_with_rights(committed.municipality, given)


def wait_until_blocked(request: Future[Response]) -> None:
    """Until the other connection waits for this one, or has been answered without."""
    with connection.cursor() as cursor:
        for _ in range(PATIENCE_SECONDS * 100):
            cursor.execute(SOMEBODY_WAITS)
            if cursor.rowcount or wait([request], timeout=0.01).done:
                return
    raise AssertionError("The other connection neither waited nor answered.")


def sent_while(
    elsewhere: ThreadPoolExecutor,
    committed: Catalogue,
    happens: Callable[[], Any],
    send: Callable[[], Response],
) -> Response:
    """The answer to what is sent while something else has happened, and is not yet committed."""
    with in_municipality(committed.municipality), transaction.atomic():
        happens()
        request = elsewhere.submit(send)
        wait_until_blocked(request)
    return request.result(timeout=PATIENCE_SECONDS)


def test_a_change_waits_for_the_one_before_it_and_is_judged_on_that(
    elsewhere: ThreadPoolExecutor, committed: Catalogue, open_only: ApiClient
) -> None:
    zaak = committed.new_zaak()
    answer = sent_while(
        elsewhere,
        committed,
        lambda: Zaak.objects.update(einddatum=CLOSED),
        lambda: open_only.patch(committed.url(zaak), {"omschrijving": "anders"}),
    )
    assert answer.status_code == 403
    assert open_only.get(committed.url(zaak)).json()["omschrijving"] == zaak.omschrijving


def test_a_part_waits_for_a_change_of_its_zaak_and_is_judged_on_that(
    elsewhere: ThreadPoolExecutor, committed: Catalogue, open_only: ApiClient
) -> None:
    zaak = committed.new_zaak()
    answer = sent_while(
        elsewhere,
        committed,
        lambda: Zaak.objects.update(einddatum=CLOSED),
        lambda: open_only.post(ROLLEN, committed.rol(zaak)),
    )
    assert answer.status_code == 403
    with in_municipality(committed.municipality):
        assert Rol.objects.count() == 0


def test_deleting_a_part_waits_for_a_change_of_its_zaak(
    elsewhere: ThreadPoolExecutor, committed: Catalogue, open_only: ApiClient
) -> None:
    zaak = committed.new_zaak()
    rol = open_only.post(ROLLEN, committed.rol(zaak)).json()["url"]
    answer = sent_while(
        elsewhere,
        committed,
        lambda: Zaak.objects.update(einddatum=CLOSED),
        lambda: open_only.delete(rol),
    )
    assert answer.status_code == 403
    assert open_only.get(rol).status_code == 200


def test_a_part_that_is_deleted_meanwhile_is_not_there(
    elsewhere: ThreadPoolExecutor, committed: Catalogue, open_only: ApiClient
) -> None:
    zaak = committed.new_zaak()
    made = open_only.post(RESULTATEN, committed.resultaat(zaak)).json()["url"]
    answer = sent_while(
        elsewhere,
        committed,
        lambda: Resultaat.objects.all().delete(),
        lambda: open_only.patch(made, {"toelichting": "anders"}),
    )
    assert answer.status_code == 404


def test_of_two_at_once_the_second_hears_why_not(elsewhere: ThreadPoolExecutor, committed: Catalogue) -> None:
    zaak, api = committed.new_zaak(), api_with_all_rights(committed.municipality)

    def first() -> None:
        locked = Zaak.objects.select_for_update().get(pk=zaak.pk)
        Resultaat.objects.create(zaak=locked, resultaattype=committed.resultaattype)

    answer = sent_while(
        elsewhere,
        committed,
        first,
        lambda: api.post(RESULTATEN, committed.resultaat(zaak)),
    )
    assert violations(answer) == [("nonFieldErrors", "unique")]
    with in_municipality(committed.municipality):
        assert Resultaat.objects.count() == 1
