from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tenants.registry.models import Municipality


def set_selectielijst(*arguments: str, municipality: str = "haarlem") -> str:
    said = StringIO()
    call_command("set_selectielijst", *arguments, municipality=municipality, stdout=said)
    return said.getvalue().strip()


def test_a_base_is_set_for_that_municipality_alone(haarlem: Municipality, utrecht: Municipality) -> None:
    said = set_selectielijst("https://lijsten.example.nl/api/v1/")

    assert said == "Haarlem now has its selectielijst from https://lijsten.example.nl/api/v1."
    haarlem.refresh_from_db()
    utrecht.refresh_from_db()
    assert (haarlem.selectielijst_url, utrecht.selectielijst_url) == ("https://lijsten.example.nl/api/v1", "")


def test_a_base_is_unset(haarlem: Municipality) -> None:
    set_selectielijst("https://lijsten.example.nl/api/v1")

    assert set_selectielijst("--unset") == "Haarlem now has its selectielijst from this deployment."
    haarlem.refresh_from_db()
    assert haarlem.selectielijst_url == ""


@pytest.mark.parametrize(
    "url",
    [
        "lijsten.example.nl",
        "ftp://lijsten.example.nl",
        "https://piet@lijsten.example.nl",
        "https://lijsten.example.nl/?jaar=2020",
        "https://lijsten.example.nl/#top",
        "http://[::1",
        "https://lijsten.example.nl/" + "x" * 500,
    ],
)
def test_what_cannot_be_a_base_is_refused(haarlem: Municipality, url: str) -> None:
    with pytest.raises(CommandError):
        set_selectielijst(url)

    haarlem.refresh_from_db()
    assert haarlem.selectielijst_url == ""


@pytest.mark.parametrize(
    "arguments", [[], ["https://lijsten.example.nl", "--unset"]], ids=["neither", "both"]
)
def test_it_is_either_a_base_or_none(haarlem: Municipality, arguments: list[Any]) -> None:
    with pytest.raises(CommandError):
        set_selectielijst(*arguments)


def test_an_unknown_municipality_is_refused(db: None) -> None:
    with pytest.raises(CommandError):
        set_selectielijst("https://lijsten.example.nl", municipality="nergens")
