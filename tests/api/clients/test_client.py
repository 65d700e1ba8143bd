"""What a client may do, by its compiled rights."""

from uuid import UUID

import pytest

from api.clients.client import HIGHEST, Client, Right
from api.clients.scopes import Scope

LEZEN, BIJWERKEN, TRAIL = Scope("zaken.lezen"), Scope("zaken.bijwerken"), Scope("audittrails.lezen")
MELDING, BEZWAAR = UUID(int=1), UUID(int=2)
INTERN, GEHEIM = 3, 7


def client(*rights: Right) -> Client:
    return Client("zaaksysteem", rights=rights)


def right(*scopes: Scope, on: UUID | None = MELDING, maximum: int = INTERN, component: str = "zrc") -> Right:
    return Right(component, frozenset(scope.label for scope in scopes), on, maximum)


@pytest.mark.parametrize(
    ("on", "level", "allowed"),
    [(MELDING, INTERN, True), (MELDING, INTERN + 1, False), (BEZWAAR, INTERN, False)],
)
def test_a_right_reaches_its_type_up_to_its_level_inclusive(on: UUID, level: int, allowed: bool) -> None:
    assert client(right(LEZEN)).may("zrc", LEZEN, on, level) is allowed


def test_a_right_is_of_one_component() -> None:
    assert not client(right(LEZEN)).may("drc", LEZEN, MELDING, INTERN)
    assert not client(right(LEZEN)).holds("drc", LEZEN)


def test_rights_add_up_on_the_same_type() -> None:
    both = client(right(LEZEN), right(BIJWERKEN))
    assert both.may("zrc", LEZEN & BIJWERKEN, MELDING, INTERN)


def test_rights_on_different_types_do_not_add_up() -> None:
    apart = client(right(LEZEN), right(BIJWERKEN, on=BEZWAAR))
    assert not apart.may("zrc", LEZEN & BIJWERKEN, MELDING, INTERN)
    assert apart.holds("zrc", LEZEN & BIJWERKEN)


def test_the_levels_of_rights_are_apart() -> None:
    mixed = client(right(LEZEN, maximum=GEHEIM), right(BIJWERKEN))
    assert mixed.may("zrc", LEZEN, MELDING, GEHEIM)
    assert not mixed.may("zrc", BIJWERKEN, MELDING, GEHEIM)


def test_a_right_without_type_covers_all() -> None:
    assert client(right(TRAIL, on=None, maximum=HIGHEST)).may("zrc", TRAIL, BEZWAAR, HIGHEST)


def test_all_rights_are_all() -> None:
    everything = Client("beheer", heeft_alle_autorisaties=True)
    assert everything.may("brc", LEZEN & BIJWERKEN, None, HIGHEST)
    assert everything.holds("brc", LEZEN)


def test_types_are_those_of_the_scope() -> None:
    some = client(right(LEZEN), right(BIJWERKEN, on=BEZWAAR), right(TRAIL, on=None))
    assert some.types("zrc", LEZEN) == [(MELDING, INTERN)]
    assert some.types("zrc", TRAIL) == []
