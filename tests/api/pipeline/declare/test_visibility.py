"""Who may see what, at the level where it ends: in a list, on its own, and taken along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from api.clients.client import HIGHEST, Client, Right
from api.clients.scopes import Scope
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.pipeline.declare.visibility import ComponentRights, OpenRights, TypeRights
from api.pipeline.http import resource
from api.pipeline.sql import pages
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.zaken.conftest import ROLLEN, STATUSSEN, ZAKEN, Catalogue
from tests.factories.zaken import RolFactory, StatusFactory, ZaakFactory

LEZEN, SCHRIJVEN = Scope("zaken.lezen"), Scope("zaken.bijwerken")
CATALOGI_LEZEN = Scope("catalogi.lezen")
TYPE = UUID(int=1)
BELOW, MAXIMUM, ABOVE = Level.ZAAKVERTROUWELIJK, Level.VERTROUWELIJK, Level.CONFIDENTIEEL
SEEN = [(BELOW, 1), (MAXIMUM, 1), (ABOVE, 0)]
ALLOWED = [(BELOW, 200), (MAXIMUM, 200), (ABOVE, 403)]
ZaakOf = Callable[[Level], Zaak]


@pytest.fixture
def reader(catalogue: Catalogue) -> ApiClient:
    """May read and write on zaken of the zaaktype, up to vertrouwelijk."""
    scopes = ["zaken.lezen", "zaken.bijwerken", "audittrails.lezen"]
    with in_municipality(catalogue.municipality):
        given = right("zrc", scopes, catalogue.zaaktype, maximum=MAXIMUM)
    return api_with_rights(catalogue.municipality, given)


@pytest.fixture
def zaak_of(catalogue: Catalogue) -> ZaakOf:
    return lambda level: catalogue.new_zaak(vertrouwelijkheidaanduiding=level)


def part_of(catalogue: Catalogue, zaak: Zaak) -> tuple[Model, Model]:
    """A status and a rol of the zaak."""
    with in_municipality(catalogue.municipality):
        return (
            StatusFactory.create(zaak=zaak, statustype=catalogue.first),
            RolFactory.create(zaak=zaak, roltype=catalogue.roltype),
        )


def test_what_becomes_secret_while_a_list_is_made_is_not_shown(
    catalogue: Catalogue, reader: ApiClient, zaak_of: ZaakOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys and documents are two statements; another connection may write between them."""
    stays, becomes, goes = (zaak_of(MAXIMUM) for _ in range(3))

    def counted_and_changed(*arguments: Any) -> tuple[int, str]:
        found = pages.counted(*arguments)
        Zaak.objects.filter(pk=becomes.pk).update(vertrouwelijkheidaanduiding=ABOVE)
        Zaak.objects.filter(pk=goes.pk).delete()
        return found

    monkeypatch.setattr(resource, "counted", counted_and_changed)
    found = reader.get(ZAKEN).json()
    assert found["count"] == 3
    assert [each["uuid"] for each in found["results"]] == [str(stays.pk)]


@pytest.mark.parametrize("maximum", Level)
def test_a_list_reaches_up_to_the_maximum_inclusive(catalogue: Catalogue, maximum: Level) -> None:
    with in_municipality(catalogue.municipality):
        for level in Level:
            ZaakFactory.create(zaaktype=catalogue.zaaktype, vertrouwelijkheidaanduiding=level)
        given = right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=maximum)
    found = api_with_rights(catalogue.municipality, given).get(ZAKEN).json()
    seen = {each["vertrouwelijkheidaanduiding"] for each in found["results"]}
    assert (found["count"], seen) == (maximum, {level.label for level in Level if level <= maximum})


@pytest.mark.parametrize(("level", "seen"), SEEN)
def test_a_search_ends_at_the_same_level(reader: ApiClient, zaak_of: ZaakOf, level: Level, seen: int) -> None:
    wanted = {"uuid__in": [str(zaak_of(level).pk)]}
    assert reader.post(f"{ZAKEN}/_zoek", wanted).json()["count"] == seen


@pytest.mark.parametrize(("level", "status"), ALLOWED)
@pytest.mark.parametrize("suffix", ["", "/audittrail"])
def test_a_detail_ends_at_the_same_level(
    reader: ApiClient, catalogue: Catalogue, zaak_of: ZaakOf, level: Level, status: int, suffix: str
) -> None:
    assert reader.get(catalogue.url(zaak_of(level)) + suffix).status_code == status


@pytest.mark.parametrize(("level", "seen"), SEEN)
@pytest.mark.parametrize(("path", "which"), [(STATUSSEN, 0), (ROLLEN, 1)])
def test_what_belongs_to_a_zaak_is_seen_as_the_zaak_is(
    reader: ApiClient,
    catalogue: Catalogue,
    zaak_of: ZaakOf,
    level: Level,
    seen: int,
    path: str,
    which: int,
) -> None:
    part = part_of(catalogue, zaak_of(level))[which]
    assert reader.get(path).json()["count"] == seen
    assert (reader.get(catalogue.url(part)).status_code == 200) == bool(seen)


@pytest.mark.parametrize(("level", "seen"), SEEN)
def test_what_is_taken_along_ends_at_the_same_level(
    reader: ApiClient, catalogue: Catalogue, zaak_of: ZaakOf, level: Level, seen: int
) -> None:
    above = zaak_of(level)
    below = catalogue.new_zaak(hoofdzaak=above, identificatie="deel")
    (listed,) = reader.get(f"{ZAKEN}?identificatie=deel&expand=hoofdzaak").json()["results"]
    alone = reader.get(f"{catalogue.url(below)}?expand=hoofdzaak").json()
    assert listed == alone
    assert alone["hoofdzaak"] == catalogue.url(above)
    assert [each["url"] for each in alone["_expand"].values()] == [catalogue.url(above)] * seen


@pytest.mark.parametrize(("level", "seen"), SEEN)
def test_of_many_that_are_taken_along_those_are_left_out(
    reader: ApiClient, catalogue: Catalogue, zaak: Zaak, level: Level, seen: int
) -> None:
    below = catalogue.new_zaak(hoofdzaak=zaak, vertrouwelijkheidaanduiding=level)
    found = reader.get(f"{catalogue.url(zaak)}?expand=deelzaken").json()
    assert found["deelzaken"] == [catalogue.url(below)]
    assert len(found["_expand"]["deelzaken"]) == seen


@pytest.mark.parametrize(("level", "status"), ALLOWED)
def test_writing_ends_at_the_same_level(
    reader: ApiClient, catalogue: Catalogue, zaak_of: ZaakOf, level: Level, status: int
) -> None:
    url = catalogue.url(zaak_of(level))
    assert reader.patch(url, {"omschrijving": "anders"}).status_code == status


@pytest.mark.parametrize(("level", "status"), ALLOWED)
def test_raising_ends_at_the_same_level(
    reader: ApiClient, catalogue: Catalogue, zaak: Zaak, level: Level, status: int
) -> None:
    answer = reader.patch(catalogue.url(zaak), {"vertrouwelijkheidaanduiding": level.label})
    assert answer.status_code == status


# -- the three kinds of rights ---------------------------------------------------------------------


def client(*rights: Right) -> Client:
    return Client("zaaksysteem", rights=rights)


def test_rights_by_type_are_judged_on_type_and_level() -> None:
    rights = TypeRights("zrc", "zaaktype_id", "vertrouwelijkheidaanduiding", "zrc-006 autorisatie")
    zaak = Zaak(zaaktype_id=TYPE, vertrouwelijkheidaanduiding=MAXIMUM)
    holder = client(Right("zrc", frozenset([LEZEN.label]), TYPE, MAXIMUM))
    assert rights.subject(zaak) == (TYPE, MAXIMUM)
    assert rights.permits(holder, LEZEN, zaak)
    assert not rights.permits(holder, SCHRIJVEN, zaak)
    assert not rights.permits(holder, LEZEN, Zaak(zaaktype_id=TYPE, vertrouwelijkheidaanduiding=ABOVE))
    assert (rights.sources(LEZEN), rights.rule(LEZEN)) == ([("zrc", LEZEN)], "zrc-006 autorisatie")


def test_without_levels_a_right_by_type_asks_for_the_highest() -> None:
    rights = TypeRights("zrc", "zaaktype_id")
    zaak = Zaak(zaaktype_id=TYPE, vertrouwelijkheidaanduiding=Level.OPENBAAR)
    lower, highest = (
        client(Right("zrc", frozenset([LEZEN.label]), TYPE, maximum)) for maximum in (HIGHEST - 1, HIGHEST)
    )
    assert rights.subject(zaak) == (TYPE, None)
    assert (rights.permits(lower, LEZEN, zaak), rights.permits(highest, LEZEN, zaak)) == (False, True)


def test_rights_of_a_component_ask_for_its_scope_alone() -> None:
    rights = ComponentRights("ztc", also=(("zrc", LEZEN),), key="ztc-014 lezen")
    reads_zaken = client(Right("zrc", frozenset([LEZEN.label]), TYPE, MAXIMUM))
    reads_catalogi = client(Right("ztc", frozenset([CATALOGI_LEZEN.label]), None, HIGHEST))
    assert (rights.held(reads_catalogi, CATALOGI_LEZEN), rights.held(client(), CATALOGI_LEZEN)) == (
        True,
        False,
    )
    assert not rights.permits(reads_zaken, CATALOGI_LEZEN, None)
    assert (rights.subject(None), rights.rule(CATALOGI_LEZEN)) == ((None, None), "")


def test_what_else_counts_has_its_own_rule() -> None:
    rights = ComponentRights("ztc", also=(("zrc", LEZEN),), key="ztc-014 lezen")
    asked = CATALOGI_LEZEN | LEZEN
    assert rights.sources(asked) == [("ztc", asked), ("zrc", LEZEN)]
    assert rights.held(client(Right("zrc", frozenset([LEZEN.label]), TYPE, MAXIMUM)), asked)
    assert rights.rule(asked) == "ztc-014 lezen"


def test_what_is_open_is_everybodys() -> None:
    rights = OpenRights()
    assert rights.held(Client(""), LEZEN)
    assert rights.permits(Client(""), LEZEN, None)
    assert (rights.sources(LEZEN), rights.rule(LEZEN), rights.subject(None)) == ([], "", (None, None))
