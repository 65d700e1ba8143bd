"""Expressions of scopes."""

from api.clients.scopes import Scope

LEZEN, BIJWERKEN, GEFORCEERD = Scope("zaken.lezen"), Scope("zaken.bijwerken"), Scope("zaken.geforceerd")


def test_a_scope_is_its_own_label() -> None:
    assert LEZEN.satisfied_by({"zaken.lezen", "anders"})
    assert not LEZEN.satisfied_by({"zaken.lezen.anders"})


def test_either_of_two() -> None:
    either = BIJWERKEN | GEFORCEERD
    assert either.satisfied_by({"zaken.geforceerd"})
    assert not either.satisfied_by({"zaken.lezen"})


def test_both_of_two() -> None:
    both = LEZEN & BIJWERKEN
    assert both.satisfied_by({"zaken.lezen", "zaken.bijwerken"})
    assert not both.satisfied_by({"zaken.lezen"})


def test_every_label_is_known() -> None:
    assert (LEZEN & (BIJWERKEN | GEFORCEERD)).labels() == {
        "zaken.lezen",
        "zaken.bijwerken",
        "zaken.geforceerd",
    }


def test_the_sets_that_suffice_are_listed_as_security() -> None:
    assert (LEZEN & (BIJWERKEN | GEFORCEERD)).alternatives() == [
        ["zaken.lezen", "zaken.bijwerken"],
        ["zaken.lezen", "zaken.geforceerd"],
    ]
