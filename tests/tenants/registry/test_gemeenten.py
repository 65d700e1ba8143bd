import csv

import pytest

from tenants.registry.gemeenten import GEMEENTEN, Gemeente, gemeente


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
