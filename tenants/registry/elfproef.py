"""The eleven test, which numbers of persons and organisations in the Netherlands pass."""

from __future__ import annotations

RSIN_LENGTH = 9
OIN_LENGTH = 20
OIN_OF_A_RSIN = "00000001"


def is_valid_rsin(value: str) -> bool:
    """Whether it is a BSN or RSIN that somebody can have: nine zeros are nobody's."""
    return passes_elfproef(value) and value != "0" * RSIN_LENGTH


def passes_elfproef(value: str) -> bool:
    """Whether it is nine digits whose sum, weighted 9 to 2 and -1, divides by eleven."""
    if not _is_digits(value, RSIN_LENGTH):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, value, strict=True)) % 11 == 0


def is_valid_oin(value: str) -> bool:
    """Whether an OIN has twenty digits; one that is made of an RSIN must hold a valid RSIN (Logius)."""
    if not _is_digits(value, OIN_LENGTH):
        return False
    if not value.startswith(OIN_OF_A_RSIN):
        return True
    start = len(OIN_OF_A_RSIN)
    return is_valid_rsin(value[start : start + RSIN_LENGTH])


def _is_digits(value: str, length: int) -> bool:
    return len(value) == length and value.isascii() and value.isdigit()
