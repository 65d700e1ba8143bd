"""What is copied in is what was meant, whatever letters it has."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import RFC_4122, UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.catalogi.models import Zaaktype
from api.pipeline.sql.loading import (
    NULL,
    Rows,
    new_uuid,
    written,
    written_array,
    written_json,
    written_moment,
)
from api.zaken.models import Zaak
from tenants.registry.models import Municipality
from tests.factories.catalogi import ZaaktypeFactory

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
COLUMNS = ("uuid", "identificatie", "omschrijving", "kenmerken", "producten_of_diensten", "zaaktype_id")


def zaken(**fixed: object) -> Rows:
    usual = {"startdatum": date(2026, 1, 5), "vertrouwelijkheidaanduiding": 1, "bronorganisatie": "517439943"}
    return Rows(Zaak, *COLUMNS, **{**usual, **fixed})


def add(rows: Rows, zaaktype: Zaaktype, number: str, text: str = "", items: list[str] | None = None) -> None:
    kenmerken = written_json([{"bron": text, "kenmerk": text}])
    key = str(zaaktype.pk)
    rows.add(new_uuid(), written(number), written(text), kenmerken, written_array(items or []), key)


@pytest.fixture
def zaaktype(in_haarlem: Municipality) -> Zaaktype:
    return ZaaktypeFactory.create(published=True)


@given(text=TEXTS, items=st.lists(TEXTS, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_arrives(zaaktype: Zaaktype, text: str, items: list[str]) -> None:
    rows = zaken()
    add(rows, zaaktype, "Z-1", text, items)
    with transaction.atomic():
        rows.store()
        zaak = Zaak.objects.get(identificatie="Z-1")
        transaction.set_rollback(True)

    assert (zaak.omschrijving, zaak.producten_of_diensten) == (text, items)
    assert zaak.kenmerken == [{"bron": text, "kenmerk": text}]


def test_what_is_not_given_is_as_a_model_would_have_it(zaaktype: Zaaktype) -> None:
    rows = zaken(opschorting_indicatie=True)
    add(rows, zaaktype, "Z-1")
    rows.store()
    zaak, usual = Zaak.objects.get(), Zaak()

    assert zaak.opschorting_indicatie
    for name in ("relevante_andere_zaken", "einddatum", "toelichting", "archiefstatus", "registratiedatum"):
        assert getattr(zaak, name) == getattr(usual, name)


def test_the_database_gives_the_order_and_what_follows(zaaktype: Zaaktype) -> None:
    rows = zaken()
    for number in range(3):
        add(rows, zaaktype, f"Z-{number}")
    rows.store()

    assert list(Zaak.objects.order_by("volgorde").values_list("identificatie", flat=True)) == [
        "Z-0",
        "Z-1",
        "Z-2",
    ]
    assert Zaak.objects.filter(is_on_top=True, stands_below=None).count() == 3


def test_it_is_one_statement_and_nothing_twice(zaaktype: Zaaktype) -> None:
    rows = zaken()
    add(rows, zaaktype, "Z-1")
    rows.store()
    with CaptureQueriesContext(connection) as captured:
        rows.store()

    assert (Zaak.objects.count(), len(captured)) == (1, 0)


def test_constraints_hold(zaaktype: Zaaktype) -> None:
    rows = zaken()
    for _ in range(2):
        add(rows, zaaktype, "Z-1")

    with pytest.raises(IntegrityError, match="zaak_identificatie_unique"):
        rows.store()


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, NULL), (True, "t"), (False, "f"), (8, "8"), ("a\\b", "a\\\\b"), (date(2026, 1, 5), "2026-01-05")],
)
def test_values_are_written(value: object, text: str) -> None:
    assert written(value) == text


def test_a_moment_is_one_in_amsterdam(in_haarlem: Municipality) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written_moment(date(2026, 7, 1), 9 * 60 + 5)])
        ((moment,),) = cursor.fetchall()

    assert moment == datetime(2026, 7, 1, 7, 5, tzinfo=UTC)


def test_a_uuid_is_a_random_one() -> None:
    made = {UUID(new_uuid()) for _ in range(100)}

    assert len(made) == 100
    assert {(each.version, each.variant) for each in made} == {(4, RFC_4122)}
