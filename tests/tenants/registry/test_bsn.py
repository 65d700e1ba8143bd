from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.registry.bsn import MASK, find, mask, mask_name
from tenants.registry.elfproef import is_valid_rsin

BSN = "123456782"
HIDDEN = MASK * 9


def with_check_digit(start: str) -> str | None:
    """The nine digits that begin with these eight; None where there are none."""
    return next((f"{start}{last}" for last in range(10) if is_valid_rsin(f"{start}{last}")), None)


bsns = (
    st.text("0123456789", min_size=8, max_size=8)
    .map(with_check_digit)
    .filter(lambda found: found is not None)
    .map(str)
)
words = st.text(st.characters(blacklist_categories=("Nd", "Cs")), max_size=30)
around = st.sampled_from(["", " ", ", ", "\n", "(", ": ", "; ", "\t", '"', "'", "."])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mijn BSN is 123456782.", f"Mijn BSN is {HIDDEN}."),
        ("123456782", HIDDEN),
        ("Het gaat om 123456782 en 111222333", f"Het gaat om {HIDDEN} en {HIDDEN}"),
        ("Jansen,123456782,19800101", f"Jansen,{HIDDEN},19800101"),
        ("regel 12 123456782 2026", f"regel 12 {HIDDEN} 2026"),
        ("1234.56.782", "••••.••.•••"),
        ("123.456.782", "•••.•••.•••"),
        ("123 456 782", "••• ••• •••"),
        ("1234\u00a056\u00a0782", "••••\u00a0••\u00a0•••"),
        ("12345\u200b6782", f"{MASK * 5}\u200b{MASK * 4}"),
        ("１２３４５６７８２", HIDDEN),
        ("/personen/123456782/adres", f"/personen/{HIDDEN}/adres"),
        ("?bsn=123456782", f"?bsn={HIDDEN}"),
        ("BSN123456782", f"BSN{HIDDEN}"),
        ("bsn 1234-56-782", "bsn ••••-••-•••"),
        ("bsn 12 34 56 782", "bsn •• •• •• •••"),
        ("sofinummer: 123456782", f"sofinummer: {HIDDEN}"),
        ("burgerservicenummer 10000008", "burgerservicenummer ••••••••"),
        ("RSIN of BSN 123456782", f"RSIN of BSN {HIDDEN}"),
    ],
)
def test_a_number_is_masked_and_its_shape_stays(text: str, shown: str) -> None:
    assert mask(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen getal",
        "123456789",  # fails the eleven test
        "000000000",
        "1234567820",
        "0123456782",
        "bsn 12345673",
        "10000008",  # eight digits, and no word beside it
        "Bel 06 12345678 of 0612345678",
        "+31 123456782",
        "+31(0)123456782",
        "+31 (0) 123456782",
        "0031-123456782",
        "NL91 ABNA 0417 1643 00",
        "NL91ABNA0417164300",
        "BSN? Nee, IBAN BE68 5390 0754 7034 graag",
        "ZAAK-2026-123456782",
        "zaak-123456782",
        "Z123456782",
        "NL123456782B01",
        "123456782-01",
        "RSIN 123456782",
        "rsin: 123456782",
        "RSIN is 123456782",
        "€ 123.456.782",
        "EUR 123.456.782",
        "192.168.100.782",
        "10 123.456.782.1",
        "12 123 456 782",
        "00000001123456782000",  # an OIN
        "2043",
        "26-11-2026 14:05:33",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert mask(text).text == text


def test_it_says_how_many_there_were() -> None:
    assert mask("123456782, 111222333 en 123456789").found == 2


@pytest.mark.parametrize(
    "name", ["123456782.pdf", "scan-123456782.pdf", "bsn_123456782.txt", "a123456782b.doc"]
)
def test_in_the_name_of_a_file_a_hyphen_hides_nothing(name: str) -> None:
    assert mask_name(name).found == 1
    assert BSN not in mask_name(name).text


def test_the_name_of_a_file_keeps_its_other_numbers() -> None:
    assert mask_name("notulen-2026-11-26.pdf").text == "notulen-2026-11-26.pdf"


@given(words, around, bsns, around, words)
def test_a_number_that_stands_apart_is_never_left(
    before: str, left: str, bsn: str, right: str, after: str
) -> None:
    text = f"{before}\n{left}{bsn}{right}\n{after}"

    assert bsn not in mask(text).text


@given(st.text(max_size=200))
def test_masking_changes_digits_alone_and_twice_is_once(text: str) -> None:
    masked = mask(text).text

    assert len(masked) == len(text)
    assert all(new in {old, MASK} for old, new in zip(text, masked, strict=True))
    assert all(old.isdecimal() for old, new in zip(text, masked, strict=True) if old != new)
    assert mask(masked).text == masked


@given(st.text("0123456789 .-bsn", max_size=60))
def test_what_is_found_lies_in_order_and_apart(text: str) -> None:
    found = list(find(text))

    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@pytest.mark.parametrize(
    "text",
    ["bsn 123456782 " * 15_000, "1 " * 100_000, "NL91 " * 40_000, "a123456782" * 20_000, "1" * 200_000],
    ids=["bsn", "single", "iban", "glued", "long"],
)
def test_the_longest_text_takes_no_long_time(text: str) -> None:
    began = time.monotonic()
    mask(text)

    assert time.monotonic() - began < 5
