from __future__ import annotations

import pytest

from screens.confirm import TypeTheName


@pytest.mark.parametrize("typed", ["Súdwest-Fryslân", " Súdwest-Fryslân ", "Su\u0301dwest-Frysla\u0302n"])
def test_the_name_confirms(typed: str) -> None:
    assert TypeTheName({"typed": typed}, name="Súdwest-Fryslân").is_valid()


@pytest.mark.parametrize("typed", ["", "súdwest-fryslân", "Sudwest-Fryslan", "Houten"])
def test_anything_else_does_not(typed: str) -> None:
    assert not TypeTheName({"typed": typed}, name="Súdwest-Fryslân").is_valid()


def test_the_refusal_says_what_to_type() -> None:
    form = TypeTheName({"typed": "houten"}, name="Houten")

    assert form.errors["typed"] == ["Dit is niet de naam. Typ precies: Houten"]
