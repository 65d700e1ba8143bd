import csv

import pytest

from tenants.registry.gemeenten import GEMEENTEN, Gemeente, gemeente, gemeenten_named


def test_a_code_gives_the_municipality() -> None:
    assert gemeente("0392") == Gemeente(
        cbs_code="0392", naam="Haarlem", provincie="Noord-Holland", inwoners=162898
    )


def test_an_unknown_code_gives_nothing() -> None:
    assert gemeente("9999") is None


def test_a_code_keeps_its_leading_zero() -> None:
    assert gemeente("344") is None


@pytest.mark.parametrize(("cbs_code", "naam"), [("0373", "Bergen"), ("0893", "Bergen"), ("0164", "Hengelo")])
def test_the_suffix_of_cbs_is_no_part_of_the_name(cbs_code: str, naam: str) -> None:
    found = gemeente(cbs_code)
    assert found is not None
    assert found.naam == naam


def test_the_division_has_342_municipalities_of_17_590_672_inhabitants() -> None:
    with GEMEENTEN.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["cbs_code"] for row in rows}) == 342
    assert sum(int(row["inwoners"]) for row in rows) == 17_590_672


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("haarlem", ["Haarlem", "Haarlemmermeer"]),
        (" SÚDWEST ", ["Súdwest-Fryslân"]),
        ("sudwest", ["Súdwest-Fryslân"]),
        ("'s-gravenh", ["'s-Gravenhage"]),
        ("nergens", []),
    ],
)
def test_one_picks_by_a_part_of_the_name(part: str, names: list[str]) -> None:
    assert [each.naam for each in gemeenten_named(part)] == names


def test_those_of_one_name_are_told_apart_by_their_province() -> None:
    assert [each.provincie for each in gemeenten_named("bergen") if each.naam == "Bergen"] == [
        "Limburg",
        "Noord-Holland",
    ]


def test_all_are_there_by_name() -> None:
    everything = gemeenten_named()

    assert len(everything) == 342
    assert everything[0].naam == "'s-Gravenhage"
