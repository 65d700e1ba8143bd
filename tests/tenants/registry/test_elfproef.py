import pytest

from tenants.registry.elfproef import is_valid_oin, is_valid_rsin, passes_elfproef


@pytest.mark.parametrize("value", ["111222333", "123456782", "002220647"])
def test_nine_digits_that_divide_by_eleven_are_valid(value: str) -> None:
    assert is_valid_rsin(value)


@pytest.mark.parametrize(
    "value", ["111222334", "12345678", "1234567820", "000000000", "12345678X", "", "１２３４５６７８２"]
)
def test_anything_else_is_not(value: str) -> None:
    assert not is_valid_rsin(value)


def test_nine_zeros_pass_the_test_and_are_nobodys() -> None:
    assert passes_elfproef("000000000")
    assert not passes_elfproef("00000000")


def test_an_oin_of_an_rsin_holds_a_valid_one() -> None:
    assert is_valid_oin("00000001123456782000")
    assert not is_valid_oin("00000001123456783000")


def test_an_oin_of_another_register_has_twenty_digits() -> None:
    assert is_valid_oin("00000003123456780000")
    assert not is_valid_oin("0000000312345678")
