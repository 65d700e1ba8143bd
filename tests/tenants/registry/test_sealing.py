from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from pytest_django.fixtures import Settings

from tenants.accounts.mfa_adapter import MfaAdapter
from tenants.registry.sealing import Unreadable, seal, unseal


def test_what_was_sealed_is_opened() -> None:
    assert unseal(seal("geheim")) == "geheim"


def test_it_looks_different_each_time() -> None:
    assert seal("geheim") != seal("geheim")


def test_a_secret_that_was_replaced_still_opens(settings: Settings) -> None:
    sealed = seal("geheim")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert unseal(sealed) == "geheim"


def test_without_the_secret_it_stays_closed(settings: Settings) -> None:
    sealed = seal("geheim")
    settings.SECRET_KEY = "another"

    with pytest.raises(Unreadable):
        unseal(sealed)


def test_a_seed_that_cannot_be_opened_fits_no_code_that_anybody_knows() -> None:
    first, second = (MfaAdapter().decrypt("not sealed") for _ in range(2))

    assert first != second
    assert format_hotp_value(hotp_value(first, 1))
