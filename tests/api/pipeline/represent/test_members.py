"""Members, as PostgreSQL writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.members import Choice, Field, LocalMoment, Member
from api.zaken.models import Status
from tenants.registry.models import Municipality
from tests.factories.zaken import StatusFactory, ZaakFactory


def written(member: Member, row: Any) -> Any:
    """The member of one row."""
    model = type(row)
    return model.objects.filter(pk=row.pk).values_list(member.expression(model)).get()[0]


def named(member: Member, name: str) -> Any:
    member.named(name)
    return member


def status_of(moment: str) -> Status:
    return StatusFactory.create(datum_status_gezet=datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2026-01-01T22:59:59+00:00", "2026-01-01T23:59:59+01:00"),
        ("2026-01-01T23:00:00+00:00", "2026-01-02T00:00:00+01:00"),
        ("2026-01-01T23:30:00+00:00", "2026-01-02T00:30:00+01:00"),
        ("2026-07-01T21:59:59+00:00", "2026-07-01T23:59:59+02:00"),
        ("2026-07-01T22:00:00+00:00", "2026-07-02T00:00:00+02:00"),
        ("2026-07-01T22:30:00+00:00", "2026-07-02T00:30:00+02:00"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T01:00:00+00:00", "2026-03-29T03:00:00+02:00"),
        ("2025-10-26T00:30:00+00:00", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26T01:30:00+00:00", "2025-10-26T02:30:00+01:00"),
        ("2026-01-01T23:30:00.250000+00:00", "2026-01-02T00:30:00.25+01:00"),
    ],
)
def test_a_local_moment_has_the_offset_of_its_season(
    in_haarlem: Municipality, moment: str, answered: str
) -> None:
    assert written(named(LocalMoment(), "datumStatusGezet"), status_of(moment)) == answered


@pytest.mark.parametrize("moment", ["1890-01-01T12:00:00+00:00", "1930-01-01T12:00:00+00:00"])
def test_a_local_moment_of_long_ago_is_the_same_moment(in_haarlem: Municipality, moment: str) -> None:
    answer = written(named(LocalMoment(), "datumStatusGezet"), status_of(moment))
    assert len(answer) == len(moment)
    assert datetime.fromisoformat(answer) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2026-01-02T00:30:00+01:00", "2026-01-01T23:30:00Z"),
        ("2026-07-02T00:30:00+02:00", "2026-07-01T22:30:00Z"),
        ("2025-10-26T02:30:00.250000+01:00", "2025-10-26T01:30:00.25Z"),
    ],
)
def test_any_other_moment_is_in_utc(in_haarlem: Municipality, moment: str, answered: str) -> None:
    assert written(named(Field(), "datumStatusGezet"), status_of(moment)) == answered


@pytest.mark.parametrize("level", Vertrouwelijkheidaanduiding)
def test_a_choice_is_written_as_its_word(
    in_haarlem: Municipality, level: Vertrouwelijkheidaanduiding
) -> None:
    zaak = ZaakFactory.create(vertrouwelijkheidaanduiding=level)
    assert written(named(Choice(), "vertrouwelijkheidaanduiding"), zaak) == level.label


def test_a_local_moment_of_nothing_is_null(in_haarlem: Municipality) -> None:
    assert written(named(LocalMoment(), "laatsteBetaaldatum"), ZaakFactory.create()) is None
