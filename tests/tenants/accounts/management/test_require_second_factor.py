from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tenants.registry.models import Municipality


def require(*arguments: str) -> None:
    call_command("require_second_factor", "--municipality", *arguments, verbosity=0)


def test_it_is_required_until_it_is_left_to_each(haarlem: Municipality, utrecht: Municipality) -> None:
    require("haarlem", "--not")

    haarlem.refresh_from_db()
    utrecht.refresh_from_db()
    assert (haarlem.second_factor_required, utrecht.second_factor_required) == (False, True)


def test_it_is_required_again(haarlem: Municipality) -> None:
    require("haarlem", "--not")
    require("haarlem")

    haarlem.refresh_from_db()
    assert haarlem.second_factor_required


def test_an_unknown_municipality_is_an_error(db: None) -> None:
    with pytest.raises(CommandError):
        require("nergens")
